"""What a story weighs: points that can be counted again, and words for what is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.bans import action_in
from bot.core.topics.document import Document
from bot.core.weight import Signs, Weight, Weights, reasons, weigh

BAN = Signs(action='"export ban"', topics=2, is_in_title=True, sets_date=True)
ORDER = Signs(is_official=True, topics=2, is_in_title=True, sets_date=True)


@pytest.mark.parametrize(
    ("signs", "weight"),
    [
        (Signs(), Weight.NONE),
        (Signs(is_in_title=True), Weight.NONE),
        (Signs(topics=2, is_in_title=True, sets_date=True), Weight.NOTABLE),
        (Signs(is_official=True, is_in_title=True), Weight.NOTABLE),
        (BAN, Weight.URGENT),
        (ORDER, Weight.NOTABLE),
        (replace(ORDER, sources=2), Weight.URGENT),
        (Signs(action="ban"), Weight.NOTABLE),
    ],
)
def test_the_weight_by_points(signs: Signs, weight: Weight) -> None:
    """Most news weighs nothing; an export ban with a date is Urgent, an official order once two tell it."""
    assert weight is weigh(signs, Weights()).weight


def test_the_reasons_add_up() -> None:
    """Each point that was given is named, and together they are the total."""
    weighed = weigh(BAN, Weights())
    assert 'an action ("export ban") 3, 2 topics 1, in the headline 1, sets a date 1' == reasons(weighed)
    assert 6 == weighed.total


def test_an_operator_sets_the_scale() -> None:
    """With other thresholds the same points weigh otherwise."""
    assert Weight.NONE is weigh(BAN, Weights(notable=7, urgent=9)).weight
    assert Weight.URGENT is weigh(Signs(is_in_title=True), Weights(notable=1, urgent=1)).weight


def test_scales_that_make_no_sense_are_named() -> None:
    """Urgent from fewer points than Notable is a mistake in the settings."""
    assert [] == list(Weights().problems())
    assert ["urgent = 2 is less than notable = 3: nothing would ever be Notable."] == list(Weights(urgent=2).problems())


SIGNS = st.builds(
    Signs,
    action=st.sampled_from(["", "ban"]),
    is_official=st.booleans(),
    sources=st.integers(1, 9),
    topics=st.integers(0, 9),
    is_in_title=st.booleans(),
    sets_date=st.booleans(),
)


@given(SIGNS, st.integers(1, 5))
def test_a_story_never_falls_as_sources_join(signs: Signs, more: int) -> None:
    """More sources, an official one among them, never make it weigh less."""
    before = weigh(signs, Weights()).weight
    assert before <= weigh(replace(signs, sources=signs.sources + more), Weights()).weight
    assert before <= weigh(replace(signs, is_official=True), Weights()).weight


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Tavoria announces export ban on lithium ore", '"ban"'),
        ("The decree takes effect on Monday", '"takes effect"'),
        ("Тавория вводит запрет на экспорт германия", '"запрет"'),
        ("塔沃里亚宣布锂矿石出口禁令", '"禁令"'),
        ("Ausfuhrverbot für Gallium", '"Ausfuhrverbot"'),
        ("Magnet maker doubles its stock", ""),
        ("A banner year for lithium", ""),
    ],
)
def test_what_is_done_is_told_from_what_is_said(title: str, words: str) -> None:
    """A ban, in the languages of the topics; not a banner."""
    assert words == action_in(Document(title))
