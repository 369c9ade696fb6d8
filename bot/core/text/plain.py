"""Markup to plain text a person can read: no tags, no entities, nothing hidden. Never shows markup, never raises.

The parser is a real HTML5 one (lexbor). Deep nesting and long attribute lists cost it quadratic time, so markup that is
large or dense is first slimmed by a linear pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.core.model import DATE_LIMIT, TITLE_LIMIT
from bot.core.text.spaces import fold_lines, strange_letters
from bot.core.text.tidy import tidy_text

MARKUP_PER_TEXT = 20  # characters of markup looked at for one of text
MARKUP_LEAST = 20_000
DENSE_LENGTH, DENSE_TAGS = 60_000, 3_000  # up to here the parser takes any input in a few hundredths of a second
TAG_LIMIT = 8_000

_DROPPED = frozenset(
    "script style template noscript iframe object embed svg math canvas audio video noembed noframes head".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output q rb rp rt "
    "ruby s samp small span strike strong sub sup time tt u var wbr input button html body".split()
)
_CELLS = frozenset({"td", "th"})

_KNOWN_TAGS = frozenset(
    "a abbr article aside b big blockquote body br center cite code dd del div dl dt em figcaption figure font footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins li link main meta nav noscript object ol p "
    "picture pre q s script section small source span strike strong style sub sup svg table tbody td tfoot th thead "
    "title tr tt u ul video".split()
)
_TAG = re.compile(r"<(?:/?([A-Za-z][A-Za-z0-9]{0,9})(?=[\s/>])|!--|!\[CDATA\[)")
_MARKUP = re.compile(r"</[A-Za-z]|<(?:br|hr|img|p|li|div)[\s/>]|<[A-Za-z][A-Za-z0-9]*\s[^<>]*=|<!", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CUT_TAG = re.compile(r"<[A-Za-z][A-Za-z0-9]*\s+[A-Za-z:-]+\s*=|<!--|</")

_ANSI = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)?|\x1b[@-_]?")
_HIDDEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e"
    "\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufdd0-\\ufdef\\ufeff\\uffa0\\ufff0-\\ufffc\\ufffe\\uffff\\ud800-\\udfff"
    "\\U000e0000-\\U000e0fff]"
)
_JOINERS = re.compile(r"([\u200c\u200d])[\u200c\u200d]+")
_LOOSE_JOINER = re.compile(r"(?:^|(?<=[\x00-\x7f]))[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f]|$)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of RFC 5646, 2.1
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*|[\x85\u2028\u2029]")


def plain_text(markup: str, limit: int) -> str:
    """`markup` as readable text of at most `limit` characters, cut at a word. A line for each block of it.

    Escaped once or twice is the same: what still looks like markup after one reading is read once more, and no further.
    A tag that is only spoken of ("the <title> tag") stays the word it is.
    """
    source = strip_hidden(markup[: max(MARKUP_LEAST, MARKUP_PER_TEXT * limit)])
    text, had_blocks = _read(source)
    if _has_tag(text) and _MARKUP.search(text):
        text, _ = _read(text, keep_lines=had_blocks)
    elif "&" in text:
        text = _unescape(text)
    return cut_at_word(fold_lines(strip_hidden(text)), limit)


def clean_title(markup: str) -> str:
    """A headline as one line of plain text, at most TITLE_LIMIT characters."""
    if len(markup) <= TITLE_LIMIT and "<" not in markup and "&" not in markup:
        return " ".join(strip_hidden(markup).split())  # most headlines: nothing in them to be read
    return cut_at_word(" ".join(plain_text(markup, 2 * TITLE_LIMIT).split()), TITLE_LIMIT)


def said_date(raw: str) -> str:
    """A date as it was published, on one line, at most DATE_LIMIT characters."""
    return " ".join(strip_hidden(raw[: 4 * DATE_LIMIT]).split())[:DATE_LIMIT]


def language_tag(raw: str) -> str | None:
    """A language as feeds name it (`en`, `pt-BR`, `zh_CN`), with hyphens; None for what cannot be one."""
    tag = raw.strip().replace("_", "-")
    return tag if len(tag) <= 35 and _LANGUAGE.fullmatch(tag) else None


def strip_hidden(text: str) -> str:
    """Drop what no reader sees or what turns text around: control characters but tab and newline, direction marks,
    zero-widths, terminal sequences, lone surrogates. The joiners of scripts and emoji stay between such letters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = strange_letters(text)
    if _HIDDEN.search(strange):
        if "\x1b" in strange or "\x9b" in strange:
            text = _ANSI.sub("", text)
        text = _HIDDEN.sub("", text)
    if "\u200c" in strange or "\u200d" in strange:
        text = _LOOSE_JOINER.sub("", _JOINERS.sub(r"\1", text))
    return text


def cut_at_word(text: str, limit: int) -> str:
    """At most `limit` characters, ending with a whole word where one ends within the last hundred."""
    limit = max(limit, 0)
    if len(text) <= limit:
        return text
    kept = text[:limit]
    if not text[len(kept)].isspace():
        space = max(kept.rfind(" "), kept.rfind("\n"))
        kept = kept[:space] if space > len(kept) - 100 and space > 0 else kept
    return kept.rstrip()


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, with three points where some are left out."""
    return text if len(text) <= limit else f"{text[: limit - 3].rstrip()}..."


def _has_tag(text: str) -> bool:
    """Whether a tag of HTML is in it, a comment, or a CDATA section: `x<y` and `<@1>` are none."""
    return any(tag[1] is None or tag[1].lower() in _KNOWN_TAGS for tag in _TAG.finditer(text))


def _unescape(text: str) -> str:
    """The entities that are left, as their characters; as they are where that would make tags."""
    plain = _ENTITY.sub(_character, text)
    return plain if len(_TAG.findall(plain)) == len(_TAG.findall(text)) else text


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; one without a meaning stands for itself."""
    return unescape(entity[0]) if entity[0][1] == "#" or entity[0][1:] in html5 else entity[0]


def _read(source: str, *, keep_lines: bool = False) -> tuple[str, bool]:
    """The text of markup, read once, and whether its lines mean something (it had tags)."""
    if "<" not in source and "&" not in source:
        return (source if keep_lines else _flow(source)), keep_lines
    has_tags = _has_tag(source)
    if has_tags and not keep_lines and (tidy := tidy_text(source)) is not None:
        return tidy, True
    flowing = source if has_tags and not keep_lines else _mark_lines(source, every=keep_lines)
    root = LexborHTMLParser(_slim(_close(flowing))).root
    return "".join(_pieces(root)) if root else "", has_tags or keep_lines


def _flow(text: str) -> str:
    """Text without markup: an empty line parts paragraphs, a single newline is a space."""
    return "\n".join(part.replace("\n", " ") for part in _PARAGRAPHS.split(text))


def _mark_lines(source: str, *, every: bool) -> str:
    """Newlines that mean something, as markup that says so."""
    return source.replace("\n", "<br>") if every else _PARAGRAPHS.sub("<br>", source)


def _close(source: str) -> str:
    """After the last `>` no tag can end: a `<` there is a sign, or the start of a tag that was cut off."""
    end = source.rfind(">") + 1
    head, tail = source[:end], source[end:]
    start = tail.rfind("<")
    if start >= 0 and _CUT_TAG.match(tail, start):
        tail = tail[:start]
    return head + tail.replace("<", "&lt;")


_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|iframe|noscript|template|svg|math)\b.*?(?:</(?P=raw)\b[^>]*>?|\Z)"
    r"""|<(?P<tag>/?[A-Za-z][^\s/<>]*+)(?:[^<>"'=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?|["'<])*+(?:>|\Z)""",
    re.IGNORECASE | re.DOTALL,
)


def _slim(source: str) -> str:
    """Markup the parser reads in linear time: as it is, or where dense without attributes and only so many tags."""
    if len(source) <= DENSE_LENGTH and source.count("<") <= DENSE_TAGS:
        return source
    slim = _TOKEN.sub(lambda found: f"<{found['tag'][:20]}>" if found["tag"] else " ", source)
    pieces = slim.split("<", TAG_LIMIT)
    return "<".join(pieces[:TAG_LIMIT])


def _pieces(root: LexborNode) -> Iterator[str]:
    """The text of a tree in order, with newlines around blocks. An own stack: nesting may be deep."""
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield _one_line(node.text_content or "")
        elif (tag not in _DROPPED and not tag.startswith(("-", "!"))) or tag == "-document":
            edge = "" if tag in _INLINE or tag == "-document" else " " if tag in _CELLS else "\n"
            yield edge
            stack.append(edge)
            stack += reversed(_children(node))


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _one_line(text: str) -> str:
    """A run of white space as one space, at the ends too. Splitting is several times quicker than a pattern."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"
