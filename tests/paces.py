"""Lives of a channel's pace as short scripts: what is told and said when, and which messages came at which minute.

The words of `tests/lives.py`, and these: `urgent N` tells of an export ban; `flooding` lets the platform change
messages where they stand; `died` starts the process anew; `crash N` breaks the line in the N-th call from now, when
the message has been made.

    = came: 5 Nov 07:00 Digest | 6 Nov 12:00 Rare earth news

names every message that came, in order, each with its minute in UTC and words that stand in it. `edits` and `said` are
as in lives.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.commands.answer import open_office
from bot.core.errors import RetryLater
from bot.core.outbox import Capabilities
from bot.core.weight import Weights
from bot.jobs.pacing import pass_digests
from bot.storage.database import Database
from bot.storage.schema import channels
from tests.bed import open_bed
from tests.clock import Clock
from tests.core.lexicon.shipped import grammar
from tests.lives import Life, check_words, read_day, say_day

URGENT = "China bans rare earth exports :: China bans rare earth exports from 1 December 2025. The ban is in force."


class PacedLife(Life):
    """A life in which digests and quiet hours go on."""

    async def _perform(self, deed: str, rest: str) -> None:
        if deed == "urgent":
            await super()._perform("tell", f"{rest} {URGENT}")
        elif deed == "flooding":
            self.bed.platform.capabilities = Capabilities(alerts_per_post=int(rest or 1), replaces=True)
        elif deed == "died":
            await self.bed.restart(f"{self.bed.line.holder.name}+")
        elif deed == "crash":
            self.bed.platform.after = [*[None] * (int(rest) - 1), RetryLater("the line broke", after=None)]
        else:
            await super()._perform(deed, rest)

    async def _next_due(self) -> datetime | None:
        async with self.bed.line.database.read() as tx:
            digest = select(func.min(channels.c.next_digest_at)).where(channels.c.next_digest_at > self.bed.clock())
            found = (await tx.execute(digest)).scalar()
        return min((at for at in (found, await super()._next_due()) if at is not None), default=None)

    async def _pump(self) -> None:
        await super()._pump()
        await pass_digests(self.bed.line)

    async def _check(self, what: str, wanted: str) -> None:
        if what == "came":
            self._check_came([one.strip() for one in wanted.split("|") if one.strip()])
        elif what in ("said", "edits"):
            check_words((await self._words())[what], wanted.strip())
        else:
            await super()._check(what, wanted)

    async def _words(self) -> dict[str, list[str]]:
        return {"said": self.said, "edits": [row["text"] for row in self.bed.shown() if row["op"] == "edit"]}

    def _check_came(self, wanted: list[str]) -> None:
        rows = [row for row in self.bed.shown() if row["op"] != "edit"]
        came = [f"{_minute(row['at'])} {' / '.join(row['text'].splitlines())}".replace("/  /", "/ /") for row in rows]
        told = "\n".join(came)
        assert len(came) == len(wanted), told
        for line, one in zip(came, wanted, strict=True):
            day, month, minute, *words = one.split()
            assert line.startswith(f"{day} {month} {minute}"), f"{one}\n{told}"
            assert " ".join(words) in line, f"{one}\n{told}"


def _minute(at: str) -> str:
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return f"{say_day(moment)} {moment:%H:%M}"


async def play(script: str, database: Database, folder: Path, clock: Clock) -> PacedLife:
    """Play a script in a fresh bed whose console follows "rare earth" and gallium."""
    clock.advance(read_day("1 Oct") - clock())
    bed = await open_bed(database, folder, clock)
    bed.line.grammar, bed.line.weights = grammar, Weights(notable=3, urgent=5)
    await bed.follow("gallium")
    life = PacedLife(bed, open_office(database, clock))
    await life.play(script)
    return life
