"""Which dates of a story moved, and which were taken back."""

from __future__ import annotations

from datetime import date

from bot.core.moves import Held, find_moves

FIRST, FIFTH, TENTH = date(2025, 12, 1), date(2025, 12, 5), date(2025, 12, 10)


def test_one_went_and_one_came() -> None:
    """The one of a type that went is the one that came; what is still said stays."""
    stored = [Held(1, FIRST, "deadline"), Held(2, TENTH, "effective")]
    assert find_moves(stored, [(FIFTH, "deadline"), (TENTH, "effective")]) == ({1: FIFTH}, [])


def test_with_nothing_in_its_place_it_is_taken_back() -> None:
    """No date of its type came, or that day was known before: taken back, not moved."""
    assert find_moves([Held(1, FIRST, "deadline")], []) == ({}, [1])
    assert find_moves([Held(1, FIRST, "deadline")], [(FIFTH, "effective")]) == ({}, [1])
    both = [Held(1, FIRST, "deadline"), Held(2, FIFTH, "deadline")]
    assert find_moves(both, [(FIFTH, "deadline")]) == ({}, [1])


def test_with_several_nobody_knows() -> None:
    """Two that went and one that came: both are taken back, and the new one stands for itself."""
    stored = [Held(1, FIRST, "deadline"), Held(2, TENTH, "deadline")]
    assert find_moves(stored, [(FIFTH, "deadline")]) == ({}, [1, 2])
