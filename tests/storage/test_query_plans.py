"""The hot queries at volume: each finds its rows by an index, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, event, insert, text

from bot.storage import announcements, deadlines, hosts, items, leases, lives, outbox, pacing, reminding, stories
from bot.storage.announcements import Announcement
from bot.storage.database import Database, Transaction, read_url
from bot.storage.leases import Holder
from bot.storage.schema import (
    accounts,
    cards,
    channels,
    feed_uses,
    feeds,
    item_keys,
    matches,
    posts,
    queries,
    subscriptions,
    tenants,
)
from bot.storage.schema import deadlines as date_rows
from bot.storage.schema import hosts as host_rows
from bot.storage.schema import items as item_rows
from bot.storage.schema import stories as story_rows

NOW = datetime(2025, 11, 4, tzinfo=UTC)
ME = Holder("me", timedelta(days=1))
MANY = 3_000
LATER = NOW + timedelta(days=20)
BIG = {"items", "cards", "posts", "item_keys", "subscriptions", "matches", "feeds", "deadlines"}


async def fill(database: Database) -> None:
    """Thousands of rows of each kind, nearly all of them done with."""
    async with database.write() as tx:
        await leases.sign_on(tx, ME, NOW)
        await tx.execute(insert(accounts).values(id=1, platform="console", remote_id="c"))
        await tx.execute(insert(tenants).values(id=1, account=1, remote_id="t"))
        numbers = range(1, MANY + 1)
        rows: list[tuple[Any, list[dict[str, Any]]]] = [
            (channels, [{"id": n, "tenant": 1, "remote_id": str(n), "ready_at": NOW} for n in numbers]),
            (host_rows, [{"id": n, "name": f"h{n}", "ready_at": NOW} for n in numbers]),
            (feeds, [{"id": n, "url": f"u{n}", "host": n, "next_poll_at": NOW + timedelta(hours=n)} for n in numbers]),
            (feed_uses, [{"id": n, "feed": n, "tenant": None} for n in numbers]),
            (story_rows, [{"id": n, "opened_at": NOW, "changed_at": NOW} for n in numbers]),
            (
                date_rows,
                [{"id": n, "story": n, "due_on": NOW.date(), "confidence": 1, "next_step_at": LATER} for n in numbers],
            ),
            (queries, [{"id": n, "expr": f"q{n}", "expr_hash": n} for n in numbers]),
            (matches, [{"story": n, "query": n} for n in numbers]),
            (subscriptions, [{"id": n, "query": n, "channel": n, "created_at": NOW, "name": "q"} for n in numbers]),
            (
                item_rows,
                [
                    {"id": n, "feed": 1, "seen_at": NOW, "content_hash": n, "story": n, "state": "taken"}
                    for n in numbers
                ],
            ),
            (item_keys, [{"feed": 1, "key_hash": n, "item": n, "last_seen": NOW} for n in numbers]),
            (
                cards,
                [
                    {"id": n, "channel": n, "subject": "story", "subject_id": n, "slot": "alert", "shown_rev": 1,
                     "want_rev": 1, "due_at": NOW, "post": n}
                    for n in numbers
                ],
            ),
            (posts, [{"id": n, "key": str(n), "channel": n, "state": "shown", "settled_at": NOW} for n in numbers]),
        ]  # fmt: skip
        for table, values in rows:
            await tx.execute(insert(table), values)
    async with database.write() as tx:
        await tx.execute(text("ANALYZE"))


class Recorder:
    """The statements that run while it listens, with their parameters."""

    def __init__(self, database: Database) -> None:
        self.seen: list[tuple[str, Any]] = []
        event.listen(database.engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")) and not many:
            self.seen.append((statement, parameters))


def scans(database: Database, plan: str) -> list[str]:
    """The big tables that a plan walks through from end to end."""
    if database.is_sqlite:
        found = [line.split()[1] for line in plan.splitlines() if line.startswith("SCAN") and "USING" not in line]
    else:
        found = [line.split(" on ")[1].split()[0] for line in plan.splitlines() if "Seq Scan on" in line]
    return [table for table in found if table in BIG]


def explain(database: Database, statement: str, parameters: Any) -> str:
    """The database's plan for a statement."""
    engine = create_engine(read_url(database.url))
    with engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # a few thousand rows are quickly walked through
        words = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        rows = connection.exec_driver_sql(words + statement, parameters).all()
    engine.dispose()
    return "\n".join(str(row[-1]).strip() for row in rows)


async def _candidates(tx: Transaction) -> None:
    dated = await deadlines.read_deadline(tx, 5)
    assert dated is not None
    await deadlines.candidates(tx, dated, LATER)


HOT = {
    "claim hosts": lambda tx: hosts.claim_hosts(tx, ME, NOW + timedelta(hours=2), 5),
    "known keys": lambda tx: items.known_keys(tx, {1: range(50)}),
    "waiting items": lambda tx: stories.waiting_items(tx, 10, NOW),
    "next announcements": announcements.next_announcements,
    "route a chunk": lambda tx: announcements.route_chunk(tx, Announcement(1, "story", 5, "alert", 1, 0), NOW),
    "due steps of dates": lambda tx: deadlines.due_steps(tx, NOW),
    "stories still to be read": lives.unread_stories,
    "dates a story may tell of": lambda tx: lives.dates_akin(tx, 50),
    "end dates": lambda tx: deadlines.end_dates(tx, [5], "moved", replaced_by=6),
    "look at dates anew": lambda tx: deadlines.look_anew(tx, 5, NOW),
    "drop endings": lambda tx: deadlines.drop_endings(tx, [5]),
    "what came of a date": lambda tx: _candidates(tx),
    "a story's dates": lambda tx: deadlines.dates_of_story(tx, 5, 1),
    "what a reminder says": lambda tx: reminding.read_occasion(tx, 5, 1),
    "route a step of a date": lambda tx: reminding.route_step(tx, 5, "T-7", 0, 100, NOW),
    "claim an open post": lambda tx: outbox.claim_open_post(tx, ME, NOW, [1]),
    "claim a channel": lambda tx: outbox.claim_channel(tx, ME, NOW, [1], NOW),
    "pass digests": lambda tx: pacing.pass_digests(tx, NOW),
    "what a digest has": lambda tx: outbox.bundled_cards(tx, 7, "digest", NOW),
    "what a list shows": lambda tx: outbox.cards_shown_by(tx, 7, 7),
    "recent alerts": lambda tx: pacing.recent_alerts(tx, 7),
    "the open list": lambda tx: pacing.open_roll(tx, 7, NOW),
    "a list's words": lambda tx: pacing.last_list(tx, 7),
    "give what waits its time": lambda tx: pacing.retime(tx, 7, NOW),
    "pending cards": lambda tx: outbox.pending_cards(tx, 7, NOW, NOW),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("name", HOT)
async def test_no_scan_of_a_big_table(database: Database, name: str) -> None:
    """A tick with nothing to do, and a step with little, read no big table from end to end."""
    await fill(database)
    recorder = Recorder(database)
    async with database.write() as tx:
        await HOT[name](tx)
    statements = list(recorder.seen)
    assert statements
    for statement, parameters in statements:
        plan = await asyncio.to_thread(explain, database, statement, parameters)
        assert scans(database, plan) == [], f"{statement}\n{plan}"
