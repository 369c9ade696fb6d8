"""Twelve feeds in every kind of health, as they would stand in the database, to look at lists of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.core.model import FeedSpec
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import items

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
READ = {"reads": 3, "rhythm_s": 4 * 3600}


CHALLENGE = (
    "the site answered with a check for people, or a consent page, in place of the feed. Ask the publisher to let feed "
    "readers in."
)
GONE = "the server said 410 Gone. It is not asked again; remove it or find its new address."

COUNTED = (
    "13 feeds: 3 well, 1 waiting for a word, 1 gone, 1 blocked, 1 failing, 1 without items, 1 silent, 1 moved, "
    "2 not read yet, 1 paused."
)
PASTED = "https://n1.example/f # One https://n2.example/f # Two https://kremlin.example/feed.xml htp:/x"
IMPORTED = (
    "2 feeds are added. 1 was polled here already. They are read within minutes; feed list then tells how each fares. "
    "1 entry could not be read as a feed:"
)
IN_ORDER = [
    *("Umwelt", "Roskill", "Council", "Fastmarkets", "Empty room", "Antaike", "Argus", "Just added", "Kremlin"),
    *("Mining Weekly", "Ministry of Commerce of the People's Republic of China, announcements", "Resting", "Wire"),
]
SAID = {
    "Umwelt": "brought much at once, which waits. Write feed accept N to post it, or feed skip N to take it for old.",
    "Roskill": f"gone: {GONE} Write feed resume N to ask it again, or feed remove N to take it off the list.",
    "Council": f"blocked: {CHALLENGE} Asked again 11:00 UTC.",
    "Fastmarkets": "failed 2 times in a row: the server said 503. Next try 11:00 UTC.",
    "Empty room": "read, but never had an item. Check its address. Write feed remove N to take it off the list.",
    "Antaike": "Look at its site, which may have moved. Write feed remove N to take it off the list.",
    "Argus": "moved: it is asked at https://news.argus.example/rss now.",
    "Just added": "not read yet",
    "Kremlin": "read 08:45 UTC · last news",
    "Resting": "paused. Write feed resume N to read it again.",
}
"""The summary, the order and the lines of a moderator's list of the twelve, with `Wire` of the newsroom, at 09:00."""


def error(name: str, words: str) -> str:
    """A failure as the reader words it."""
    return f"https://{name}.example/feed.xml: {words}"


def fields(now: datetime) -> dict[str, dict[str, Any]]:
    """What is stored of each feed, by its name: title and condition."""
    fresh = {**READ, "last_ok_at": now - HOUR / 4, "last_new_at": now - 3 * HOUR, "newest_at": now - 3 * HOUR}
    failing = {**fresh, "last_ok_at": now - DAY, "next_poll_at": now + 2 * HOUR, "failing_since": now - DAY}
    return {
        "Kremlin": fresh,
        "Mining Weekly": fresh,
        "Ministry of Commerce of the People's Republic of China, announcements": fresh,
        "Argus": fresh | {"address": "https://news.argus.example/rss"},
        "Antaike": fresh | {"last_new_at": now - 40 * DAY, "newest_at": now - 40 * DAY, "rhythm_s": 2 * 86_400},
        "Council": failing | {"errors": 4, "error_class": "blocked", "error": error("council", CHALLENGE)},
        "Fastmarkets": failing
        | {"errors": 2, "error_class": "5xx", "error": error("fastmarkets", "the server said 503.")},
        "Roskill": failing | {"errors": 1, "error_class": "gone", "state": "gone", "error": error("roskill", GONE)},
        "Umwelt": fresh | {"held_at": now - HOUR},
        "Resting": fresh,
        "Empty room": {**READ, "last_ok_at": now - HOUR / 4, "rhythm_s": 0},
        "Just added": {},
    }


def specs() -> list[FeedSpec]:
    """The twelve, as a list would name them."""
    return [
        FeedSpec(f"https://{title.split()[0].strip(',').lower()}.example/feed.xml", title)
        for title in fields(datetime(2026, 1, 1, tzinfo=UTC))
    ]


async def fill(database: Database, tenant: int, now: datetime, *, shared: int = 0) -> None:
    """Add the twelve for a tenant, the first `shared` of them for all, each in its condition."""
    async with database.write() as tx:
        if shared:
            await feeds.sync_operator_feeds(tx, specs()[:shared], now)
        for spec in specs()[shared:]:
            await feeds.add_feed(tx, tenant, spec, now)
        for title, values in fields(now).items():
            if values:
                await tx.execute(update(feed_table).where(feed_table.c.title == title).values(values))
        number = (await tx.execute(select(feed_table.c.id).where(feed_table.c.title == "Umwelt"))).scalar_one()
        row = {"feed": number, "seen_at": now, "content_hash": 1, "state": "held", "title": "Old"}
        await tx.execute(insert(items), [row] * 14)
        resting = (await tx.execute(select(feed_table.c.id).where(feed_table.c.title == "Resting"))).scalar_one()
        await feeds.set_paused(tx, tenant, resting, now, is_paused=True)
