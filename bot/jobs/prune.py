"""Prune: forget what is older than the retention, in small steps. Keys outlive items, so nothing comes back as new."""

from __future__ import annotations

from bot.jobs.grouping import KEPT
from bot.jobs.line import Line, Report
from bot.storage import grouping, retention


async def prune(line: Line) -> Report:
    """Forget one chunk of each kind; `more` while there is more."""
    before = line.now() - line.pace.retention
    async with line.database.write() as tx:
        forgotten = await retention.forget_chunk(tx, before)
        forgotten["keys"] = await retention.forget_keys(tx, line.now() - retention.KEYS_LIVE * line.pace.retention)
        forgotten["gists"] = await grouping.forget_gists(tx, line.now() - KEPT)
    whole = ("keys", "gists")  # forgotten at once
    report = Report(more=any(count == retention.CHUNK for name, count in forgotten.items() if name not in whole))
    report.counts.update(forgotten)
    return report
