"""Numbers that stand for text: the keys under which items, links and queries are remembered. Never used for secrets."""

from __future__ import annotations

from hashlib import blake2b


def hash64(*parts: str) -> int:
    """A signed 64-bit number for these parts in this order; `("ab", "c")` and `("a", "bc")` differ. Stable for ever."""
    digest = blake2b(digest_size=8)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return int.from_bytes(digest.digest(), "big", signed=True)
