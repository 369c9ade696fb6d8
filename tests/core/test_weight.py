"""What a story weighs: points that can be counted again, and words for what is done."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.actions import Deed, find_deeds
from bot.core.lexicon.actions import DEEDS
from bot.core.weight import GRAVE, LESS, MILD, STAGES, Signs, Weight, Weights, reasons, weigh, weightiest
from tests.core.lexicon.shipped import grammar

BAN = Signs(action="export-ban", topics=2, is_in_title=True, sets_date=True)
ORDER = Signs(is_official=True, topics=2, is_in_title=True, sets_date=True)


@pytest.mark.parametrize(
    ("signs", "weight"),
    [
        (Signs(), Weight.NONE),
        (Signs(is_in_title=True), Weight.NONE),
        (Signs(topics=2, is_in_title=True, sets_date=True), Weight.NONE),
        (Signs(is_official=True, is_in_title=True), Weight.NONE),
        (Signs(is_official=True, topics=2, is_in_title=True), Weight.NOTABLE),
        (BAN, Weight.NOTABLE),
        (replace(BAN, sources=2), Weight.URGENT),
        (replace(BAN, is_official=True), Weight.URGENT),
        (replace(BAN, sets_date=False, sources=3), Weight.NOTABLE),
        (replace(BAN, sets_date=False, sources=4), Weight.URGENT),
        (replace(BAN, stage="in-force"), Weight.URGENT),
        (replace(BAN, action="halt", sources=3), Weight.NOTABLE),
        (replace(BAN, stage="proposed"), Weight.NOTABLE),
        (replace(BAN, stage="denied"), Weight.NONE),
        (ORDER, Weight.NOTABLE),
        (replace(ORDER, sources=9), Weight.URGENT),
        (replace(ORDER, sources=3), Weight.NOTABLE),
        (Signs(topics=9, is_in_title=True, sets_date=True, sources=9), Weight.NOTABLE),
        (Signs(action="export-ban", is_in_title=True), Weight.NOTABLE),
        (Signs(action="agreement", is_in_title=True, topics=2), Weight.NONE),
    ],
)
def test_the_weight_by_points(signs: Signs, weight: Weight) -> None:
    """Most news weighs nothing; a ban with a date is Urgent once two tell it, or its ministry does."""
    assert weight is weigh(signs, Weights()).weight


def test_the_reasons_add_up() -> None:
    """Each point that was given is named, and together they are the total."""
    weighed = weigh(BAN, Weights())
    assert "an export ban, announced 3; 2 topics 1; in the headline 1; sets a date 1" == reasons(weighed)
    assert 6 == weighed.total


def test_an_action_that_gives_nothing_is_named_all_the_same() -> None:
    """Who asks why a denied ban weighs nothing reads that it was denied."""
    assert "an export ban, denied 0; in the headline 1" == reasons(
        weigh(Signs(action="export-ban", stage="denied", is_in_title=True), Weights())
    )


def test_what_is_no_law_weighs_less() -> None:
    """A mine that halts, and a price floor, give a point less than a ban at the same stage, never less than none."""
    for action, stage in product(LESS, STAGES):
        lighter, law = (weigh(Signs(action=name, stage=stage), Weights()).total for name in (action, "tariff"))
        assert lighter == max(0, law - 1)


@pytest.mark.parametrize("action", sorted(GRAVE.keys() - LESS))
def test_the_further_an_action_has_come_the_more_it_weighs(action: str) -> None:
    """In force most, then announced, then suspended or lifted, then proposed; denied nothing."""
    order = ("in-force", "announced", "suspended", "proposed", "denied")
    points = [weigh(Signs(action=action, stage=stage), Weights()).total for stage in order]
    assert points == sorted(set(points), reverse=True)
    assert 0 == points[-1]
    assert points[2] == weigh(Signs(action=action, stage="lifted"), Weights()).total


def test_every_deed_of_the_lexicon_has_words_and_every_stage_points() -> None:
    """What the grammar can find can be weighed and said."""
    assert DEEDS == GRAVE.keys() | MILD.keys()
    assert STAGES.keys() == {"announced", *grammar().stages}


def test_the_weightiest_deed_is_the_one_that_counts() -> None:
    """A ban in force, not the agreement beside it; a ban that is denied, before nothing at all."""
    deeds = (Deed("agreement", "announced"), Deed("export-ban", "in-force"), Deed("tariff", "proposed"))
    assert ("export-ban", "in-force") == weightiest(deeds)
    assert ("export-ban", "denied") == weightiest((Deed("strategy", "denied"), Deed("export-ban", "denied")))
    assert ("", "") == weightiest(())


def test_an_operator_sets_the_scale() -> None:
    """With other thresholds the same points weigh otherwise."""
    assert Weight.NONE is weigh(BAN, Weights(notable=7, urgent=9)).weight
    assert Weight.URGENT is weigh(Signs(is_in_title=True), Weights(notable=1, urgent=1)).weight


def test_scales_that_make_no_sense_are_named() -> None:
    """Urgent from fewer points than Notable is a mistake in the settings."""
    assert [] == list(Weights().problems())
    assert ["urgent = 2 is less than notable = 4: nothing would ever be Notable."] == list(Weights(urgent=2).problems())


SIGNS = st.builds(
    Signs,
    action=st.sampled_from(["", "export-ban", "agreement"]),
    stage=st.sampled_from(sorted(STAGES)),
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
    ("lang", "title", "action", "stage"),
    [
        ("en", "Tavoria announces export ban on lithium ore", "export-ban", "announced"),
        ("en", "Tavoria denies plan to ban gallium exports", "export-ban", "denied"),
        ("ru", "Тавория вводит запрет на экспорт германия", "export-ban", "announced"),
        ("zh", "塔沃里亚宣布锂矿石出口禁令", "export-ban", "announced"),
        ("de", "Ausfuhrverbot für Gallium tritt in Kraft", "export-ban", "in-force"),
        ("en", "Magnet maker doubles its stock", "", ""),
        ("en", "A banner year for lithium", "", ""),
    ],
)
def test_what_is_done_is_told_from_what_is_said(lang: str, title: str, action: str, stage: str) -> None:
    """A ban and how far it has come, in the languages of the topics; not a banner."""
    assert (action, stage) == weightiest(find_deeds(title, "", lang, grammar()))
