"""Laws of the language and of the index, on random queries and texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import QueryError
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from bot.core.topics.evidence import find_evidence, why_not
from bot.core.topics.judge import is_met
from bot.core.topics.matcher import Matcher
from bot.core.topics.parser import canonical, parse_query
from bot.core.topics.query import And, Feature, Near, Not, Or, Query, Term, Word, is_positive

WORDS = (
    "gallium",
    "rare",
    "earth",
    "earths",
    "exports",
    "ban",
    "mine",
    "mining",
    "NdPr",
    "REE",
    "稀",
    "土",
    "й",
    "неодима",
)
CONCEPTS = Concepts(
    {"mineral:gallium": "gallium OR 稀土", "action:ban": "ban* NEAR/3 export", "topic:both": "mineral:any action:ban"},
    {"mineral:all": ["mineral:gallium"]},
)

FEATURES = ("mineral:gallium", "mineral:any", "mineral:all", "action:ban", "topic:both", "lang:en", "source:metal wire",
            "tier:wire")  # fmt: skip

words = st.one_of(
    st.sampled_from(WORDS).map(lambda word: Word(word, is_exact=word in ("NdPr", "REE"))),
    st.sampled_from(("ga", "ex", "min", "неод", "earth")).map(lambda word: Word(word, is_prefix=True)),
    st.sampled_from(("Rare", "mine", "gallium")).map(lambda word: Word(word, is_exact=True)),
)
fields = st.sampled_from(("", "", "", "title"))


def make_term(parts: list[Word], field: str, slop: int) -> Term:
    """A term as the parser makes one: exact words stand alone or all together."""
    literal = [word for word in parts if word.is_exact and word.text not in ("NdPr", "REE")]
    chosen = tuple(Word(word.text.removesuffix("*"), is_exact=True) for word in parts) if literal else tuple(parts)
    return Term(chosen, field, slop if len(chosen) > 1 else 1)


terms = st.builds(make_term, st.lists(words, min_size=1, max_size=4), fields, st.sampled_from((1, 1, 0, 3)))
features = st.sampled_from([Feature(*name.split(":")) for name in FEATURES])
sides = st.one_of(terms, st.lists(terms, min_size=2, max_size=3, unique=True).map(lambda some: Or(tuple(some))))
nears = st.builds(Near, sides, sides, st.integers(1, 6))
trees = st.recursive(
    st.one_of(terms, terms, features, nears),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
texts = st.lists(st.sampled_from((*WORDS, "Rare", "bans", "export", "REEs", "the", "Minen", "x")), max_size=14)
documents = st.builds(
    lambda title, text, lang, source, tier: Document(" ".join(title), " ".join(text), lang, source, tier),
    texts,
    texts,
    st.sampled_from(("", "en", "de", "zh", "ru")),
    st.sampled_from(("", "The Metal Wire")),
    st.sampled_from((None, 0, 1)),
)


pytestmark = pytest.mark.timeout(3600)  # at full count


many = settings(max_examples=4 * settings().max_examples)
"""Hundreds of cases a law. 100,000 of each, made quicker, are in `test_query_laws_by_chance.py`."""


def judged(query: Query, document: Document) -> bool:
    return is_met(query, document, CONCEPTS.find(document))


@many
@given(trees, documents)
def test_written_and_read_it_is_the_same(tree: Query, document: Document) -> None:
    """parse(str(q)) is q, up to NOT NOT and flat joining; the normal form is a fixed point and means the same."""
    check_written(tree, document)


def check_written(tree: Query, document: Document) -> None:
    """The law of writing and reading, for one query."""
    if not is_positive(tree):
        with pytest.raises(QueryError):
            parse_query(str(tree))
        return
    query = parse_query(str(tree))
    assert parse_query(str(query)) == query
    assert canonical(canonical(str(tree))) == canonical(str(tree))
    assert judged(query, document) == judged(tree, document)


@many
@given(st.lists(trees, min_size=1, max_size=6), st.lists(documents, min_size=1, max_size=3), st.data())
def test_together_is_one_by_one(queries: list[Query], some: list[Document], data: st.DataObject) -> None:
    """Matched together, queries find what each finds by itself; so after some were taken out, replaced and put back."""
    changed = data.draw(st.lists(st.sampled_from(range(len(queries))), max_size=4))
    check_together(queries, some, changed, lambda: data.draw(st.booleans()))


def check_together(
    queries: list[Query], some: list[Document], changed: list[int], says_yes: Callable[[], bool]
) -> None:
    """The law of the index, for some queries and documents; `changed`: what is taken out and perhaps put back."""
    together = Matcher(CONCEPTS)
    kept = {number: query for number, query in enumerate(queries) if is_positive(query)}
    together.match(some[0])
    for number, query in kept.items():
        if says_yes():
            together.add(number, str(query))
        else:
            together.add_stored(number, canonical(str(query)))
    for number in changed:
        together.remove(number)
        if number in kept and says_yes():
            together.add(number, str(kept[number]))
        else:
            kept.pop(number, None)
    for document in some:
        assert together.match(document) == [number for number, query in kept.items() if judged(query, document)]
    for number in kept:
        together.remove(number)
    assert len(together) == len(together._index._atoms) == 0


@many
@given(trees, trees, documents)
def test_logic_holds(a: Query, b: Query, document: Document) -> None:
    """De Morgan, distribution, absorption and order change no result, in the judge and in the index."""
    check_logic(a, b, document)


def check_logic(a: Query, b: Query, document: Document) -> None:
    """The laws of logic, for two queries."""
    c = Term((Word("gallium"),))
    laws = [
        (Not(And((a, b))), Or((Not(a), Not(b)))),
        (Not(Or((a, b))), And((Not(a), Not(b)))),
        (And((a, Or((b, c)))), Or((And((a, b)), And((a, c))))),
        (Or((a, And((a, b)))), a),
        (And((a, b)), And((b, a))),
        (Not(Not(a)), a),
    ]
    matcher = Matcher(CONCEPTS)
    anything = Or((Feature("lang", document.lang), c)) if document.lang else c
    for number, pair in enumerate(laws):
        for side, query in enumerate(pair):
            matcher.add(2 * number + side, str(And((anything, query))))
    met = set(matcher.match(document))
    for number, (left, right) in enumerate(laws):
        assert judged(left, document) == judged(right, document)
        assert (2 * number in met) == (2 * number + 1 in met) == (judged(left, document) and judged(anything, document))


@many
@given(trees, documents)
def test_a_match_has_reasons_and_a_miss_has_others(tree: Query, document: Document) -> None:
    """Quotes stand in the text where they say; a query that is met fails no clause, one that is not fails some."""
    check_reasons(tree, document)


def check_reasons(tree: Query, document: Document) -> None:
    """The law of reasons, for one query."""
    if not is_positive(tree):
        return
    query = parse_query(str(tree))
    assert bool(why_not(query, document, CONCEPTS)) != judged(query, document)
    if judged(query, document):
        for hit in find_evidence(query, document, CONCEPTS).hits:
            source = document.title if hit.in_title else document.text
            assert source[hit.start : hit.end] == hit.quote


@many
@given(st.text(max_size=40), st.text(max_size=60))
def test_any_text_is_a_document(title: str, text: str) -> None:
    """Whatever a feed sends can be matched, and a phrase of its own words is found in it."""
    check_text(title, text)


def check_text(title: str, text: str) -> None:
    """The law of any text, for one."""
    document = Document(title, text)
    raws = [raw for raw in document.raws[: document.cut] if raw.isalnum()][:3]
    if raws:
        query = parse_query('"' + " ".join(raws) + '"')
        matcher = Matcher()
        matcher.add(1, str(query))
        assert (matcher.match(document) == [1]) == is_met(query, document)
