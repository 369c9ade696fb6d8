"""Many outlets on one event are one alert that lives: told item by item, on real rows and a real transcript."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.core.model import FeedSpec, Item
from bot.jobs.intake import Intake
from bot.jobs.prune import prune
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.schema import gists, items, stories
from tests.bed import Bed, open_bed, texts
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

HEADLINE = "Zambia suspends cobalt exports for 60 days"
TOLD = (
    ("en", HEADLINE, "The mines ministry in Lusaka wants cobalt refined at home."),
    (
        "en",
        "Zambia halts shipments of cobalt for two months",
        "The mines ministry announced the suspension for 60 days.",
    ),
    ("fr", "La Zambie suspend ses exportations de cobalt pour 60 jours", "Le ministère veut un raffinage local."),
    ("ru", "Замбия приостановила экспорт кобальта на 60 дней", "Министерство хочет развивать переработку."),
    ("en", "Cobalt exports suspended by Zambia", "Exporters must stop for 60 days, the ministry said."),
    ("fr", "Cobalt : la Zambie arrête ses exportations", "La suspension dure 60 jours."),
    ("ru", "Замбия останавливает экспорт кобальта", "Запрет продлится 60 дней."),
    ("en", "Zambian cobalt export halt to last 60 days", "The mines ministry in Lusaka ordered it."),
    ("en", "Lusaka stops cobalt exports", "Zambia's suspension runs for 60 days, the ministry said."),
    ("fr", "Zambie : exportations de cobalt suspendues 60 jours", "Le cobalt doit être raffiné sur place."),
    ("en", "Zambia orders 60-day suspension of cobalt exports", "Miners were told on Monday."),
)
OFFICIAL = (
    "en",
    "Statutory instrument: suspension of cobalt exports from Zambia",
    "Exports of cobalt are suspended for 60 days.",
)


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line that groups, whose console follows cobalt."""
    return await grouping_bed(database, tmp_path, clock)


async def grouping_bed(database: Database, folder: Path, clock: Clock, name: str = "me") -> Bed:
    """The line of one process."""
    bed = await open_bed(database, folder, clock, name=name)
    bed.group()
    await bed.follow('cobalt OR кобальт* OR "rare earth"')
    return bed


async def outlet(bed: Bed, number: int, tier: int = 2) -> Bed:
    """The same line as another outlet tells it."""
    specs = [
        FeedSpec(f"https://outlet{n}.example/feed", f"Outlet {n}", tier=tier if n == number else 2) for n in range(20)
    ]
    async with bed.line.database.write() as tx:
        await feeds.sync_operator_feeds(tx, specs, bed.clock())
        known = await feeds.list_feeds(tx, bed.tenant)
    return replace(bed, feed=next(feed.id for feed in known if feed.title == f"Outlet {number}"))


def item(number: int, told: tuple[str, str, str], bed: Bed) -> Item:
    """A piece of news that is published now."""
    lang, title, text = told
    return Item(f"g{number}", f"https://outlet{number}.example/{number}", title, text, bed.clock(), lang=lang)


async def tell(bed: Bed, number: int, told: tuple[str, str, str], *, tier: int = 2, is_seeded: bool = True) -> None:
    """One outlet tells it, and the line does its work."""
    await (await outlet(bed, number, tier)).tell(item(number, told, bed), is_seeded=is_seeded)
    await bed.pump()


async def test_twelve_outlets_in_three_languages_are_one_post(bed: Bed, clock: Clock) -> None:
    """One alert; each outlet is an edit that counts the sources; the official text takes headline and link."""
    for number, told in enumerate(TOLD):
        await tell(bed, number, told)
        clock.advance(timedelta(minutes=7))
    assert [HEADLINE] == bed.posts()
    edits = texts(bed.shown(), "edit")
    assert (1, 10) == (len(bed.posts()), len(edits))
    assert "+1 source" in edits[0]
    assert "also: Outlet 1, Outlet 2, Outlet 3, +7" in edits[-1]
    assert "+10 sources" in edits[-1]
    assert all(HEADLINE in edit for edit in edits)
    await tell(bed, 12, OFFICIAL, tier=0)
    last = texts(bed.shown(), "edit")[-1]
    assert 1 == len(bed.posts())
    assert OFFICIAL[1] in last
    assert "+11 sources; now from an official source" in last
    assert "media only" not in last


async def test_what_comes_at_once_is_one_post_without_edits(bed: Bed) -> None:
    """Three outlets in one round: the story opens with all of them."""
    for number, told in enumerate(TOLD[:3]):
        await (await outlet(bed, number)).tell(item(number, told, bed))
    await bed.pump()
    assert (1, []) == (len(bed.posts()), texts(bed.shown(), "edit"))
    assert "also: Outlet 1, Outlet 2" in bed.shown()[0]["text"]


async def test_a_story_is_in_the_language_of_who_speaks_for_it(bed: Bed, database: Database) -> None:
    """An official text in English takes over what a Russian outlet told first, its language with its words."""
    languages = []
    for number, (told, tier) in enumerate(((TOLD[3], 2), (OFFICIAL, 1))):
        await tell(bed, number, told, tier=tier)
        async with database.read() as tx:
            languages.append((await tx.execute(select(stories.c.lang, stories.c.headline))).one())
    assert [lang for lang, _ in languages] == ["ru", "en"]
    assert languages[-1].headline == OFFICIAL[1]


async def test_a_look_alike_is_an_alert_of_its_own(bed: Bed) -> None:
    """Another country does the same on the same day."""
    await tell(bed, 0, TOLD[0])
    await tell(bed, 1, ("en", "Uganda suspends cobalt exports for 60 days", "The mines ministry in Kampala said so."))
    assert 2 == len(bed.posts())


async def test_a_new_development_names_the_story_it_follows(bed: Bed) -> None:
    """A new alert, and the old one by headline and name."""
    await tell(bed, 0, ("en", "Glencore halts Mutanda cobalt mine in Congo", "Acid ran out."))
    bed.clock.advance(timedelta(hours=30))
    await tell(bed, 1, ("en", "Glencore restarts Mutanda cobalt mine in Congo", "Acid has arrived."))
    assert 2 == len(bed.posts())
    assert "Follows: Glencore halts Mutanda cobalt mine in Congo" in bed.shown()[-1]["text"]


async def test_a_first_sight_is_grouped_silently(bed: Bed) -> None:
    """What was there before we came tells nobody and edits nothing; the archive knows it as a source."""
    await tell(bed, 0, TOLD[0])
    await tell(bed, 1, TOLD[1], is_seeded=False)
    assert (1, []) == (len(bed.posts()), texts(bed.shown(), "edit"))
    async with bed.line.database.read() as tx:
        assert 1 == len(set((await tx.execute(select(items.c.story))).scalars()))


async def test_a_story_seen_silently_is_told_when_somebody_brings_it_anew(bed: Bed) -> None:
    """Under 24 hours old it alerts with its next source; older it does not."""
    await tell(bed, 0, TOLD[0], is_seeded=False)
    assert [] == bed.posts()
    await tell(bed, 1, TOLD[1])
    assert 1 == len(bed.posts())
    await tell(bed, 2, ("en", "Peru fines a cobalt smelter", "For its dust."), is_seeded=False)
    bed.clock.advance(timedelta(hours=25))
    await tell(bed, 3, ("en", "Cobalt smelter in Peru fined", "For its dust."))
    assert 1 == len(bed.posts())


async def test_a_later_item_that_matches_brings_the_story(bed: Bed) -> None:
    """The first outlet's words matched nothing; the second's do."""
    await tell(bed, 0, ("en", "First Quantum halts its Kansanshi mine in Zambia", "A wall fell at the site."))
    assert [] == bed.posts()
    await tell(
        bed, 1, ("en", "First Quantum halts Kansanshi mine in Zambia after wall falls", "It digs copper and cobalt.")
    )
    assert 1 == len(bed.posts())


async def test_a_correction_by_a_further_source_changes_nothing(bed: Bed) -> None:
    """The headline is that of the outlet that speaks for the story; what another one corrects is its own affair."""
    await tell(bed, 0, TOLD[0])
    await tell(bed, 1, TOLD[1])
    edits = len(texts(bed.shown(), "edit"))
    await tell(bed, 1, ("en", "Zambia halts cobalt", "Other words altogether."))
    assert edits == len(texts(bed.shown(), "edit"))


async def test_a_restart_changes_no_decision(database: Database, tmp_path: Path, clock: Clock) -> None:
    """A process that begins anew after each item groups as one that never ended."""
    stayed = await grouping_bed(database, tmp_path, clock)
    for number, told in enumerate((*TOLD, OFFICIAL)):
        await (await outlet(stayed, number)).tell(item(number, told, stayed))
        await Intake(stayed.line).run()
        clock.advance(timedelta(minutes=7))
    async with database.read() as tx:
        assert 1 == len(set((await tx.execute(select(items.c.story))).scalars()))
        assert len(TOLD) + 1 == len((await tx.execute(select(gists.c.id))).all())


async def test_an_item_whose_story_is_gone_opens_its_own(bed: Bed, database: Database) -> None:
    """Memory may know a story that the rows no longer have."""
    await tell(bed, 0, TOLD[0])
    async with database.write() as tx:
        await tx.execute(update(items).values(story=None))
        await tx.execute(stories.delete())
    await tell(bed, 1, TOLD[1])
    await tell(bed, 2, TOLD[4])
    async with database.read() as tx:
        assert 1 == len((await tx.execute(select(stories.c.id))).all())


async def test_what_is_compared_is_forgotten_after_eight_days(bed: Bed, clock: Clock) -> None:
    """Rows that no decision needs go with the pruning."""
    await tell(bed, 0, TOLD[0])
    clock.advance(timedelta(days=7))
    assert 0 == (await prune(bed.line)).counts["gists"]
    clock.advance(timedelta(days=2))
    assert 1 == (await prune(bed.line)).counts["gists"]
