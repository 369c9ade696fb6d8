"""Items whose own page is to be read, because their feed has only teasers. Decides nothing; asks nobody.

An item with a row here that is not over is left alone by intake. Whatever happens to the row's reader, at `until` the
item goes on with the text it has: nothing waits for a process, or for a word of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select, update

from bot.core.text.urls import host_of
from bot.storage.database import Transaction
from bot.storage.hosts import ensure_hosts
from bot.storage.leases import is_free
from bot.storage.schema import articles, hosts, items
from bot.storage.upsert import insert_or

CHUNK = 400
MOST_AT_ONCE = 20
"""Pages wanted of one feed after one poll, the newest items'; the rest keep their teasers."""

OPEN_STATES = ("new", "changed")


@dataclass(frozen=True, slots=True)
class WantedArticle:
    """A page to read now, its host kept for us. `gap`: the host's own pause between two requests; None: the usual."""

    item: int
    url: str
    title: str
    teaser: str
    until: datetime
    tries: int
    host: int
    gap: timedelta | None


def is_awaited(now: datetime) -> ColumnElement[bool]:
    """The condition that an item of a query waits for its page."""
    return exists(select(1).where(articles.c.item == items.c.id, articles.c.until > now))


async def want_articles(tx: Transaction, numbers: Sequence[int], now: datetime, until: datetime) -> int:
    """Let the pages of these items be read until then: how many. Not of silent and held ones, nor without a link."""
    found: list[tuple[int, str]] = []
    for start in range(0, len(numbers), CHUNK):
        is_open = items.c.state.in_(OPEN_STATES), items.c.silent.is_(False), items.c.url.is_not(None)
        query = select(items.c.id, items.c.url).where(items.c.id.in_(numbers[start : start + CHUNK]), *is_open)
        found += [(row.id, host) for row in (await tx.execute(query)).all() if (host := host_of(row.url))]
    wanted = sorted(found)[-MOST_AT_ONCE:]
    if not wanted:
        return 0
    known = await ensure_hosts(tx, {host for _, host in wanted}, now)
    rows = [{"item": item, "host": known[host], "due_at": now, "until": until} for item, host in wanted]
    statement = insert_or(tx, articles)
    anew = {"due_at": now, "until": until, "tries": 0}
    await tx.execute(statement.on_conflict_do_update(index_elements=["item"], set_=anew), rows)
    return len(rows)


async def claim_article(tx: Transaction, now: datetime, hold_until: datetime) -> WantedArticle | None:
    """The first page that is due and whose host may be asked; the host rests until `hold_until` for everybody else.

    That rest is the claim: it ends by itself when the process that took it dies.
    """
    query = (
        select(articles, items.c.url, items.c.title, items.c.text, hosts.c.gap_s)
        .join(items, items.c.id == articles.c.item)
        .join(hosts, hosts.c.id == articles.c.host)
        .where(articles.c.due_at <= now, articles.c.until > now)
        .where(hosts.c.ready_at <= now, is_free(hosts.c.holder, now))
        .order_by(articles.c.item)
        .limit(1)
        .with_for_update(of=hosts, skip_locked=True)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    await rest_host(tx, row.host, hold_until)
    gap = None if row.gap_s is None else timedelta(seconds=row.gap_s)
    return WantedArticle(row.item, row.url, row.title, row.text, row.until, row.tries, row.host, gap)


async def next_article_at(tx: Transaction, now: datetime) -> datetime | None:
    """When the next page may be asked for, or None where none is wanted in time."""
    query = (
        select(articles.c.due_at, hosts.c.ready_at)
        .join(hosts, hosts.c.id == articles.c.host)
        .where(articles.c.until > now)
    )
    times = [max(row.due_at, row.ready_at) for row in (await tx.execute(query)).all()]
    return min(times, default=None)


async def rest_host(tx: Transaction, host: int, until: datetime) -> None:
    """Let nobody ask this host before then."""
    await tx.execute(update(hosts).where(hosts.c.id == host).values(ready_at=until))


async def rest_host_named(tx: Transaction, name: str, now: datetime, until: datetime) -> None:
    """The same for a host that answered in another's place, unless it rests for longer."""
    number = (await ensure_hosts(tx, {name}, now))[name]
    await tx.execute(update(hosts).where(hosts.c.id == number, hosts.c.ready_at < until).values(ready_at=until))


async def put_off_article(tx: Transaction, item: int, due_at: datetime, tries: int) -> None:
    """Try a page again at that time."""
    await tx.execute(update(articles).where(articles.c.item == item).values(due_at=due_at, tries=tries))


async def settle_article(tx: Transaction, wanted: WantedArticle, text: str | None) -> bool:
    """Let the item go on, with this text or (None) its teaser. False: it went on, or changed, in the meantime."""
    await tx.execute(delete(articles).where(articles.c.item == wanted.item))
    if text is None:
        return False
    same = items.c.id == wanted.item, items.c.state.in_(OPEN_STATES), items.c.text == wanted.teaser
    return (await tx.execute(update(items).where(*same).values(text=text))).rowcount == 1


async def has_wanted(tx: Transaction) -> bool:
    """Whether any page is still noted here."""
    return (await tx.execute(select(articles.c.item).limit(1))).first() is not None


async def drop_late(tx: Transaction, now: datetime) -> int:
    """Forget the pages that came too late: how many. Their items have gone on."""
    return (await tx.execute(delete(articles).where(articles.c.until <= now))).rowcount
