"""Intake: take new items in order, decide what they match and what they say, open or alter their stories.

News goes before what was there at a feed's first sight: an import of thousands of feeds keeps no alert waiting.

One intake runs at a time, under a lease checked at commit: it alone holds the matcher, rebuilt from rows at its start.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.errors import QueryError
from bot.core.intake import Decision, Scales, WaitingItem, decide
from bot.jobs.batch import Batch
from bot.jobs.collector import at_rest
from bot.jobs.grouping import Groups, known_sources, save_batch
from bot.jobs.line import Line, Report
from bot.jobs.recycled import Prints, find_repeats, leave_out, print_items
from bot.storage import grouping, leases, live_queries, prints, stories
from bot.storage.database import Transaction

if TYPE_CHECKING:
    from bot.core.stories.recycled import Told
    from bot.core.topics.matcher import Matcher

log = logging.getLogger(__name__)

ITEMS_PER_RUN = 200
LEASE = "intake"
SURELY = timedelta(minutes=5)


class Intake:
    """The one place that knows every query. `run` is the job."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._matcher: Matcher | None = None  # made with the first item: it loads the stemmer
        self._known: set[int] = set()
        self._groups = Groups(line)
        self._scales = Scales(line.weights)
        self._version = -1
        self._learned_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> Report:
        """Take in the next items: gather, decide, commit."""
        line, report = self._line, Report()
        async with line.database.write() as tx:
            fence = await leases.take(tx, LEASE, line.holder, line.now())
        if fence is None:
            return report
        async with line.database.read() as tx:
            waiting = await stories.waiting_items(tx, ITEMS_PER_RUN, line.now())
            if waiting:
                await self._learn(tx)
                await self._groups.catch_up(tx)
                self._scales = Scales(line.weights, await stories.topic_queries(tx), line.grammar)
        if not waiting:
            return report
        try:
            return await self._take(waiting, fence, report)
        except BaseException:
            self._groups.forget()
            raise

    async def _take(self, waiting: list[WaitingItem], fence: int, report: Report) -> Report:
        """Decide on what waits, and commit it."""
        line, batch = self._line, await self._group(waiting)
        printed = await print_items(waiting, batch) if line.events is not None else {}
        repeats = await self._leave_out(waiting, batch, printed)
        news = [item for item in waiting if item.id not in repeats]
        decided = await asyncio.to_thread(self._decide_all, known_sources(news, batch))
        async with line.database.write() as tx:
            await leases.require_alive(tx, line.holder, line.now())
            await leases.require_fence(tx, LEASE, line.holder, fence)
            if await self._learn(tx) or await self._groups.is_behind(tx):  # decide again, knowing what is new
                report.more = True
                self._groups.forget()
                return report
            story_of = await save_batch(tx, decided, batch, line.now(), line.events)
            placed = [(item, story_of[item], batch.times[item], one) for item, one in batch.candidates.items()]
            last = await grouping.save_gists(tx, placed) if placed else 0
            await prints.save_prints(tx, printed)
            await prints.save_repeats(tx, repeats)
        self._groups.keep(batch, story_of, last)
        report.counts["items"] = len(waiting)
        report.counts["matches"] = sum(bool(decision.matches) for decision in decided)
        report.more = len(waiting) == ITEMS_PER_RUN
        report.can_wait = waiting[-1].silent
        if batch.standings or any(decision.announce for decision in decided):
            line.wake("route")
        return report

    async def _group(self, waiting: list[WaitingItem]) -> Batch:
        """Where the items belong, and how the stories stand that they join."""
        batch = await asyncio.to_thread(self._groups.place, waiting)
        if batch.stories():
            async with self._line.database.read() as tx:
                batch.settle(await grouping.read_standings(tx, batch.stories()))
        return batch

    async def _leave_out(self, waiting: list[WaitingItem], batch: Batch, printed: Prints) -> dict[int, Told]:
        """What was told long ago, which is no news."""
        async with self._line.database.read() as tx:
            repeats = await find_repeats(tx, waiting, batch, printed)
        leave_out(batch, repeats)
        return repeats

    async def _learn(self, tx: Transaction) -> bool:
        """Take in the queries that are followed anew and forget those that nobody wants; whether any is new.

        Nothing is read but one number where nothing changed; every five minutes all the same, in case a change was
        made without telling.
        """
        version, now = await live_queries.read_version(tx), self._line.now()
        if version == self._version and now - self._learned_at < SURELY:
            return False
        live = await live_queries.live_numbers(tx)
        fresh = await live_queries.read_expressions(tx, live - self._known)
        await asyncio.to_thread(self._take_in, fresh, self._known - live)
        self._known, self._version, self._learned_at = live, version, now
        return bool(fresh)

    def _take_in(self, fresh: list[tuple[int, str]], gone: set[int]) -> None:
        matcher = self._open_matcher()
        for number in gone:
            matcher.remove(number)
        with at_rest():
            for number, expr in fresh:
                try:
                    matcher.add_stored(number, expr)
                except QueryError as error:
                    log.error("The stored query %s cannot be read and matches nothing: %s", number, error)

    def _decide_all(self, waiting: list[WaitingItem]) -> list[Decision]:
        matcher = self._open_matcher()
        return [decide(item, matcher, self._scales) for item in waiting]

    def _open_matcher(self) -> Matcher:
        if self._matcher is None:
            from bot.core.topics.matcher import Matcher  # here: a round that brings nothing new loads no stemmer

            self._matcher = Matcher(self._line.concepts())
        return self._matcher
