"""A channel's style and language: what its alerts say, whose words they are, and when a change of them shows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import insert, select, update

from bot.core.model import Topic
from bot.core.stories.alert import SHORT_SUMMARY
from bot.storage import places, topics
from bot.storage.announcing import announce
from bot.storage.database import Database
from bot.storage.schema import deadlines, feed_uses, feeds, items, stories, turns
from bot.storage.turns import raise_story
from tests.bed import Bed, texts
from tests.clock import Clock
from tests.jobs.test_grouping import grouping_bed, item, outlet, tell

pytestmark = pytest.mark.asyncio

ENGLISH = ("en", "Zambia suspends cobalt exports for 60 days", "The mines ministry in Lusaka wants cobalt refined.")
FRENCH = (
    "fr",
    "La Zambie suspend ses exportations de cobalt pour 60 jours",
    "Le ministère veut un raffinage local du cobalt. La suspension dure 60 jours.",
)
RUSSIAN = (
    "ru",
    "Замбия приостановила экспорт кобальта на 60 дней",
    "Министерство хочет развивать переработку кобальта.",
)
COBALT = Topic("cobalt", "Cobalt", "cobalt OR кобальт*", titles={"ru": "Кобальт"})
LONG = (
    "The mines ministry in Lusaka suspended all exports of cobalt for 60 days on Monday. "
    "Exporters must keep their cobalt in bonded stores until the ministry has counted the stocks of every mine. "
    "The ministry said that 12 plants could refine cobalt at home by 2027 if they were given power and acid."
)


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line that groups, whose console follows the topic of cobalt."""
    bed = await grouping_bed(database, tmp_path, clock)
    async with database.write() as tx:
        await topics.sync_shipped(tx, (COBALT,))
    await bed.follow(COBALT.query)
    return bed


async def speak(bed: Bed, lang: str, style: str = "full", channel: int | None = None) -> None:
    """Choose for a channel."""
    async with bed.line.database.write() as tx:
        await places.set_manner(tx, channel or bed.channel, style, lang)


def last(bed: Bed, op: str) -> str:
    return texts(bed.shown(), op)[-1]


async def test_a_source_in_the_channels_language_speaks(bed: Bed) -> None:
    """Of sources of the best tier: headline, summary and link are its; an edit brings it when it joins."""
    await speak(bed, "fr")
    await tell(bed, 1, ENGLISH)
    assert ENGLISH[1] in last(bed, "post")
    await tell(bed, 2, FRENCH)
    edit = last(bed, "edit")
    assert FRENCH[1] in edit
    assert "https://outlet2.example/2" in edit.splitlines()
    assert "Le ministère veut un raffinage local du cobalt." in edit
    assert ENGLISH[1] not in edit
    assert "Mis à jour" in edit
    assert "+1 source" in edit
    assert 1 == len(bed.posts())


async def test_each_channel_reads_its_own(bed: Bed) -> None:
    """One story at once in two languages; the words on which it matched are those of the text that is shown."""
    other = await bed.open_channel("other")
    await bed.follow(COBALT.query, other)
    await speak(bed, "ru", channel=other)
    for number, told in enumerate((ENGLISH, RUSSIAN), 1):
        await (await outlet(bed, number)).tell(item(number, told, bed))
    await bed.pump()
    english, russian = sorted(texts(bed.shown(), "post"), key=lambda text: RUSSIAN[1] in text)
    assert ENGLISH[1] in english and "Matched: cobalt" in english
    assert russian.splitlines()[0].startswith("Кобальт")
    assert "Совпало: кобальта" in russian
    assert "Источники: Первым: Outlet 1" in russian


async def test_a_worse_source_speaks_for_nobody(bed: Bed) -> None:
    """A better tier in another language goes before the channel's language."""
    await speak(bed, "fr")
    await tell(bed, 1, ENGLISH, tier=2)
    await tell(bed, 2, FRENCH, tier=3)
    assert ENGLISH[1] in last(bed, "edit")
    assert FRENCH[1] not in last(bed, "edit")


async def test_what_only_another_tenant_hears_does_not_speak(bed: Bed) -> None:
    """A feed that somebody else added gives its words to nobody here."""
    await speak(bed, "fr")
    await tell(bed, 1, ENGLISH)
    third = await outlet(bed, 3)
    async with bed.line.database.write() as tx:
        stranger = await places.ensure_tenant(tx, bed.account, "stranger")
        number = (await tx.execute(select(feeds.c.id).where(feeds.c.title == "Outlet 2"))).scalar_one()
        await tx.execute(update(feed_uses).where(feed_uses.c.feed == number).values(tenant=stranger))
        story = (await tx.execute(select(stories.c.id))).scalar_one()
        row = {"feed": number, "story": story, "title": FRENCH[1], "text": FRENCH[2], "lang": "fr", "content_hash": 9}
        await tx.execute(insert(items).values(**row, seen_at=bed.clock(), published_at=bed.clock()))
    await third.tell(item(3, ("en", "Zambia halts cobalt exports", "The suspension runs for 60 days."), bed))
    await bed.pump()
    assert FRENCH[1] not in last(bed, "edit")


async def test_a_denial_does_not_speak(bed: Bed) -> None:
    """An item that takes the story back is never its headline, whatever its language; what is official may be."""
    await speak(bed, "fr")
    await tell(bed, 1, ENGLISH)
    await tell(bed, 2, FRENCH)
    for kind, headline in (("official", FRENCH[1]), ("denied", ENGLISH[1])):
        async with bed.line.database.write() as tx:
            found = (await tx.execute(select(items.c.id, items.c.story).where(items.c.lang == "fr"))).one()
            turn = {"story": found.story, "rev": 2, "kind": kind, "item": found.id, "at": bed.clock()}
            await tx.execute(insert(turns).values(turn))
            rev = await raise_story(tx, found.story, {"change": "+1 source"})
            await announce(tx, "story", [(found.story, "alert", rev)])
        await bed.pump()
        assert headline == last(bed, "edit").splitlines()[1]


async def test_compact_says_less_and_nothing_else(bed: Bed) -> None:
    """Whole sentences of the same summary, at most 200 characters; one line of sources with the id; no reason."""
    await speak(bed, "en", "compact")
    await tell(bed, 1, ("en", ENGLISH[1], LONG))
    said = last(bed, "post")
    summary = said.splitlines()[3]
    assert 40 < len(summary) <= SHORT_SUMMARY
    assert summary in LONG
    assert "Sources: Outlet 1, " in said.splitlines()[-1]
    assert " · media only · Story " in said.splitlines()[-1]
    assert "Matched" not in said


async def test_a_living_alert_changes_with_its_next_edit(bed: Bed) -> None:
    """A setting alone edits nothing; the next change of the story brings the whole message in the new manner."""
    await tell(bed, 1, ENGLISH)
    before = bed.shown()
    await speak(bed, "de", "compact")
    await bed.pump()
    assert before == bed.shown()
    await tell(bed, 2, ("en", "Zambia halts cobalt exports for two months", "The suspension runs for 60 days."))
    edit = last(bed, "edit")
    assert "Quellen: Outlet 1, " in edit
    assert "Aktualisiert: " in edit and "+1 Quelle" in edit
    assert "Matched" not in edit and "Treffer" not in edit


async def test_a_reminder_is_in_the_channels_language(bed: Bed, clock: Clock) -> None:
    """How long is left and the day; what is due stays in the words of its text."""
    from bot.jobs.remind import remind  # beside intake's jobs, which the bed runs

    await speak(bed, "ru")
    await tell(bed, 1, ENGLISH)
    due = clock().date() + timedelta(days=7)
    async with bed.line.database.write() as tx:
        story = (await tx.execute(select(stories.c.id))).scalar_one()
        row = {"story": story, "due_on": due, "what": "cobalt decree", "who": "Lusaka", "confidence": 0.9}
        await tx.execute(insert(deadlines).values(row | {"next_step_at": clock()}))
    clock.now = clock.now.replace(hour=8, minute=1) + timedelta(days=6)
    while (await remind(bed.line)).more:
        await bed.pump()
    said = last(bed, "post")
    assert said.startswith("Напоминание")
    assert "Завтра, вт, 11 нояб., срок: cobalt decree (Lusaka)" in said, said
    assert date(2025, 11, 11) == due
