"""The query language: what people guess works, and an error points at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import QueryError
from bot.core.topics.matcher import Matcher, explain
from bot.core.topics.query import And, Not, Or, Query, Term, Word, canonical, parse_query

WORDS = ("gallium", "rare", "earth", "export", "ban", "roadmap", "ore", "稀", "土", "редкий")


def found(expr: str, title: str, text: str = "") -> bool:
    matcher = Matcher()
    matcher.add(1, expr)
    return bool(matcher.match(title, text))


@pytest.mark.parametrize(
    ("expr", "title", "expected"),
    [
        ("gallium", "Gallium prices", True),
        ("tin", "Testing times", False),
        ('"rare earth"', "Rare-earth roadmap", True),
        ('"rare earth"', "Rare earths' price", True),
        ('"rare earth"', "A rare look at Earth", False),
        ("gallium export", "Exports of gallium", True),
        ("gallium export", "Gallium prices", False),
        ("gallium or germanium", "Germanium", True),
        ("gallium NOT podcast", "Gallium: a podcast", False),
        ('"rare earth" AND (export OR licence) NOT podcast', "Rare earth licences", True),
        ("dyspros*", "Dysprosium", True),
        ("ree", "Ree Drummond cooks", True),
        ("REE", "Ree Drummond cooks", False),
        ("REE", "REEs from clay", True),
        ("稀土", "中国稀土出口", True),
        ("稀土", "土地稀少", False),
        ("неодим", "Неодим", True),
        ("йод", "иод", False),
        ("terres", "Les terres rares", True),
        ("Russia", "Russia’s order", True),
        ("title:gallium", "Prices", False),
    ],
)
def test_what_people_guess(expr: str, title: str, expected: bool) -> None:
    """Whole words, plurals and hyphens folded, phrases side by side, acronyms in capitals, prefixes by a star."""
    assert found(expr, title) is expected


def test_a_field_looks_in_its_place() -> None:
    """title: is met by the title alone; a phrase never runs from the title into the text."""
    assert found("title:gallium", "Gallium", "")
    assert not found("title:gallium", "Prices", "Gallium")
    assert not found('"rare earth"', "Something rare", "Earth is blue")


@pytest.mark.parametrize(
    ("expr", "position", "said"),
    [
        ("", 0, "empty"),
        ("(rare OR earth", 14, 'missing ")" after: earth'),
        ('gallium "rare earth', 8, 'missing " after: rare earth'),
        ("gallium) ban", 7, '")" without "("'),
        ("NOT podcast", 0, "only what is not wanted"),
        ("gallium AND", 11, "a word is missing after: AND"),
        ("gallium tone:angry", 8, "unknown field tone:"),
        ("gallium ...", 8, "no letters or digits"),
        ("g*", 0, "at least 2 letters"),
        ("(" * 30 + "a" + ")" * 30, 21, "parentheses deeper"),
        (" ".join(["a"] * 500), 800, "more than 400 terms"),
        ("a" * 9000, 8000, "longer than"),
    ],
)
def test_an_error_points_at_its_place(expr: str, position: int, said: str) -> None:
    """What is wrong, and the character where it is."""
    with pytest.raises(QueryError) as caught:
        parse_query(expr)
    assert said in caught.value.message
    assert caught.value.position == position


terms = st.builds(
    lambda words, star: Term((*map(Word, words[:-1]), Word(words[-1], is_prefix=star and len(words[-1]) > 1))),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    st.booleans(),
)
trees = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)


@given(trees)
def test_written_and_read_it_is_the_same(tree: Query) -> None:
    """The canonical form is a fixed point: written, read and written again it does not change."""
    try:
        once = canonical(str(tree))
    except QueryError as error:
        assert "only what is not wanted" in error.message
        return
    assert canonical(once) == once
    assert parse_query(once) == parse_query(str(tree))
    assert canonical(parse_query(once)) == once


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever somebody types is a query or a QueryError with a place in it."""
    try:
        parse_query(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)


@given(st.lists(trees, min_size=1, max_size=6), st.lists(st.sampled_from(WORDS), max_size=12), st.integers(0, 12))
def test_together_is_one_by_one(queries: list[Query], words: list[str], cut: int) -> None:
    """Matched together, queries find what each finds by itself, also after some were removed and added again."""
    title, text = " ".join(words[:cut]), " ".join(words[cut:])
    together = Matcher()
    expected = set()
    for number, query in enumerate(queries):
        try:
            together.add(number, str(query))
        except QueryError:
            continue
        together.remove(number)
        together.add(number, str(query))
        if found(str(query), title, text):
            expected.add(number)
    assert set(together.match(title, text)) == expected


def test_the_reason_quotes_the_text() -> None:
    """Evidence is what the text says, as it says it, the title first, each once."""
    matcher = Matcher()
    matcher.add(1, '"rare earth" AND roadmap')
    [evidence] = matcher.match("Rare-Earth roadmap", "The roadmap for rare earths.").values()
    assert explain(evidence) == "Rare-Earth, roadmap"
    assert [hit.in_title for hit in evidence.hits] == [True, True]


def test_a_removed_query_leaves_nothing() -> None:
    """After removing every query the index holds no term."""
    matcher = Matcher()
    for number in range(5):
        matcher.add(number, f"word{number} AND gallium*")
    for number in range(5):
        matcher.remove(number)
    matcher.remove(99)
    assert len(matcher) == 0
    assert matcher.match("gallium word1", "") == {}
    assert not any(matcher._by_first.values())
    assert not any(shelf for shelves in matcher._by_prefix.values() for shelf in shelves.values())
