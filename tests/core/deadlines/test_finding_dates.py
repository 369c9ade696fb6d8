"""The dates that a text sets."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadlines import find_deadlines

DAY = date(2025, 11, 4)


@pytest.mark.parametrize(
    ("lang", "text", "due", "kind"),
    [
        ("en", "The cabinet must draw up a detailed roadmap by Dec. 1.", date(2025, 12, 1), "deadline"),
        ("en", "Bids are due by 5 p.m. on Friday, February 27, 2026.", date(2026, 2, 27), "deadline"),
        ("en", "Comments are open until 21 November.", date(2025, 11, 21), "deadline"),
        ("en", "Replies must come no later than 2026-01-15.", date(2026, 1, 15), "deadline"),
        ("en", "The rules take effect on Nov. 8.", date(2025, 11, 8), "effective"),
        ("en", "The truce runs out on March 3.", date(2026, 3, 3), "expiry"),
        ("en", "A hearing is scheduled for 12 January 2026.", date(2026, 1, 12), "event"),
        ("ru", "Правительство должно до 1 декабря утвердить дорожную карту.", date(2025, 12, 1), "deadline"),
        ("zh", "政府须在12月1日前制定路线图。", date(2025, 12, 1), "deadline"),
        ("de", "Die Liste muss bis zum 15. Dezember vorliegen.", date(2025, 12, 15), "deadline"),
        ("fr", "Les observations sont attendues jusqu'au 30 novembre.", date(2025, 11, 30), "deadline"),
        ("es", "El plan se presentará antes del 1 de diciembre de 2025.", date(2025, 12, 1), "deadline"),
        ("ja", "政府は12月1日までに工程表をまとめる。", date(2025, 12, 1), "deadline"),
    ],
)
def test_a_cue_and_a_date_ahead(lang: str, text: str, due: date, kind: str) -> None:
    """A cue with a written date ahead is a deadline, of its type, with the sentence that says so."""
    [found] = find_deadlines("", text, DAY, lang)
    assert (found.due, found.type, found.evidence) == (due, kind, text)


@pytest.mark.parametrize(
    "text",
    [
        "The list was published on Tuesday, Nov. 4.",
        "He wanted to finish by Oct. 15.",
        "Output fell by 12 percent in December.",
        "The deadline of Dec. 1 was cancelled and nothing is due by Dec. 1.",
        "The year ended on 30 February 2026, by 30 February 2026.",
        "Prices rose by May.",
        "Before 1 December 2019 it was otherwise.",
    ],
)
def test_what_sets_no_date(text: str) -> None:
    """What is past, taken back, impossible or no date at all sets none."""
    assert find_deadlines("", text, DAY, "en") == ()


def test_the_directive_sets_one() -> None:
    """Told in title and text it is one date, with what is due and who owes it."""
    [found] = find_deadlines(
        "Putin orders cabinet to draw up rare-earth roadmap by Dec. 1",
        "The president has instructed the government to draw up a detailed roadmap for the extraction of rare earth "
        "metals by December 1, according to a list published on Tuesday, Nov. 4.",
        datetime(2025, 11, 4, 6, 12, tzinfo=UTC),
        "en",
    )
    assert (found.due, found.who) == (date(2025, 12, 1), "government")
    assert "roadmap" in found.what


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "zh", "ja", "de", None, "xx"]))
def test_any_text_is_read(text: str, lang: str | None) -> None:
    """Whatever the text, every date found lies ahead and its sentence stands in the text."""
    for found in find_deadlines("", text, DAY, lang):
        assert found.due > DAY
        assert found.evidence in " ".join(text.split())


def test_a_day_says_it_better_than_its_month() -> None:
    """`By December` in the title and `by 1 December` in the text are one deadline, on the day."""
    found = find_deadlines(
        "Cabinet must draw up a rare-earth roadmap by December",
        "The cabinet is to approve the roadmap by December 1.",
        date(2025, 11, 4),
    )
    assert [date(2025, 12, 1)] == [one.due for one in found]
