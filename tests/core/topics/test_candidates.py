"""What an index is asked for: never less than what a query matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.shipped import shipped_concepts, shipped_topics
from bot.core.text.index import Phrase, Wanted, wanted_words
from bot.core.topics import parse_query
from bot.core.topics.candidates import candidates
from bot.core.topics.concepts import Concepts
from bot.core.topics.matcher import Document, Matcher
from bot.core.topics.query import Not
from tests.indexed import has

WORDS = [
    "rare",
    "earths",
    "batteries",
    "battery",
    "APTs",
    "APT",
    "REE",
    "稀土",
    "出口",
    "редкоземельных",
    "néodyme",
    "not",
    "exporting",
    "exported",
    "licence",
    "licensing",
    "Lizenzen",
    "запретил",
    "nationalised",
]
TERMS = st.sampled_from(
    ["rare", '"rare earth"', "batterie*", "APT", "REE", "稀土", "редкоземельн*", "title:rare", "neodym*"]
)
QUERIES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} AND {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} NOT {pair[1]})"),
    ),
    max_leaves=6,
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@given(QUERIES, TEXTS, TEXTS)
def test_no_match_is_missed(expr: str, title: str, text: str) -> None:
    """Whatever a query matches is among its candidates."""
    concepts = Concepts({"mineral:ree": 'REE OR "rare earth" OR 稀土'})
    matcher = Matcher(concepts)
    matcher.add(0, expr)
    wanted = candidates(parse_query(expr), concepts)
    if matcher.match(Document(title, text)) and wanted is not None:
        assert has(wanted, title, text)


def test_the_shipped_topics_miss_none_of_their_headlines() -> None:
    """Each headline that a topic must match is found by the index alone; no topic asks for everything."""
    for topic in shipped_topics():
        wanted = candidates(parse_query(topic.query), shipped_concepts())
        assert wanted is not None, topic.name
        assert [] == [headline for headline in topic.matches if not has(wanted, headline)]
        assert count(wanted) < 9_000, topic.name


def count(wanted: Wanted) -> int:
    """How many phrases an index is asked for."""
    return 1 if isinstance(wanted, Phrase) else sum(map(count, wanted.parts))


def test_what_a_match_need_not_have_is_not_asked_for() -> None:
    """What is not wanted is no word to look for; beside wanted words it changes nothing."""
    assert candidates(Not(parse_query("rare"))) is None
    assert candidates(parse_query("rare NOT earth")) == candidates(parse_query("rare"))
    assert candidates(parse_query("lang:ru OR rare")) is None
    assert candidates(parse_query("source:wire AND rare")) == candidates(parse_query("rare"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("rare earth", "Earth that is rare"),
        ('"rare earth"', "A rare-earth plant"),
        ("稀土", "中国稀土出口"),
        ("出口稀土", "出口稀土管制"),
        ("dyspros*", "Dysprosium is short"),
        ("レアアース", "南鳥島沖のレアアース泥"),
        ("редкоземельн*", "Добыча редкоземельных металлов"),
        ("Néodyme", "Neodyme en hausse"),
    ],
)
def test_words_are_found_in_any_language(typed: str, title: str) -> None:
    """Words in any order, phrases side by side, Han and kana as they run, beginnings, accents or none."""
    wanted = wanted_words(typed)
    assert wanted is not None
    assert has(wanted, title)


@pytest.mark.parametrize(
    ("typed", "title"), [('"rare earth"', "Earth that is rare"), ("稀土", "土地稀有"), ("rare", "Rarefied gas")]
)
def test_other_words_are_not_found(typed: str, title: str) -> None:
    """A phrase is side by side; characters apart are no word; a word is no beginning."""
    wanted = wanted_words(typed)
    assert wanted is not None
    assert not has(wanted, title)


def test_a_phrase_ends_with_the_title() -> None:
    """No phrase runs from the title into the text."""
    assert not has(Phrase(("rare", "earth")), "It is rare", "Earth")
    assert has(Phrase(("earth", "metal")), "It is rare", "Earth metals")


def test_nothing_but_signs_is_nothing_to_look_for() -> None:
    """No letters, nothing to look for."""
    assert wanted_words('"-" * ...') is None
