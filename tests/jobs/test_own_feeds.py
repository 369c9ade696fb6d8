"""A tenant's own feed tells of an event of which others hear, too: they see no trace of it; its tenant sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from bot.commands.answer import answer_text, open_office
from bot.commands.command import Asker, Place
from bot.core.model import FeedSpec, Item
from bot.core.sources import Filters
from bot.storage import archive, deadlines, dossier, feeds, following, live_queries, lookup, mutes, places, reminding
from bot.storage.database import Database
from bot.storage.schema import cards, posts, stories, subscriptions
from tests.bed import Bed, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

BAN = ("China bans gallium exports", "The commerce ministry in Beijing banned exports of gallium on Monday.")
AGAIN = (
    "Beijing bans exports of gallium",
    "China's commerce ministry banned all exports of gallium, it said on Monday.",
)
MORE = ("China halts gallium exports with a ban", "Gallium exports are banned, the commerce ministry in Beijing said.")
CHEN = Asker("console", "chen", is_moderator=True)
LICENCES = " Exporters of gallium must apply for licences by 1 December 2025, the ministry said."


@dataclass
class Town:
    """Two tenants who follow gallium: the bed's, who has no feed of its own, and the owner of `Own`."""

    bed: Bed
    own: Bed
    owner: int
    there: int  # the owner's channel

    async def tell(self, bed: Bed, number: int, told: tuple[str, str], *, is_seeded: bool = True) -> None:
        """One outlet tells it, and the line does its work a minute later."""
        await bed.tell(item(bed, number, told), is_seeded=is_seeded)
        await self.bed.pump()
        self.bed.clock.advance(timedelta(minutes=5))

    async def said(self, channel: int) -> list[str]:
        """All that was ever said in a channel: posts, edits and answers."""
        async with self.bed.line.database.read() as tx:
            keys = set((await tx.execute(select(posts.c.key).where(posts.c.channel == channel))).scalars())
        return [row["text"] for row in self.bed.shown() if row["key"] in keys]

    async def here(self) -> list[str]:
        """What those see who have no part in the own feed; no word of it may be there."""
        said = await self.said(self.bed.channel)
        assert not [text for text in said if "Own" in text or "own.example" in text]
        return said


def item(bed: Bed, number: int, told: tuple[str, str]) -> Item:
    """A piece of news of now; of the own feed by its link, too."""
    return Item(f"g{number}", f"https://news.example/{number}", told[0], told[1], bed.clock(), lang="en")


def own_item(bed: Bed, number: int, told: tuple[str, str]) -> Item:
    """The same under an address that says whose it is."""
    return replace(item(bed, number, told), url=f"https://own.example/{number}")


async def add_own(bed: Bed, name: str, title: str, tier: int = 2) -> tuple[int, int, Bed]:
    """Another tenant with a feed of its own, following gallium: tenant, channel and the line of its feed."""
    async with bed.line.database.write() as tx:
        tenant = await places.ensure_tenant(tx, bed.account, name)
        channel, _ = await places.ensure_channel(tx, tenant, f"{name}-channel", bed.clock())
        spec = FeedSpec(f"https://{title.lower()}.example/feed", title, tier=tier)
        feed, _ = await feeds.add_feed(tx, tenant, spec, bed.clock())
    await bed.follow("gallium", channel)
    return tenant, channel, replace(bed, feed=feed)


async def open_town(database: Database, folder: Path, clock: Clock, tier: int = 2) -> Town:
    """Both tenants; `tier`: that of the own feed."""
    bed = await open_bed(database, folder, clock)
    bed.group()
    await bed.follow("gallium")
    owner, there, own = await add_own(bed, "owner", "Own", tier)
    return Town(bed, own, owner, there)


async def another(town: Town) -> Bed:
    """Another outlet that all hear."""
    listed = [FeedSpec("https://wire.example/feed.xml", "Wire", tier=1), FeedSpec("https://b.example/feed", "Outlet B")]
    async with town.bed.line.database.write() as tx:
        await feeds.sync_operator_feeds(tx, listed, town.bed.clock())
        known = await feeds.list_feeds(tx, town.bed.tenant)
    return replace(town.bed, feed=next(one.id for one in known if one.title == "Outlet B"))


async def tell_own(town: Town, number: int, told: tuple[str, str], *, is_seeded: bool = True) -> None:
    """The own feed tells it."""
    await town.own.tell(own_item(town.bed, number, told), is_seeded=is_seeded)
    await town.bed.pump()
    town.bed.clock.advance(timedelta(minutes=5))


async def test_a_guest_is_seen_by_its_tenant_alone(database: Database, tmp_path: Path, clock: Clock) -> None:
    """It is named and counted in the owner's alert, which says so; others get no edit, name or count."""
    town = await open_town(database, tmp_path, clock)
    opened = clock()
    await town.tell(town.bed, 1, BAN)
    await tell_own(town, 2, AGAIN)
    async with database.read() as tx:
        for tenant, told_at in ((town.bed.tenant, opened), (town.owner, opened + timedelta(minutes=5))):
            assert [told_at] == [head.told_at for head in await archive.latest_stories(tx, tenant, None, 9)]
    first, edit = await town.said(town.there)
    assert "Own" not in first
    assert "First: Wire" in edit and "also: Own" in edit and "+1 source" in edit
    assert 1 == len(await town.here())
    await town.tell(town.bed, 1, (BAN[0], BAN[1] + " It named no date."))
    assert "text changed by the source" in (await town.here())[-1]
    assert "also: Own" in (await town.said(town.there))[-1]
    assert "text changed by the source" in (await town.said(town.there))[-1]


async def test_its_rank_makes_nothing_official_elsewhere(database: Database, tmp_path: Path, clock: Clock) -> None:
    """An own feed of the first rank neither speaks for the story of all nor ends `media only`; its tenant sees both."""
    town = await open_town(database, tmp_path, clock, tier=0)
    await town.tell(town.bed, 1, BAN)
    await tell_own(town, 2, AGAIN)
    [alert] = await town.here()
    assert "media only" in alert and "fficial" not in alert
    assert "Own (official)" not in alert
    owners = (await town.said(town.there))[-1]
    assert "media only" not in owners and BAN[0] in owners
    async with database.read() as tx:
        row = (await tx.execute(select(stories))).one()
    assert (BAN[0], "") == (row.headline, row.change)


async def test_what_nobody_else_told_stays_there(database: Database, tmp_path: Path, clock: Clock) -> None:
    """No alert, list, search, story, link or date of it reaches others."""
    town = await open_town(database, tmp_path, clock)
    await tell_own(town, 1, (BAN[0], BAN[1] + LICENCES))
    assert 1 == len(await town.said(town.there))
    assert [] == await town.here()
    since = clock() - timedelta(days=1)
    for tenant, count in ((town.owner, 1), (town.bed.tenant, 0)):
        async with database.read() as tx:
            query = (
                await tx.execute(select(subscriptions.c.query).where(subscriptions.c.channel == town.there))
            ).scalar_one()
            assert count == len(await archive.latest_stories(tx, tenant, None, 9))
            assert count == await archive.count_stories(tx, tenant, [query])
            assert count == len(await lookup.matching_texts(tx, tenant, query, since, 9))
            assert bool(count) == (await dossier.story_view(tx, 1, tenant, town.there) is not None)
            assert bool(count) == (await dossier.story_by_link(tx, tenant, "https://own.example/1") is not None)
            days = clock().date(), clock().date() + timedelta(days=90)
            assert count == len(await deadlines.dates_between(tx, tenant, [query], *days))


async def test_the_first_of_all_takes_an_own_story_over(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Others get it as news of that moment, in its words, with its weight; the owner's alert lives on."""
    town = await open_town(database, tmp_path, clock, tier=0)
    await tell_own(town, 1, BAN)
    clock.advance(timedelta(hours=30))
    opened = clock()
    await town.tell(town.bed, 2, AGAIN)
    [alert] = await town.here()
    assert AGAIN[0] in alert and BAN[0] not in alert
    assert "Updated" not in alert and "media only" in alert and "also:" not in alert
    said = await town.said(town.there)
    assert 2 == len(said) and AGAIN[0] in said[1] and "First: Own" in said[1] and "also: Wire" in said[1]
    async with database.read() as tx:
        row = (await tx.execute(select(stories))).one()
        [head] = await archive.latest_stories(tx, town.bed.tenant, None, 9)
        view = await dossier.story_view(tx, row.id, town.bed.tenant, town.bed.channel)
    assert opened == row.opened_at == head.told_at
    assert view is not None and ("Wire", ["Wire"]) == (head.source, [one.feed for one in view.tellings])


async def test_an_own_story_only_seen_opens_loudly(database: Database, tmp_path: Path, clock: Clock) -> None:
    """What the owner's feed had at its first sight, days before, keeps no news from others."""
    town = await open_town(database, tmp_path, clock)
    await tell_own(town, 1, BAN, is_seeded=False)
    clock.advance(timedelta(hours=30))
    await town.tell(town.bed, 2, AGAIN)
    [alert] = await town.here()
    assert AGAIN[0] in alert


@pytest.mark.parametrize("is_own_first", [True, False])
async def test_told_in_one_round_by_both(database: Database, tmp_path: Path, clock: Clock, is_own_first: bool) -> None:
    """Whichever comes first, the story is of all, and opens in the words that all hear."""
    town = await open_town(database, tmp_path, clock, tier=0)
    deeds = [town.own.tell(own_item(town.bed, 1, BAN)), town.bed.tell(item(town.bed, 2, AGAIN))]
    for deed in deeds if is_own_first else reversed(deeds):
        await deed
    await town.bed.pump()
    [alert] = await town.here()
    assert AGAIN[0] in alert and "Updated" not in alert
    [owners] = await town.said(town.there)
    assert AGAIN[0] in owners and "Own" in owners and "Wire" in owners


async def test_own_feeds_of_two_tenants_know_nothing_of_each_other(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    """Each has a story of its own, which goes on as one; a third tenant has none."""
    town = await open_town(database, tmp_path, clock)
    _, elsewhere, hers = await add_own(town.bed, "third", "Hers")
    await tell_own(town, 1, BAN)
    await town.tell(hers, 2, AGAIN)
    await tell_own(town, 3, MORE)
    await town.bed.restart("again")
    town.bed.group()
    await town.tell(hers, 4, MORE)
    assert [] == await town.here()
    for channel, mine, others in ((town.there, "Own", "Hers"), (elsewhere, "Hers", "Own")):
        said = await town.said(channel)
        assert 1 == len({text.splitlines()[1] for text in said}), said
        assert all(mine in text and others not in text for text in said), said


async def test_an_own_feed_wakes_no_story_of_all(database: Database, tmp_path: Path, clock: Clock) -> None:
    """What all only saw at a first sight is news to the owner alone, in a story of its own."""
    town = await open_town(database, tmp_path, clock)
    await town.tell(town.bed, 1, BAN, is_seeded=False)
    await tell_own(town, 2, AGAIN)
    await tell_own(town, 3, MORE)
    assert [] == await town.here()
    assert 1 == len({text.splitlines()[1] for text in await town.said(town.there)})


async def test_dates_that_only_an_own_feed_tells(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Its tenant sees them in the story of all, and is reminded; they are in nothing that others see."""
    town = await open_town(database, tmp_path, clock)
    await town.tell(town.bed, 1, BAN)
    await tell_own(town, 2, (AGAIN[0], AGAIN[1] + LICENCES))
    assert "Due" in (await town.said(town.there))[-1]
    assert not any("Due" in text for text in await town.here())
    async with database.read() as tx:
        [mine] = await deadlines.dates_of_story(tx, 1, town.owner)
        assert [] == await deadlines.dates_of_story(tx, 1, town.bed.tenant)
        occasion = await reminding.read_occasion(tx, mine.id, town.bed.tenant)
    assert occasion is not None and "Wire" == occasion.outlet


async def test_dates_of_a_story_that_opens_to_all(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The owner keeps the date; others see it as the feed of all tells it, or not at all."""
    town = await open_town(database, tmp_path, clock)
    await tell_own(town, 1, (BAN[0], BAN[1] + LICENCES))
    await town.tell(town.bed, 2, AGAIN)
    assert not any("Due" in text for text in await town.here())
    assert "Due" in (await town.said(town.there))[-1]
    await town.tell(town.bed, 2, (AGAIN[0], AGAIN[1] + " Licences must be asked for by 1 December 2025."))
    assert "Due" in (await town.here())[-1]
    async with database.read() as tx:
        [seen] = await deadlines.dates_of_story(tx, 1, town.bed.tenant)
        mine = await deadlines.dates_of_story(tx, 1, town.owner)
        for tenant, outlet in ((town.bed.tenant, "Wire"), (town.owner, "Own")):
            occasion = await reminding.read_occasion(tx, seen.id, tenant)
            assert occasion is not None and outlet == occasion.outlet
    assert "Licences must be asked for" in seen.evidence
    assert 1 == len(mine)


async def test_filters_and_mutes_know_only_whom_a_tenant_hears(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    """Whoever asked for an outlet gets nothing by another tenant's feed of that name; nor does it break a mute."""
    town = await open_town(database, tmp_path, clock)
    async with database.write() as tx:
        wanted = update(subscriptions).where(subscriptions.c.channel.in_((town.bed.channel, town.there)))
        await tx.execute(wanted.values(filters=Filters(("own",)).written()))
    await tell_own(town, 1, BAN)
    await town.tell(town.bed, 2, AGAIN)
    assert [] == await town.here()
    assert await town.said(town.there)


async def test_an_own_feed_breaks_no_mute_elsewhere(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Who muted the one outlet that they hear is not told because another tenant's feed says the same."""
    town = await open_town(database, tmp_path, clock)
    async with database.write() as tx:
        for channel in (town.bed.channel, town.there):
            await mutes.mute(tx, channel, mutes.Subject(0, "wire", "Wire"), None, clock(), None)
    await town.own.tell(own_item(town.bed, 1, BAN))
    await town.tell(town.bed, 2, AGAIN)
    assert [] == await town.here()
    assert 1 == len(await town.said(town.there))


@pytest.mark.parametrize("is_own_first", [True, False])
async def test_what_only_an_own_feed_matches_is_for_its_tenant(
    database: Database, tmp_path: Path, clock: Clock, is_own_first: bool
) -> None:
    """A story comes by a topic to those who hear the words that match it; to others once others say them."""
    town = await open_town(database, tmp_path, clock)
    async with database.write() as tx:
        await tx.execute(delete(subscriptions))
    for channel in (town.bed.channel, town.there):
        await town.bed.follow("germanium", channel)
    plain, more = BAN, (AGAIN[0], AGAIN[1] + " Germanium is next.")
    deeds = [lambda: tell_own(town, 2, more), lambda: town.tell(town.bed, 1, plain)]
    for deed in deeds if is_own_first else reversed(deeds):
        await deed()
    assert 1 == len({text.splitlines()[0] for text in await town.said(town.there)})
    await town.tell(await another(town), 3, MORE)
    assert [] == await town.here()
    async with database.read() as tx:
        [query] = await live_queries.live_numbers(tx)
        for tenant, count in ((town.bed.tenant, 0), (town.owner, 1)):
            assert count == await archive.count_matches(tx, tenant, query, clock() - timedelta(days=9))
        [theirs] = await following.list_following(tx, town.there, clock() - timedelta(days=9))
        assert 1 == theirs.shown
    await town.tell(await another(town), 4, (MORE[0], MORE[1] + " Germanium will follow."))
    assert 1 == len(await town.here())


async def test_a_digest_lists_what_its_tenant_hears(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The own story in the owner's alone; that of all under the outlet that each hears first."""
    town = await open_town(database, tmp_path, clock)
    office = open_office(database, clock)
    for place in (Place("console", "console"), Place("owner", "owner-channel")):
        await answer_text(office, "digest daily 08:00", CHEN, place, None, town.bed.account)
    await tell_own(town, 1, (BAN[0], BAN[1] + LICENCES.replace("1 December", "12 November")))
    await town.tell(town.bed, 2, AGAIN)
    await tell_own(town, 3, ("Zebra gallium smelter burns down", "The Zebra smelter of gallium burnt down."))
    clock.advance(timedelta(days=1))
    await town.bed.pump()
    [digest] = await town.here()
    assert AGAIN[0] in digest and "Wire" in digest
    assert BAN[0] not in digest and "Zebra" not in digest and "12 Nov" not in digest
    owners = "".join(await town.said(town.there))
    assert "Zebra" in owners and "Own" in owners and "12 Nov" in owners


async def test_what_follows_an_own_story_does_not_say_so(database: Database, tmp_path: Path, clock: Clock) -> None:
    """`Follows` names a story only to those who may see it."""
    town = await open_town(database, tmp_path, clock)
    await tell_own(town, 1, BAN)
    await town.tell(town.bed, 2, ("Gallium traders ask for talks", "The traders' guild wrote a letter about gallium."))
    async with database.write() as tx:
        number = (
            await tx.execute(select(stories.c.id).where(stories.c.headline.like("Gallium traders%")))
        ).scalar_one()
        first = (await tx.execute(select(stories.c.id).where(stories.c.headline == BAN[0]))).scalar_one()
        await tx.execute(update(stories).where(stories.c.id == number).values(parent=first, rev=9))
        await tx.execute(update(cards).where(cards.c.subject_id == number).values(want_rev=9))
    await town.bed.pump()
    assert 2 == len(await town.here())
    assert BAN[0] not in "".join(await town.here())
    assert f"Follows: {BAN[0]}" in (await town.said(town.there))[-1]


async def test_a_delisted_feed_speaks_on_to_its_tenant_alone(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Others saw its alert while it was for all; what it says from then on they do not hear."""
    town = await open_town(database, tmp_path, clock)
    async with database.write() as tx:
        await feeds.add_feed(tx, town.owner, FeedSpec("https://b.example/feed", "Outlet B"), clock())
    outlet = await another(town)
    await town.tell(outlet, 1, BAN)
    async with database.write() as tx:
        listed = [FeedSpec("https://wire.example/feed.xml", "Wire", tier=1)]
        await feeds.sync_operator_feeds(tx, listed, clock())
    await town.tell(outlet, 1, ("China bans gallium and germanium exports", BAN[1]))
    assert 1 == len(await town.here())
    assert "germanium" in (await town.said(town.there))[-1]


async def test_a_story_stays_hidden_where_feeds_change_hands(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The operator lists one of two feeds that told a story: the words of the other reach nobody by that."""
    town = await open_town(database, tmp_path, clock)
    async with database.write() as tx:
        second, _ = await feeds.add_feed(tx, town.owner, FeedSpec("https://second.example/feed", "Second"), clock())
    await tell_own(town, 1, BAN)
    await town.tell(replace(town.bed, feed=second), 2, AGAIN)
    async with database.write() as tx:
        listed = [
            FeedSpec("https://wire.example/feed.xml", "Wire", tier=1),
            FeedSpec("https://second.example/feed", "Second"),
        ]
        await feeds.sync_operator_feeds(tx, listed, clock())
    async with database.read() as tx:
        assert not await dossier.may_see(tx, 1, town.bed.tenant)
    await town.tell(replace(town.bed, feed=second), 3, MORE)
    [alert] = await town.here()
    assert MORE[0] in alert
