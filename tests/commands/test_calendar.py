"""The calendar file and the picture of dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import vobject
from icalendar import Calendar
from PIL import Image

from bot.commands.calendar import Entry, calendar_file
from bot.commands.timeline import LOOKS, Mark, font_for, in_words, timeline_file

NOW = datetime(2025, 11, 4, 9, tzinfo=UTC)
ROADMAP = Entry(
    root=7, story=12, due=date(2025, 12, 1), title="roadmap; for rare earths, long", headline="Путин поручил",
    url="https://wire.example/1?a=1,2;b", quote="A plan by Dec. 1.", rev=2, state="open", is_sure=True,
)  # fmt: skip


def test_two_parsers_read_the_same() -> None:
    """What icalendar wrote, icalendar and vobject read: day, words with commas and semicolons, Cyrillic, alarms."""
    body = calendar_file([ROADMAP], (7, 0), NOW).body
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    other = vobject.readOne(body.decode()).vevent
    assert event.decoded("dtstart") == other.dtstart.value == date(2025, 12, 1)
    assert str(event["summary"]) == other.summary.value == "roadmap; for rare earths, long"
    assert "Путин поручил" in other.description.value
    assert str(event["uid"]) == other.uid.value == "date-7@lodewire"
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert triggers == [alarm.trigger.value for alarm in other.valarm_list]
    assert triggers == [timedelta(hours=8) - timedelta(days=7), timedelta(hours=8)]
    assert b"\r\n" in body
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_a_moved_date_is_the_same_entry() -> None:
    """The uid stays, the sequence rises; one that was taken back is cancelled and rings no more."""
    gone = Entry(7, 12, date(2025, 12, 5), "roadmap", "Head", None, "", rev=3, state="withdrawn", is_sure=True)
    (event,) = Calendar.from_ical(calendar_file([gone], (7,), NOW).body).walk("VEVENT")
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == ("date-7@lodewire", 2, "CANCELLED")
    assert not event.walk("VALARM")


def test_an_unsure_date_says_so() -> None:
    """Tentative, and in words, too: not every program shows the one."""
    unsure = Entry(7, 12, date(2025, 12, 5), "roadmap", "Head", None, "", rev=1, state="open", is_sure=False)
    (event,) = Calendar.from_ical(calendar_file([unsure], (), NOW).body).walk("VEVENT")
    assert (str(event["summary"]), str(event["status"])) == ("roadmap (unconfirmed)", "TENTATIVE")


@pytest.mark.parametrize("look", LOOKS)
def test_the_picture_fits_a_phone(look: str) -> None:
    """720 pixels wide, on a paper of its own that is not see-through; its words tell all its facts."""
    marks = [Mark(date(2025, 12, day), f"thing {day}", f"K7Q{day}", day > 2) for day in (1, 2, 8)]
    file = timeline_file(marks, date(2025, 11, 30), look)
    picture = Image.open(BytesIO(file.body))
    assert picture.width == 720
    assert picture.convert("RGBA").getextrema()[3] == (255, 255)
    for mark in marks:
        assert f"{mark.label} ({mark.name})" in file.words
    assert "1 Dec, tomorrow: thing 1" in in_words(marks, date(2025, 11, 30))


@pytest.mark.parametrize("look", LOOKS.values())
def test_the_colours_can_be_read(look: object) -> None:
    """Ink, quiet words and soon dates stand out from the paper by 7 to 1 (WCAG 2.2, AAA)."""
    paper = luminance(look.paper)  # type: ignore[attr-defined]
    for colour in (look.ink, look.quiet, look.soon):  # type: ignore[attr-defined]
        light, dark = sorted((luminance(colour), paper), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 7, colour


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_label_has_letters_or_its_kind_stands_there() -> None:
    """What no font of the machine can write is drawn by its kind; the usual letters always by the usual font."""
    assert font_for("rare-earth roadmap, дорожная карта, feuille de route") == "DejaVu Sans"
    assert font_for("\U000f1234") is None
    mark = Mark(date(2025, 12, 1), "\U000f1234", "K7Q2", is_sure=True, kind="a deadline")
    assert timeline_file([mark], date(2025, 11, 30)).body.startswith(b"\x89PNG")
