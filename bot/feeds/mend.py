"""Text made fit for an XML parser, and what is refused before one sees it. Pure, linear in the text, never raises.

Each repair looks at one place only: what it does to an item does not depend on the items beside it.
"""

from __future__ import annotations

import re
from html.entities import html5

MOST_TAGS = 100_000  # the parser takes 20 µs for one: two seconds at most; a feed of 2,000 items has 60,000
MOST_ATTRIBUTES = 100  # of one tag; their number costs the parser its square
MOST_REFERENCES = 1_000_000  # 4 µs each; ten megabytes of escaped markup have half of that
NO_FEED = "It is neither RSS, Atom nor JSON Feed."
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_UNREAD = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_OPENED = re.compile(rb"""[^\s/>!?]++(?:\s++[^\s=<>"']++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))++""")
_LONG = re.compile(rb"<[^<]{%d,}+" % (5 * MOST_ATTRIBUTES - 1))
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ELEMENT = re.compile(r"<[^\W\d]")
_FEED = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|item|entry)[\s/>]", re.IGNORECASE)
_NUMERIC = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_BEGUN = re.compile(r"&#?[xX]?[0-9a-fA-F]*$")
_LONGEST = 10  # characters that a begun reference may have
_NAMED = re.compile(
    r"(?i:<!\[CDATA\[).*?(?:\]\]>|\Z)|&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot|apos);)(?:([A-Za-z][A-Za-z0-9]{1,31});)?",
    re.DOTALL,
)
_STRANGE = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot|apos);)")
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)
_ROOTS = tuple(
    (re.compile(rf"<{name}[\s>]", re.IGNORECASE), re.compile(rf"</{name}\s*>", re.IGNORECASE), mended)
    for name, mended in (("rss", "</channel></rss>"), ("feed", "</feed>"), ("rdf:RDF", "</rdf:RDF>"))
)
_TAIL = 2_000


def refuse(text: str) -> str:
    """Why a document is not given to the parser, in words; "" where it may be."""
    if _has_own_entities(text):
        return "It defines entities of its own; such a document is not read."
    if not _FEED.search(text):
        return NO_FEED
    return excess(text.encode("utf-8", "replace"))


def excess(body: bytes) -> str:
    """What a document has too much of, in words: it would hold the parser for many seconds. "" where it may be read."""
    if too_many := excess_in_all(body):
        return too_many
    return (
        _words(MOST_ATTRIBUTES, "attributes in a tag")
        if any(map(_has_too_many_attributes, _LONG.findall(body)))
        else ""
    )


def excess_in_all(body: bytes) -> str:
    """The same of what only counts in all; a short document, as most are, is not even counted."""
    if len(body) > MOST_REFERENCES and body.count(b"&") > MOST_REFERENCES:
        return _words(MOST_REFERENCES, "references")
    if len(body) > MOST_TAGS and body.count(b"<") > MOST_TAGS and _UNREAD.sub(b"", body).count(b"<") > MOST_TAGS:
        return _words(MOST_TAGS, "tags")
    return ""


def _words(limit: int, name: str) -> str:
    return f"It has more than {limit:,} {name}; such a document is not read."


def _has_too_many_attributes(piece: bytes) -> bool:
    """Whether a piece from one `<` to the next begins with a tag of that kind."""
    if piece.count(b"=") <= MOST_ATTRIBUTES:
        return False
    tag = _OPENED.match(piece, 1)
    return tag is not None and tag[0].count(b"=") > MOST_ATTRIBUTES


def _has_own_entities(text: str) -> bool:
    """Whether it has a DOCTYPE before its first element, and entities with it. An article may speak of them."""
    first = _ELEMENT.search(text)
    if "<!" not in text[: first.start() if first else len(text)]:
        return False
    bare = _COMMENT.sub("", text)
    root, doctype = _ELEMENT.search(bare), _DOCTYPE.search(bare)
    if doctype is None or (root is not None and root.start() < doctype.start()):
        return False
    return bool(_ENTITY.search(text))


def mend_references(text: str) -> str:
    """Drop those to no character, write HTML's names as characters and a bare `&` as XML asks."""
    legal = _NUMERIC.sub(_mend_numeric, text)
    if not _STRANGE.search(legal):  # most documents have none, and this tells it ten times quicker
        return legal
    return _NAMED.sub(_mend_named, legal)


def _mend_numeric(match: re.Match[str]) -> str:
    """A numeric reference as it is, or nothing where it means no character: feedparser fails on such a document.

    A blank where what stands before and after would become another one.
    """
    digits, base = (match[1], 16) if match[1] else (match[2], 10)
    code = int(digits, base) if len(digits) <= 7 else 0
    if code <= 0x10FFFF and not ILLEGAL.match(chr(code)):
        return match[0]
    return " " if _BEGUN.search(match.string, max(match.start() - _LONGEST, 0), match.start()) else ""


def _mend_named(match: re.Match[str]) -> str:
    """XML knows five names and HTML two thousand: `&colon;` is its character, `R&D;` is no entity at all."""
    if match[0][0] == "<":
        return match[0]
    if match[1] is None:
        return "&amp;"
    meant = html5.get(match[1] + ";")
    if meant is None:
        return f"&amp;{match[1]};"
    return meant.replace("&", "&amp;").replace("<", "&lt;")


def mend_end(text: str) -> tuple[str, bool]:
    """A document without what follows its end; one that was cut off closed, without the item in which the cut fell.

    The second value: whether it was cut off.
    """
    for opening, closing, mended in _ROOTS:
        if opening.search(text[:_TAIL]):
            end = _last(closing, text, len(text) - _TAIL) or _last(closing, text, 0)
            if end and not _ITEM.search(text, end):
                return text[:end], False
            whole = _last(_ITEM_END, text, 0)
            if whole:
                return text[:whole] + mended, True
            first = _ITEM.search(text)
            return text[: first.start()] + mended if first else text, True
    return text, False


def _last(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the last match ends; 0 where there is none."""
    end = 0
    for match in pattern.finditer(text, max(start, 0)):
        end = match.end()
    return end
