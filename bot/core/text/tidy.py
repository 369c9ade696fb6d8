"""Markup that is tidy: few kinds of tags, each closed where it should be. Its text is had without building a tree.

Most articles are written by programs and are tidy; reading them so takes a fifth of the time. Whatever is in doubt is
left to the HTML5 parser of `plain`: the law is that both give the same text.
"""

from __future__ import annotations

import re
from html import unescape

INLINE = frozenset("a abbr b cite code em i q s small span strong sub sup time u".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol"})
BLOCKS = frozenset({"p", "div", "blockquote", "figure", "figcaption", "section", "li"}) | HEADINGS | LISTS
VOID = {"br": "\n", "hr": "\n", "img": ""}
_EDGES = dict.fromkeys(INLINE, "") | dict.fromkeys(BLOCKS, "\n")

_TAG = re.compile(
    r"""<(/?)([a-z][a-z0-9]*+)(?:\s++[a-zA-Z][\w:-]*+(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[\w./:#%?=;,+-]*[\w.:#%?=;,+-]))?+)*+\s*+/?>""",
)
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")


def tidy_text(markup: str) -> str | None:
    """The text of tidy markup, a newline at each edge of a block; None where it is not tidy. Its own are spaces."""
    parts = _TAG.split(markup.replace("\n", " "))
    if len(parts) // 3 != markup.count("<"):
        return None
    text = _without_tags(parts)
    if text is None or _LOOSE_AMPERSAND.search(text):
        return None
    plain = unescape(text)
    has_line_ends = plain.count("\n") != text.count("\n") or "\r" in plain
    return None if has_line_ends or "\u200c" in plain or "\u200d" in plain else plain


def _without_tags(parts: list[str]) -> str | None:
    """The text between the tags: `parts` are text, slash and name in turn. None where a tag is out of place."""
    open_tags: list[str] = []
    for at in range(2, len(parts), 3):
        name = parts[at]
        edge = VOID.get(name)
        if edge is None:
            edge = _EDGES.get(name)
            if edge is None or not _is_in_place(name, parts[at - 1], open_tags):
                return None
        elif parts[at - 1]:
            return None
        parts[at - 1] = ""
        parts[at] = edge
    return None if open_tags else "".join(parts)


def _is_in_place(name: str, slash: str, open_tags: list[str]) -> bool:
    """Whether a tag closes what was opened last, or opens what may stand there; `open_tags` follows it.

    The HTML parser closes a heading before a heading and a list's item before another, wherever their ends are.
    """
    if slash:
        return bool(open_tags) and open_tags.pop() == name
    if name == "li" and not (open_tags and open_tags[-1] in LISTS):
        return False
    if name in HEADINGS and not HEADINGS.isdisjoint(open_tags):
        return False
    open_tags.append(name)
    return True
