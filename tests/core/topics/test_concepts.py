"""Named expressions, and queries that speak of them."""

from __future__ import annotations

import pytest

from bot.core.errors import QueryError
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from tests.core.topics.trying import found

CONCEPTS = Concepts(
    {
        "mineral:gallium": "gallium OR 镓",
        "mineral:neodymium": "neodym* OR NdPr",
        "mineral:lead": "lead NEAR/12 (mine OR smelter)",
        "action:export-ban": "(ban OR bans) NEAR/8 export",
        "country:china": "China OR 中国",
        "topic:controls": "mineral:any AND action:export-ban",
    },
    {"mineral:rare-earths": ["mineral:neodymium"], "mineral:chips": ["mineral:gallium", "mineral:rare-earths"]},
)


@pytest.mark.parametrize(
    ("expr", "title", "expected"),
    [
        ("mineral:gallium", "镓 prices", True),
        ("mineral:lead", "They lead the race", False),
        ("mineral:lead", "A lead mine", True),
        ("mineral:rare-earths", "NdPr oxide", True),
        ("mineral:chips", "NdPr oxide", True),
        ("mineral:any NOT mineral:gallium", "Gallium", False),
        ("mineral:any", "Fish", False),
        ("topic:controls AND country:china", "China bans gallium exports", True),
        ("topic:controls", "China bans fish exports", False),
        ("mineral:(gallium OR lead)", "Gallium", True),
        ("action:any", "Export bans", True),
    ],
)
def test_a_concept_is_a_feature(expr: str, title: str, expected: bool) -> None:
    """A concept is met by its expression, a group by any member, `any` by any of the field; topics build on them."""
    assert found(expr, title, concepts=CONCEPTS) is expected


def test_concepts_are_found_once() -> None:
    """What a set of concepts found in a document is kept with it."""
    document = Document("China bans gallium exports")
    first = CONCEPTS.find(document)
    assert CONCEPTS.find(document) is first
    assert {"mineral:gallium", "mineral:chips", "mineral:any", "topic:controls", "topic:any"} <= first


@pytest.mark.parametrize(
    ("expressions", "groups", "said"),
    [
        ({"mineral:a": "(x"}, {}, 'mineral:a: missing ")"'),
        ({"mineral:a": "mineral:b"}, {}, "mineral:a: unknown mineral: b"),
        ({"mineral:a": "mineral:b OR x", "mineral:b": "mineral:a OR y"}, {}, "by itself"),
        ({"colour:red": "red"}, {}, "no name of a concept"),
        ({"mineral:a": "x"}, {"mineral:g": ["mineral:z"]}, "mineral:g: there is no mineral:z"),
        ({"mineral:a": "x"}, {"mineral:g": []}, "the group is empty"),
    ],
)
def test_wrong_data_is_named(expressions: dict[str, str], groups: dict[str, list[str]], said: str) -> None:
    """The concept and what is wrong with it; a circle is refused."""
    with pytest.raises(QueryError) as caught:
        Concepts(expressions, groups)
    assert said in caught.value.message


@pytest.mark.parametrize("title", ["A ban on NdPr exports of China", "镓 prices", "A lead mine", "They lead the race"])
def test_a_part_finds_what_the_whole_does(title: str) -> None:
    """Of its own names; and it knows no others but those that these are made of."""
    names = {"mineral:chips", "country:china"}
    part = CONCEPTS.part(names)
    assert CONCEPTS.find(Document(title)) & names == part.find(Document(title)) & names
    assert {"mineral": {"gallium", "neodymium", "rare-earths", "chips"}, "country": {"china"}} == part.known
