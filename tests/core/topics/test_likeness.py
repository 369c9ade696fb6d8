"""Two writings of one query, and a query that another has in it."""

from __future__ import annotations

import pytest

from bot.core.topics.concepts import Concepts
from bot.core.topics.likeness import covers, is_same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gallium AND export", "export gallium", True),
        ("(a1 OR b1) AND c1", "c1 AND (b1 OR a1 OR b1)", True),
        ("gallium NOT podcast", "NOT podcast gallium", True),
        ('"rare earth"', "rare earth", False),
        ("gallium OR export", "gallium AND export", False),
        ("(broken", "(broken", False),
    ],
)
def test_the_same_in_another_order(one: str, other: str, same: bool) -> None:
    """Order and repetition do not matter; phrases and operators do. What cannot be read is like nothing."""
    assert same is is_same(one, other)


@pytest.mark.parametrize(
    ("wide", "narrow", "is_covered"),
    [
        ('"rare earth" OR REE OR neodymium', "neodymium", True),
        ('("rare earth" OR REE) NOT band', '"rare earth" AND export', True),
        ("lithi*", "lithium", True),
        ('"rare earth"', '"rare earth magnet"', True),
        ("gallium", "gallium OR germanium", False),
        ("gallium OR germanium", "gallium OR germanium", True),
        ("title:gallium", "gallium", False),
        ("gallium", "title:gallium", True),
        ("gallium AND export", "gallium", False),
        ("gallium AND export", "export AND gallium AND china", True),
        ("REE", "reed", False),
    ],
)
def test_what_brings_all_of_another(wide: str, narrow: str, is_covered: bool) -> None:
    """One of its alternatives, a part of its words, its beginning; never more than the queries show."""
    assert is_covered is covers(wide, narrow)


def test_a_named_topic_is_what_it_stands_for() -> None:
    """A query that names a topic is inside a subscription to that topic's own query."""
    topic = '("rare earth" OR REE) NOT band'
    concepts = Concepts({"topic:rare": topic})
    assert covers(topic, "topic:rare AND lang:en", concepts)
    assert not covers("gallium", "topic:rare AND lang:en", concepts)
