"""Whole sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["The list is due by Dec. 1 at the latest.", "Nothing else is known."],
        ["Dr. E. Hale of Stone & Co. Ltd. said so.", "U.S. users pay 3.5% more."],
        ["“It is late.”", "He left (at 5 p.m. sharp)."],
        ["Is it so?", "It is!", "Wait…", "Yes."],
        ["Добыча выросла на 2 млн. тонн, т.е. вдвое.", "Это много."],
        ["Bis zum 1. Dezember kommt der Plan.", "Im 3. Quartal folgt mehr."],
        ["La reunión será a las 5 en la av. Central.", "Sigue el Sr. Gómez."],
        ["On Nov. 3.", "The end."],
    ],
)
def test_a_stop_is_not_always_an_end(sentences: list[str]) -> None:
    """Abbreviations, initials, numbers and German ordinals end nothing; quotes and brackets stay in."""
    assert [piece.strip() for piece in split_sentences(" ".join(sentences))] == sentences


def test_full_stops_of_chinese_and_japanese() -> None:
    """A CJK stop ends a sentence without a space after it."""
    assert split_sentences("政府下令。公司同意！真的？“是。”") == ["政府下令。", "公司同意！", "真的？", "“是。”"]


def test_a_new_line_ends_a_sentence() -> None:
    """A headline or a list's line without a stop stays by itself."""
    assert [piece.strip() for piece in split_sentences("By Jane Poe\nThe mine opens.")] == [
        "By Jane Poe",
        "The mine opens.",
    ]


@given(st.text(alphabet='ab A.1!?…。\n"”() Dec', max_size=80) | st.text())
def test_no_text_is_lost(text: str) -> None:
    """The pieces, joined, are the text."""
    assert "".join(split_sentences(text)) == text


@pytest.mark.parametrize("piece", [".", "A. ", "Dr. B. ", "1. ", "\n", " .", '."', "x"])
def test_a_long_text_is_split_at_once(piece: str) -> None:
    """Linear, whatever stands in the text."""
    started = time.process_time()
    split_sentences(piece * (300_000 // len(piece)))
    assert time.process_time() - started < 5
