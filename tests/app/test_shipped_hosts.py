"""The hosts that come along with a pause of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.build import enter_console
from bot.app.shipped import read_table, shipped_gaps
from bot.core.model import FeedSpec
from bot.core.text.urls import host_of
from bot.storage import feeds, hosts
from bot.storage.database import Database
from bot.storage.hosts import HostClaim
from bot.storage.leases import Holder, sign_on
from tests.clock import Clock

GAPS = shipped_gaps()


def test_each_is_a_host_with_a_reason() -> None:
    """A name as it stands in an address, once; a pause; where its owner says so."""
    rows = read_table("hosts.toml")["host"]
    assert [] == [row["name"] for row in rows if host_of(f"https://{row['name']}/") != row["name"]]
    assert all(row["gap_s"] > 0 and row["source"] for row in rows)
    assert len(rows) == len(shipped_gaps())
    assert timedelta(seconds=5) == shipped_gaps()["api.gdeltproject.org"]


@pytest.mark.asyncio
async def test_a_feed_added_later_finds_the_pause(database: Database, clock: Clock) -> None:
    """The host's row stands before its first feed."""
    holder = Holder("me", None)
    async with database.write() as tx:
        await sign_on(tx, holder, clock())
        await hosts.sync_gaps(tx, GAPS, clock())
        place = await enter_console(tx, clock())
        await feeds.add_feed(tx, place.tenant, FeedSpec("https://rss.arxiv.org/rss/physics"), clock())
        claims: list[HostClaim] = await hosts.claim_hosts(tx, holder, clock(), 5)
    assert [("rss.arxiv.org", timedelta(seconds=3))] == [(claim.name, claim.gap) for claim in claims]
