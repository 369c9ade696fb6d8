"""The plain leaves of a feed's items (title, link, date, text), read in place of feedparser as feedparser reads them.

Most of what it takes for a feed goes into a dozen calls for each such element. Here each is one step, with the same
outcome for every field that `parse` reads. What is not plain is not taken on: a leaf with other attributes, in another
place, or one that proves to be no leaf is handed to feedparser, which stays the reader of record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Attributes = Mapping[str, str]
Read = Callable[[Any, Any, Attributes, str], bool]
"""Takes feedparser's handler, its entry, the element's attributes and its stripped text. False: not plain after all."""

_UNNAMED = ("", "http://www.w3.org/2005/Atom ", "http://purl.org/rss/1.0/ ")
_DC, _CONTENT = "http://purl.org/dc/elements/1.1/", "http://purl.org/rss/1.0/modules/content/"
_TEXT_TYPES: tuple[Attributes, ...] = ({}, {"type": "html"}, {"type": "text"}, {"type": "text/html"})
_C1 = re.compile("[\x80-\x9f]")  # which feedparser takes for letters of windows-1252
_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
_CATEGORY = frozenset({"term", "scheme", "label", "domain"})
_LINK = frozenset({"href", "rel", "type", "title", "length", "hreflang"})


def is_plain_place(parser: Any, prefix: str) -> bool:
    """Whether feedparser stands in an item and in nothing else, and means by `prefix` what all do."""
    return (
        parser.inentry == 1
        and bool(parser.elementstack)
        and parser.elementstack[-1][0] in ("item", "content")  # it leaves `content` behind after each of Atom's
        and not (parser.incontent or parser.insource or parser.inimage or parser.intextinput or parser.inauthor)
        and not (parser.incontributor or parser.inpublisher or parser.svgOK or parser.decls)
        and parser.namespacemap.get(prefix, prefix) == prefix
    )


def read_leaf(parser: Any, leaf: Read, attrs: Attributes, text: str) -> bool:
    """Let feedparser's entry have what the leaf says. False where it is not plain, and nothing was done."""
    text = text.strip()
    if not text.isascii():
        if _C1.search(text):
            return False
        text = _mend_encoding(text)
    return leaf(parser, parser.entries[-1], attrs, text)


def _mend_encoding(text: str) -> str:
    """UTF-8 that was taken for ISO-8859-1 and encoded once more, as feedparser mends it."""
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def _store(parser: Any, entry: Any, name: str, value: str) -> None:
    """Keep a value unless one of less depth is known."""
    depth = parser.depth + 1
    depths = parser.property_depth_map.setdefault(entry, {})
    if name not in depths or depth <= depths[name]:
        depths[name] = depth
        dict.__setitem__(entry, name, value)


def _read_value(name: str) -> Read:
    def read(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
        if attrs:
            return False
        _store(parser, entry, name, text)
        return True

    return read


def _pass(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    """What `parse` does not read."""
    return not attrs.keys() - _CATEGORY


def _read_title(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    if attrs not in _TEXT_TYPES:
        return False
    if not -1 < parser.title_depth <= parser.depth + 1:
        _store(parser, entry, "title", text)
        dict.__setitem__(entry, "title_detail", {"language": parser.lang.replace("_", "-") if parser.lang else None})
    if text:
        parser.title_depth = parser.depth + 1
    return True


def _read_summary(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    if attrs not in _TEXT_TYPES or ("summary" in dict.keys(entry) and not parser.hasContent):
        return False
    _store(parser, entry, "summary", text)
    return True


def _read_content(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    if attrs not in _TEXT_TYPES:
        return False
    parser.hasContent = 1
    dict.setdefault(entry, "content", []).append({"value": text})
    dict.setdefault(entry, "summary", text)
    return True


def _read_atom_content(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    if not _read_content(parser, entry, attrs, text):
        return False
    parser.push("content", 1)
    return True


def _read_guid(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    if attrs.keys() - {"isPermaLink"}:
        return False
    parser.guidislink = attrs.get("isPermaLink", "true") == "true"
    if parser.guidislink and text:
        text = parser.resolve_uri(text)
    _store(parser, entry, "id", text)
    if parser.guidislink:
        dict.setdefault(entry, "link", text)
    return True


def _read_link(parser: Any, entry: Any, attrs: Attributes, text: str) -> bool:
    """RSS has the address as its text, Atom as an attribute; feedparser knows best which kind of link it is."""
    if attrs:
        if "href" not in attrs or attrs.keys() - _LINK:
            return False
        parser._start_link({name: value.lower() if name in ("rel", "type") else value for name, value in attrs.items()})
        return True
    address = _REFERENCE.sub(r"&\g<1>", parser.resolve_uri(text).replace("&amp;", "&")) if text else ""
    link = {"rel": "alternate", "type": "text/html"} | ({"href": address} if address else {})
    dict.setdefault(entry, "links", []).append(link)
    dict.__setitem__(entry, "link", address)
    return True


_READS: dict[str, Read] = {
    "title": _read_title,
    "link": _read_link,
    "description": _read_summary,
    "summary": _read_summary,
    "guid": _read_guid,
    "id": _read_guid,
    "pubDate": _read_value("published"),
    "published": _read_value("published"),
    "updated": _read_value("updated"),
    "category": _pass,
    "comments": _pass,
}
LEAVES: dict[str, tuple[str, Read]] = {
    **{f"{space}{name}": ("", read) for space in _UNNAMED for name, read in _READS.items()},
    "http://www.w3.org/2005/Atom content": ("", _read_atom_content),
    f"{_DC} creator dc": ("dc", _read_value("author")),
    f"{_DC} date dc": ("dc", _read_value("updated")),
    f"{_DC} subject dc": ("dc", _pass),
    f"{_CONTENT} encoded content": ("content", _read_content),
}
"""The leaves that are taken on, as the XML reader names them, each with the prefix that feedparser gives it."""
