"""`lodewire lab replay`: the cases that moderators left, tried again on this program."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import insert, select

from bot.cli.door import door
from bot.core.model import FeedSpec
from bot.storage import cases, feeds, places
from bot.storage.database import Database
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import items, stories
from tests.clock import START
from tests.core.stories.test_merging import DAILY, ENGLISH


async def keep_two(url: str) -> None:
    """Two reports of one event, which somebody merged, and of which somebody else split the second off."""
    database = await Database.open(url)
    async with database.write() as tx:
        account = await places.ensure_account(tx, "console", "console")
        tenant = await places.ensure_tenant(tx, account, "console")
        await feeds.sync_operator_feeds(tx, [FeedSpec("https://wire.example/feed", "Wire")], START)
        feed = (await tx.execute(select(feed_table.c.id))).scalar_one()
        story = {"headline": ENGLISH[1], "opened_at": START, "changed_at": START}
        await tx.execute(insert(stories).values(**story))
        for lang, title, text in (ENGLISH, DAILY):
            row = {"feed": feed, "title": title, "text": text, "lang": lang, "seen_at": START, "content_hash": 1}
            await tx.execute(insert(items).values(**row, story=1))
        for kind in ("merge", "split", "retract"):
            await cases.keep_case(tx, 1, tenant, kind, "chen", f"EYDH {kind}", {1: 1, 2: 2}, START)
        await cases.keep_case(tx, 1, tenant, "summary", "chen", "EYDH wrong summary", {1: 1}, START)
        await cases.undo_case(tx, 1, tenant, "summary", START)
    await database.close()


def replay(folder: Path, url: str, *options: str) -> str:
    """What the command prints."""
    config = folder / "lodewire.toml"
    config.write_text(f'database = "{url}"\n', encoding="utf-8")
    done = CliRunner().invoke(door, ["lab", "replay", "--config", str(config), *options])
    assert 0 == done.exit_code, done.output
    return done.output


def test_cases_are_tried_again(sqlite_url: str, tmp_path: Path) -> None:
    """What comes out right by itself, what does not, and what nobody can try; one that was taken back is none."""
    asyncio.run(keep_two(sqlite_url))
    words = replay(tmp_path, sqlite_url)
    assert "1 of 2 come out right by themselves now." in words
    found = json.loads(replay(tmp_path, sqlite_url, "--json").splitlines()[-1])
    assert [("merge", "right"), ("split", "wrong"), ("retract", "not tried")] == [
        (case["kind"], case["found"]) for case in found["cases"]
    ]
    assert (1, 1, 1) == (found["right"], found["wrong"], found["not_tried"])


def test_no_cases(sqlite_url: str, tmp_path: Path) -> None:
    """It says so, and is no error."""
    assert "nothing to try" in replay(tmp_path, sqlite_url)
    assert {"cases": [], "right": 0, "wrong": 0, "not_tried": 0} == json.loads(replay(tmp_path, sqlite_url, "--json"))
