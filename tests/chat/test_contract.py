"""What delivery asks of every platform, tried on every platform of the registry. A new one needs only its world."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from bot.chat.registry import PLATFORMS
from bot.core.messages import Fact, Link, Message, Moment, Section
from bot.core.model import TITLE_LIMIT
from bot.core.outbox import Finding, Op, Outgoing
from tests.chat.contract import World, open_world
from tests.clock import Clock

for _name in PLATFORMS:  # what a platform imports is imported before any event loop runs
    import_module(f"tests.chat.{_name}_world")

AT = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
ALERT = Section(
    kicker="Export controls · Rare earths",
    title="Cabinet told to draw up a rare-earth roadmap",
    url="https://wire.example/a?b=1&c=2",
    body=(("The order is dated Tuesday. ", Link("It is here", "https://wire.example/order"), "."),),
    facts=(
        Fact("Due", ("Mon 1 Dec 2025 (in 27 days): roadmap",)),
        Fact("Sources", ("First: ", Link("Wire", "https://wire.example/a"), ", ", Moment(AT, "time"))),
        Fact("Matched", ('"rare earth", roadmap',)),
    ),
    lines=(("A line of a list",),),
    footer="Story K7Q2",
)
SAID = (
    "Export controls · Rare earths", "Cabinet told to draw up a rare-earth roadmap", "The order is dated Tuesday.",
    "It is here", "Due", "Mon 1 Dec 2025 (in 27 days): roadmap", "Wire", "Matched", '"rare earth", roadmap',
    "A line of a list", "Story K7Q2",
)  # fmt: skip
HOSTILE = (
    "@everyone <@80351110224678912> @room **bold** [x](https://evil.example) <b>tag</b> <script>x</script> `tick` "
    "||spoiler||",
    "# heading\n> quote\n- item\n```\ncode\n```\n@here <#1> <t:0:R> &lt;b&gt; \u202eabc\x1b[31m",
)


@pytest_asyncio.fixture(params=sorted(PLATFORMS))
async def world(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    """The world of each platform in turn."""
    async with open_world(request.param, tmp_path, clock) as opened:
        yield opened


def post(world: World, key: str, section: Section = ALERT, **changes: object) -> Outgoing:
    """An outgoing message in the world's channel."""
    made = Outgoing(key, Op.POST, world.channel, Message((section,), zone="Europe/Berlin"))
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.asyncio
async def test_every_fact_is_shown(world: World) -> None:
    """Whatever it looks like, each word of the message is there, once posted, in the order it is to be read."""
    ids = await world.platform.send(post(world, "key-1"))
    [seen] = await world.seen()
    assert seen.remote_id in ids
    places = [seen.text.find(words) for words in SAID]
    assert -1 not in places, [words for words, place in zip(SAID, places, strict=True) if place < 0]
    assert places[:2] == sorted(places[:2])
    assert places[-1] == max(places)


@pytest.mark.asyncio
async def test_a_post_is_found_by_its_key(world: World) -> None:
    """After a lost answer: what was made is found with the same ids, what was not is absent."""
    since = world.now() - timedelta(seconds=1)
    ids = await world.platform.send(post(world, "key-1"))
    found = await world.platform.find(post(world, "key-1"), since)
    assert (Finding.FOUND, ids) == (found.finding, found.remote_ids)
    assert Finding.ABSENT is (await world.platform.find(post(world, "key-2"), since)).finding


@pytest.mark.asyncio
async def test_the_same_key_within_the_window_is_one_message(world: World) -> None:
    """A platform that promises a window for the same key keeps it: sent twice, shown once, with the same ids."""
    if world.platform.capabilities.resend_window <= timedelta(0):
        return  # it promises nothing: delivery looks first
    first = await world.platform.send(post(world, "key-1"))
    assert first == await world.platform.send(post(world, "key-1"))
    assert 1 == len(await world.seen())


@pytest.mark.asyncio
async def test_an_edit_changes_the_message_and_makes_none(world: World) -> None:
    """The message stays where it is, with the new words; twice the same edit does no harm."""
    ids = await world.platform.send(post(world, "key-1"))
    changed = post(world, "key-2", replace_title("The roadmap is denied"), op=Op.EDIT, of=ids)
    await world.platform.edit(changed)
    await world.platform.edit(changed)
    [seen] = await world.seen()
    assert "The roadmap is denied" in seen.text
    assert "Cabinet told" not in seen.text
    assert seen.edits >= 1


@pytest.mark.asyncio
async def test_an_answer_hangs_on_its_message(world: World) -> None:
    """A reply is a message of its own that names the one it answers."""
    ids = await world.platform.send(post(world, "key-1"))
    await world.platform.send(post(world, "key-2", Section(body=(("It was denied.",),)), op=Op.REPLY, of=ids))
    first, answer = await world.seen()
    assert first.remote_id == answer.answers
    assert "It was denied." in answer.text


@pytest.mark.asyncio
async def test_text_of_feeds_is_only_text(world: World) -> None:
    """Nobody is pinged, nothing is marked up, nothing leads elsewhere than it says; the words stay readable."""
    for number, words in enumerate(HOSTILE):
        hostile = Section(kicker=words[:80], title=words, body=((words,),), facts=(Fact("Matched", (words,)),))
        await world.platform.send(post(world, f"key-{number}", hostile))
    seen = await world.seen()
    assert 2 == len(seen)
    assert not any(message.pings for message in seen)
    assert "\x1b" not in seen[1].text
    for words in ("everyone", "room", "bold", "tag", "tick", "spoiler"):
        assert words in seen[0].text


@pytest.mark.asyncio
async def test_the_longest_message_is_taken(world: World) -> None:
    """A title and a text at our own limits, many facts: shown, with the headline and the story's id in it."""
    long = Section(
        kicker="Topic · " * 40,
        title="T" * TITLE_LIMIT,
        url="https://wire.example/" + "u" * 1_900,
        body=(("word " * 80,),),
        facts=tuple(Fact(f"Label {number}", ("fact " * 60,)) for number in range(12)),
        footer="Story K7Q2",
    )
    await world.platform.send(post(world, "key-1", long))
    [seen] = await world.seen()
    assert "T" * 200 in seen.text
    assert "Story K7Q2" in seen.text


@pytest.mark.asyncio
async def test_order_is_kept(world: World) -> None:
    """Messages stand in the channel in the order they were sent."""
    for number in range(4):
        await world.platform.send(post(world, f"key-{number}", replace_title(f"Story number {number}")))
    order = [text.index("Story number") and text.split("Story number ")[1][:1] for text in
             (seen.text for seen in await world.seen())]  # fmt: skip
    assert ["0", "1", "2", "3"] == order


def replace_title(title: str) -> Section:
    """The alert under another headline."""
    return msgspec.structs.replace(ALERT, title=title)
