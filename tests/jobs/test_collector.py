"""The collector of garbage rests while queries are taken in."""

from __future__ import annotations

import gc

import pytest

from bot.jobs.collector import at_rest


def test_the_collector_rests_within_and_works_after() -> None:
    """Also where what is done within goes wrong."""
    assert gc.isenabled()
    with at_rest():
        assert not gc.isenabled()
    with pytest.raises(ValueError, match="x"), at_rest():
        raise ValueError("x")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """One rest within another ends with the outer one."""
    with at_rest():
        with at_rest():
            pass
        assert not gc.isenabled()
