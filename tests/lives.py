"""Lives of dates as short scripts: what is told, said and done on which day, and what must have come of it.

    4 Nov tell 1 Putin orders rare earth roadmap :: The cabinet must approve a rare earth roadmap by 1 December 2025.
    20 Nov tell 2 Rare earth roadmap postponed :: The cabinet postponed the rare earth roadmap to 5 December 2025.
    8 Dec
    = 1: 1 Dec moved, 5 Dec open
    = reminders: 28 Nov, 4 Dec, 5 Dec, 6 Dec
    = replies: Moved from Mon 1 Dec to Fri 5 Dec

A day may have a time, `4 Nov 07:00`; without one it is ten o'clock. August to December are of 2025, the others of 2026;
all is in UTC. Deeds: `tell N headline :: text` is an item of the wire, `correct N ...` the same in other words;
`tell N@Herald ...` is one of another outlet (Kremlin is official), which joins the story it belongs to;
`say WORDS` is a moderator's command, with `#1` for a story's name, `ask WORDS` one in Ana's direct chat, `other WORDS`
one in another tenant's channel; `away` stops the process, `back` starts it; `back-clock H` sets the clock back so many
hours; `zone NAME` moves the channel.

Expectations: the days and states of a story's dates as the channel's tenant sees them; the days on which it
was reminded, with the hour where that is not eight; `replies`, `edits`, `posts` (of the channel), `direct` and
`elsewhere`, `said` (answers): words that must be there, in this order, with `|` between, or `none`; `never`: words that
stand nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from bot.commands.answer import Office, answer_text, open_office
from bot.commands.command import Asker, Place
from bot.core.messages import as_text
from bot.core.model import FeedSpec, Item
from bot.core.stories.names import story_name
from bot.jobs.remind import remind
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.deadlines import dates_of_story
from bot.storage.schema import cards, channels, deadlines, items, posts
from tests.bed import RARE, Bed, open_bed
from tests.clock import Clock

CHEN = Asker("console", "chen", is_moderator=True)
ANA = Asker("console", "ana")
HERE = Place("console", "console", direct="dm-ana")
DIRECT = Place("dm-ana", "dm-ana", is_direct=True, direct="dm-ana")
OTHER = Place("other", "other-channel")
OUTLETS = {"Kremlin": 0, "Agency": 1, "Herald": 2, "Zeitung": 2, "Caijing": 2}
KINDS = {"post": "posts", "reply": "replies", "edit": "edits"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read_day(words: str) -> datetime:
    """`4 Nov 07:00`; January to July are of 2026."""
    day, month, *time = words.split()
    number = MONTHS.index(month) + 1
    hour, minute = map(int, time[0].split(":")) if time else (10, 0)
    return datetime(2025 if number > 7 else 2026, number, int(day), hour, minute, tzinfo=UTC)


def say_day(moment: datetime) -> str:
    """`24 Nov`."""
    return f"{moment.day} {moment:%b}"


@dataclass
class Life:
    """A bed in which a script is played."""

    bed: Bed
    office: Office
    is_away: bool = False
    said: list[str] = field(default_factory=list)

    async def play(self, script: str) -> None:
        """Do what the lines say, and check what they expect."""
        for line in filter(None, map(str.strip, script.strip().splitlines())):
            if line.startswith("= "):
                await self._check(*line[2:].partition(":")[::2])
            else:
                await self._do(line)

    async def _do(self, line: str) -> None:
        words = line.split()
        when = 3 if len(words) > 2 and ":" in words[2] and words[2][0].isdigit() else 2
        await self._live(read_day(" ".join(words[:when])))
        deed, rest = (words[when], line.split(words[when], 1)[1].strip()) if len(words) > when else ("", "")
        await self._perform(deed, rest)
        if not self.is_away:
            await self._pump()

    async def _perform(self, deed: str, rest: str) -> None:
        if deed in ("tell", "correct"):
            name, _, words = rest.partition(" ")
            headline, _, text = words.partition("::")
            number, _, outlet = name.partition("@")
            link = f"https://wire.example/{number}"
            await self.bed.tell(
                Item(f"g{number}", link, headline.strip(), text.strip(), self.bed.clock()),
                feed=await self._feed(outlet),
            )
        elif deed in ("say", "ask", "other"):
            who, where = {"say": (CHEN, HERE), "ask": (ANA, DIRECT), "other": (CHEN, OTHER)}[deed]
            await self._say(rest, who, where)
        elif deed in ("away", "back"):
            self.is_away = deed == "away"
        elif deed == "back-clock":
            self.bed.clock.advance(-timedelta(hours=int(rest)))
        elif deed in ("zone", "state"):
            async with self.bed.line.database.write() as tx:
                await tx.execute(update(channels).where(channels.c.id == self.bed.channel).values({deed: rest}))
        else:
            assert not deed, deed

    async def _say(self, line: str, who: Asker, where: Place) -> None:
        for number in "123456789":
            if f"#{number}" in line:
                line = line.replace(f"#{number}", story_name(await self._story(number)))
        reply = await answer_text(self.office, line, who, where, None, self.bed.account)
        self.said.append(as_text(reply.message))

    async def _feed(self, outlet: str) -> int | None:
        if not outlet:
            return None
        wire = FeedSpec("https://wire.example/feed.xml", "Wire", tier=1)
        others = [FeedSpec(f"https://{n.lower()}.example/feed.xml", n, tier=tier) for n, tier in OUTLETS.items()]
        async with self.bed.line.database.write() as tx:
            await feeds.sync_operator_feeds(tx, [wire, *others], self.bed.clock())
            return next(row.id for row in await feeds.list_feeds(tx, self.bed.tenant) if row.title == outlet)

    async def _story(self, number: str) -> int:
        async with self.bed.line.database.read() as tx:
            query = select(items.c.story).where(items.c.url == f"https://wire.example/{number}")
            return int((await tx.execute(query)).scalar_one())

    async def _live(self, until: datetime) -> None:
        """Let time pass: the jobs run whenever rows fall due, as long as the process is there."""
        while not self.is_away and (at := await self._next_due()) is not None and at < until:
            self.bed.clock.advance(at - self.bed.clock())
            await self._pump()
        self.bed.clock.advance(until - self.bed.clock())

    async def _next_due(self) -> datetime | None:
        now = self.bed.clock()
        steps = select(func.min(deadlines.c.next_step_at)).where(deadlines.c.next_step_at > now)
        waiting = cards.c.want_rev > cards.c.shown_rev, cards.c.due_at > now
        async with self.bed.line.database.read() as tx:
            found = (
                (await tx.execute(steps)).scalar(),
                (await tx.execute(select(func.min(cards.c.due_at)).where(*waiting))).scalar(),
            )
        return min((one for one in found if one), default=None)

    async def _pump(self) -> None:
        for _ in range(3):
            await self.bed.pump()
            while (report := await remind(self.bed.line)).more or report.counts["steps"]:
                pass
        await self.bed.pump()

    async def _check(self, what: str, wanted: str) -> None:
        wanted, texts = wanted.strip(), await self._texts()
        if what.isdecimal():
            found = await self._states(what)
            assert found == wanted, found
        elif what == "reminders":
            days = [at for at, text in texts["posts"] if text.startswith("Reminder")]
            assert ", ".join(days) == wanted, days
        elif what == "never":
            assert not any(wanted in text for kind in texts.values() for _, text in kind)
        else:
            check_words([text for _, text in texts[what]], wanted)

    async def _texts(self) -> dict[str, list[tuple[str, str]]]:
        """All that was said, by where and how, each with its day."""
        async with self.bed.line.database.read() as tx:
            query = select(posts.c.key, channels.c.remote_id).join(channels, channels.c.id == posts.c.channel)
            place = {row.key: row.remote_id for row in (await tx.execute(query)).all()}
        found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in (*KINDS.values(), "direct", "elsewhere")}
        for row in self.bed.shown():
            where = {"console": KINDS[row["op"]], "dm-ana": "direct"}.get(place[row["key"]], "elsewhere")
            found[where].append((read_at(row["at"]), row["text"]))
        return found | {"said": [("", text) for text in self.said]}

    async def _states(self, number: str) -> str:
        async with self.bed.line.database.read() as tx:
            known = await dates_of_story(tx, await self._story(number), self.bed.tenant)
        doubt = {one.id: " unconfirmed" for one in known if one.confidence < 0.6}
        days = (f"{one.due_on.day} {one.due_on:%b} {one.state}{doubt.get(one.id, '')}" for one in known)
        return ", ".join(days)


def read_at(at: str) -> str:
    """The day of a transcript's moment, with the hour where it is not eight: `24 Nov`."""
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return say_day(moment) + ("" if moment.hour == 8 else f" {moment:%H}h")


def check_words(there: list[str], wanted: str) -> None:
    """Each of the wanted words is in a text of its own, in order; `none` wants none."""
    if wanted == "none":
        assert there == []
        return
    left = list(there)
    for words in map(str.strip, wanted.split("|")):
        place = next((at for at, text in enumerate(left) if words in text), None)
        assert place is not None, (words, left)
        left = left[place + 1 :]


def read_lives(folder: Path) -> dict[str, str]:
    """The scripts of all files of a folder, by file and name."""
    found = {}
    for file in sorted(folder.glob("*.txt")):
        pieces = (piece.partition("\n") for piece in file.read_text(encoding="utf-8").split("\n## ")[1:])
        found |= {f"{file.stem}: {name.strip()}": life for name, _, life in pieces}
    return found


async def play(script: str, database: Database, folder: Path, clock: Clock) -> None:
    """Play a script in a fresh bed whose console follows "rare earth", gallium and antimony."""
    clock.advance(read_day("1 Nov") - clock())
    bed = await open_bed(database, folder, clock)
    for expr in (RARE, "gallium", "antimony", "稀土", "редкоземельных"):
        await bed.follow(expr)
    if "@" in script:
        bed.group()
    await Life(bed, open_office(database, clock)).play(script)
