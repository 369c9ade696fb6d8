"""Polling reads only what it has not read: raw items of the last page are known by their hash."""

from __future__ import annotations

from datetime import timedelta

import pytest

import bot
from bot.feeds import reader
from bot.feeds.reader import FeedReader
from bot.feeds.settings import Polling
from bot.jobs.poll import READ_WHOLE_EVERY, poll
from bot.storage.database import Database
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.feedxml import render_rss
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio

OLD = [Entry(f"Old {number}", "Words.", f"o{number}", f"http://127.0.0.1/o{number}") for number in range(5)]
NEW = Entry("New", "Words.", "n", "http://127.0.0.1/n")


async def ask(wire: Wire) -> tuple[int, int, int, int]:
    """Poll once more: items read, items on the page, new ones, changed ones."""
    await wire.make_all_due()
    report = await poll(wire.line)
    page = wire.reader.read[-1]
    return len(page.items), page.total, report.counts["items_new"], report.counts["items_changed"]


async def test_only_what_is_unseen_is_read(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The first page is read whole, then what is new on it, then what was changed; what comes back is not new."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.publish("wire.xml", OLD))
        assert (5, 5, 5, 0) == await ask(wire)
        feed_server.publish("wire.xml", [NEW, *OLD])
        assert (1, 6, 1, 0) == await ask(wire)
        feed_server.publish("wire.xml", [NEW, Entry("Old 0", "Other words.", "o0", "http://127.0.0.1/o0"), *OLD[1:]])
        assert (1, 6, 0, 1) == await ask(wire)
        feed_server.publish("wire.xml", OLD[2:])
        assert (0, 3, 0, 0) == await ask(wire)
        feed_server.publish("wire.xml", OLD)
        assert (2, 5, 0, 1) == await ask(wire)


async def test_once_a_month_the_page_is_read_whole(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """So that the keys of what stands there for long are seen, and never forgotten while it stands there."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.publish("wire.xml", OLD))
        await ask(wire)
        clock.advance(READ_WHOLE_EVERY + timedelta(days=1))
        feed_server.publish("wire.xml", [NEW, *OLD])
        assert (6, 6, 1, 0) == await ask(wire)


async def test_what_cannot_be_cut_is_read_whole_each_time(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Another encoding than UTF-8: no window is kept, everything is read, and what is known stays known."""
    head = '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Т</title>'
    item = "<item><title>Новость {0}</title><guid>g{0}</guid></item>"
    async with open_wire(database, clock, feed_server) as wire:
        for count, expected in ((2, (2, 2, 2, 0)), (3, (3, 3, 1, 0))):
            body = head + "".join(item.format(number) for number in range(count)) + "</channel></rss>"
            url = feed_server.serve("wire.xml", body.encode("cp1251"), content_type="application/xml")
            await wire.take_urls(url)
            assert expected == await ask(wire)
            assert "" == (await wire.feed(url)).window


async def test_a_page_that_was_cut_off_is_asked_for_again(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Its whole items count, its validators do not: a 304 to them would hide what was cut off."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", [NEW, *OLD])
        await wire.take_urls(url)
        whole = render_rss("wire.xml", [NEW, *OLD])
        cut = Trouble(body=whole[:-250], content_type="application/xml", headers={"ETag": '"a"'})
        feed_server.fail("wire.xml", cut)
        items_read, _, new, _ = await ask(wire)
        assert 0 < items_read == new < 6
        assert (await wire.feed(url)).etag is None
        feed_server.heal("wire.xml")
        assert 6 - new == (await ask(wire))[2]


async def test_another_reader_reads_all_anew(
    database: Database, clock: Clock, feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where our contact, or how we read, has changed: no 304, no equal body, no known item; and nothing is news."""
    url = feed_server.publish("wire.xml", OLD)
    asked = []
    for contact, reading in (("", 1), ("", 1), ("desk@example.org", 1), ("desk@example.org", 2)):
        monkeypatch.setattr(reader, "READING", reading)
        polling = Polling(allow_private_networks=True, contact=contact)
        async with open_wire(database, clock, feed_server, polling) as wire:
            await wire.take_urls(url)
            await wire.make_all_due()
            report = await poll(wire.line)
            asked.append((feed_server.asked("wire.xml")[-1].status, report.counts["items_new"]))
            assert [5] * (asked[-1][0] == 200) == [len(page.items) for page in wire.reader.read]
    assert [(200, 5), (304, 0), (200, 0), (200, 0)] == asked


async def test_a_new_release_is_no_other_reader() -> None:
    """Else each release would ask every server for everything once more."""
    before = FeedReader().stamp
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot, "__version__", "99.0")
        assert before == FeedReader().stamp
