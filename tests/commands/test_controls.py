"""Controls: a button's key or a message's id leads to the stories it shows, and to the command's own answer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands.answer import open_office
from bot.commands.command import Asker, Place, Reply
from bot.commands.controls import Shown, answer_control, find_control
from bot.core.messages import as_text
from bot.core.outbox import Capabilities
from bot.core.stories.names import story_name
from bot.jobs.remind import remind
from bot.storage.database import Database
from tests.bed import Bed, news, open_bed
from tests.clock import Clock

CHEN = Asker("console", "chen", is_moderator=True)
HERE = Place("console", "console", direct="console")


async def ask(bed: Bed, shown: Shown, event: str | None = None, control: str = "why") -> Reply:
    """What a control says of a message."""
    office, pressed = open_office(bed.line.database, bed.clock), find_control(control)
    assert pressed is not None
    return await answer_control(office, pressed, shown, CHEN, HERE, event, bed.account)


@pytest.mark.asyncio
async def test_why_is_answered_by_key_and_by_message(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The key of the alert, the key of its later edit and the platform's own id all lead to the same story."""
    bed = await open_bed(database, tmp_path, clock)
    await bed.tell(news(1))
    await bed.pump()
    await bed.tell(news(1, "Other words."))
    await bed.pump()
    assert ["post", "edit"] == [row["op"] for row in bed.shown()]
    first, edit = (row["key"] for row in bed.shown())
    for shown in (Shown(key=first), Shown(key=edit), Shown(remote_id=f"console-{first}")):
        assert "Rare earth news 1" in as_text((await ask(bed, shown)).message)


@pytest.mark.asyncio
async def test_a_message_of_several_stories_tells_of_each(database: Database, tmp_path: Path, clock: Clock) -> None:
    """A folded message answers for all that is in it, once for an event that comes twice."""
    bed = await open_bed(database, tmp_path, clock)
    bed.platform.capabilities = Capabilities(alerts_per_post=10)
    await bed.tell(news(1), news(2))
    await bed.pump()
    shown = Shown(key=bed.shown()[0]["key"])
    reply = await ask(bed, shown, "press-1")
    assert ["Rare earth news 1", "Rare earth news 2"] == [section.title for section in reply.message.sections]
    assert reply == await ask(bed, shown, "press-1")


@pytest.mark.asyncio
async def test_nothing_is_changed_of_several_stories_at_once(database: Database, tmp_path: Path, clock: Clock) -> None:
    """A folded message is asked about; of a message with one story that one is muted, by its button or its sign."""
    bed = await open_bed(database, tmp_path, clock)
    bed.platform.capabilities = Capabilities(alerts_per_post=10)
    await bed.tell(news(1), news(2))
    await bed.pump()
    for control, command in (("mute", "mute add"), ("👎", "mute less")):
        reply = await ask(bed, Shown(key=bed.shown()[0]["key"]), control=control)
        assert "which story?" in as_text(reply.message)
        assert "Rare earth news 2" in as_text(reply.message)
        assert [f"{command} {story_name(number)}" for number in (1, 2)] == list(reply.choices)
    await bed.tell(news(3))
    await bed.pump()
    said = as_text((await ask(bed, Shown(key=bed.shown()[1]["key"]), control="🔇")).message)
    assert "Muted in this channel" in said
    assert "Rare earth news 3" in said


@pytest.mark.asyncio
async def test_an_unknown_message_is_said_to_be_one(database: Database, tmp_path: Path, clock: Clock) -> None:
    """What was pruned, or is another account's, is nobody's story."""
    bed = await open_bed(database, tmp_path, clock)
    assert "older than what is kept" in as_text((await ask(bed, Shown(remote_id="elsewhere"))).message)
    assert "older than what is kept" in as_text((await ask(bed, Shown(key="elsewhere"))).message)


@pytest.mark.parametrize(("written", "found"), [("why", "why"), ("❓", "why"), ("❓\ufe0f", "why"), ("👍", None)])
def test_a_sign_names_its_control(written: str, found: str | None) -> None:
    """A button's name and a reaction, however the client writes it, mean the same control; others mean none."""
    control = find_control(written)
    assert found == (control.name if control else None)


async def remind_of(bed: Bed, count: int) -> str:
    """The key of a reminder that tells so many dates."""
    bed.clock.advance(datetime(2025, 11, 20, 10, tzinfo=UTC) - bed.clock())
    for number in range(count):
        await bed.tell(news(number, f"Bids on rare earth block {number} are due by 1 December 2025."))
    await bed.pump()
    bed.clock.advance(datetime(2025, 11, 24, 9, tzinfo=UTC) - bed.clock())
    while (await remind(bed.line)).counts["steps"]:
        pass
    await bed.pump()
    return bed.shown()[-1]["key"]


@pytest.mark.asyncio
async def test_a_reminder_is_answered_by_one_tap(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Put off by a day for whoever asks; done and wrong for moderators, with what to write next."""
    bed = await open_bed(database, tmp_path, clock)
    key = await remind_of(bed, 1)
    assert "in your direct chat: Tue 25 Nov 2025, 08:00" in as_text(
        (await ask(bed, Shown(key=key), control="💤")).message
    )
    wrong = as_text((await ask(bed, Shown(remote_id=f"console-{key}"), control="wrong")).message)
    assert "Dismissed: Mon 1 Dec 2025" in wrong
    assert "deadline move" in wrong
    done = as_text((await ask(bed, Shown(key=key), control="done")).message)
    assert "Done: Mon 1 Dec 2025" in done


@pytest.mark.asyncio
async def test_of_several_dates_each_is_offered(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Nothing is changed of several dates at once; an alert reminds of none."""
    bed = await open_bed(database, tmp_path, clock)
    reply = await ask(bed, Shown(key=await remind_of(bed, 2)), control="done")
    assert "Done: which date?" in as_text(reply.message)
    assert [f"deadline done {story_name(number)}" for number in (1, 2)] == list(reply.choices)
    assert "reminds of no date" in as_text(
        (await ask(bed, Shown(key=bed.shown()[0]["key"]), control="☑\ufe0f")).message
    )
