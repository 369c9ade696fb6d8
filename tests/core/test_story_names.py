"""A story's short name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.stories.names import ALPHABET, near_numbers, story_id, story_name


@given(st.integers(0, 1 << 40))
def test_a_name_leads_back(number: int) -> None:
    """Every number has one name, and the name leads back to it, however it is typed."""
    name = story_name(number)
    assert set(name) <= set(ALPHABET)
    assert story_id(name) == number
    assert story_id(f" #{name[:2]} {name[2:].lower()} ") == number
    assert story_id(name.replace("0", "o").replace("1", "l")) == number


def test_no_two_share_a_name() -> None:
    """Names are distinct within and across lengths, and neighbours look different."""
    numbers = [*range(3000), *range((1 << 20) - 1500, (1 << 20) + 1500)]
    names = [story_name(number) for number in numbers]
    assert len(set(names)) == len(names)
    assert all(a[:2] != b[:2] for a, b in pairwise(names[:100]))


@pytest.mark.parametrize("text", ["", "K7", "lithium", "K7Q2!", "ABCDEFGHJKMNPQ", "0000000", "UUUU"])
def test_what_is_no_name(text: str) -> None:
    """Words, short and long strings, and names of another length's numbers are no story."""
    assert story_id(text) is None


def test_a_negative_number_has_none() -> None:
    """Numbers count from nought."""
    with pytest.raises(ValueError, match="negative"):
        story_name(-1)


def test_names_one_slip_away() -> None:
    """Each name is one slip from a name with a letter changed; longer words and other signs are no names."""
    number = story_id("K7Q2")
    assert number is not None
    for slip in ("K7Q", "K7QZ", "K7Q22", "7KQ2", "7Q2", "#k7q3"):
        assert number in near_numbers(slip), slip
    assert number not in near_numbers("K7Q2")
    for word in ("gallium", "", "K7", "a-b", "稀土"):
        assert near_numbers(word) == [], word
