"""How much one person and one tenant may ask for: the `[limits]` section."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

LEAST = 1


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much is allowed. A refused command changes nothing and says what to do."""

    commands_per_minute: Annotated[int, Meta(ge=LEAST, description="Commands of one person within a minute.")] = 20
    feeds: Annotated[int, Meta(ge=0, description="Feeds that one server, room or chat may add for itself.")] = 50
    subscriptions: Annotated[int, Meta(ge=LEAST, description="Subscriptions of one server, room or chat.")] = 100
    topics: Annotated[int, Meta(ge=0, description="Topics that one server, room or chat may make for itself.")] = 30
    mutes: Annotated[int, Meta(ge=1, description="Mutes that one channel may have in force.")] = 100
