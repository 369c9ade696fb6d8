"""The token: what can be one, where it may come from, and that nobody sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.check import check_all
from bot.app.settings import load_settings
from bot.chat.discord.invite import invitation
from bot.chat.discord.permissions import INVITED, NEEDED, SCOPES
from bot.chat.discord.settings import DiscordSettings, read_bot_id
from bot.core.errors import SettingsError
from tests.fakediscord.state import BOT, TOKEN
from tests.sources import PACKAGE

SECRET = "a-client-secret-1234567890abcdef"


def test_a_token_begins_with_the_bots_number() -> None:
    """The account is known without the network; without a token there is no Discord."""
    assert read_bot_id(TOKEN) == str(BOT)
    assert DiscordSettings(token=TOKEN).enabled
    assert not DiscordSettings().enabled


@pytest.mark.parametrize(
    "wrong", [SECRET, TOKEN.replace(".", "-"), f"Bot {TOKEN}", f"bm90LWEtbnVtYmVyLTEyMzQ1Njc4.{TOKEN[25:]}", TOKEN[:30]]
)
def test_what_cannot_be_a_token_is_said(wrong: str, tmp_path: Path) -> None:
    """A client secret, a token with its prefix or cut: named by `check`, with what to copy, and never shown."""
    with pytest.raises(SettingsError):
        read_bot_id(wrong)
    config = tmp_path / "lodewire.toml"
    config.write_text(f'database = "sqlite:///{tmp_path}/x.db"\n[discord]\ntoken = "{wrong}"\n', encoding="utf-8")
    [problem] = check_all(config).problems
    assert "[discord]" in problem
    assert "page Bot" in problem
    assert wrong not in problem


def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    """`token_file` is read like every other secret."""
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    config = tmp_path / "lodewire.toml"
    config.write_text(f'[discord]\ntoken_file = "{tmp_path}/token"\n', encoding="utf-8")
    assert load_settings(config, {}).discord.token == TOKEN
    assert check_all(config).problems == []


def test_the_invitation_asks_for_what_the_guide_lists() -> None:
    """The printed address asks for the permissions in the guide's table, and no others."""
    guide = (PACKAGE / "chat" / "discord" / "README.md").read_text("utf-8")
    table = guide.partition("## Permissions")[2].partition("## What goes wrong")[0]
    listed = [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines() if row.startswith("| ")][1:]
    assert listed == list(NEEDED.values())
    assert invitation(TOKEN).endswith(f"&scope={'+'.join(SCOPES)}&permissions={INVITED.value}")
