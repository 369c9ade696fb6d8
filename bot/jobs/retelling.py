"""Retelling: let the operator's language model say a shown story shorter, and show that where it says nothing new.

The alert does not wait for it: it goes out in the source's own sentences, and is edited. One question at a time, each
story once as it stands, so many an hour; whatever fails, the source's sentences stay.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from bot.core.errors import FeedError
from bot.core.faithful import find_unfounded
from bot.core.stories.said import Change, write_changes
from bot.core.summary import LIMIT, WHOLE
from bot.jobs.line import Line, Report
from bot.storage import leases, retellings
from bot.storage.database import require_outside_transaction

log = logging.getLogger(__name__)

FRESH = timedelta(hours=24)
HOUR = timedelta(hours=1)
SHORTEST = 40  # characters; what is shorter tells nothing
NOT_PLAIN = re.compile(r"https?://|www\.|[<>{}\[\]`|*_#]|@(?:everyone|here)\b|\n")


async def retell(line: Line) -> Report:
    """Ask about one story, and keep what came of it. `more`: another may be wanted."""
    report = Report()
    writer = line.writer
    if writer is None:
        return report
    now = line.now()
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, now)
        wanted = await retellings.claim_story(tx, now, now - FRESH, now - HOUR, writer.per_hour)
    if wanted is None:
        return report
    require_outside_transaction("asking the model")
    report.more = True
    report.counts["retellings_asked"] += 1
    try:
        told = await writer.shorten(wanted.headline, wanted.text, LIMIT)
    except FeedError as error:
        log.warning("Story %s keeps its own sentences: %s", wanted.story, error)
        return report
    if problem := find_fault(told, wanted.headline, wanted.text):
        log.info("Story %s keeps its own sentences: what the model wrote %s.", wanted.story, problem)
        return report
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, line.now())
        change = write_changes(Change("retold", writer.name))
        report.counts["retellings_shown"] += await retellings.keep_retelling(tx, wanted, told, change, line.now())
    line.wake("route")
    return report


def find_fault(told: str, headline: str, text: str) -> str:
    """What is wrong with a summary that somebody else than the source wrote, in words; "" where nothing is."""
    if not SHORTEST <= len(told) <= LIMIT:
        return f"has {len(told)} characters"
    if not WHOLE.search(told):
        return "ends in the middle of a sentence"
    if NOT_PLAIN.search(told):
        return "is not plain text"
    unfounded = find_unfounded(told, f"{headline}\n{text}", is_strict=True)
    return f"has what the source does not: {'; '.join(unfounded)[:200]}" if unfounded else ""
