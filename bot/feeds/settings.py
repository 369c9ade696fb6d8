"""How feeds are polled: the settings of `[polling]`. Holds values only."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

USUAL_INTERVAL_S = 900


class Polling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How feeds are polled, and what a server is told of us."""

    connections: Annotated[int, Meta(ge=1, le=1000, description="Hosts asked side by side.")] = 32
    per_host_connections: Annotated[int, Meta(ge=1, le=16, description="Requests to one host at a time.")] = 1
    per_host_gap_s: Annotated[float, Meta(ge=0, description="Seconds between two requests to one host.")] = 2.0
    min_interval_s: Annotated[
        int,
        Meta(
            ge=1,
            description="Seconds between two polls of a feed; one that states a longer interval keeps it. "
            "Below 900, feeds are asked just so often, whatever is written in them; a server's headers still hold.",
        ),
    ] = USUAL_INTERVAL_S
    flood_limit: Annotated[
        int,
        Meta(
            ge=0,
            description="More unseen items than this on a known feed, and more than half its page, "
            "wait for your word. 0: none do.",
        ),
    ] = 10
    timeout_s: Annotated[
        float, Meta(gt=0, le=600, description="Seconds one request may take in all, redirects and body included.")
    ] = 30.0
    max_bytes: Annotated[
        int, Meta(ge=1_000, le=100_000_000, description="The largest answer that is read, in bytes, unpacked.")
    ] = 10_000_000
    allow_private_networks: Annotated[
        bool,
        Meta(
            description="Whether feeds may live on this machine, in private networks and on ports of other services "
            "(mail, databases). Leave off if others add feeds."
        ),
    ] = False
    contact: Annotated[
        str,
        Meta(max_length=200, description="An e-mail or web address of yours, told to each server in the User-Agent."),
    ] = ""

    @property
    def adapts(self) -> bool:
        """Whether feeds of no stated interval are asked by tier and rhythm; a lowered floor is meant as it stands."""
        return self.min_interval_s >= USUAL_INTERVAL_S
