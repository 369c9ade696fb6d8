"""A query as it is stored is read quicker than the parser reads it, and means the same."""

from __future__ import annotations

import pytest

from bot.core.errors import QueryError
from bot.core.topics.document import Document
from bot.core.topics.homes import PLACES, Homes
from bot.core.topics.index import Index
from bot.core.topics.judge import is_met
from bot.core.topics.parser import canonical, parse_query

TRICKY = (
    '"logic AND gate" OR tin',
    'tin AND "logic OR gate"',
    '="Logic AND Gate" AND tin',
    'tin AND ="Logic OR (Gate)"',
    '"AND gate"',
    "(tin AND zinc) OR lead",
    "lead OR (tin AND zinc)",
    "(tin OR zinc) AND (lead OR iron)",
    "(tin OR zinc) AND NOT (lead OR iron) AND NOT gate",
    "(tin OR (zinc AND lead)) AND NOT (iron AND gate)",
    "(tin AND NOT zinc) OR (lead AND NOT iron)",
    "tin NEAR/8 (zinc OR lead) AND iron",
    "(tin OR zinc) NEAR/3 (lead OR iron)",
    "tin AND NOT zinc NEAR/4 lead",
    'title:(tin OR zinc) AND NOT title:"lead gate"',
    "tin AND mineral:tin AND NOT lang:en",
    'tin AND "and" AND "or" AND "near"',
    "tin AND zinc OR lead",
    "tin OR zinc AND lead",
    "tin OR NOT iron AND zinc",
    "NOT zinc AND tin OR lead AND gate",
)
TEXTS = ("tin", "tin zinc lead", "Logic AND Gate tin", "logic OR gate and near tin", "lead iron gate", "zinc tin",
         "iron", "AND gates")  # fmt: skip


@pytest.mark.parametrize("expr", TRICKY)
def test_words_that_look_like_operators_change_nothing(expr: str) -> None:
    """Where AND, OR and parentheses stand within quotes and in each other, the stored form means what was typed.

    So does what is in no normal form, should it ever be stored.
    """
    index, query = Index(), parse_query(expr)
    index.add_stored(7, canonical(expr))
    index.add_stored(8, expr)
    for text in TEXTS:
        document = Document(text, text, "en")
        assert index.match(document) == ({7, 8} if is_met(query, document) else set()), text
    index.remove(7)
    index.remove(8)
    assert len(index) == len(index._atoms) == 0, "an atom is held for ever"


BROKEN = ("", "AND", "tin AND", "tin OR", "(tin", "tin)", '"tin', '"tin AND zinc', "NOT tin", "tin AND (zinc OR",
          "NOT (tin OR zinc)", "NOT NOT NOT tin", 'tin AND "zinc OR lead')  # fmt: skip


@pytest.mark.parametrize("expr", BROKEN)
def test_what_cannot_be_read_leaves_nothing_behind(expr: str) -> None:
    """A stored query that is broken is refused; what was there under its number stays, and no atom is held."""
    index = Index()
    index.add_stored(1, "tin AND zinc")
    with pytest.raises(QueryError):
        index.add_stored(1, expr)
    assert index.match(Document("tin zinc", "", "en")) == {1}
    assert len(index._atoms) == 2


def test_homes_are_kept_by_number() -> None:
    """A home is found by its number alone, close by or far apart, and an empty block is given back."""
    homes = Homes()
    numbers = (0, 1, PLACES - 1, PLACES, 10**15)
    for number in numbers:
        homes.put(number, number + 1)
    assert len(homes) == len(numbers) and [homes[number] for number in numbers] == [number + 1 for number in numbers]
    assert 2 not in homes and 10**9 not in homes
    with pytest.raises(KeyError):
        homes[2]
    for number in numbers:
        homes.drop(number)
    assert len(homes) == 0 and not homes._blocks
