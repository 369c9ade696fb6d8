"""White space, looked for quickly: the outcome is that of looking at each letter."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.text.spaces import fold_lines, single_spaced, strange_letters

TEXTS = st.text(st.sampled_from("a é稀\n\t\r\x0b\x1c\x85\xa0\u2003\u2028\u3000\ud800"), max_size=20)


@given(TEXTS)
@example("a \n b")
@example("\n a\xa0b \n")
def test_words_are_parted_by_single_spaces(text: str) -> None:
    """Whatever the white space, it is as if the words were split and joined; lines stay lines."""
    assert " ".join(text.split()) == single_spaced(text)
    assert "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n")))) == fold_lines(text)


@given(TEXTS)
def test_strange_letters_are_those_beyond_plain_ascii(text: str) -> None:
    """Tab, newline and what ASCII prints are left out, nothing else, and the order stays."""
    assert "".join(char for char in text if char not in "\t\n" and not " " <= char <= "~") == strange_letters(text)
