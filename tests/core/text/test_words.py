"""The one tokeniser."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.words import WORD, find_words, fold, raw_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rare-Earth exports", ["rare", "earth", "export"]),
        ("Russia’s order, China's reply", ["russia", "order", "china", "reply"]),
        ("Batteries, cities, glass, gas, analysis", ["battery", "city", "glass", "gas", "analysis"]),
        ("Résumé NAÏVE", ["resume", "naive"]),
        ("ＲＥＥ ﬁne", ["ree", "fine"]),
        ("稀土ban", ["稀", "土", "ban"]),
        ("レアアース", ["レ", "ア", "ア", "ー", "ス"]),
        ("Йод и иод", ["йод", "и", "иод"]),
        ("snake_case 2025-11-04", ["snake", "case", "2025", "11", "04"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    """Case, compatibility forms, Latin accents, hyphens, 's and English plurals are folded; Han and kana are alone."""
    assert [token.word for token in find_words(text)] == words


@given(st.text())
def test_a_token_stands_where_it_says(text: str) -> None:
    """Offsets point into the text as given, in order, without overlap, and the raw word stands there."""
    end = 0
    for token in find_words(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.raw
        end = token.end


@given(st.text(min_size=1, max_size=12))
def test_folding_twice_is_folding_once(word: str) -> None:
    """A folded word is its own fold: what is stored of a query is compared as it is."""
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize("piece", ["Rare earth's export ", "a'", "稀", "x", "и\u0306", "a-"])
def test_a_megabyte_is_read_at_once(piece: str) -> None:
    """Linear: a million characters of anything take seconds at most, also on a busy machine."""
    started = time.process_time()
    find_words(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 5


NEAR_WORDS = st.text(st.sampled_from("aAsS'’ _é中かжй\u0301\u0306-1.٣“—\xa0"), max_size=14) | st.text(max_size=30)


@given(NEAR_WORDS)
def test_the_quick_ways_find_the_same_words(text: str) -> None:
    """The pattern for plain text and the words without places are those of the one pattern for any text."""
    tokens = find_words(text)
    assert [(match[1], match.start(1)) for match in WORD.finditer(text)] == [(one.raw, one.start) for one in tokens]
    assert [one.raw for one in tokens] == raw_words(text)
