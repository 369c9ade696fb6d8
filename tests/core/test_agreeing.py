"""One date told by several sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.agreeing import Telling, agree, read_sayings, sayings_of
from bot.core.reminders import SURE

FIRST, FIFTH, NINTH = date(2025, 12, 1), date(2025, 12, 5), date(2025, 12, 9)
ROADMAP = "approve a rare earth roadmap"


def told(
    due: date, source: str, tier: int = 1, what: str = ROADMAP, confidence: float = 0.9, order: int = 0
) -> Telling:
    """A telling of the roadmap's day."""
    return Telling(due, "deadline", what, source, tier, confidence, order)


def test_the_same_day_is_one_date() -> None:
    """Told alike by three outlets, it is one date with three sources, and the best of them speaks for it."""
    (one,) = agree([told(FIRST, "Herald", 2), told(FIRST, "Wire", 1, "rare-earth roadmap"), told(FIRST, "Kremlin", 0)])
    assert (one.telling.source, one.sources, one.others) == ("Kremlin", 3, ())


def test_an_outlet_counts_once() -> None:
    """Two items of one outlet are one source, and make nothing sure."""
    (one,) = agree([told(FIRST, "Wire", confidence=0.5), told(FIRST, "Wire", confidence=0.5, order=1)])
    assert (one.sources, one.confidence) == (1, 0.5)


def test_a_second_source_confirms() -> None:
    """What one outlet is not sure of is sure when another says it, too."""
    (one,) = agree([told(FIRST, "Wire", confidence=0.5), told(FIRST, "Herald", confidence=0.5)])
    assert one.confidence >= SURE


def test_an_official_source_settles() -> None:
    """Two days for one thing are a conflict; the official one holds, stays sure, and the other is kept beside it."""
    (one,) = agree([told(FIRST, "Wire"), told(FIRST, "Herald"), told(FIFTH, "Kremlin", 0)])
    assert (one.telling.due, one.is_disputed, one.confidence) == (FIFTH, False, 0.9)
    assert [other.due for other in one.others] == [FIRST]


def test_without_one_most_sources_hold_and_it_is_unconfirmed() -> None:
    """Among outlets the day that more of them tell holds, of equals the one told last; nobody is sure of it."""
    (one,) = agree([told(FIRST, "Wire"), told(FIFTH, "Herald"), told(FIRST, "Agency")])
    assert (one.telling.due, one.is_disputed, one.confidence < SURE) == (FIRST, True, True)
    (one,) = agree([told(FIRST, "Wire"), told(FIFTH, "Herald", order=1)])
    assert one.telling.due == FIFTH


def test_two_things_are_two_dates() -> None:
    """Another kind, another thing, or two days in one source's text: each stands for itself."""
    ban = Telling(FIRST, "effective", "rare earth export ban", "Wire", 1, 0.9)
    assert len(agree([told(FIRST, "Wire"), ban])) == 2
    assert len(agree([told(FIRST, "Wire"), told(FIFTH, "Herald", what="bids for the antimony auction")])) == 2
    assert [one.telling.due for one in agree([told(FIRST, "Wire"), told(NINTH, "Wire")])] == [FIRST, NINTH]


def test_numbers_tell_things_apart() -> None:
    """Blocks 1 and 2 of a tender are two things, however alike their names."""
    some = [
        told(FIRST, "Wire", what="bids on rare earth block 1"),
        told(FIFTH, "Herald", what="bids on rare earth block 2"),
    ]
    assert len(agree(some)) == 2


@given(st.permutations([0, 1, 2]))
def test_the_order_of_agreeing_sources_is_nothing(order: list[int]) -> None:
    """Sources that agree give the same date in whatever order they come."""
    some = [told(FIRST, "Wire"), told(FIRST, "Herald", 2), told(FIRST, "Kremlin", 0)]
    assert agree([some[at] for at in order]) == agree(some)


def test_two_languages_agree_by_the_day() -> None:
    """Names in two languages say nothing of each other: the same day and kind are one date."""
    english, russian = told(FIRST, "Wire"), told(FIRST, "Kremlin", 0, "утвердить дорожную карту")
    (one,) = agree([replace(english, lang="en"), replace(russian, lang="ru")])
    assert (one.telling.source, one.sources) == ("Kremlin", 2)


def test_two_languages_differ_where_each_tells_one_day() -> None:
    """Two near days, each its source's only one, are a conflict; with more dates nobody knows which it is."""
    english, russian = (
        replace(told(FIRST, "Kremlin", 0), lang="en", is_only=True),
        replace(told(NINTH, "Лента", what="утвердить дорожную карту"), lang="ru", is_only=True),
    )
    (one,) = agree([english, russian])
    assert [saying.due for saying in read_sayings(sayings_of(one))] == [FIRST, NINTH]
    assert len(agree([english, replace(russian, is_only=False)])) == 2
