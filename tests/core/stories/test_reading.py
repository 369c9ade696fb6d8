"""How numbers, names and words of a piece of news are brought into one form."""

from __future__ import annotations

import pytest

from bot.core.stories.figures import find_dates, find_numbers
from bot.core.stories.gist import unpack_gist
from bot.core.stories.sketch import likeness, pack, sketch, unpack
from bot.core.stories.spelling import find_proper, is_all_capitals, skeleton
from tests.core.stories.items import candidate


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "a $1.1bn deal"),
        ("en", "worth 1.1 billion dollars"),
        ("ru", "на 1,1 млрд долларов"),
        ("de", "für 1,1 Milliarden Dollar"),
        ("fr", "1,1 milliard de dollars"),
        ("es", "1.100 millones de dólares"),
        ("zh", "11亿美元"),
        ("ja", "11億ドル"),
    ],
)
def test_an_amount_is_one_in_all_languages(lang: str, text: str) -> None:
    """However points, commas and scales are written."""
    assert ["1.1e+09"] == list(find_numbers(text, lang))


def test_percents_years_and_days_are_told_apart() -> None:
    """A year is no amount, a day of a month no number."""
    assert ["5%", "y2027", "2e+03"] == list(find_numbers("up 5% by 1 May 2027, to 2,000 tons", "en"))


def test_a_word_that_begins_like_a_number_is_none() -> None:
    """A tender is no ten, and what is twofold is no two."""
    assert [] == list(find_numbers("Tender for a twofold tension", "en"))
    assert ["10"] == list(find_numbers("Ten tenders", "en"))


def test_dates_are_one_in_all_languages() -> None:
    """Day and month, and the month alone; the English may is no month."""
    for text in (
        "by Dec. 1",
        "до 1 декабря",
        "bis zum 1. Dezember",
        "avant le 1er décembre",
        "1 de diciembre",
        "12月1日",
    ):
        assert ["12", "12-01"] == list(find_dates(text)), text
    assert ["10"] == list(find_dates("it may close in October"))


@pytest.mark.parametrize(
    ("one", "other"), [("Кайракты", "Kairakty"), ("Grasberg", "グラスベルグ"), ("Rincon", "Rincón")]
)
def test_a_name_sounds_alike_in_two_scripts(one: str, other: str) -> None:
    """By its consonants."""
    assert skeleton(one) == skeleton(other) != ""


def test_names_are_known_by_their_capital() -> None:
    """Inside a sentence, or before another name; not in a Headline of This Kind."""
    assert ["Galan", "Lithium", "Argentina"] == list(
        find_proper("Galan Lithium digs in Argentina. Workers cheer.", "en")
    )
    assert is_all_capitals("Galan Lithium Starts Digging in Argentina This Week")


def test_a_sketch_tells_how_much_is_shared() -> None:
    """Within the error of 32 hashes, and the same from its bytes; a short text has none."""
    one, other = {f"pair {n}" for n in range(100)}, {f"pair {n}" for n in range(30, 100)}
    assert 0.5 < likeness(sketch(one), sketch(other)) < 0.9
    assert sketch(one) == unpack(pack(sketch(one)))
    assert () == sketch({"few words"})


def test_a_gist_is_the_same_from_its_row() -> None:
    """What is stored is what is compared."""
    gist = candidate(("de", "Rio Tinto legt Jadar in Serbien auf Eis", "Das Werk kostet 2,4 Milliarden Dollar.")).gist
    assert gist == unpack_gist(gist.packed())


def test_a_month_is_looked_for_only_where_there_is_one() -> None:
    """Market and marathon hold the beginning of one; a text without any is left alone, and its numbers are the same."""
    assert [] == list(find_dates("The market fell 5 days after the marathon"))
    assert ["12", "12-01"] == list(find_dates("Talks end 1 December in the market"))


def test_short_names_and_opening_names_are_names() -> None:
    """Hale has too few consonants to be known by them; a headline that begins with a name has it as its other words."""
    one = candidate(("en", "Rovers sack manager", "He was told by Devon Hale's office.")).gist
    assert {"sound:rvs", "sound:hale"} <= {*one.title, *one.text}
    assert "sound:rvs" in candidate(("en", "Manager sacked by Rovers", "He was told.")).gist.title


def test_words_of_one_meaning_are_one() -> None:
    """Outlets choose among them for the same deed."""
    one, other = (
        candidate(("en", f"The board {word} its chief", "It said so.")).gist for word in ("ousted", "dismisses")
    )
    assert one.title == other.title
