"""Articles: read the page behind an item whose feed has only teasers, and let the item go on with what it says.

One request a turn, to a host that rests afterwards; robots.txt is a request, too. Whatever fails, the teaser goes on:
at once, or when the item's time is over, which intake sees for itself.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.core.articles import MOST_TRIES, TRY_AGAIN, is_better
from bot.core.cadence import patience
from bot.core.errors import FeedError, FeedTrouble
from bot.core.text.urls import host_of, shown_url
from bot.jobs.heartbeat import heartbeat
from bot.jobs.line import Line, Report
from bot.storage import articles, leases
from bot.storage.articles import WantedArticle
from bot.storage.database import Transaction, require_outside_transaction

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=2)
"""How long a host is kept for one request. It is free again by then even where this process dies."""

REQUEST = timedelta(seconds=90)
LONGEST_REST = timedelta(minutes=1)
"""How long a round by hand waits for a host that rests between two articles."""

NAP_S = 5.0  # shorter than a lease

PASSING = {FeedTrouble.TIMEOUT, FeedTrouble.CONNECTION, FeedTrouble.DNS, FeedTrouble.SERVER, FeedTrouble.LIMITED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one request: the text (None: none that is better), where it was found, or the trouble.

    `is_prelude`: only the site's rules were asked for, and the page itself is next.
    """

    text: str | None = None
    found_at: str = ""
    error: FeedError | None = None
    is_prelude: bool = False


async def read_article(line: Line) -> Report:
    """Ask for one page whose host is ready, and save what came of it. `more`: another may be ready, too."""
    report = Report()
    wanted = await _claim(line, report)
    if wanted is None:
        return report
    outcome = await _ask(line, wanted)
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, line.now())
        name = await _settle(tx, line, wanted, outcome)
    report.counts[name] += 1
    report.more = True
    if name != "articles_asked":
        line.wake("intake")
    return report


async def read_articles(line: Line) -> Report:
    """One round by hand: every page that may be read soon, each host's in turn."""
    report = Report()
    while True:
        one = await read_article(line)
        report.counts.update(one.counts)
        if one.more:
            await heartbeat(line)  # a round takes as long as it takes, and nobody else says that we live
            continue
        now = line.now()
        async with line.database.read() as tx:
            ready_at = await articles.next_article_at(tx, now)
        if ready_at is None or ready_at > now + LONGEST_REST:
            return report
        await asyncio.sleep(min(max((ready_at - now).total_seconds(), 0.05), NAP_S))
        await heartbeat(line)


async def _claim(line: Line, report: Report) -> WantedArticle | None:
    async with line.database.read() as tx:
        if not await articles.has_wanted(tx):
            return None
    now = line.now()
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, now)
        report.counts["articles_late"] += await articles.drop_late(tx, now)
        return await articles.claim_article(tx, now, now + HOLD)


async def _ask(line: Line, wanted: WantedArticle) -> Outcome:
    """One request. A page is not asked for before the rules of its site are known."""
    from bot.core.text.trimmings import drop_footer  # here: most feeds have no need of it

    require_outside_transaction("reading an article")
    try:
        async with asyncio.timeout(REQUEST.total_seconds()):
            if await line.reader.ask_rules(wanted.url):
                return Outcome(is_prelude=True)
            found = await line.reader.read_article(wanted.url)
    except FeedError as error:
        return Outcome(error=error)
    except TimeoutError:
        return Outcome(error=FeedError(wanted.url, FeedTrouble.TIMEOUT, "The article did not come in time."))
    except Exception:  # one page's surprise must not hold its item, nor end the others
        log.exception("Reading the article of item %s failed unexpectedly; its teaser is used.", wanted.item)
        return Outcome()
    text = drop_footer(found.text, wanted.title)
    return Outcome(text if is_better(wanted.title, wanted.teaser, text) else None, found.url)


async def _settle(tx: Transaction, line: Line, wanted: WantedArticle, outcome: Outcome) -> str:
    """Let the hosts rest, and the item wait or go on. Returns what is counted."""
    now, error = line.now(), outcome.error
    gap = line.pace.per_host_gap if wanted.gap is None else wanted.gap
    rest = max(gap, (patience(error) if error else None) or gap, line.reader.pause_of(wanted.url))
    await articles.rest_host(tx, wanted.host, now + rest)
    if host := host_of(outcome.found_at):
        await articles.rest_host_named(tx, host, now, now + rest)
    if outcome.is_prelude:
        return "articles_asked"
    again_at = now + max(TRY_AGAIN, rest)
    if error and error.trouble in PASSING and wanted.tries + 1 < MOST_TRIES and again_at < wanted.until:
        await articles.put_off_article(tx, wanted.item, again_at, wanted.tries + 1)
        return "articles_put_off"
    if error:
        log.info("The page of %s is left unread, and its teaser used: %s", shown_url(wanted.url), error)
    is_used = await articles.settle_article(tx, wanted, outcome.text)
    return "articles_read" if is_used else "articles_left"
