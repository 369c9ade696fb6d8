"""A place to ask commands in: real rows, the shipped way of answering, and stories put straight into the archive."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import insert, select

from bot.commands.answer import Office, answer_text, open_office
from bot.commands.command import About, Asker, Outside, Place, Reply
from bot.commands.limits import Limits
from bot.core.messages import as_text
from bot.core.model import FeedSpec, Topic
from bot.core.text.hashes import hash64
from bot.core.text.index import index_words
from bot.core.text.urls import canonical_url
from bot.core.topics.document import Document
from bot.storage import feeds, places, topics
from bot.storage.database import Database
from bot.storage.fulltext import index_items
from bot.storage.matching import save_matches
from bot.storage.schema import cards, deadlines, items, stories
from tests.clock import Clock
from tests.core.lexicon.shipped import grammar

WIRE = FeedSpec("https://wire.example/feed.xml", "Wire", tier=1)
RARE = Topic("rare-earths", "Rare earths", '"rare earth"')
GALLIUM = Topic("gallium", "Gallium and germanium", "gallium")

CHEN = Asker("discord", "chen", is_moderator=True)
ANA = Asker("discord", "ana")
DORA = Asker("discord", "dora", is_operator=True)
GUILD = Place("guild", "minerals", direct="dm-ana")
OTHER = Place("other-guild", "news", direct="dm-ana")
DIRECT = Place("dm-ana", "dm-ana", is_direct=True, direct="dm-ana")


@dataclass
class Newsroom:
    """An office with an account, the wire's feed and two shipped topics."""

    office: Office
    clock: Clock
    account: int
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def database(self) -> Database:
        return self.office.database

    async def ask(self, text: str, who: Asker = CHEN, where: Place = GUILD, event: str | None = None) -> Reply:
        """The reply to a typed line."""
        return await answer_text(self.office, text, who, where, event, self.account)

    async def said(self, text: str, who: Asker = CHEN, where: Place = GUILD) -> str:
        """The reply to a typed line, as plain text."""
        return as_text((await self.ask(text, who, where)).message)

    async def tell(
        self,
        headline: str,
        text: str = "",
        *,
        on: Sequence[Topic] = (),
        feed: FeedSpec = WIRE,
        age: timedelta = timedelta(0),
        silent: bool = False,
    ) -> int:
        """Put a story with one item into the archive; its number."""
        opened, number = self.clock() - age, next(self.numbers)
        url = f"https://wire.example/{number}"
        async with self.database.write() as tx:
            row = {"headline": headline, "summary": text, "url": url, "silent": silent}
            made = insert(stories).values(**row, opened_at=opened, changed_at=opened).returning(stories.c.id)
            story: int = (await tx.execute(made)).scalar_one()
            item = {"feed": await self.feed_number(feed), "title": headline, "text": text, "url": url, "story": story}
            known = {"link_hash": hash64(canonical_url(url)), "content_hash": 1, "state": "taken", "silent": silent}
            row_of_item = insert(items).values(**item, **known, published_at=opened, seen_at=opened)
            number = (await tx.execute(row_of_item.returning(items.c.id))).scalar_one()
            await index_items(tx, [(number, index_words(Document(headline, text).stems))])
            for topic in on:
                await save_matches(tx, [(story, await topics.intern_query(tx, topic.query), None)])
        return story

    async def date(self, story: int, due: date, what: str, confidence: float = 0.9) -> None:
        """A date that a story's text sets."""
        row = {"story": story, "due_on": due, "what": what, "who": "the cabinet", "confidence": confidence}
        async with self.database.write() as tx:
            await tx.execute(insert(deadlines).values(row))

    async def feed_number(self, feed: FeedSpec) -> int:
        """The number of a feed in the table."""
        async with self.database.read() as tx:
            found: int = (await tx.execute(select(feeds.feeds.c.id).where(feeds.feeds.c.url == feed.url))).scalar_one()
        return found

    async def cards(self) -> list[tuple[int, int]]:
        """The cards as (channel, story), in order."""
        async with self.database.read() as tx:
            rows = (await tx.execute(select(cards.c.channel, cards.c.subject_id).order_by(cards.c.id))).all()
        return [(row.channel, row.subject_id) for row in rows]

    async def tenant(self, where: Place = GUILD) -> int:
        """The number of a place's tenant, which is made by the first thing said there."""
        await self.said("about", where=where)
        async with self.database.read() as tx:
            return (await places.find_place(tx, self.account, where.tenant, where.channel))[0]

    async def channel(self, where: Place) -> int:
        """The number of a place's channel, 0 where it is not known."""
        async with self.database.read() as tx:
            return (await places.find_place(tx, self.account, where.tenant, where.channel))[1]


async def open_newsroom(
    database: Database,
    clock: Clock,
    limits: Limits | None = None,
    shipped: Sequence[Topic] = (RARE, GALLIUM),
    outside: Outside | None = None,
) -> Newsroom:
    """A newsroom over a fresh database; without `outside`, commands look at no site."""
    allowed = limits or Limits(commands_per_minute=1000)
    office = open_office(
        database, clock, allowed, About(version="1.2.3", home="https://lodewire.example"), outside=outside
    )
    office = replace(office, grammar=grammar)
    async with database.write() as tx:
        account = await places.ensure_account(tx, "discord", "bot")
        await topics.sync_shipped(tx, shipped)
        await feeds.sync_operator_feeds(tx, [WIRE], clock())
    return Newsroom(office, clock, account)


def as_moderator(who: Asker) -> Asker:
    """The same person with a moderator's rights."""
    return replace(who, is_moderator=True)
