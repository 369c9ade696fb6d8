"""Threads: what happens to stories after they were told, as short scripts in the form of `lives`, by many outlets.

    4 Nov 10:00 from Wire/1 1 China bans gallium exports :: The ministry announced it.
    4 Nov 11:00 from Kremlin/0 2 ...

`from NAME/TIER N headline :: text` is an item of that outlet, tier 0 being an official one; `again NAME/TIER N ...` the
same item in other words; `seen NAME/TIER N ...` one of a feed's first sight; `kill` ends the process and starts another
one on the same rows; `guest WORDS` is said here by who is no moderator; in commands `old` is the story that was merged.
Expectations beside those of `lives`: `alerts`, how many were posted here; `message N`: words of the Nth message here as
it stands now, edits applied; `message N lacks`: words that are not in it; `once`: words
that stand once in all that was posted here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from bot.app.shipped import shipped_concepts
from bot.commands.answer import Office, open_office
from bot.core.model import FeedSpec, Item
from bot.core.stories.names import story_name
from bot.jobs.intake import Intake
from bot.storage import feeds, places
from bot.storage.database import Database
from bot.storage.schema import items, posts, stories
from tests.bed import Bed, open_bed
from tests.clock import Clock
from tests.lives import ANA, CHEN, HERE, Life, read_day

TOPICS = (
    "gallium OR 镓 OR галлия OR галлий OR Gallium",
    "lithium",
    "cobalt",
    "nickel OR ニッケル",
    "palladium OR палладия",
)


class Thread(Life):
    """A life of stories that many outlets tell."""

    def __init__(self, bed: Bed, office: Office) -> None:
        super().__init__(bed, office)
        self.outlets: dict[str, FeedSpec] = {}

    async def _perform(self, deed: str, rest: str) -> None:
        if deed in ("from", "again", "seen"):
            outlet, number, words = rest.split(" ", 2)
            bed = await self._outlet(*outlet.split("/"))
            headline, _, text = words.partition("::")
            link = f"https://wire.example/{number}"
            told = Item(f"g{number}", link, headline.strip(), text.strip(), self.bed.clock())
            await bed.tell(told, is_seeded=deed != "seen")
        elif deed == "kill":
            self.bed.intake = Intake(self.bed.line)
        elif deed == "guest":
            await self._say(rest, ANA, HERE)
        elif deed == "say" and " old" in rest:
            await self._say(rest.replace(" old", f" {await self._old_name()}"), CHEN, HERE)
        else:
            await super()._perform(deed, rest)

    async def _old_name(self) -> str:
        """What a story was called that is another one now."""
        async with self.bed.line.database.read() as tx:
            merged = select(stories.c.id).where(stories.c.merged_into.is_not(None)).order_by(stories.c.id)
            return story_name(int((await tx.execute(merged)).scalars().one()))

    async def _outlet(self, name: str, tier: str) -> Bed:
        url = f"https://{name.lower()}.example/feed"
        self.outlets[name] = FeedSpec(url, name, tier=int(tier))
        async with self.bed.line.database.write() as tx:
            await feeds.sync_operator_feeds(tx, list(self.outlets.values()), self.bed.clock())
            known = await feeds.list_feeds(tx, self.bed.tenant)
        return replace(self.bed, feed=next(feed.id for feed in known if feed.title == name))

    async def _story(self, number: str) -> int:
        async with self.bed.line.database.read() as tx:
            query = select(items.c.story).where(
                items.c.url == f"https://wire.example/{number}", items.c.copy_of.is_(None)
            )
            return int((await tx.execute(query.order_by(items.c.id).limit(1))).scalar_one())

    async def _check(self, what: str, wanted: str) -> None:
        texts, words = await self._texts(), what.split()
        if what == "alerts":
            posted = [text for _, text in texts["posts"] if not text.startswith("Reminder")]
            assert len(posted) == int(wanted), posted
        elif what == "once":
            times = sum(text.count(wanted.strip()) for _, text in texts["posts"])
            assert times == 1, times
        elif words[0] == "message":
            standing = await self._messages()
            assert len(standing) >= int(words[1]), standing
            message = standing[int(words[1]) - 1]
            if words[-1] == "lacks":
                assert wanted.strip() not in message, message
            else:
                assert all(part.strip() in message for part in wanted.split("|")), message
        else:
            await super()._check(what, wanted)

    async def _messages(self) -> list[str]:
        """The messages of this channel as they stand, edits applied, in order of posting."""
        async with self.bed.line.database.read() as tx:
            mine = select(posts.c.key).where(posts.c.channel == self.bed.channel)
            keys = set((await tx.execute(mine)).scalars())
        standing: dict[str, str] = {}
        for row in self.bed.shown():
            if row["key"] in keys and row["op"] != "reply":
                standing[row["of"] or row["remote_id"]] = row["text"]
        return list(standing.values())


async def play_thread(script: str, database: Database, folder: Path, clock: Clock) -> None:
    """Play a script in a fresh bed that groups, whose console follows a few metals; another tenant follows them too."""
    clock.advance(read_day("1 Aug") - clock())
    bed = await open_bed(database, folder, clock)
    bed.group()
    for expr in TOPICS:
        await bed.follow(expr)
    if "\nwith another tenant\n" in f"\n{script}":
        async with database.write() as tx:
            tenant = await places.ensure_tenant(tx, bed.account, "other")
            channel, _ = await places.ensure_channel(tx, tenant, "other-channel", clock())
        for expr in TOPICS:
            await bed.follow(expr, channel)
        script = script.replace("with another tenant\n", "")
    await Thread(bed, open_office(database, clock, concepts=shipped_concepts)).play(script)
