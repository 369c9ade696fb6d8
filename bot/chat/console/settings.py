"""The `[console]` section of the settings. Light: read at every start."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class ConsoleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The terminal as a channel."""

    enabled: Annotated[bool, Meta(description="Whether alerts are shown in the terminal.")] = True
    follow_all: Annotated[
        bool, Meta(description="Whether the console follows every shipped topic from its first start on.")
    ] = True
    transcript: Annotated[
        str, Meta(description="A file to which all that is shown is added, as JSON lines. Empty: none.")
    ] = ""
    style: Annotated[
        Literal["auto", "rich", "plain"],
        Meta(description='"rich" panels, "plain" lines, or "auto": as the output can.'),
    ] = "auto"
