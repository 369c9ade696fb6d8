"""Every job, once. The runner runs this table; `once` and the demo call the same coroutines themselves."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.jobs.articles import read_article
from bot.jobs.deliver import deliver
from bot.jobs.health import check_health
from bot.jobs.heartbeat import heartbeat
from bot.jobs.intake import Intake
from bot.jobs.line import Job, Line
from bot.jobs.pacing import pass_digests
from bot.jobs.poll import poll
from bot.jobs.prune import prune
from bot.jobs.remind import remind
from bot.jobs.retelling import retell
from bot.jobs.route import route
from bot.jobs.watch import Watch

READERS = 2
"""Articles read side by side, each from another host: reading one is a second of a processor, and most of it a wait."""


def list_jobs(line: Line, *, workers: int = 4, zone: str = "UTC") -> tuple[Job, ...]:
    """The jobs of one process. `workers`: channels delivered to side by side; `zone`: the operator's."""
    lease = line.holder.lasts or timedelta(minutes=1)
    return (
        Job("heartbeat", partial(heartbeat, line), lease / 3),
        Job("poll", partial(poll, line), timedelta(seconds=1)),
        Job("articles", partial(read_article, line), timedelta(seconds=2), READERS),
        Job("intake", Intake(line).run, timedelta(seconds=5)),
        Job("route", partial(route, line), timedelta(seconds=5)),
        Job("deliver", partial(deliver, line), timedelta(seconds=1), workers),
        Job("retell", partial(retell, line), timedelta(seconds=5)),
        Job("digests", partial(pass_digests, line), timedelta(seconds=30)),
        Job("remind", partial(remind, line), timedelta(minutes=1)),
        Job("health", partial(check_health, line), timedelta(minutes=10)),
        Job("watch", Watch(line, zone).run, timedelta(minutes=10)),
        Job("prune", partial(prune, line), timedelta(hours=6)),
    )
