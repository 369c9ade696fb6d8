"""Logging in once, by hand: a password becomes a token for the bot's one device. Keeps neither."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.matrix.errors import Refused, Unreachable, WrongAccount
from bot.chat.matrix.settings import MatrixSettings
from bot.chat.matrix.wire import Wire
from bot.core.errors import SettingsError


async def log_in(settings: MatrixSettings, password: str) -> str:
    """The token of a login as `settings.device_id`: the same device each time. Raises SettingsError in words."""
    wire = Wire(replace(settings, access_token="", password=password))
    try:
        return await wire.log_in()
    except WrongAccount as error:
        raise SettingsError(error.message, error.todo) from error
    except Refused as error:
        raise SettingsError(str(error), "Wait as long as it says, and try again.") from error
    except Unreachable as error:
        raise SettingsError(str(error), "Check homeserver.") from error
    finally:
        await wire.close()
