"""Near-duplicates: a text as the few smallest hashes of its word pairs, so that two texts are compared by those alone.

Bottom-k sketch (Broder 1997): the share of common hashes among the smallest of both is the Jaccard likeness of the
pairs, within 1/sqrt(k) or so. A sketch is bytes, stored with the item.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from zlib import crc32

SIZE = 32
"""Hashes kept of a text."""

FEWEST = 8
"""Pairs of a text that is long enough to be the copy of another."""

WIDTH = 4  # bytes of a hash
MIX = 0x9E3779B1
"""Crc32 is linear, so its low bits are mixed before they are compared: Knuth's multiplicative hash."""


def sketch(pairs: Iterable[str]) -> tuple[int, ...]:
    """The smallest hashes of the pairs, in order; () of too short a text."""
    hashes = {crc32(pair.encode("utf-8", "surrogatepass")) * MIX & 0xFFFFFFFF for pair in pairs}
    return tuple(sorted(hashes)[:SIZE]) if len(hashes) >= FEWEST else ()


def likeness(one: Sequence[int], other: Sequence[int], least: float = 0.0) -> float:
    """The Jaccard likeness of two texts, as far as their sketches tell: 0 to 1; 0 where it is surely under `least`."""
    if not one or not other:
        return 0.0
    both = frozenset(one).intersection(other)
    if len(both) < least * max(len(one), len(other)):
        return 0.0
    union = sorted(frozenset(one) | frozenset(other))[:SIZE]
    return len(both.intersection(union)) / len(union)


def pack(hashes: Sequence[int]) -> bytes:
    """A sketch as it is stored."""
    return struct.pack(f">{len(hashes)}I", *hashes)


def unpack(stored: bytes) -> tuple[int, ...]:
    """A stored sketch."""
    return struct.unpack(f">{len(stored) // WIDTH}I", stored)
