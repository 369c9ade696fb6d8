"""What becomes of a story when further items join it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.intake import Decision, WaitingItem
from bot.core.stories.joining import Standing, fold, may_join, revise, unite
from bot.core.stories.said import change_words

NOW = datetime(2026, 3, 2, tzinfo=UTC)
STANDING = Standing(
    story=5, rev=3, headline="Old", summary="Old words.", url="https://a.example/1", weight=1, lead=1, tier=2, best=2,
    silent=False, feeds=frozenset({1}), is_told=True, is_matched=True,
)  # fmt: skip


def joined(number: int, *, tier: int = 2, silent: bool = False, matches: tuple[int, ...] = (9,)) -> Decision:
    """An item of a feed of its own, which matched."""
    item = WaitingItem(number, f"https://a.example/{number}", "New", "", "en", NOW, silent, tier=tier, feed=number)
    return Decision(item, f"New {number}", "New words.", matches, weight=2)


def test_a_further_source_is_counted_and_the_first_speaks_on() -> None:
    """Of equal sources the first keeps headline and link."""
    found = revise(STANDING, [joined(2), joined(3)], is_fresh=True)
    assert found is not None
    assert (4, "Old", "https://a.example/1", 1) == (found.rev, found.headline, found.url, found.lead)
    assert ("+2 sources", 2, True) == (change_words(found.change), found.weight, found.is_announced)


def test_a_better_source_takes_over() -> None:
    """The official one of several."""
    found = revise(STANDING, [joined(2, tier=1), joined(3, tier=0)], is_fresh=True)
    assert found is not None
    assert ("New 3", "https://a.example/3", 3) == (found.headline, found.url, found.lead)
    assert "+2 sources; now from an official source" == change_words(found.change)


def test_the_same_feed_again_changes_nothing() -> None:
    """A second item of an outlet that is named already is no news of its own."""
    assert None is revise(STANDING, [replace(joined(2), item=replace(joined(2).item, feed=1))], is_fresh=True)


def test_silent_items_join_without_a_word() -> None:
    """Nobody is told of a first sight, and no alert is edited for it."""
    assert None is revise(STANDING, [joined(2, tier=0, silent=True)], is_fresh=True)


def test_a_silent_story_wakes_while_it_is_fresh() -> None:
    """Somebody brings anew what was only seen silently."""
    silent = replace(STANDING, silent=True, is_told=False)
    fresh, stale = (revise(silent, [joined(2)], is_fresh=is_fresh) for is_fresh in (True, False))
    assert fresh is not None
    assert stale is not None
    assert (False, True) == (fresh.silent, stale.silent)


def test_what_comes_at_once_opens_one_story() -> None:
    """Told by the best of those that match, found by whatever any of them matches."""
    opener = joined(1, matches=())
    found = fold(opener, [joined(2, matches=(7,)), joined(3, tier=1, matches=(8,)), joined(4, tier=0, silent=True)])
    assert ("New 3", 3, (7, 8)) == (found.headline, found.lead, found.matches)
    assert (1, "https://a.example/3", False) == (found.item.id, found.item.url, found.item.silent)


def own(one: Decision, *readers: int, is_guest: bool = False) -> Decision:
    """The same by a feed that only these tenants hear."""
    return replace(one, item=replace(one.item, readers=frozenset(readers), is_guest=is_guest))


def test_a_guest_changes_nothing() -> None:
    """Neither by its tier nor by its weight; beside others it does not count."""
    guest = own(joined(2, tier=0), 5, is_guest=True)
    assert None is revise(STANDING, [guest], is_fresh=True)
    found = revise(STANDING, [guest, joined(3)], is_fresh=True)
    assert found is not None
    assert ("+1 source", "", 1) == (change_words(found.change), found.turn, found.lead)


def test_the_first_that_all_hear_takes_over() -> None:
    """Whatever its tier: nothing is left of words, weight and silence; what comes silently, or to deny it, does not."""
    apart = replace(STANDING, readers=frozenset({5}), weight=9, tier=0, best=0, silent=True)
    found = revise(apart, [joined(2, tier=2), own(joined(3, tier=0), 5)], is_fresh=False)
    assert found is not None
    assert ("New 2", 2, joined(2).weight, "", True) == (
        found.headline, found.lead, found.weight, found.change, found.opens
    )  # fmt: skip
    assert not found.silent
    silent = revise(apart, [joined(2, silent=True)], is_fresh=False)
    denied = revise(apart, [joined(2)], is_fresh=False, contrary={2})
    assert not any(one is not None and one.opens for one in (silent, denied))


@pytest.mark.parametrize(
    ("one", "readers", "is_silent", "may"),
    [
        (own(joined(2), 5), (5,), False, True),
        (own(joined(2), 5), (6,), False, False),
        (own(joined(2), 5), (5, 6), False, False),
        (own(joined(2), 5), (), False, True),
        (own(joined(2), 5), (), True, False),
        (own(joined(2, silent=True), 5), (), True, True),
        (joined(2), (5,), False, False),
        (joined(2), (), True, True),
    ],
)
def test_who_may_join_whom(one: Decision, readers: tuple[int, ...], is_silent: bool, may: bool) -> None:
    """The same readers, or a guest of what is told to all aloud."""
    assert may == may_join(one, frozenset(readers), is_silent)


def test_a_story_opens_in_the_words_of_who_is_heard_by_all() -> None:
    """Also where an own feed brought it first."""
    opener = own(joined(1, tier=0), 5, is_guest=True)
    found = fold(opener, [joined(2, tier=2)])
    assert ("New 2", 2, False) == (found.headline, found.lead, found.item.silent)


def test_of_two_that_are_one_the_story_of_all_speaks() -> None:
    """The other may be older, better and heavier."""
    apart = replace(STANDING, readers=frozenset({5}), weight=9, tier=0, feeds=frozenset({7, 8}))
    found = unite(apart, replace(STANDING, story=2, headline="Public", weight=1), "K7Q2")
    assert ("Public", 1, "merged with K7Q2") == (found.headline, found.weight, change_words(found.change))
