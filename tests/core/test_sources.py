"""What a person calls a source, and what filters let through."""

from __future__ import annotations

import pytest

from bot.core.sources import Filters, Outlet, is_called, read_filters

REUTERS = Outlet("Reuters: Commodities", "https://www.reuters.com/rss", "en-GB")
KREMLIN = Outlet("Events • President of Russia", "http://en.kremlin.ru/events.xml", "en")
RBC = Outlet("РБК", "https://rssexport.rbc.ru/news.rss", "ru")


@pytest.mark.parametrize(
    ("name", "outlet", "is_meant"),
    [
        ("reuters", REUTERS, True),
        ("Reuters Commodities", REUTERS, True),
        ("reuters.com", REUTERS, True),
        ("kremlin", KREMLIN, True),
        ("president of russia", KREMLIN, True),
        ("рбк", RBC, True),
        ("uters", REUTERS, False),
        ("com", REUTERS, False),
        ("ru", KREMLIN, False),
        ("commodities reuters", REUTERS, False),
        ("", REUTERS, False),
    ],
)
def test_a_source_goes_by_its_title_or_its_host(name: str, outlet: Outlet, is_meant: bool) -> None:
    """Words of the title side by side, the host or a part of it; no piece of a word, and no country's ending."""
    assert is_meant is is_called(name, outlet)


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(), True),
        (Filters(sources=("kremlin", "reuters")), True),
        (Filters(sources=("xinhua",)), False),
        (Filters(languages=("ru",)), True),
        (Filters(sources=("reuters",), languages=("ru",)), False),
    ],
)
def test_one_outlet_must_be_both(filters: Filters, passes: bool) -> None:
    """Of these sources and in these languages at once; empty is all."""
    assert passes is filters.passes([REUTERS, RBC])


def test_an_outlet_of_no_stated_language_passes() -> None:
    """Nothing is lost because a feed does not say what it speaks."""
    assert Filters(languages=("ru",)).passes([Outlet("Wire", "https://wire.example/")])
    assert "language" == Filters(languages=("ru",)).refuses(REUTERS)
    assert "source" == Filters(sources=("rbc",)).refuses(REUTERS)


def test_what_is_stored_is_read_back() -> None:
    """Nothing to filter is stored as nothing."""
    filters = Filters(("kremlin",), ("en", "ru"))
    assert filters == read_filters(filters.written())
    assert "" == Filters().written()
    assert Filters() == read_filters("")
