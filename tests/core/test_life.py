"""How a feed fares."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.life import (
    ENOUGH_READS,
    LEAST_SILENCE,
    MISSING_FOR,
    MISSING_TIMES,
    MOVE_PROOF,
    Life,
    Standing,
    fail,
    follow,
    forsake,
    is_missing,
    live_on,
    trouble_of,
)

NOW = datetime(2025, 11, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OLD, NEW = "https://a.example/feed", "https://b.example/feed"


def test_the_rhythm_comes_from_the_first_page() -> None:
    """The median time between arrivals; too few say nothing."""
    dates = [NOW - n * 3 * HOUR for n in range(8)]
    assert 3 * HOUR == live_on(Life(), NOW, dates, is_first_sight=True).rhythm
    assert timedelta(0) == live_on(Life(), NOW, dates[:3], is_first_sight=True).rhythm


def test_the_rhythm_follows_the_feed() -> None:
    """A feed that slows down from an hour to a day is taken for a daily one, within a tenth, after a month or two."""
    life = Life(rhythm_s=3600, newest_at=NOW)
    for day in range(60):
        life = live_on(life, NOW + (day + 1) * DAY, [None], is_first_sight=False)
    assert 0.85 * DAY < life.rhythm < 1.15 * DAY


def test_failures_are_counted_by_class() -> None:
    """The most frequent first; the first of a row is dated."""
    life = Life()
    for hour, trouble in enumerate(("dns", "5xx", "5xx")):
        life = fail(life, NOW + hour * HOUR, trouble)
    assert ("5xx 2, dns 1", NOW) == (life.failures, life.failing_since)


def test_what_is_not_found_for_long_is_gone() -> None:
    """Both often and for days."""
    life = Life(failing_since=NOW - MISSING_FOR)
    assert is_missing(life, NOW, MISSING_TIMES)
    assert not is_missing(life, NOW, MISSING_TIMES - 1)
    assert not is_missing(life, NOW - HOUR, MISSING_TIMES)


def test_a_move_is_proven_for_a_week() -> None:
    """A permanent redirect is followed at each poll, and believed after seven days as the same feed."""
    life = follow(Life(), NOW, OLD, NEW, NEW, is_same=True)
    assert (None, NEW, "b.example") == (life.address, life.moved_to, life.via)
    assert follow(life, NOW + MOVE_PROOF - HOUR, OLD, NEW, NEW, is_same=True).address is None
    moved = follow(life, NOW + MOVE_PROOF, OLD, NEW, NEW, is_same=True)
    assert (NEW, None, "b.example") == (moved.address, moved.moved_to, moved.via)
    assert moved == follow(moved, NOW + 2 * MOVE_PROOF, OLD, NEW, None, is_same=True)


def test_another_feed_at_the_target_is_no_proof() -> None:
    """As of a captive portal: the week begins anew; without the redirect it is forgotten."""
    life = follow(Life(), NOW, OLD, NEW, NEW, is_same=True)
    other = follow(life, NOW + MOVE_PROOF, OLD, NEW, NEW, is_same=False)
    assert (None, NOW + MOVE_PROOF) == (other.address, other.moved_since)
    assert Life() == follow(life, NOW + DAY, OLD, OLD, None, is_same=True)


def test_the_same_address_over_tls_is_believed_at_once() -> None:
    """Same host, same path; another path is not."""
    plain = "http://a.example/feed"
    assert follow(Life(), NOW, plain, OLD, OLD, is_same=True).address == OLD
    assert follow(Life(), NOW, plain, OLD + "/2", OLD + "/2", is_same=True).address is None


def test_a_gone_address_gives_way() -> None:
    """To the redirect's target if one is known, else back to the feed's own; else there is nowhere to go."""
    life = Life(moved_to=NEW, moved_since=NOW)
    assert (left := forsake(life, OLD)) and (left.address, left.via) == (NEW, "b.example")
    assert (back := forsake(left, OLD)) and (back.address, back.via) == (None, "")
    assert forsake(back, OLD) is None


def test_troubles_have_names() -> None:
    """Gone, blocked, never had an item after three reads, silent five times its own rhythm and no weekend."""
    well = Standing(Life(rhythm_s=2 * 86_400, newest_at=NOW, reads=3), "active", None, NOW, NOW)
    assert "" == trouble_of(replace(well, last_ok_at=NOW + 10 * DAY))
    assert "silent" == trouble_of(replace(well, last_ok_at=NOW + 10 * DAY + HOUR))
    often = replace(well, life=replace(well.life, rhythm_s=600))
    assert "" == trouble_of(replace(often, last_ok_at=NOW + LEAST_SILENCE))
    assert "silent" == trouble_of(replace(often, last_ok_at=NOW + LEAST_SILENCE + HOUR))
    assert "gone" == trouble_of(replace(well, state="gone", error_class="410"))
    assert "blocked" == trouble_of(replace(well, error_class="blocked"))
    empty = replace(well, last_new_at=None, life=Life(reads=ENOUGH_READS))
    assert "never" == trouble_of(empty)
    assert "" == trouble_of(replace(empty, life=Life(reads=ENOUGH_READS - 1)))


def test_a_passing_failure_ends_no_trouble() -> None:
    """A silent feed whose server fails is not well again."""
    failing = Standing(Life(), "active", "5xx", NOW, NOW)
    assert ("silent", "") == (trouble_of(failing, "silent"), trouble_of(failing))
