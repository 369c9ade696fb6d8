"""Whatever somebody types is a query or a QueryError with a place in it, at once; and a query can be matched."""

from __future__ import annotations

import random
import time

import pytest

from bot.core.errors import QueryError
from bot.core.topics.document import Document
from bot.core.topics.matcher import Matcher
from bot.core.topics.parser import MOST_CHARACTERS, canonical, parse_query
from tests.slowest import LONGEST_MS, find_slowest

PIECES = [
    *'"()-=*~:_/“”„«»「」（）йé½ﬁßİㅎ🙂x1’ ', "gallium", "rare earth", "REE", "NdPr", "稀土", "и\u0306", "\u0301",
    "\u200b", "ｶﾞ", " AND ", " OR ", " NOT ", " NEAR/8 ", " NEAR ", "near/0", "~0", "~9", "title:", "source:", "lang:ru",
    "tier:1", "mineral:gallium", "topic:any", "tone:", "\ud800", "\x00", "\n", "a" * 50, "&&", "||", "'s", " ", " ",
]  # fmt: skip
QUERIES = (
    '"rare earth" AND (export OR licence) NOT podcast',
    'lead NEAR/12 (mine OR "open pit") AND mineral:any -lang:ru',
    'title:(gallium OR 稀土) ="Rare Earths" REE dyspros* source:"metal bulletin"',
)
DOCUMENT = Document(
    "Rare earths: gallium ½ 稀土 İstanbul ﬁne", "REEs, NdPr and é of й; x 1 a_b 🙂 ｶﾞ", "en", "Metal Bulletin"
)


def make_input(chance: random.Random) -> str:
    """Pieces of the language in any order, a query with some letters changed, or letters of any kind."""
    kind = chance.random()
    if kind < 0.5:
        return "".join(chance.choices(PIECES, k=chance.randint(0, 14)))
    if kind < 0.8:
        letters = list(chance.choice(QUERIES))
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randint(0, 3)] = chance.choice(PIECES)
        return "".join(letters)
    if kind < 0.995:
        return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x3000), chance.randrange(0x110000))))
                       for _ in range(chance.randint(0, 30)))  # fmt: skip
    return (chance.choice(PIECES) * MOST_CHARACTERS)[: chance.choice((MOST_CHARACTERS, MOST_CHARACTERS + 1, 2_000))]


def try_one(text: str) -> float:
    """Read it, write it, match it; the CPU seconds of reading. It must agree with itself."""
    started = time.process_time()
    try:
        query = parse_query(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text), text
        return time.process_time() - started
    spent = time.process_time() - started
    written = str(query)
    assert parse_query(written) == query, (text, written)
    assert canonical(written) == written
    matcher = Matcher()
    matcher.add(1, text)
    matcher.add_stored(2, written)
    assert matcher.match(DOCUMENT) in ([], [1, 2]), text
    return spent


def test_any_input_is_read_or_refused() -> None:
    """No exception but QueryError, nothing over 50 ms, and the normal form reads back as the same query."""
    assert find_slowest(make_input, try_one, 2_000, seed=1)[1] == 0


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_over_and_over_is_read_at_once(piece: str) -> None:
    """The longest query there may be, of nothing but blanks, quotes or any other piece, takes no square of its length.

    The bound is three times that of fuzzing, for slow machines: what grows by the square takes 700 ms and more.
    """
    text = (piece * MOST_CHARACTERS)[:MOST_CHARACTERS]
    assert min(try_one(text) for _ in range(3)) * 1e3 < 3 * LONGEST_MS


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_million_inputs_are_read_or_refused() -> None:
    """The same for a million."""
    longest, slow = find_slowest(make_input, try_one, 1_000_000, seed=20251126)
    print(f"fuzzing of queries: 1,000,000 inputs, longest {longest:.1f} ms, over {LONGEST_MS} ms: {slow}")
    assert slow == 0


@pytest.mark.parametrize(
    "text",
    ["a*" * 4_000, "a " * 399 + "a", "(" * 8_000, '"' + "a " * 3_999, "a OR " * 399 + "a", "-" * 8_000, "NOT " * 2_000,
     "a NEAR " * 399 + "a", "title:" * 1_300, "=" * 8_000, "и\u0306" * 4_000, "稀" * 8_000, "a:b " * 2_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_the_largest_are_read_at_once(text: str) -> None:
    """At the bounds of size and depth reading stays linear."""
    assert try_one(text) * 1e3 < 12 * LONGEST_MS  # a busy machine
