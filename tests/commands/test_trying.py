"""try and search: what is stored, found by its words, with reasons and honest counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands import trying
from bot.core.model import FeedSpec
from bot.storage import feeds, places
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, GUILD, OTHER, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio


async def fill(room: Newsroom) -> None:
    """An old story, and a dozen of the last weeks."""
    await room.tell("The first story kept", age=timedelta(days=60))
    for number in range(12):
        text = "The ministry lowers the quota." if number % 2 else "Prices rise."
        await room.tell(f"Tungsten news {number}", text, age=timedelta(days=2 * number))
    await room.tell("Tungsten quota of long ago", age=timedelta(days=31))


async def test_try_counts_weeks_and_reasons(database: Database, clock: Clock) -> None:
    """How many in 30 days, a line a week, the newest five with the words they match on; anybody may."""
    room = await open_newsroom(database, clock)
    await fill(room)
    reply = await room.ask("try tungsten AND quota", ANA)
    first, newest = reply.message.sections
    said = await room.said("try tungsten AND quota", ANA)
    assert "In 30 days: 6 stories, about 1 a week" in said
    assert "long ago" not in said
    assert 5 == len(newest.lines)
    assert "Tungsten news 1 · Wire · " in said
    assert "· on Tungsten, quota" in said
    counts = [int(str(line[0]).rsplit(" ", 1)[1]) for line in first.lines]
    assert 6 == sum(counts)
    assert len(counts) in (5, 6)
    assert ("follow tungsten AND quota",) == reply.choices


async def test_try_takes_a_topic(database: Database, clock: Clock) -> None:
    """A topic's name stands for its query; nothing is followed or stored by trying."""
    room = await open_newsroom(database, clock)
    await room.tell("The first story kept", age=timedelta(days=60))
    await room.tell("Gallium up", age=timedelta(days=1))
    assert "In 30 days: 1 story" in await room.said("try gallium")
    assert "Nothing is followed" in await room.said("following")


async def test_try_says_what_it_could_not(database: Database, clock: Clock) -> None:
    """A query that cannot be read; an empty archive; a young one; nothing found."""
    room = await open_newsroom(database, clock)
    assert 'This query cannot be read: missing ")"' in await room.said("try (tungsten")
    assert "The archive is empty" in await room.said("try tungsten")
    await room.tell("Tungsten news", age=timedelta(days=3))
    said = await room.said("try tungsten")
    assert "In 30 days: 1 story" in said
    assert "Archive: only since " in said
    assert "In 30 days: no story" in await room.said("try unobtainium")


async def test_try_is_bounded_and_says_so(database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a part at a time, each story once; where it stops before the end, the count is said to be too low."""
    room = await open_newsroom(database, clock)
    await fill(room)
    monkeypatch.setattr(trying, "AT_ONCE", 2)
    assert "In 30 days: 12 stories" in await room.said("try tungsten")
    monkeypatch.setattr(trying, "MOST", 4)
    said = await room.said("try tungsten")
    assert "Found: 4 stories" in said
    assert "Looked at: the newest 4 texts with such words; there are more" in said
    assert "Week of" in said


async def test_nobody_tries_on_what_they_may_not_see(database: Database, clock: Clock) -> None:
    """Another server's own feed is not in the archive that a query is tried on."""
    room = await open_newsroom(database, clock)
    own = FeedSpec("https://own.example/feed.xml", "Own feed")
    async with database.write() as tx:
        guild = await places.ensure_tenant(tx, room.account, GUILD.tenant)
        await feeds.add_feed(tx, guild, own, clock())
    await room.tell("Secret tungsten", feed=own)
    assert "Secret tungsten" in await room.said("try tungsten")
    assert "Secret tungsten" in await room.said("search tungsten")
    assert "no story" in await room.said("try tungsten", CHEN, OTHER)
    assert "No story" in await room.said("search tungsten", CHEN, OTHER)


async def test_search_finds_words_in_any_language(database: Database, clock: Clock) -> None:
    """All of the words, phrases as they stand, Chinese inside a sentence; newest first."""
    room = await open_newsroom(database, clock)
    await room.tell("中国扩大稀土出口管制", age=timedelta(days=1))
    await room.tell("Добыча редкоземельных металлов", age=timedelta(days=2))
    await room.tell("Export of rare earth magnets", "A permanent magnet plant.", age=timedelta(days=3))
    assert "中国扩大稀土出口管制" in await room.said("search 稀土")
    assert "Добыча" in await room.said("search металлов")
    assert "Export of" in await room.said('search export "permanent magnet"')
    assert "No story" in await room.said('search "magnet permanent"')


async def test_search_looks_back_as_far_as_asked(database: Database, clock: Clock) -> None:
    """A number at the end is days; pages of ten name the next."""
    room = await open_newsroom(database, clock)
    await fill(room)
    assert "4 stories" in await room.said("search tungsten 7")
    first = await room.ask("search tungsten")
    assert first.page is not None
    assert (13, "search tungsten page:2") == (first.page.total, first.page.next)
    assert 3 == len((await room.ask(first.page.next)).message.sections[0].lines)


async def test_search_tries_beginnings_where_words_are_not_found(database: Database, clock: Clock) -> None:
    """An ending that changes does not hide a story; nothing at all is said with what to do."""
    room = await open_newsroom(database, clock)
    await room.tell("Добыча редкоземельных металлов")
    assert "Добыча" in await room.said("search добычи редкоземельные")
    said = await room.said("search редкозем")
    assert "these have words that begin so" in said
    assert "Добыча" in said
    assert "Fewer words find more" in await room.said("search unobtainium")
    assert "no letters or digits" in await room.said("search ***")
