"""The same laws on queries made by chance, without hypothesis: many more, never made small."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from bot.core.topics.document import Document
from bot.core.topics.matcher import Matcher
from bot.core.topics.parser import canonical
from bot.core.topics.query import And, Feature, Near, Not, Or, Query, Term, Word, is_positive
from tests.core.topics import test_query_laws as laws
from tests.core.topics.test_query_laws import CONCEPTS, FEATURES, WORDS, judged

CASES = 100_000
SIGNS = "gallium 稀土 éÉ ½ﬁ İß й\u0306 's’s - _ 🙂 \ud800 \x00 ｶﾞ REEs a1 \n"


def random_term(chance: random.Random) -> Term:
    """A term by chance, as the parser makes one: exact words stand alone or all together."""
    some = [
        Word(word, is_exact=word in ("NdPr", "REE")) for word in chance.choices(WORDS, k=chance.choice((1, 1, 2, 3)))
    ]
    kind = chance.random()
    if kind < 0.1:
        some[-1] = Word(chance.choice(("ga", "ex", "min", "неод", "earth")), is_prefix=True)
    elif kind < 0.15:
        some[0] = Word(chance.choice(("Rare", "mine", "gallium")), is_exact=True)
    return laws.make_term(some, chance.choice(("", "", "", "title")), chance.choice((1, 1, 0, 3)))


def random_side(chance: random.Random) -> Term | Or:
    """What may stand beside NEAR."""
    some = tuple(dict.fromkeys(random_term(chance) for _ in range(chance.choice((1, 1, 2)))))
    return some[0] if len(some) == 1 else Or(some)


def random_query(chance: random.Random, depth: int = 0) -> Query:
    """A query by chance: a hundred times as quick as from hypothesis."""
    kind = chance.random()
    if depth > 2 or kind < 0.45:
        return random_term(chance)
    if kind < 0.55:
        return Feature(*chance.choice(FEATURES).split(":"))
    if kind < 0.62:
        return Near(random_side(chance), random_side(chance), chance.randint(1, 6))
    if kind < 0.74:
        return Not(random_query(chance, depth + 1))
    parts = tuple(random_query(chance, depth + 1) for _ in range(chance.randint(2, 3)))
    return And(parts) if chance.random() < 0.5 else Or(parts)


def random_document(chance: random.Random) -> Document:
    """A document by chance, of the same words."""
    words = (*WORDS, "Rare", "bans", "export", "REEs", "the", "Minen", "x")
    title, text = (" ".join(chance.choices(words, k=chance.randint(0, most))) for most in (8, 30))
    return Document(title, text, chance.choice(("", "en", "de", "ru")), chance.choice(("", "The Metal Wire")), 1)


def compare(queries: int, documents: int, seed: int) -> int:
    """The index beside the judge, for each of some queries and documents; how many pairs there were."""
    chance = random.Random(seed)
    made = [query for query in (random_query(chance) for _ in range(queries)) if is_positive(query)]
    index = Matcher(CONCEPTS)
    for number, query in enumerate(made):
        index.add_stored(number, canonical(str(query)))
    for _ in range(documents):
        document = random_document(chance)
        expected = [number for number, query in enumerate(made) if judged(query, document)]
        assert index.match(document) == expected
        for number in chance.sample(range(len(made)), 20):  # taken out and put back, it is the same index
            index.remove(number)
            index.add(number, str(made[number]))
    return len(made) * documents


def test_many_queries_at_once_are_one_by_one() -> None:
    """What an index of hundreds of queries finds is what each finds by itself, through changes."""
    assert compare(queries=400, documents=10, seed=1) > 2_000


@pytest.mark.soak
def test_a_million_pairs_are_one_by_one() -> None:
    """The same for a million pairs of a query and a document."""
    pairs = sum(compare(queries=2_000, documents=50, seed=seed) for seed in range(20))
    print(f"the index beside the judge: {pairs:,} pairs, none differs")
    assert pairs > 1_000_000


def check_one_together(chance: random.Random) -> None:
    queries = [random_query(chance) for _ in range(chance.randint(1, 4))]
    changed = [chance.randrange(len(queries)) for _ in range(chance.randint(0, 3))]
    documents = [random_document(chance) for _ in range(2)]
    laws.check_together(queries, documents, changed, lambda: chance.random() < 0.5)


LAWS: dict[str, Callable[[random.Random], None]] = {
    "written and read it is the same": lambda chance: laws.check_written(random_query(chance), random_document(chance)),
    "together is one by one": check_one_together,
    "logic holds": lambda chance: laws.check_logic(random_query(chance), random_query(chance), random_document(chance)),
    "a match has reasons": lambda chance: laws.check_reasons(random_query(chance), random_document(chance)),
    "any text is a document": lambda chance: laws.check_text(
        *("".join(chance.choices(SIGNS, k=chance.randint(0, 40))) for _ in range(2))
    ),
}


@pytest.mark.parametrize("law", LAWS)
def test_laws_hold_by_chance(law: str) -> None:
    """Each law holds for a few hundred cases."""
    chance = random.Random(7)
    for _ in range(200):
        LAWS[law](chance)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("law", LAWS)
def test_laws_hold_a_hundred_thousand_times(law: str) -> None:
    """The same for 100,000 cases each."""
    started = time.process_time()
    for case in range(CASES):
        try:
            LAWS[law](random.Random(case))
        except AssertionError:
            print(f"case {case}")
            raise
    print(f"{law}: {CASES:,} cases, none fails; {time.process_time() - started:.0f} s of CPU")
