"""Poll: claim hosts that are due, ask their feeds, sort what is new, and save it with each feed's next poll.

Sends nothing and decides nothing about topics. Results are saved in batches, never a transaction a feed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.cadence import own_interval, patience, spread
from bot.core.errors import FeedError, FeedTrouble
from bot.core.floods import is_moved_house
from bot.core.intake import Known
from bot.core.model import NotModified
from bot.jobs.line import Line, Pace, Report
from bot.jobs.settle import Answer, Settled, Told, settle, tell, unmet_words, wanted_keys
from bot.storage import hosts, items, leases, notices, standings
from bot.storage.database import Transaction, require_outside_transaction
from bot.storage.hosts import DueFeed, HostClaim
from bot.storage.items import PollResult

log = logging.getLogger(__name__)

BATCH = 100
BATCH_ITEMS = 500  # sorting and saving them holds the event loop for a few hundredths of a second
BATCH_WAIT_S = 1.0
READ_WHOLE_EVERY = timedelta(days=30)
LONG_STOP = timedelta(minutes=5)
"""A feed overdue by more was not asked because nobody ran."""

LONGEST_REST = timedelta(minutes=1)
"""How long a round waits for a host that rests between its feeds."""


@dataclass(frozen=True, slots=True)
class HostDone:
    """A host whose feeds have all been asked."""

    claim: HostClaim
    ready_at: datetime


Answers = asyncio.Queue[Answer | HostDone]


async def poll_round(line: Line) -> Report:
    """Ask every feed that is due now, each once, however short its interval."""
    return await poll(line, line.now())


async def poll(line: Line, due_by: datetime | None = None) -> Report:
    """Ask every feed that is due (by a time, or by now as it goes), until none is. A slow host holds up only itself.

    Raises StorageError.
    """
    try:
        return await _poll_due(line, due_by)
    except ExceptionGroup as group:  # a task group wraps what its body raises; whoever calls knows the error itself
        raise group.exceptions[0] from group


async def _poll_due(line: Line, due_by: datetime | None) -> Report:
    report = Report()
    answers: Answers = asyncio.Queue()
    asking = 0
    async with line.database.write() as tx:
        await hosts.release_all(tx, line.holder)
    async with asyncio.TaskGroup() as group:
        while True:
            for claim in await _claim(line, line.pace.connections - asking, due_by or line.now()):
                group.create_task(_ask_host(line, claim, answers))
                asking += 1
            if not asking and due_by and (rest := await _rest_of_hosts(line, due_by)):
                await asyncio.sleep(rest.total_seconds())
                continue
            if not asking:
                return report
            batch, done = await _collect(answers, asking)
            asking -= len(done)
            await _save(line, batch, done, report)


async def _rest_of_hosts(line: Line, due_by: datetime) -> timedelta | None:
    """How long until a host with feeds left in this round has rested; None where none is left, or it rests longer."""
    now = line.now()
    async with line.database.read() as tx:
        ready_at = await hosts.next_ready(tx, now, due_by)
    return ready_at - now if ready_at and now < ready_at <= now + LONGEST_REST else None


async def _claim(line: Line, free: int, due_by: datetime) -> list[HostClaim]:
    if free <= 0:
        return []
    async with line.database.write() as tx:
        return await hosts.claim_hosts(tx, line.holder, line.now(), free, due_by)


async def _ask_host(line: Line, claim: HostClaim, answers: Answers) -> None:
    """Ask a host's feeds in turn, with its gap between them; the rest later, where it asks for patience."""
    gap = line.pace.per_host_gap if claim.gap is None else claim.gap
    waiting = list(reversed(claim.feeds))
    rest = timedelta(0)

    async def ask_in_turn() -> None:
        nonlocal rest
        while waiting:
            answer = await _ask(line, waiting.pop())
            await answers.put(answer)
            if wish := _patience(answer):
                rest = max(rest, wish)
                waiting.clear()
            if waiting:
                await asyncio.sleep(gap.total_seconds())

    async with asyncio.TaskGroup() as group:
        for _ in range(min(line.pace.per_host_connections, len(waiting))):
            group.create_task(ask_in_turn())
    await answers.put(HostDone(claim, line.now() + max(gap, rest)))


def _patience(answer: Answer) -> timedelta | None:
    """How long the whole host wants to be left alone."""
    return patience(answer.error) if answer.error else None


async def spread_overdue(line: Line) -> int:
    """After a long stop, give each overdue feed its own place within its interval, instead of asking all at once."""
    now, pace = line.now(), line.pace
    async with line.database.write() as tx:
        overdue = await hosts.overdue_feeds(tx, now - LONG_STOP)
        intervals = [own_interval(one.interval, one.tier, pace.min_interval, adapts=pace.adapts) for one in overdue]
        times = [(one.id, spread(one.url, now, wait)) for one, wait in zip(overdue, intervals, strict=True)]
        await hosts.put_off(tx, times)
    return len(times)


async def _ask(line: Line, feed: DueFeed) -> Answer:
    require_outside_transaction("fetching a feed")
    feed = feed.as_seen_by(line.reader.stamp)
    try:
        return await _fetch(line, feed)
    except FeedError as error:
        return Answer(feed, line.now(), error=error)
    except Exception:  # one feed's surprise must not end the others
        log.exception("Reading the feed %s failed unexpectedly.", feed.id)
        trouble = FeedError(feed.url, FeedTrouble.NOT_A_FEED, "Reading this feed failed in a way nobody foresaw.")
        return Answer(feed, line.now(), error=trouble)


async def _fetch(line: Line, feed: DueFeed) -> Answer:
    if feed.recipe is not None:
        page = await line.reader.visit(feed.address, feed.validators, feed.zone, feed.recipe)
    else:
        page = await line.reader.fetch(feed.address, feed.validators, feed.zone)
    if isinstance(page, NotModified):
        return Answer(feed, line.now(), not_modified=page)
    window = _known_window(feed, line.now())
    parsed = await line.reader.parse(replace(page, window=window, body_hash=feed.body_hash))
    if parsed.is_same or parsed.is_whole:
        page = replace(page, body=b"")  # it is read: a batch of answers need not keep it
    if parsed.is_same:
        return Answer(feed, line.now(), page=page)
    if not parsed.format:
        words = parsed.problems[0] if parsed.problems else "The answer is not a feed."
        raise FeedError(feed.url, FeedTrouble.NOT_A_FEED, words)
    fresh = parsed.items if window and parsed.window else ()
    return Answer(feed, line.now(), page=page, parsed=parsed, fresh=fresh)


def _known_window(feed: DueFeed, now: datetime) -> str:
    """What need not be read again; nothing once a month, so that the keys of what is still there are seen."""
    return feed.window if feed.whole_at and now - feed.whole_at < READ_WHOLE_EVERY else ""


async def _collect(answers: Answers, asking: int) -> tuple[list[Answer], list[HostDone]]:
    """Up to a batch of answers, or what comes within a second, or all there will be."""
    batch: list[Answer] = []
    count = 0
    done: list[HostDone] = []
    until = asyncio.get_running_loop().time() + BATCH_WAIT_S
    while len(batch) < BATCH and count < BATCH_ITEMS and len(done) < asking:
        left = until - asyncio.get_running_loop().time()
        try:
            answer = await asyncio.wait_for(answers.get(), max(left, 0.001))
        except TimeoutError:
            break
        if isinstance(answer, HostDone):
            done.append(answer)
        else:
            batch.append(answer)
            count += len(answer.parsed.items) if answer.parsed else 0
    return batch, done


async def _save(line: Line, batch: list[Answer], done: list[HostDone], report: Report) -> None:
    """Gather what is known, decide what is new, commit both with each feed's next poll."""
    if not batch and not done:
        return
    settled = await _sort(line, batch)
    results = [one.result for one in settled]
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, line.now())
        await items.save_polls(tx, results)
        await _tell(tx, line, settled)
        await hosts.release_hosts(tx, line.holder, [(host.claim.id, host.ready_at) for host in done])
    news = sum(len(r.page.new) + len(r.page.changed) for r in results if r.page)
    for result in results:
        _count(result, report)
    if news:
        line.wake("intake")
        line.wake("articles")
    if any(one.notices for one in settled):
        line.wake("deliver")


async def _tell(tx: Transaction, line: Line, settled: list[Settled]) -> None:
    """Tell the operator; a question about a feed that one tenant alone uses is put to that tenant, too."""
    told = [(one.result.feed, notice) for one in settled for notice in one.notices]
    asked = {feed for feed, notice in told if notice.is_question}
    own = await standings.own_channels(tx, asked) if asked else {}
    for feed, notice in told:
        await notices.tell(tx, line.operator_channel, notice.key, notice.title, notice.body, line.now())
        keepers = own.get(feed, ()) if notice.is_question else ()
        if len(keepers) == 1 and keepers[0] != line.operator_channel:
            key = f"{notice.key}:{keepers[0]}"
            await notices.tell(tx, keepers[0], key, notice.title, notice.body, line.now())


async def _sort(line: Line, batch: list[Answer]) -> list[Settled]:
    """What comes of each answer; a page of which a part raised a doubt is read whole, and judged again."""
    settled = await _settle_all(line, batch)
    doubtful = [answer for answer, one in zip(batch, settled, strict=True) if _is_doubtful(answer, one)]
    if not doubtful:
        return settled
    whole = [await _read_whole(line, answer) for answer in doubtful]
    again = dict(zip((answer.feed.id for answer in doubtful), await _settle_all(line, whole), strict=True))
    return [again.get(one.result.feed, one) for one in settled]


async def _settle_all(line: Line, batch: list[Answer]) -> list[Settled]:
    """What comes of each answer. Items are told apart beside the event loop: a batch may have hundreds."""
    if not any(answer.parsed and answer.parsed.items for answer in batch):
        return _settle_pages(line.pace, [tell(answer) for answer in batch], {})
    told = await asyncio.to_thread(_tell_all, batch)
    known = await _look_up(line, told)
    return await asyncio.to_thread(_settle_pages, line.pace, told, known)


async def _look_up(line: Line, told: list[Told]) -> Mapping[int, Mapping[int, Known]]:
    """What is known of each feed's items: by their keys, and by their words where a page seems to have moved house."""
    wanted = {one.answer.feed.id: keys for one in told if (keys := wanted_keys(one))}
    if not wanted:
        return {}
    async with line.database.read() as tx:
        known = await items.known_keys(tx, wanted)
        strange = {one.answer.feed.id: words for one in told if (words := unmet_words(one, known))}
        met = await items.known_words(tx, strange)
    return known | {feed: words for feed, words in met.items() if is_moved_house(strange[feed], words)}


def _tell_all(batch: list[Answer]) -> list[Told]:
    return [tell(answer) for answer in batch]


def _settle_pages(pace: Pace, batch: list[Told], known: Mapping[int, Mapping[int, Known]]) -> list[Settled]:
    return [settle(pace, told, known.get(told.answer.feed.id, {})) for told in batch]


def _is_doubtful(answer: Answer, settled: Settled) -> bool:
    """Whether a known guid came with other words and another link, on a page of which only the unseen was read."""
    page, parsed = settled.result.page, answer.parsed
    return page is not None and page.is_doubtful and parsed is not None and not parsed.is_whole


async def _read_whole(line: Line, answer: Answer) -> Answer:
    assert answer.page is not None
    return replace(answer, parsed=await line.reader.parse(replace(answer.page, window="")))


def _count(result: PollResult, report: Report) -> None:
    report.counts["feeds"] += 1
    report.counts[result.outcome] += 1
    if result.page:
        report.counts["items_new"] += len(result.page.new)
        report.counts["items_changed"] += len(result.page.changed)
