"""What a channel is shown next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.outbox import BACKOFF_CAP, Capabilities, Op, PendingCard, backoff, plan

NOW = datetime(2025, 11, 4, 12, tzinfo=UTC)
ONE = Capabilities()
TEN = Capabilities(alerts_per_post=10)


def card(number: int, subject_id: int = 0, **changes: object) -> PendingCard:
    values = {"subject": "story", "slot": "alert", "want_rev": 1, "shown_rev": 0} | changes
    return PendingCard(id=number, subject_id=subject_id or number, **values)  # type: ignore[arg-type]


def test_nothing_waits() -> None:
    """Without cards there is no post."""
    assert plan([], ONE, NOW) is None


def test_story_order() -> None:
    """New alerts go out in the order of their stories, whatever the order of the cards."""
    cards = [card(7, 2), card(3, 9), card(8, 1)]
    assert plan(cards, TEN, NOW).cards == (8, 7, 3)
    assert plan(cards, ONE, NOW).cards == (8,)


def test_new_before_edits() -> None:
    """What was never shown goes before what is only shown anew."""
    edit = card(1, post=50, shown_rev=1, want_rev=2, posted_at=NOW)
    assert plan([edit, card(2)], ONE, NOW).cards == (2,)


def test_edit_takes_the_whole_post() -> None:
    """An edit renders the whole post again: every card in it is a member."""
    first = card(1, post=50, shown_rev=1, want_rev=2, posted_at=NOW)
    sibling = card(2, post=50, shown_rev=1, want_rev=1, posted_at=NOW)
    other = card(3, post=51, shown_rev=1, want_rev=2, posted_at=NOW)
    planned = plan([other, sibling, first], TEN, NOW)
    assert (planned.op, planned.of_post, set(planned.cards)) == (Op.EDIT, 50, {1, 2})


def test_edit_past_the_window_is_nothing() -> None:
    """Past the platform's edit window nothing is sent; the card counts as shown."""
    old = card(1, post=50, shown_rev=1, want_rev=2, posted_at=NOW - timedelta(hours=2))
    planned = plan([old], Capabilities(edit_window=timedelta(hours=1)), NOW)
    assert planned.op is None
    assert planned.cards == (1,)


def test_a_rejected_batch_goes_singly() -> None:
    """A card of a batch that was refused is sent alone, so that only the bad one dies."""
    cards = [card(1, alone=True), card(2, alone=True), card(3)]
    assert plan(cards, TEN, NOW).cards == (1,)
    assert plan([card(1), card(2, alone=True), card(3)], TEN, NOW).cards == (1,)


def test_a_notice_is_a_post_of_its_own() -> None:
    """A notice never shares a post with alerts, and goes first."""
    assert plan([card(1), card(2, subject="notice", slot="notice")], TEN, NOW).cards == (2,)


def test_a_change_answers_the_alert() -> None:
    """A change that matters is a reply to the alert's post."""
    planned = plan([card(4, slot="change:2", answers=50)], ONE, NOW)
    assert (planned.op, planned.of_post) == (Op.REPLY, 50)


@given(st.lists(st.integers(1, 1000), unique=True, max_size=40), st.integers(1, 10))
def test_every_card_is_planned_once_and_in_order(numbers: list[int], size: int) -> None:
    """Carrying out plan after plan shows every card exactly once, in story order."""
    left, shown = [card(number) for number in numbers], []
    while planned := plan(left, Capabilities(alerts_per_post=size), NOW):
        assert 1 <= len(planned.cards) <= size
        shown += planned.cards
        left = [waiting for waiting in left if waiting.id not in planned.cards]
    assert shown == sorted(numbers)


@given(st.integers(0, 10_000))
def test_backoff_grows_to_a_cap(attempts: int) -> None:
    """Each failure waits at least as long as the one before, never over the cap."""
    assert timedelta(0) < backoff(attempts) <= backoff(attempts + 1) <= BACKOFF_CAP
