"""topic, latest, story, why: what a person finds, in pages, by any name, and never what another tenant's feed said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from bot.app.shipped import shipped_concepts
from bot.commands.limits import Limits
from bot.core.messages import Link, as_text
from bot.core.model import FeedSpec, Topic
from bot.core.stories.names import story_name
from bot.storage import feeds, places
from bot.storage.database import Database
from bot.storage.schema import cards, deadlines, stories
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DORA, GALLIUM, GUILD, OTHER, RARE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio

OWN = FeedSpec("https://own.example/feed.xml", "Own feed")


async def own_feed(room: Newsroom) -> None:
    """Give the guild a feed of its own."""
    async with room.database.write() as tx:
        tenant = await places.ensure_tenant(tx, room.account, GUILD.tenant)
        await feeds.add_feed(tx, tenant, OWN, room.clock())


async def test_topics_are_listed_by_title(database: Database, clock: Clock) -> None:
    """The bare word, the plural and the full command are the same list."""
    room = await open_newsroom(database, clock)
    for text in ("topic", "topics", "topic list"):
        reply = await room.ask(text, ANA)
        first, second = reply.message.sections[0].lines
        assert (("Gallium and germanium · follow gallium",), ("Rare earths · follow rare-earths",)) == (first, second)
    empty = await open_newsroom(database, clock, shipped=())
    assert "Any words can be followed" in await empty.said("topics")


async def test_a_topic_shows_its_terms_and_its_last_stories(database: Database, clock: Clock) -> None:
    """Title, query and the three newest stories; a misspelt name is asked about."""
    room = await open_newsroom(database, clock)
    assert "No story has matched yet." in await room.said("topic show gallium")
    for number in range(4):
        await room.tell(f"Rare earth news {number}", on=[RARE], age=timedelta(hours=4 - number))
    said = await room.said('topic show "rare earths"', ANA)
    assert "rare earth" in said
    assert "Stories kept: 4" in said
    assert "Rare earth news 3 · Wire · " in said
    assert "Rare earth news 0" not in said
    assert ("topic show gallium",) == (await room.ask("topic show galium")).choices


async def test_latest_is_newest_first_in_pages(database: Database, clock: Clock) -> None:
    """Ten a page with a count; the next page is named; a count of one's own is kept."""
    room = await open_newsroom(database, clock)
    for number in range(12):
        await room.tell(f"Rare earth news {number}", on=[RARE], age=timedelta(hours=20 - number))
    await room.tell("Gallium news", on=[GALLIUM], age=timedelta(hours=30))
    await room.tell("Sports")
    reply = await room.ask("latest", ANA)
    assert reply.page is not None
    assert (13, 2, "latest page:2") == (reply.page.total, reply.page.pages, reply.page.next)
    assert Link("Rare earth news 11", "https://wire.example/12") == reply.message.sections[0].lines[0][0]
    second = await room.said("latest page:2", ANA)
    assert "Gallium news" in second
    assert "Sports" not in second
    few = await room.ask("latest rare earths 5")
    assert few.page is not None
    assert (5, "latest rare earths count:5 page:2") == (len(few.message.sections[0].lines), few.page.next)


async def test_latest_knows_what_is_followed_here(database: Database, clock: Clock) -> None:
    """A query followed here can be asked for by its words; an unknown topic is asked about."""
    room = await open_newsroom(database, clock)
    await room.tell("Tungsten quota cut")
    await room.said('follow "tungsten"')
    assert "Tungsten quota cut" in await room.said("latest tungsten")
    assert "No story on Gallium and germanium" in await room.said("latest gallium")
    assert ("latest gallium",) == (await room.ask("latest galium", ANA, OTHER)).choices


async def test_another_tenants_feed_never_shows(database: Database, clock: Clock) -> None:
    """What only a tenant's own feed said is found by that tenant, and by nobody else, by whatever name."""
    room = await open_newsroom(database, clock)
    await own_feed(room)
    story = await room.tell("Rare earth secret", on=[RARE], feed=OWN)
    for text in ("latest", f"story {story_name(story)}", "why secret", "topic show rare-earths"):
        assert "Rare earth secret" in await room.said(text, CHEN, GUILD)
        assert "Rare earth secret" not in await room.said(text, CHEN, OTHER)
    await room.said("follow rare-earths", CHEN, OTHER)
    assert [] == await room.cards()


async def test_story_tells_all(database: Database, clock: Clock) -> None:
    """Sources over time with their weight, dates, matches; found by id in any case, by link and by headline."""
    room = await open_newsroom(database, clock)
    story = await room.tell("Rare earth roadmap ordered", "A roadmap is due.", on=[RARE])
    async with database.write() as tx:
        due = {"story": story, "due_on": date(2025, 12, 1), "what": "roadmap", "confidence": 0.9}
        await tx.execute(insert(deadlines).values(**due))
    name = story_name(story)
    for wanted in (name, name.lower(), f"#{name}", "https://wire.example/1", "roadmap ordered", '"Rare earth roadmap"'):
        said = await room.said(f"story {wanted}", ANA)
        assert f"Story {name}" in said
    assert "Due: Mon 1 Dec 2025 (in 27 days): roadmap" in said
    assert "Wire (wire or major outlet): Rare earth roadmap ordered" in said
    assert "Matched: Rare earths" in said


async def test_a_story_that_is_not_kept_is_explained(database: Database, clock: Clock) -> None:
    """Neither id, link nor words: the person is told why that can be."""
    room = await open_newsroom(database, clock)
    for wanted in ("K7Q2", "https://elsewhere.example/1", "no such words"):
        assert "older than what is kept" in await room.said(f"story {wanted}")


async def test_words_of_several_stories_are_asked_about(database: Database, clock: Clock) -> None:
    """Each candidate is named, with the command that shows it."""
    room = await open_newsroom(database, clock)
    names = [story_name(await room.tell(f"Rare earth news {number}", on=[RARE])) for number in range(2)]
    reply = await room.ask("why rare earth")
    assert {f"why {name}" for name in names} == set(reply.choices)


async def test_a_merged_story_gives_the_other(database: Database, clock: Clock) -> None:
    """The id of a story that was merged still leads somewhere."""
    room = await open_newsroom(database, clock)
    old, new = await room.tell("Old words"), await room.tell("New words")
    async with database.write() as tx:
        await tx.execute(update(stories).where(stories.c.id == old).values(merged_into=new))
    assert "New words" in await room.said(f"story {story_name(old)}")


async def test_why_it_came(database: Database, clock: Clock) -> None:
    """A story that was shown here says when, and on which words it matched."""
    room = await open_newsroom(database, clock)
    story = await room.tell("Rare earth exports halted", on=[RARE])
    await room.said("follow rare-earths")
    name = story_name(story)
    assert "waits to be sent" in await room.said(f"why {name}")
    async with database.write() as tx:
        await tx.execute(update(cards).values(post=1, shown_rev=1, shown_at=clock()))
    said = await room.said(f"why {name}", ANA)
    assert "It was shown here, last written Tue 4 Nov 2025, 09:00 UTC." in said
    assert "Rare earths: on " in said
    assert "rare earth" in said.lower().partition("rare earths: on ")[2]


async def test_why_it_did_not_come(database: Database, clock: Clock) -> None:
    """Nothing matched; nobody here follows it; it stood there at first sight; it is older than the subscription."""
    room = await open_newsroom(database, clock)
    nothing = await room.tell("Sports")
    silent = await room.tell("Rare earth at first sight", on=[RARE], silent=True)
    older = await room.tell("Rare earth before", on=[RARE], age=timedelta(days=1))
    assert "it matches no topic" in await room.said(f"why {story_name(nothing)}")
    reply = await room.ask(f"why {story_name(older)}")
    assert "nobody here follows what it matches" in as_text(reply.message)
    assert "follow rare-earths" in reply.choices
    clock.advance(timedelta(minutes=1))
    newest = await room.tell("Rare earth now", on=[RARE])
    await room.said("follow rare-earths")
    assert "remembered in silence" in await room.said(f"why {story_name(silent)}")
    assert "older than the subscription" in await room.said(f"why {story_name(older)}")
    assert "waits to be sent" in await room.said(f"why {story_name(newest)}")


async def test_why_tells_nothing_of_others_queries(database: Database, clock: Clock) -> None:
    """What another tenant typed is nobody's business."""
    room = await open_newsroom(database, clock)
    story = await room.tell("Tungsten quota cut")
    await room.said('follow "tungsten"', CHEN, OTHER)
    said = await room.said(f"why {story_name(story)}")
    assert '"tungsten"' not in said
    assert "it matches no topic" in said


async def test_the_weight_stands_before_the_topics(database: Database, clock: Clock) -> None:
    """`story` calls a story Urgent as its alert does."""
    room = await open_newsroom(database, clock)
    name = story_name(await room.tell("Rare earth export ban", on=[RARE]))
    async with database.write() as tx:
        await tx.execute(update(stories).values(weight=2))
    assert "Urgent · Rare earths" in await room.said(f"story {name}")


async def test_a_topic_that_is_followed_says_so(database: Database, clock: Clock) -> None:
    """The list offers to follow only what is not followed here yet."""
    room = await open_newsroom(database, clock)
    await room.said("follow rare-earths")
    said = await room.said("topic list")
    assert "Rare earths · followed here, topic show rare-earths" in said
    assert "Gallium and germanium · follow gallium" in said


async def test_words_that_are_no_topic_can_be_tried(database: Database, clock: Clock) -> None:
    """`topic show` of a word is no dead end."""
    room = await open_newsroom(database, clock)
    reply = await room.ask("topic show dysprosium")
    assert ("try dysprosium", "topic list") == reply.choices


async def test_why_gives_every_word_and_the_address(database: Database, clock: Clock) -> None:
    """An alert shows four words; who asks why is shown all, and where the story stands."""
    colours = Topic("colours", "Colours", "red AND green AND blue AND black AND white AND brown")
    room = await open_newsroom(database, clock, shipped=(colours,))
    number = await room.tell("Red green blue black white brown", on=[colours])
    said = await room.said(f"why {story_name(number)}")
    assert "Colours: on Red, green, blue, black, white, brown" in said
    assert f"https://wire.example/{number}" in said


async def test_a_slip_in_a_minerals_name_is_asked_about(database: Database, clock: Clock) -> None:
    """A search that finds nothing offers the mineral that was meant; one that is spelt right is not doubted."""
    room = await open_newsroom(database, clock)
    office = replace(room.office, concepts=shipped_concepts)
    reply = await replace(room, office=office).ask("search galium export")
    assert ("search gallium export",) == reply.choices
    assert "Did you mean" not in await replace(room, office=office).said("search Gallium export")


async def test_who_sits_at_the_console_is_not_held_up(database: Database, clock: Clock) -> None:
    """Lines piped in are answered, however many; a limit is for others."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1))
    for _ in range(3):
        assert "Version: 1.2.3" in await room.said("about", DORA)
