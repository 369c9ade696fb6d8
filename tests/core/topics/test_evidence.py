"""Why a query matched, and why it did not."""

from __future__ import annotations

import pytest

from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from bot.core.topics.evidence import explain, find_evidence, why_not
from bot.core.topics.matcher import Matcher
from bot.core.topics.parser import parse_query

CONCEPTS = Concepts({"mineral:gallium": "gallium OR 镓", "mineral:lead": "lead NEAR/4 (mine OR ore)"})


def test_the_reason_quotes_the_text() -> None:
    """Evidence is what the text says, as it says it, the title first, each once."""
    matcher = Matcher()
    matcher.add(1, '"rare earth" AND roadmap NOT podcast')
    document = Document("Rare-Earth roadmap", "The roadmap for rare earths.")
    evidence = matcher.evidence(1, document)
    assert explain(evidence) == "Rare-Earth, roadmap"
    assert [hit.in_title for hit in evidence.hits] == [True, True]
    assert evidence == find_evidence(parse_query('"rare earth" AND roadmap NOT podcast'), document)


def test_a_concept_shows_its_words() -> None:
    """What a concept was found by is quoted, with its name; of nearness both sides; of an unmet branch nothing."""
    document = Document("Metals", "An ore of lead; gallium; zinc")
    evidence = find_evidence(parse_query("(mineral:any AND zinc) OR (zinc AND tin)"), document, CONCEPTS)
    assert [(hit.quote, hit.concept) for hit in evidence.hits] == [
        ("ore", "mineral:lead"),
        ("lead", "mineral:lead"),
        ("gallium", "mineral:gallium"),
        ("zinc", ""),
    ]


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        ("ore gallium", ()),
        ("zinc (export OR licence)", ("missing: any of export, licence",)),
        ("tin (export OR licence)", ("missing: tin", "missing: any of export, licence")),
        ("ore NOT (gallium OR podcast)", ("excluded by: gallium",)),
        ("title:gallium", ("not in the title: gallium",)),
        ("ore NEAR/2 zinc", ("more than 2 words apart: ore and zinc",)),
        ("tin NEAR/2 zinc", ("missing: tin NEAR/2 zinc",)),
        ("mineral:gallium lang:ru", ("missing: lang:ru",)),
        ("ore -lang:en", ("excluded by: lang:en",)),
        (" OR ".join(f"w{n}" for n in range(12)), ("missing: any of w0, w1, w2, w3, w4, w5, w6, w7, +4",)),
    ],
)
def test_a_miss_says_which_clause_failed(expr: str, said: tuple[str, ...]) -> None:
    """Each clause that failed, in words; nothing where all are met."""
    document = Document("Metals", "An ore of lead; gallium; and after that zinc", lang="en")
    assert why_not(parse_query(expr), document, CONCEPTS) == said
