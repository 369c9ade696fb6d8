"""Which new items are news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.floods import Sight, is_gap, is_moved_house, let_in, words_of
from bot.core.identity import tell_apart
from bot.core.intake import Sorted, sort_page
from bot.core.model import Item

NOW = datetime(2025, 11, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def page(*dates: datetime | None) -> Sorted:
    """A page of unseen items with these dates."""
    return sort_page(
        tell_apart([Item(f"g{n}", None, f"Title {n}", published=date) for n, date in enumerate(dates)]), {}
    )


def sight(since: timedelta = HOUR, total: int = 20, **more: object) -> Sight:
    return Sight(NOW, NOW - since, total, **more)  # type: ignore[arg-type]


def flags(sorted_page: Sorted, seen: Sight) -> list[str]:
    return ["held" if one.is_held else "silent" if one.is_silent else "news" for one in let_in(sorted_page, seen).new]


def test_old_items_are_stored_silently() -> None:
    """Older than a week, or than twice the time since the feed was last read; undated ones pass."""
    dated = page(NOW - 8 * DAY, NOW - 6 * DAY, None)
    assert ["news", "silent", "news"] == flags(dated, sight())
    assert ["news", "news", "news"] == flags(dated, sight(5 * DAY))


def test_a_date_that_cannot_be_is_none() -> None:
    """Before 1995 or more than a day ahead: as old as its first sight, and news."""
    wrong = page(datetime(1970, 1, 1, tzinfo=UTC), NOW + 2 * DAY, NOW + HOUR)
    let = let_in(wrong, sight())
    assert {None, NOW + HOUR} == {one.item.published for one in let.new}
    assert ["news"] * 3 == flags(wrong, sight())


def test_a_flood_is_held() -> None:
    """More than ten, and more than half the page, is held as a whole; ten are news."""
    assert ["news"] * 10 == flags(page(*[None] * 10), sight(total=12))
    assert ["held"] * 11 == flags(page(*[None] * 11), sight(total=20))
    assert ["news"] * 11 == flags(page(*[None] * 11), sight(total=22))
    assert ["news"] * 30 == flags(page(*[None] * 30), sight(total=30, limit=0))


def test_a_page_that_only_grew_is_no_flood() -> None:
    """Whoever moves a feed puts new items in the place of known ones; a burst of news stands beside them."""
    assert ["news"] * 30 == flags(page(*[None] * 30), sight(total=40, grown=30))
    assert ["news"] * 30 == flags(page(*[None] * 30), sight(total=40, grown=15))
    assert ["held"] * 30 == flags(page(*[None] * 30), sight(total=40, grown=5))
    assert ["held"] * 30 == flags(page(*[None] * 30), sight(total=30, grown=-10))


def test_new_dates_prove_nothing_after_a_short_absence() -> None:
    """Whoever moves a feed often dates all of it anew."""
    assert ["held"] * 15 == flags(page(*[NOW - timedelta(minutes=5)] * 15), sight(total=15))


def test_after_a_long_absence_what_is_dated_within_it_is_news() -> None:
    """It is held only where it bears no date of the absence, and is more than its rhythm lets expect."""
    dates = [NOW - 2 * DAY + n * HOUR for n in range(20)]
    assert ["news"] * 20 == flags(page(*dates), sight(3 * DAY))
    assert ["held"] * 20 == flags(page(*[None] * 20), sight(3 * DAY))
    assert ["news"] * 20 == flags(page(*[None] * 20), sight(3 * DAY, rhythm=6 * HOUR))
    assert ["held"] * 20 == flags(page(*dates), sight(3 * DAY, interval=DAY * 2))


def test_what_was_let_in_once_is_let_in_again() -> None:
    """A feed that brings thirty at once every morning is asked about once."""
    assert ["news"] * 30 == flags(page(*[None] * 30), sight(total=30, burst=30))


def test_a_page_that_begins_after_our_last_look_is_a_gap() -> None:
    """Nothing known on it and its oldest younger: items came and went unseen."""
    fresh = page(NOW - HOUR / 2, NOW - HOUR / 4)
    assert is_gap(fresh, sight(total=2))
    assert not is_gap(fresh, sight(total=3))
    assert not is_gap(page(NOW - 2 * HOUR, NOW), sight(total=2))
    assert not is_gap(page(None, NOW), sight(total=2))
    assert not is_gap(page(), sight(total=0))


def page_of(*words: str) -> list[Item]:
    """Items of these titles, with a text each unless the title says otherwise; a long one under a capital."""
    return [
        Item(
            f"m{n}",
            f"https://m.example/{n}",
            title,
            "" if "bare" in title else "Text." * (50 if title.isupper() else 1),
        )
        for n, title in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("stored", "page", "is_moved"),
    [
        ("abc", "abc", True),
        ("ab", "ab", False),
        ("abcdef", "abcxyz", False),
        ("abcd", "abcdxyz", True),
        ("abcd", "xyz", False),
        ("", "abc", False),
        ("A", "A", True),
        ("AB", "AB", True),
        ("Ab", "Ab", False),
        ("A", "AB", False),
        ("A", "B", False),
        ("", "", False),
    ],
)
def test_a_page_moved_house_where_most_of_its_words_were_met(stored: str, page: str, is_moved: bool) -> None:
    """Three at least, and more than half; of fewer all, in long words."""
    assert is_moved is is_moved_house(words_of(page_of(*page)), words_of(page_of(*stored)))


def test_words_without_text_or_of_several_items_tell_nothing() -> None:
    """They are known again once others have told; a repeat of one item is one."""
    items = page_of("a", "bare b", "c", "c", "d")
    assert [5, 0, 0, 5] == list(words_of(items).values())
    assert [5] == list(words_of([items[0], items[0]]).values())
