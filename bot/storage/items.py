"""What feeds said: keys, items, and each feed's state after a poll. Saves what was decided; decides nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, select, update

from bot.core.identity import Entry, keys_of
from bot.core.intake import Known, Sorted
from bot.core.life import Life
from bot.core.model import Item, Validators
from bot.storage.articles import want_articles
from bot.storage.database import Transaction
from bot.storage.hosts import LIFE, NO_LIFE, ensure_hosts
from bot.storage.schema import feeds, item_keys, items
from bot.storage.upsert import execute_rows, insert_in_order, insert_or

CHUNK = 400
"""Values in one IN list, well under SQLite's bound of 32,766 variables and quick to plan."""


KEYS_AT_ONCE = 100

SEEN_GRAIN = timedelta(days=1)
"""How exactly `last_seen` is kept: a key seen at every poll is written once a day."""

AHEAD = timedelta(days=1)
"""How far a clock or a zone may be wrong."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """One feed after one poll. `validators` None: keep the stored ones. `page` None: there was nothing to sort."""

    feed: int
    at: datetime
    next_poll_at: datetime
    outcome: str  # fetched | not_modified | failed
    validators: Validators | None = None
    body_hash: int | None = None
    title: str = ""
    lang: str | None = None
    page: Sorted | None = None
    window: str = ""
    is_whole: bool = True
    is_seeded: bool = True
    error_class: str | None = None
    error: str = ""
    errors: int = 0
    state: str = field(default="active")
    life: Life | None = None
    was: Life = NO_LIFE  # what was stored; what differs is written
    host: str | None = None  # to which it belongs from now on
    reader: int | None = None  # who read the page
    articles_until: datetime | None = None  # until then the pages behind its news are waited for


async def known_keys(tx: Transaction, wanted: Mapping[int, Iterable[int]]) -> dict[int, dict[int, Known]]:
    """For each feed, what is known under the given keys, and perhaps under more.

    A page has few unseen items, so one query looks for those of many feeds: each of its keys under each of its feeds,
    which the index answers sooner than as many queries.
    """
    found: dict[int, dict[int, Known]] = {feed: {} for feed in wanted}
    pairs = [(feed, key) for feed, keys in wanted.items() for key in keys]
    for start in range(0, len(pairs), KEYS_AT_ONCE):
        asked = pairs[start : start + KEYS_AT_ONCE]
        query = (
            select(item_keys.c.feed, item_keys.c.key_hash, items.c.id, items.c.content_hash)
            .add_columns(items.c.edits, items.c.link_hash)
            .select_from(item_keys.outerjoin(items, items.c.id == item_keys.c.item))
            .where(
                item_keys.c.feed.in_({feed for feed, _ in asked}), item_keys.c.key_hash.in_([key for _, key in asked])
            )
        )
        for row in (await tx.execute(query)).all():
            found[row.feed][row.key_hash] = Known(row.id, row.content_hash, row.edits or 0, row.link_hash)
    return found


async def known_words(tx: Transaction, wanted: Mapping[int, Iterable[int]]) -> dict[int, dict[int, Known]]:
    """For each feed, its items of these content hashes, by them. Walks all keys of a feed: for the rare page only."""
    found: dict[int, dict[int, Known]] = {feed: {} for feed in wanted}
    columns = items.c.id, items.c.content_hash, items.c.edits, items.c.link_hash
    for feed, hashes in wanted.items():
        words = sorted(hashes)
        for start in range(0, len(words), CHUNK):
            mine = item_keys.c.feed == feed, items.c.content_hash.in_(words[start : start + CHUNK])
            query = select(*columns).join(item_keys, item_keys.c.item == items.c.id).where(*mine)
            for row in (await tx.execute(query)).all():
                found[feed][row.content_hash] = Known(row.id, row.content_hash, row.edits, row.link_hash)
    return found


async def save_polls(tx: Transaction, results: Sequence[PollResult]) -> None:
    """Save a batch: new items with their keys, changed ones, and when each feed is asked again."""
    fresh = await _insert_items(tx, results)
    await _rekey(tx, results)
    for result in results:
        if result.page is not None:
            await _update_items(tx, result)
            await _touch_keys(tx, result)
            if result.articles_until is not None:
                numbers = [*fresh[result.feed], *(number for number, _ in result.page.changed)]
                await want_articles(tx, numbers, result.at, result.articles_until)
    await _update_feeds(tx, results)
    await _rehost(tx, results)


async def _rekey(tx: Transaction, results: Sequence[PollResult]) -> None:
    """Where a feed's rule changed, its stored items get their keys under the new one beside the old."""
    for result in results:
        if result.life is None or result.life.id_rule == result.was.id_rule:
            continue
        query = select(items.c.id, items.c.url, items.c.title, items.c.text).where(items.c.feed == result.feed)
        rows = [
            {"feed": result.feed, "key_hash": key, "item": row.id, "last_seen": result.at}
            for row in (await tx.execute(query)).all()
            for key in keys_of(Item(None, row.url, row.title, row.text), result.life.id_rule)
        ]
        if rows:
            await tx.execute(insert_or(tx, item_keys).on_conflict_do_nothing(), rows)


async def _rehost(tx: Transaction, results: Sequence[PollResult]) -> None:
    """Politeness is owed to the host that answers."""
    moved = [result for result in results if result.host is not None]
    if moved:
        numbers = await ensure_hosts(tx, {result.host for result in moved if result.host}, moved[0].at)
        for result in moved:
            await tx.execute(update(feeds).where(feeds.c.id == result.feed).values(host=numbers[result.host or ""]))


async def _insert_items(tx: Transaction, results: Sequence[PollResult]) -> Mapping[int, Sequence[int]]:
    """The numbers of the new items, by feed."""
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    fresh = [(result, entry) for result in results if result.page for entry in result.page.new]
    if not fresh:
        return numbers
    fresh.sort(key=lambda told: told[1].item.published or told[0].at)  # who told it first is taken in first
    rows = [_item_row(result, entry) for result, entry in fresh]
    ids = await insert_in_order(tx, items, rows)
    keys = [
        {"feed": result.feed, "key_hash": key, "item": number, "last_seen": result.at}
        for (result, entry), number in zip(fresh, ids, strict=True)
        for key in entry.keys
    ]
    await execute_rows(tx, insert_or(tx, item_keys).on_conflict_do_nothing(), keys)
    for (result, _), number in zip(fresh, ids, strict=True):
        numbers[result.feed].append(number)
    return numbers


def _item_row(result: PollResult, entry: Entry) -> dict[str, object]:
    item = entry.item
    return {
        "feed": result.feed,
        "link_hash": entry.link_hash,
        "url": item.url,
        "title": item.title,
        "text": item.text,
        "lang": item.lang or result.lang,
        "date_said": item.date_said,
        "published_at": _believed(item.published, result.at),
        "seen_at": result.at,
        "content_hash": entry.content_hash,
        "silent": entry.is_silent or not result.is_seeded,
        "state": "held" if entry.is_held else "new",
    }


def _believed(published: datetime | None, seen: datetime) -> datetime | None:
    """A date as it is kept: one more than a day ahead is a mistake, and the item's time is when it was seen."""
    return published if published is None or published <= seen + AHEAD else None


async def _update_items(tx: Transaction, result: PollResult) -> None:
    assert result.page is not None
    for number, entry in result.page.changed:
        values = {
            "title": entry.item.title,
            "text": entry.item.text,
            "content_hash": entry.content_hash,
            "edits": items.c.edits + 1,
            "state": case((items.c.state.in_(("new", "held")), items.c.state), else_="changed"),
        }
        await tx.execute(update(items).where(items.c.id == number).values(values))


async def _touch_keys(tx: Transaction, result: PollResult) -> None:
    assert result.page is not None
    if result.page.more_keys:
        rows = [
            {"feed": result.feed, "key_hash": key, "item": number, "last_seen": result.at}
            for key, number in result.page.more_keys
        ]
        await tx.execute(insert_or(tx, item_keys).on_conflict_do_nothing(), rows)
    fresh = {key for entry in result.page.new for key in entry.keys}  # these were written a moment ago
    seen = sorted(result.page.seen_keys - fresh)
    for start in range(0, len(seen), CHUNK):
        mine = item_keys.c.feed == result.feed, item_keys.c.key_hash.in_(seen[start : start + CHUNK])
        stale = item_keys.c.last_seen < result.at - SEEN_GRAIN
        await tx.execute(update(item_keys).where(*mine, stale).values(last_seen=result.at))


async def _update_feeds(tx: Transaction, results: Sequence[PollResult]) -> None:
    """One statement for all results that change the same columns: a batch of 304s is one."""
    rows: defaultdict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for result in results:
        values = _feed_values(result)
        named = {f"new_{name}": value for name, value in values.items()}
        rows[tuple(values)].append({"feed": result.feed, **named})
    for names, group in rows.items():
        statement = update(feeds).where(feeds.c.id == bindparam("feed"))
        await tx.execute(statement.values({name: _new_value(name) for name in names}), group)


def _new_value(name: str) -> ColumnElement[Any]:
    """What a column becomes: the title only where there is none, the state only while the feed is in use."""
    given: ColumnElement[Any] = bindparam(f"new_{name}", type_=feeds.c[name].type)
    kept = {"title": "", "state": "active"}
    return case((feeds.c[name] == kept[name], given), else_=feeds.c[name]) if name in kept else given


def _feed_values(result: PollResult) -> dict[str, object]:
    values: dict[str, object] = {
        "next_poll_at": result.next_poll_at,
        "error_class": result.error_class,
        "error": result.error,
        "errors": result.errors,
        "state": result.state,
    }
    if result.error_class is None:
        values["last_ok_at"] = result.at
    if result.life is not None:
        changed = {name for name in LIFE if getattr(result.life, name) != getattr(result.was, name)}
        values |= {name: getattr(result.life, name) for name in LIFE if name in changed}
    if result.validators is not None:
        values |= {"etag": result.validators.etag, "last_modified": result.validators.last_modified}
    if result.page is not None:
        values |= _page_values(result)
    return values


def _page_values(result: PollResult) -> dict[str, object]:
    values: dict[str, object] = {"body_hash": result.body_hash, "window": result.window, "reader": result.reader}
    if result.is_whole:
        values["whole_at"] = result.at
    if not result.is_seeded:
        values["seeded_at"] = result.at
    if result.page is not None and result.page.new:
        values["last_new_at"] = result.at
    if result.title:
        values["title"] = result.title
    return values
