"""What people do on Discord becomes calls, and replies go back: slash commands, what they type into them, buttons.

Holds no state: what a button is for stands in its custom_id, so that one of last week works after a restart.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, Self

import aiohttp
import discord
from discord import app_commands

from bot.chat.discord.parts import as_embeds, as_files, as_view
from bot.chat.discord.render import MARK, SAY, WHICH, render_reply
from bot.chat.discord.slash import add_commands, tree_hash
from bot.commands.answer import Office, answer, answer_text, suggest
from bot.commands.command import Asker, Call, Place, Reply, Value
from bot.commands.controls import Shown, answer_control, find_control, offer_story
from bot.storage.accounts import read_sync_token, save_sync_token

log = logging.getLogger(__name__)

DIRECT = "user:"
"""What the remote id of somebody's direct chat begins with; a channel's is its number."""

QUICK_S = 2.0
"""Discord waits three seconds for the first answer; from here on it is told that one is coming."""

BREAKS, BREAKS_WITHIN_S = 5, 60.0
"""So often a session may break off. Each beginning anew counts towards 1,000 a day, after which the token is reset."""

CHANGED = "This command has changed since your Discord last read it. Nothing was done. Try it again in a minute."

UNSHOWN = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What may be raised where a reply is sent: the person does not see it, and nothing else is lost."""

Interaction = discord.Interaction["Ears"]


class Tree(app_commands.CommandTree["Ears"]):
    """The library's table of slash commands, with a sentence for the person where one fails."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Say it, whatever it was."""
        log.warning("A slash command could not be carried out: %s", error)
        if interaction.response.is_done() or interaction.type is not discord.InteractionType.application_command:
            return
        try:
            await interaction.response.send_message(CHANGED, ephemeral=True)
        except UNSHOWN as unshown:
            log.warning("The person could not be told: %s", unshown)


class Ears(discord.Client):
    """One gateway session."""

    def __init__(self, office: Office, account: int, options: Mapping[str, Any]) -> None:
        """`account`: the login's row; `options`: those of the library's client."""
        super().__init__(**options)
        self.office = office
        self.account = account
        self.tree = Tree(self)
        self.life = asyncio.timeout(None)  # ends whoever waits for the session, from within it
        self._breaks: list[float] = []

    async def setup_hook(self) -> None:
        """Learn the commands and the buttons; tell Discord of the commands where they are not what it was told last."""
        add_commands(self.tree, self.office.table, self.call, self.suggest)
        self.add_dynamic_items(ControlButton, SayButton, StoryMenu)
        wanted = tree_hash(self.tree)
        async with self.office.database.read() as tx:
            known = await read_sync_token(tx, self.account)
        if known == wanted:
            return
        try:
            await self.tree.sync()
        except discord.DiscordException as error:  # those it knows from before still work
            log.error("Discord was not told of the commands, and is at the next start: %s", error)
            return
        async with self.office.database.write() as tx:
            await save_sync_token(tx, self.account, wanted)
        log.info("Discord was told of the commands.")

    async def on_disconnect(self) -> None:
        """End a session that breaks again and again: the library tries at once, the runner with growing pauses."""
        now = asyncio.get_running_loop().time()
        self._breaks = [at for at in self._breaks if now - at < BREAKS_WITHIN_S] + [now]
        if len(self._breaks) > BREAKS:
            log.warning("The gateway broke off %d times within a minute; it is left alone for a while.", BREAKS)
            self.life.reschedule(now)

    async def call(self, interaction: Interaction, path: tuple[str, ...], arguments: Mapping[str, Value]) -> None:
        """Answer a slash command."""
        call = Call(path, arguments, asker_of(interaction), place_of(interaction))
        await respond(interaction, answer(self.office, call, str(interaction.id), self.account))

    async def suggest(
        self, interaction: Interaction, path: tuple[str, ...], parameter: str, typed: str
    ) -> Sequence[str]:
        """Values for what is being typed."""
        call = Call(path, {}, asker_of(interaction), place_of(interaction))
        return await suggest(self.office, call, parameter, typed, self.account)


class ControlButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{MARK}:(?!say:)(?P<name>[a-z]+):(?P<key>\S+)"
):
    """A control under a post."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__(discord.ui.Button(custom_id=f"{MARK}:{name}:{key}"))
        self.name, self.key = name, key

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Any, match: re.Match[str], /) -> Self:
        """Read what it is for."""
        return cls(match["name"], match["key"])

    async def callback(self, interaction: Interaction) -> Any:  # type: ignore[override]  # only Ears knows this item
        """Answer it: the control's command on the post's stories, or the command of that name."""
        ears, who, where = interaction.client, asker_of(interaction), place_of(interaction)
        control, event = find_control(self.name), str(interaction.id)
        if control is None:
            await respond(interaction, answer_text(ears.office, self.name, who, where, event, ears.account))
            return
        shown = Shown(key=self.key)
        await respond(interaction, answer_control(ears.office, control, shown, who, where, event, ears.account))


class SayButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{SAY}(?P<text>.+)"):
    """A choice under a reply: pressing it is the same as typing it."""

    def __init__(self, text: str) -> None:
        super().__init__(discord.ui.Button(custom_id=f"{SAY}{text}"))
        self.text = text

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Any, match: re.Match[str], /) -> Self:
        """Read what it says."""
        return cls(match["text"])

    async def callback(self, interaction: Interaction) -> Any:  # type: ignore[override]  # only Ears knows this item
        """Answer what it says."""
        ears, who, where = interaction.client, asker_of(interaction), place_of(interaction)
        await respond(interaction, answer_text(ears.office, self.text, who, where, str(interaction.id), ears.account))


class StoryMenu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=rf"{WHICH}(?P<place>\d+):(?P<key>\S+)"):
    """The menu under a list of stories."""

    def __init__(self, place: str, key: str) -> None:
        super().__init__(discord.ui.Select(custom_id=f"{WHICH}{place}:{key}"))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Any, match: re.Match[str], /) -> Self:
        """Read which menu it is."""
        return cls(match["place"], match["key"])

    async def callback(self, interaction: Interaction) -> Any:  # type: ignore[override]  # only Ears knows this item
        """Offer what can be done about the chosen story."""
        ears, [name] = interaction.client, self.item.values
        await respond(interaction, offer_story(ears.office, name, place_of(interaction), ears.account))


async def respond(interaction: Interaction, answering: Coroutine[Any, Any, Reply]) -> None:
    """Send the reply, within Discord's three seconds or after having said that it is coming.

    A command goes on to its end whatever becomes of its interaction; what Discord refuses is logged and lost.
    """
    work = asyncio.shield(answering)
    await asyncio.wait({work}, timeout=QUICK_S)
    try:
        if work.done():
            reply = work.result()
            payload = render_reply(reply)
            await interaction.response.send_message(
                payload.get("content"),
                embeds=as_embeds(payload),
                view=as_view(payload),
                files=as_files(reply),
                ephemeral=reply.private,
            )
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        reply = await work
        payload = render_reply(reply)
        await interaction.edit_original_response(
            content=payload.get("content"),
            embeds=as_embeds(payload),
            view=as_view(payload),
            attachments=as_files(reply),
        )
    except UNSHOWN as error:
        await asyncio.wait({work})
        log.warning("The reply to an interaction could not be shown: %s", error)


def asker_of(interaction: Interaction) -> Asker:
    """Who did it. A moderator may manage the server, or administers it."""
    allowed, user = interaction.permissions, interaction.user
    is_moderator = interaction.guild_id is not None and (allowed.manage_guild or allowed.administrator)
    return Asker("discord", str(user.id), user.display_name, is_moderator=is_moderator)


def place_of(interaction: Interaction) -> Place:
    """Where it was done. A direct chat goes by its person's number, so that it is known before it is open."""
    direct = f"{DIRECT}{interaction.user.id}"
    if interaction.guild_id is None:
        return Place(direct, direct, is_direct=True, direct=direct)
    return Place(str(interaction.guild_id), str(interaction.channel_id), direct=direct, has_roles=True)
