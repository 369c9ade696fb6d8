"""Lines that a feed's software puts under or over its items: known by standing in most items of one page. Pure.

They are taken off what is stored, never off what identifies an item: a page that is read in part, or again with other
lines known, gives the same items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.core.model import Item
from bot.core.text.hashes import hash64
from bot.core.text.sentences import split_sentences

FEWEST = 3
ENOUGH = 6  # items from which a page is judged; what was found before stands where there are fewer
SHARE = 0.5
LOOKED_AT = 100  # items of a page
LINES = 6  # looked at from the top and the bottom of a text
TAIL = 500  # characters of the last line whose sentences are looked at
TAIL_SENTENCES = 3
LONGEST = 400  # characters of a line; a paragraph that is longer is no footer
MOST = 40
_DIGIT = re.compile(r"\d")
KEPT_DIGITS = 16  # of a line's hash
ALIKE = 0.5  # the share of a title's words from which two items tell one story


def find_repeats(items: Sequence[Item]) -> str:
    """The lines and last sentences that stand in at least half of a page's items, and in three that tell of different
    things, as hashes; "" where there are none."""
    told = [item for item in items[:LOOKED_AT] if item.text]
    counts = Counter(line for item in told for line in set(_edges(item.text)))
    least = max(FEWEST, SHARE * len(told))
    common = [line for line, count in counts.most_common(MOST) if count >= least and not _may_be_told(line)]
    found = [line for line in common if _is_of_many(line, told)]
    return ",".join(sorted(map(_digest, found)))


def drop_repeats(text: str, repeats: str) -> str:
    """A text without the lines known to stand in most of its feed's items."""
    if not repeats or not text:
        return text
    known = frozenset(repeats.split(","))
    lines = [line for line in text.split("\n") if len(line) > LONGEST or _digest(_bare(line)) not in known]
    while lines and (shorter := _without_tail(lines[-1], known)) != lines[-1]:
        lines[-1:] = [shorter] if shorter else []
    return "\n".join(lines)


def _without_tail(line: str, known: Collection[str]) -> str:
    sentences = split_sentences(line[-TAIL:])
    if not sentences or _digest(_bare(sentences[-1])) not in known:
        return line
    return line[: len(line) - len(sentences[-1])].rstrip()


def _edges(text: str) -> Iterator[str]:
    """What may be a footer or a header, in one form."""
    lines = text.split("\n")
    outer = lines if len(lines) <= 2 * LINES else [*lines[:LINES], *lines[-LINES:]]
    yield from (_bare(line) for line in outer if len(line) <= LONGEST)
    yield from (_bare(sentence) for sentence in split_sentences(lines[-1][-TAIL:])[-TAIL_SENTENCES:])


def _bare(line: str) -> str:
    return " ".join(line.casefold().split())


def _digest(line: str) -> str:
    return f"{hash64(line) & (1 << 64) - 1:0{KEPT_DIGITS}x}"


def _may_be_told(line: str) -> bool:
    """Whether there is a number in it: many rules may have one date, and none of them may lose it."""
    return _DIGIT.search(line) is not None and not line.startswith(("©", "copyright"))


def _is_of_many(line: str, items: Iterable[Item]) -> bool:
    """Whether three items have it whose titles are not those of one story: its updates may share a paragraph."""
    titles: list[set[str]] = []
    for item in items:
        words = set(_bare(item.title).split())
        if line in _edges(item.text) and not any(len(words & other) > ALIKE * len(words) for other in titles):
            titles.append(words)
        if len(titles) >= FEWEST:
            return True
    return False
