"""A world of dates at random, and the judge of what it was reminded of, who reckons by a way of his own.

Dates are told, moved, moved back, taken back and set anew by moderators, while the process is away for hours or weeks,
dies between two jobs, is started again, and its clock is set back. The judge knows only what was told and when the
process was there: a reminder comes at the first moment in its step's time, once, unless the alert or a change has said
the day within twelve hours.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from bot.core.model import Item
from bot.core.outbox import Capabilities
from bot.core.reminders import OUTCOME, SETTLED, lead_of, morning, read_ladder, rungs
from bot.jobs.deliver import deliver
from bot.jobs.remind import remind
from bot.jobs.route import route
from bot.storage import deadlines as dates
from bot.storage import places
from bot.storage.schema import cards, channels, deadlines, stories
from tests.bed import RARE, Bed

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = datetime(2025, 2, 20, 5, tzinfo=UTC)
"""From here two years go through all changes of the clocks."""

PLACES = (  # zones with half hours, with summer in January, at both ends of the day; ladders of all kinds
    ("Europe/Berlin", ""),
    ("America/New_York", "14 3"),
    ("Australia/Lord_Howe", "0"),
    ("America/Santiago", "90 30 7 1 0"),
    ("Pacific/Kiritimati", ""),
    ("Asia/Kathmandu", "off"),
)
Shown = tuple[int, int, date, str, datetime]
"""A reminder: the date's number, the channel, the day it reminds of, its slot, and when."""


@dataclass
class Post:
    """A channel of the run."""

    channel: int
    tenant: int
    zone: str
    ladder: str


@dataclass
class Told:
    """A date as it was told: from which look on which day holds; None: no day. `own`: what a tenant set instead."""

    number: int
    text: list[tuple[int, date | None]]
    own: dict[int, list[tuple[int, date]]] = field(default_factory=dict)


class World:
    """A bed, what was told in it, and every moment at which all jobs ran."""

    def __init__(self, bed: Bed, seed: int, posts: list[Post]) -> None:
        self.bed = bed
        self.chance = random.Random(seed)
        self.posts = posts
        self.told: list[Told] = []
        self.looks: list[tuple[datetime, bool]] = []  # and whether the process lived through it
        self.counts: Counter[str] = Counter()
        self.names = itertools.count(1)

    async def run(self, span: timedelta, count: int) -> None:
        """Let the time pass, and tell so many dates in it."""
        start = self.bed.clock()
        while (gone := self.bed.clock() - start) < span:
            items = []
            if self.chance.random() < 0.25:  # what comes at once is one message
                wanted = min(count, int(count * (gone / span) * 1.1) + 1)
                known = range(1, len(self.told) + 1)
                items = [self._tell() for _ in range(wanted - len(self.told))]
                items += self._change_some(set(known), len(items) / 4)
            if items:
                await self.bed.tell(*items)
            await self._let_moderators_move()
            await self._look()
            await self._pass_time()

    def _tell(self) -> Item:
        number = len(self.told) + 1
        due = (self.bed.clock() + self.chance.randint(1, 130) * DAY).date()
        self.told.append(Told(number, [(len(self.looks), due)]))
        return item(number, due)

    def _change_some(self, known: set[int], usual: float) -> list[Item]:
        """Texts that are corrected: another day, no day, or the day that was said at first."""
        changed = []
        for _ in range(int(self.chance.random() * 2 * usual + self.chance.random())):
            one = self.told[self.chance.randrange(len(self.told))]
            if one.number not in known or len(one.text) > 4 or self._is_past_for_moderators(one):
                continue
            known.discard(one.number)
            due = self._another_day(one)
            if due == one.text[-1][1]:
                continue
            one.text.append((len(self.looks), due))
            self.counts["withdrawn" if due is None else "moved"] += 1
            changed.append(item(one.number, due))
        return changed

    def _is_past_for_moderators(self, one: Told) -> bool:
        """What moderators set stands while the day in the text is ahead; one said after it is another date."""
        before = one.text[-1][1]
        return bool(one.own) and (before is None or before <= (self.bed.clock() + DAY).date())

    def _another_day(self, one: Told) -> date | None:
        before = one.text[-1][1]
        if before is not None and self.chance.random() < 0.3:
            return None
        if len(one.text) > 1 and self.chance.random() < 0.4 and one.text[0][1] != before:
            return one.text[0][1]
        return (self.bed.clock() + self.chance.randint(0, 60) * DAY).date()

    async def _let_moderators_move(self) -> None:
        if not self.told or self.chance.random() > 0.1:
            return
        one, tenant = self.chance.choice(self.told), self.chance.choice(self.posts).tenant
        async with self.bed.line.database.write() as tx:
            story = select(stories.c.id).where(stories.c.headline == headline(one.number))
            number = (await tx.execute(story)).scalar()
            seen = [] if number is None else await dates.dates_of_story(tx, number, tenant)
            if len(seen) != 1 or seen[0].state != "open":
                return
            due = seen[0].due_on + self.chance.choice((-20, -3, 2, 9, 40)) * DAY
            if due < self.bed.clock().date() or any(due == day for _, day in one.own.get(tenant, ())):
                return
            now = self.bed.clock()
            await dates.set_date(tx, seen[0], tenant, now, due_on=due, steps="", state="open", next_step_at=now)
        one.own.setdefault(tenant, []).append((len(self.looks), due))
        self.counts["moved by moderators"] += 1

    async def _look(self) -> None:
        """Every job until nothing is left to do; now and then the process dies in between."""
        line, death = self.bed.line, self.chance.choices((1, 2, 3, 0), (1, 1, 1, 60))[0]
        self.looks.append((self.bed.clock(), not death))
        jobs = (self.bed.intake.run, lambda: remind(line), lambda: route(line), lambda: deliver(line))
        for number, job in enumerate(jobs):
            if death and number >= death:
                self.counts["deaths"] += 1
                return await self._restart()
            while (report := await job()).more or report.counts["steps"]:
                pass
        if self.chance.random() < 0.02:
            await self._restart()
        return None

    async def _restart(self) -> None:
        """The process starts anew, with empty hands."""
        await self.bed.restart(f"me-{next(self.names)}")
        self.counts["restarts"] += 1

    async def _pass_time(self) -> None:
        kind = self.chance.choices(("hours", "outage", "weeks", "back"), (90, 6, 1, 3))[0]
        by = {
            "hours": self.chance.uniform(0.5, 8) * HOUR,
            "outage": self.chance.uniform(4, 96) * HOUR,
            "weeks": self.chance.uniform(5, 30) * DAY,
            "back": -self.chance.uniform(0.1, 20) * HOUR,
        }[kind]
        self.counts[kind] += kind != "hours"
        self.bed.clock.advance(by)


def headline(number: int) -> str:
    """The title of the story with that number."""
    return f"Rare earth {number}"


def item(number: int, due: date | None) -> Item:
    """The story's item, as its outlet has it now."""
    said = f"are due by {due.day} {due:%B} {due.year}" if due else "have no day yet"
    text = f"Bids on rare earth block {number} {said}."
    return Item(f"g{number}", f"https://wire.example/{number}", headline(number), text)


class Judge:
    """Reckons from a world's history which reminders were due."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._times = [moment for moment, _ in world.looks]
        self._lived = [is_alive for _, is_alive in world.looks]

    def expected(self, *, is_set_back: bool) -> Iterator[Shown]:
        """Each reminder that had to come, at the first moment it could.

        `is_set_back`: also what may come, and need not, where the clock is set back over the end of a step.
        """
        for one, post in itertools.product(self._world.told, self._world.posts):
            done: set[tuple[str, date, str]] = set()
            posted = self._posted(one)
            for kind, due, first, end in self._lives(one, post.tenant):
                said = posted if first == one.text[0][0] else max(self._times[first], posted)
                for slot, at, until in self._steps(due, post):
                    shown = at >= said + SETTLED and self._first_chance(first, end, at, until, is_set_back)
                    if shown and (kind, due, slot) not in done:
                        done.add((kind, due, slot))
                        yield one.number, post.channel, due, slot, shown

    def _posted(self, one: Told) -> datetime:
        """When the alert was shown, which said the date: at the first look that the process lived through."""
        looks = self._world.looks[one.text[0][0] :]
        return next((at for at, is_alive in looks if is_alive), datetime.max.replace(tzinfo=UTC) - SETTLED)

    def _lives(self, one: Told, tenant: int) -> Iterator[tuple[str, date, int, int]]:
        """Which day holds from which look until before which: by the text, until a moderator says otherwise."""
        own = one.own.get(tenant, [])
        last = own[0][0] if own else len(self._times)
        for history, end, kind in ((one.text, last, "text"), (own, len(self._times), "own")):
            ends = [*(look for look, _ in history[1:]), end]
            for (first, due), until in zip(history, ends, strict=False):
                if due is not None and first < min(until, end):
                    yield kind, due, first, min(until, end)

    def _steps(self, due: date, post: Post) -> Iterator[tuple[str, datetime, datetime]]:
        for rung in rungs(due, read_ladder(post.ladder)):
            yield rung.slot, morning(rung.on, post.zone), morning(rung.until, post.zone)

    def _first_chance(self, first: int, end: int, at: datetime, until: datetime, is_set_back: bool) -> datetime | None:
        """The first look in that time, or in it again."""
        for look in range(first, end):
            if at <= self._times[look] < until and self._lived[look]:
                return self._times[look]
            if self._times[look] >= until and not is_set_back:
                return None
        return None


async def shown(world: World) -> list[Shown]:
    """The reminders that came."""
    query = (
        select(cards.c.channel, cards.c.slot, cards.c.shown_at, deadlines.c.due_on, stories.c.headline)
        .select_from(
            cards.join(deadlines, deadlines.c.id == cards.c.subject_id).join(stories, stories.c.id == deadlines.c.story)
        )
        .where(cards.c.subject == "deadline", cards.c.shown_rev > 0)
    )
    async with world.bed.line.database.read() as tx:
        rows = (await tx.execute(query)).all()
    here = {post.channel for post in world.posts}
    of_ladder = [r for r in rows if r.channel in here and (lead_of(r.slot) is not None or r.slot == OUTCOME)]
    return [(int(r.headline.split()[-1]), r.channel, r.due_on, r.slot, r.shown_at) for r in of_ladder]


async def open_world(bed: Bed, seed: int, most: int) -> World:
    """So many channels of two tenants, other ones with each seed."""
    bed.platform.capabilities = Capabilities(alerts_per_post=10)
    posts = []
    for number in range(min(most, len(PLACES))):
        zone, ladder = PLACES[(seed + number) % len(PLACES)]
        async with bed.line.database.write() as tx:
            tenant = await places.ensure_tenant(tx, bed.account, f"t{number % 2}")
            channel, _ = await places.ensure_channel(tx, tenant, f"c{number}", bed.clock())
            await tx.execute(update(channels).where(channels.c.id == channel).values(zone=zone, ladder=ladder))
        await bed.follow(RARE, channel)
        posts.append(Post(channel, tenant, zone, ladder))
    return World(bed, seed, posts)


async def simulate(bed: Bed, seed: int, span: timedelta, count: int, most: int = 6) -> Counter[str]:
    """A run and its verdict, printed."""
    world = await open_world(bed, seed, most)
    await world.run(span, count)
    judge, came = Judge(world), await shown(world)
    wanted, allowed = set(judge.expected(is_set_back=False)), set(judge.expected(is_set_back=True))
    without_moment = {one[:4] for one in came}
    counts = Counter(world.counts)
    lost = sorted(one for one in wanted if one[:4] not in without_moment)
    wrong = sorted(set(came) - allowed)
    counts |= Counter(told=len(world.told), looks=len(world.looks), reminders=len(came), wanted=len(wanted))
    counts |= Counter(lost=len(lost), wrong=len(wrong), double=len(came) - len({one[:4] for one in came}))
    print(f"seed {seed}: {dict(counts)}")
    for word, some in (("lost", lost), ("wrong", wrong)):
        for one in some[:8]:
            print(word, *map(str, one), world.told[one[0] - 1])
    return counts
