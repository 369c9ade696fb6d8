"""Reports of one topic that are not of one event, each beside two that are."""

from __future__ import annotations

import pytest

from bot.app.shipped import shipped_events
from bot.core.stories.weights import weigh_term
from tests.core.stories.items import Told, candidate, stories

SUMMIT: Told = (
    "en",
    "Norway and Chile hold fisheries talks in Oslo",
    "Ministers of Norway and Chile met on Monday.",
    0,
)
HALT = ("en", "Antofagasta halts Los Pelambres copper mine", "The Chilean operation stopped after a leak.", 0)


def linked(told: tuple[str, str, str], host: str, hour: int = 0) -> Told:
    """A report on a page of that outlet."""
    return (*told, hour, f"https://{host}/{len(told[1])}")


@pytest.mark.parametrize(
    ("url", "is_said"),
    [("https://www.outlet.example/a", True), ("https://news.google.com/articles/a", False), ("no address", False)],
)
def test_whose_page_it_is_is_kept(url: str, is_said: bool) -> None:
    """But not that of who passes on the news of all others."""
    assert is_said == ("from:outlet.example" in candidate(("en", "A mine opens", "", 0, url)).gist.text)


def test_an_outlet_that_speaks_again_speaks_of_another_event() -> None:
    """What would be just enough from two outlets is too little from one."""
    one = ("en", "Nigerian army says it has rescued another Chibok girl", "")
    other = ("en", "Free from Boko Haram, Chibok girls of Nigeria are kept silent", "")
    assert [1, 1] == stories(linked(one, "a.example"), linked(other, "b.example", 34))
    assert [1, 2] == stories(linked(one, "a.example"), linked(other, "a.example", 34))


def test_two_countries_are_a_topic() -> None:
    """Reports that share no name of their own need more of what happened."""
    other = ("en", "Norway and Chile trade threats before talks", "The whaling fleet of Norway sailed on Monday.", 34)
    same = ("en", "Chile, Norway discuss fisheries in Oslo", "The ministers of both countries met on Monday.", 5)
    assert [1, 2] == stories(SUMMIT, other)
    assert [1, 1] == stories(SUMMIT, same)


def test_what_only_asks_is_less_of_an_event() -> None:
    """Where nothing but countries is shared: the same words as a report join, and as a question do not."""
    text = "The ministers met on Monday."
    assert [1, 1] == stories(SUMMIT, ("en", "Norway and Chile, they came to hold talks", text, 34))
    assert [1, 2] == stories(SUMMIT, ("en", "How Norway and Chile came to hold talks", text, 34))


@pytest.mark.parametrize(
    ("lang", "headline"),
    [
        ("en", "Why does Norway talk of fish with Chile"),
        ("en", "Norway, Chile and the fish: what we know"),
        ("en", "ANALYSIS-Norway and Chile talk of fish"),
        ("de", "Fischt Norwegen bald vor Chile?"),
        ("zh", "为何挪威与智利谈判？"),
    ],
)
def test_a_headline_that_asks_or_explains_is_marked(lang: str, headline: str) -> None:
    """Also by what agencies put before it; one that reports is not."""
    assert "aside:yes" in candidate((lang, headline, "")).gist.text
    assert "aside:yes" not in candidate(SUMMIT).gist.text


def test_two_mines_of_one_company_are_two_stories() -> None:
    """They stop on one day, in one country: each headline names a mine of which the other says nothing."""
    again = ("en", "Los Pelambres copper mine of Antofagasta at a stop", "A leak in Chile was found.", 2)
    other = ("es", "Huelga paraliza la mina de cobre Centinela de Antofagasta", "El sindicato lo dijo en Chile.", 3)
    assert [1, 1, 3] == stories(HALT, again, other)


def test_what_names_no_place_does_not_stand_between_two() -> None:
    """A report of the first that names no place is as like the second; all that the story names is asked."""
    one = ("en", "Blast kills two at Tsingshan nickel plant in Morowali", "Police said a smelter was hit.", 0)
    bare = ("ru", "Взрыв на никелевом заводе Tsingshan в Индонезии: двое погибших", "Авария произошла в пятницу.", 2)
    other = ("en", "Fire at Weda Bay nickel smelter injures nine", "The blaze was put out after two hours.", 8)
    assert [1, 1, 3] == stories(one, bare, other)


def test_the_little_words_of_a_language_that_is_hardly_known_tell_nothing() -> None:
    """Else two reports of anything in it are alike."""
    events = shipped_events()
    assert [0.0, 0.0, 1.0] == [weigh_term(term, "pt", events) for term in ("da", "para", "mineracao")]
    assert [0.0, 1.0] == [weigh_term(term, "sv", events) for term in ("och", "gruva")]


def test_a_latin_name_in_chinese_ends_where_the_characters_begin() -> None:
    """And begins there."""
    assert {"sound:los", "sound:fmvs"} <= set(candidate(("zh", "安托法加斯塔暂停智利Los Pelambres铜矿", "")).gist.title)
