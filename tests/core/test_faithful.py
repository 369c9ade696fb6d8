"""What is said of a text must stand in it."""

from __future__ import annotations

import pytest

from bot.core.faithful import find_unfounded

SOURCE = (
    "The European Commission may cap imports of gallium at 1,200 tonnes from 1 July 2026, Reuters reported. "
    "China's ministry did not comment. “We will see,” said Jane Poe. Prices rose 4.5% to $690 per kg."
)


@pytest.mark.parametrize(
    "said",
    [
        "The European Commission may cap imports of gallium at 1,200 tonnes.",
        "Prices rose 4.5% to $690 per kg.",
        "China's ministry did not comment.",
        "",
    ],
)
def test_the_sources_own_words_are_founded(said: str) -> None:
    """Whole sentences and parts of them pass, strictly too."""
    assert find_unfounded(said, SOURCE) == ()
    assert find_unfounded(said, SOURCE, is_strict=True) == ()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("The cap is 1,300 tonnes.", "1,300"),
        ("The cap is 200 tonnes.", "200"),
        ("Prices rose 4.5% to €690.", "€690"),
        ("Prices rose 5%.", "5%"),
        ("From 1 August 2026 a cap holds.", "August"),
        ("The European Commission and Japan will cap imports.", "Japan"),
    ],
)
def test_another_figure_or_name_is_found(said: str, wrong: str) -> None:
    """A number that is part of a longer one, another currency, a name from elsewhere."""
    assert wrong in find_unfounded(said, SOURCE)


@pytest.mark.parametrize(
    "said",
    [
        "The European Commission will cap imports of gallium at 1,200 tonnes from 1 July 2026.",
        "China's ministry did comment.",
        "The European Commission may not cap imports of gallium at 1,200 tonnes.",
        "“We will sell,” said Jane Poe.",
        "Buyers everywhere should hurry and sign contracts now.",
    ],
)
def test_a_strict_look_finds_what_was_turned(said: str) -> None:
    """A dropped `may` or `not`, an added one, words nobody said, a sentence of which the source has nothing."""
    assert find_unfounded(said, SOURCE, is_strict=True)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("Экспорт галлия запретят с 1 июля.", "Экспорт галлия не запретят с 1 июля, сообщило министерство."),
        ("商务部将禁止镓出口。", "商务部不会禁止镓出口。"),
        ("Der Export von Gallium endet am 1. Juli.", "Der Export von Gallium endet nicht am 1. Juli."),
        ("La Chine interdit les exportations de gallium.", "La Chine n'interdit pas les exportations de gallium."),
    ],
)
def test_a_denial_is_not_turned_in_any_language(said: str, source: str) -> None:
    """What the source denies is not said."""
    assert find_unfounded(said, source, is_strict=True)
