"""Poll: claim hosts that are due, ask their feeds, sort what is new, and save it with each feed's next poll.

Sends nothing and decides nothing about topics. Results are saved in batches, never a transaction a feed.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.cadence import next_poll
from bot.core.errors import FeedError, FeedTrouble
from bot.core.intake import Entry, Sorted, identify, sort_entries
from bot.core.model import NotModified, Page, ParsedFeed, Validators
from bot.jobs.line import Line, Report
from bot.storage import hosts, items, leases
from bot.storage.database import require_outside_transaction
from bot.storage.hosts import DueFeed, HostClaim
from bot.storage.items import PollResult

log = logging.getLogger(__name__)

BATCH = 100
BATCH_ITEMS = 500  # sorting and saving them holds the event loop for a few hundredths of a second
BATCH_WAIT_S = 1.0
READ_WHOLE_EVERY = timedelta(days=30)
LONGEST_REST = timedelta(minutes=1)
"""How long a round waits for a host that rests between its feeds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one feed answered: a page that was read, a 304, or an error."""

    feed: DueFeed
    at: datetime
    page: Page | None = None
    parsed: ParsedFeed | None = None
    not_modified: NotModified | None = None
    error: FeedError | None = None


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
    """Ask a host's feeds in turn, with its gap between them."""
    gap = line.pace.per_host_gap if claim.gap is None else claim.gap
    waiting = list(reversed(claim.feeds))

    async def ask_in_turn() -> None:
        while waiting:
            await answers.put(await _ask(line, waiting.pop()))
            if waiting:
                await asyncio.sleep(gap.total_seconds())

    async with asyncio.TaskGroup() as group:
        for _ in range(min(line.pace.per_host_connections, len(waiting))):
            group.create_task(ask_in_turn())
    await answers.put(HostDone(claim, line.now() + gap))


async def _ask(line: Line, feed: DueFeed) -> Answer:
    require_outside_transaction("fetching a feed")
    try:
        return await _fetch(line, feed)
    except FeedError as error:
        return Answer(feed, line.now(), error=error)
    except Exception:  # one feed's surprise must not end the others
        log.exception("Reading the feed %s failed unexpectedly.", feed.id)
        trouble = FeedError(feed.url, FeedTrouble.NOT_A_FEED, "Reading this feed failed in a way nobody foresaw.")
        return Answer(feed, line.now(), error=trouble)


async def _fetch(line: Line, feed: DueFeed) -> Answer:
    page = await line.reader.fetch(feed.url, feed.validators, feed.zone)
    if isinstance(page, NotModified):
        return Answer(feed, line.now(), not_modified=page)
    known = replace(page, window=_known_window(feed, line.now()), body_hash=feed.body_hash)
    parsed = await line.reader.parse(known)
    page = replace(page, body=b"")  # a batch of answers need not keep what was read
    if parsed.is_same:
        return Answer(feed, line.now(), page=page)
    if not parsed.format:
        words = parsed.problems[0] if parsed.problems else "The answer is not a feed."
        raise FeedError(feed.url, FeedTrouble.NOT_A_FEED, words)
    return Answer(feed, line.now(), page=page, parsed=parsed)


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
    results = [_settle(line, answer, page) for answer, page in await _sort(line, batch)]
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, line.now())
        await items.save_polls(tx, results)
        await hosts.release_hosts(tx, line.holder, [(host.claim.id, host.ready_at) for host in done])
    news = sum(len(r.page.new) + len(r.page.changed) for r in results if r.page)
    for result in results:
        _count(result, report)
    if news:
        line.wake("intake")


async def _sort(line: Line, batch: list[Answer]) -> list[tuple[Answer, Sorted | None]]:
    """What is new on each page. Items are told apart beside the event loop: a batch may have thousands."""
    if not any(answer.parsed and answer.parsed.items for answer in batch):
        return [(answer, sort_entries((), {}) if answer.parsed else None) for answer in batch]
    entries = await asyncio.to_thread(_identify_all, batch)
    async with line.database.read() as tx:
        known = await items.known_keys(
            tx, {feed: [key for entry in page for key in entry.keys] for feed, page in entries.items()}
        )
    return [
        (answer, sort_entries(entries[answer.feed.id], known[answer.feed.id]) if answer.parsed else None)
        for answer in batch
    ]


def _identify_all(batch: list[Answer]) -> dict[int, list[Entry]]:
    return {
        answer.feed.id: [entry for item in answer.parsed.items if (entry := identify(item))]
        for answer in batch
        if answer.parsed
    }


def _settle(line: Line, answer: Answer, page: Sorted | None) -> PollResult:
    feed, error = answer.feed, answer.error
    errors = feed.errors + 1 if error else 0
    wait = max(feed.interval, line.pace.min_interval)
    wish = error.retry_after if error else None
    return PollResult(
        feed=feed.id,
        at=answer.at,
        next_poll_at=next_poll(feed.url, answer.at, wait, errors=errors, retry_after=wish),
        outcome="failed" if error else "not_modified" if answer.not_modified else "fetched",
        validators=_validators(answer),
        body_hash=answer.parsed.body_hash if answer.parsed else None,
        title=answer.parsed.title if answer.parsed else "",
        lang=feed.lang or (answer.parsed.lang if answer.parsed else None),
        page=page,
        window=answer.parsed.window if answer.parsed else "",
        is_whole=answer.parsed is not None and answer.parsed.is_whole,
        is_seeded=feed.is_seeded,
        error_class=error.trouble.value if error else None,
        error=str(error) if error else "",
        errors=errors,
        state="gone" if error and error.trouble is FeedTrouble.GONE else "active",
    )


def _validators(answer: Answer) -> Validators | None:
    """Those of a whole page that was a feed, or newer ones of a 304; none of a cut one; None keeps what is stored."""
    if answer.not_modified:
        return answer.not_modified.validators
    if not answer.page or answer.error:
        return None
    is_cut = answer.parsed is not None and answer.parsed.is_cut
    return Validators() if is_cut else answer.page.validators


def _count(result: PollResult, report: Report) -> None:
    report.counts["feeds"] += 1
    report.counts[result.outcome] += 1
    if result.page:
        report.counts["items_new"] += len(result.page.new)
        report.counts["items_changed"] += len(result.page.changed)
