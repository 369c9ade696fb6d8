"""Cutting a feed into its raw items without parsing it, so that only what is unseen has to be parsed.

The law: what is read of the unseen items this way is what the whole document would have given. Where the cut is in
doubt, nothing is cut, and everything is parsed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from bot.feeds.mend import excess, excess_in_all

DIGEST = 8  # bytes kept of a raw item's hash

_MARK = re.compile(rb"<!\[CDATA\[|<!--|<\?|<(/?)(item|entry)(?=[\s>/])")
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_ROOT_END = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>\s*$", re.IGNORECASE)
_HEAD = 2_000


@dataclass(frozen=True, slots=True)
class Skimmed:
    """A document that was cut. `window`: the hashes of all its raw items, `DIGEST` bytes each, in document order.

    `body` is the document without the items whose hash was known; `unseen` counts those that are left of `total`.
    """

    body: bytes
    window: bytes
    unseen: int
    total: int


def skim(body: bytes, known: bytes = b"") -> Skimmed | None:
    """Leave out the items whose hash is in `known` (a `window`). None where it is no document that can be cut."""
    spans = cut_items(body)
    if spans is None:
        return None
    seen = {known[at : at + DIGEST] for at in range(0, len(known), DIGEST)}
    kept: list[bytes] = []
    window: list[bytes] = []
    end = unseen = 0
    for start, stop in spans:
        digest = hashlib.blake2b(memoryview(body)[start:stop], digest_size=DIGEST).digest()
        window.append(digest)
        is_unseen = digest not in seen
        unseen += is_unseen
        kept.append(body[end : stop if is_unseen else start])
        end = stop
    kept.append(body[end:])
    left = b"".join(kept)  # an item that is known was read, so it had no excess
    return None if excess(left) else Skimmed(left, b"".join(window), unseen, len(spans))


def cut_items(body: bytes) -> list[tuple[int, int]] | None:
    """Where each item begins and ends. None unless the document is whole, in UTF-8, its items side by side."""
    if not _is_plain(body):
        return None
    spans: list[tuple[int, int]] = []
    name, start, at = b"", 0, 0
    while (mark := _MARK.search(body, at)) is not None:
        if mark[2] is None:
            at = body.find(_ENDS[mark[0]], mark.end())
            if at < 0:
                return None
            continue
        at = body.find(b">", mark.end()) + 1
        if not at or not _follows(mark, name) or body[at - 2 : at - 1] == b"/":
            return None
        if mark[1]:
            spans.append((start, at))
            name = b""
        else:
            name, start = mark[2], mark.start()
    return spans if spans and not name else None


def _follows(mark: re.Match[bytes], name: bytes) -> bool:
    """Whether a tag may come now: an end of what is open, or a beginning where nothing is."""
    return mark[2] == name if mark[1] else not name


def _is_plain(body: bytes) -> bool:
    """Whether the bytes mean what they say wherever they are cut: UTF-8, no entities of its own, not cut off."""
    head = body[:_HEAD].upper()
    if b"\0" in head or b"\x1b" in body or b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        return False
    if not _ROOT_END.search(body[-200:].rstrip()) or excess_in_all(body):
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
