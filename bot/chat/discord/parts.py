"""From a rendered payload to the library's own objects. Decides nothing: what is in the payload is what is sent."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import discord

from bot.chat.discord.render import LINK, Payload
from bot.commands.command import Reply

MENU = 3
ALT_TEXT = 1_024
"""Characters that Discord takes as a file's description."""


def as_embeds(payload: Payload) -> list[discord.Embed]:
    """The embeds."""
    return [discord.Embed.from_dict(embed) for embed in payload["embeds"]]


def as_files(reply: Reply) -> list[discord.File]:
    """The files, each with its words as the text for screen readers."""
    return [discord.File(BytesIO(one.body), one.name, description=one.words[:ALT_TEXT]) for one in reply.files]


def as_view(payload: Payload) -> discord.ui.View:
    """The buttons and menus. Nothing listens to the view itself: they say in their ids what they are for."""
    view = discord.ui.View(timeout=None)
    for row, buttons in enumerate(payload["components"]):
        for button in buttons["components"]:
            view.add_item(_item(button, row))
    view.stop()  # the library would keep one that listens, for every message for ever
    return view


def _item(button: Payload, row: int) -> discord.ui.Item[Any]:
    return _menu(button, row) if button["type"] == MENU else _button(button, row)


def _menu(menu: Payload, row: int) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(**option) for option in menu["options"]]
    return discord.ui.Select(custom_id=menu["custom_id"], placeholder=menu["placeholder"], options=options, row=row)


def _button(button: Payload, row: int) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle(button["style"])
    if button["style"] == LINK:
        return discord.ui.Button(style=style, label=button["label"], url=button["url"], row=row)
    return discord.ui.Button(style=style, label=button["label"], custom_id=button["custom_id"], row=row)
