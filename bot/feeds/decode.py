"""Bytes to text, by what the bytes are before what anybody says they are. Never raises.

Order: byte order mark, UTF-8 if it is valid, the charset of HTTP, the label in the document, what the letters make most
likely. A label of windows-1252 or Latin-1 is what servers say that do not know, and counts for little.
Labels mean what browsers take them for (https://encoding.spec.whatwg.org/#names-and-labels).
"""

from __future__ import annotations

import codecs
import re

from bot.core.model import Page

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:\-]{1,40})["']""")
_HIGH = re.compile(rb"[\x80-\xff]+")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._:\-]{1,40})""", re.IGNORECASE)
_HEAD = 4_000  # bytes in which a web page names its encoding; the standard says 1,024
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:\-]{1,40})""", re.IGNORECASE)

_BROADER = {  # the label a page carries, and the larger code page that is meant by it
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_WORDS_OF_HIGH_BYTES = (
    "gb18030", "big5hkscs", "cp932", "euc-jp", "cp949", "cp1251", "koi8-r", "koi8-u", "cp1253", "iso8859-7", "cp1255",
    "cp1256", "cp874", "cp1252",
)  # fmt: skip
_ACCENTS = ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "cp1258")
SIDE_BY_SIDE = 0.7
"""The share of high bytes beside each other from which they are no accents: of Western texts 0 to 0.6, of others from
0.85 (samples in the tests). Without it, Italian is taken for Russian."""

FEWEST = 16
"""With fewer bytes that are not ASCII there are no letters to tell by: an accent or two, or typographic signs."""

SAMPLE = 200_000  # bytes looked at

_STATEFUL = {"iso2022_jp", "iso2022_kr", "hz"}  # bytes that are valid UTF-8 and mean something else
_UNSAFE = {"utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined"}


def decode(body: bytes, content_type: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of `body`, and in words where its label was wrong or characters were lost."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _lossy(body, name)
    for start, name in _WIDE:
        if body.startswith(start):
            return _lossy(body, name)
    labels = _labels(body, content_type)
    if labels and labels[-1] in _STATEFUL and b"\x1b" in body + (b"\x1b" if labels[-1] == "hz" else b""):
        return _lossy(body, labels[-1])
    text = _utf8(body)
    if text is not None:
        return text, _misnamed(body, labels)
    return _by_label(body, labels)


def page_type(page: Page) -> str:
    """The Content-Type of a web page, with the encoding that only the page itself names."""
    named = None if _CHARSET.search(page.content_type) else _META.search(page.body[:_HEAD])
    return f"text/html; charset={named[1].decode('ascii')}" if named else page.content_type


def _utf8(body: bytes) -> str | None:
    """The body as UTF-8; a last character that was cut off is left out. None where it is something else."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body, False)
    except UnicodeDecodeError:
        return None


def _by_label(body: bytes, labels: list[str]) -> tuple[str, tuple[str, ...]]:
    """The first label under which every byte means something; else the first one, or windows-1252, with losses.

    windows-1252 comes last: nearly any bytes mean something in it, and servers name it for what they do not know.
    """
    others = sorted((name for name in labels if name != "utf-8"), key=lambda name: name == "cp1252")
    for name in others:
        try:
            return body.decode(_guess(body, is_named=True) if name == "cp1252" else name), ()
        except (UnicodeDecodeError, LookupError):
            continue
    damaged = body.decode("utf-8", "replace")
    if not others or others == ["cp1252"]:
        foreign = sum(1 for char in damaged if char > "\x7f")
        if damaged.count("\ufffd") * 10 <= foreign:
            return damaged, ("Some bytes are not valid UTF-8; those characters are lost.",)
        return _lossy(body, _guess(body, is_named=bool(others)))
    return _lossy(body, others[0])


def _guess(body: bytes, *, is_named: bool) -> str:
    """What bytes are that nobody names, or (`is_named`) that are called windows-1252, which counts for little."""
    runs = _HIGH.findall(body[:SAMPLE])
    high = sum(map(len, runs))
    are_accents = sum(len(run) for run in runs if len(run) > 1) < SIDE_BY_SIDE * high
    if high < FEWEST or (are_accents and is_named):
        return "cp1252"
    import chardet  # here: hardly any feed is without a label and not UTF-8

    among = _ACCENTS if are_accents else _WORDS_OF_HIGH_BYTES
    found = chardet.detect(body, max_bytes=SAMPLE, include_encodings=among, compat_names=False)["encoding"]
    return (_python_name(found) if found else None) or "cp1252"


def _lossy(body: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    text = body.decode(name, "replace")
    lost = text.count("\ufffd")
    return text, (f"{lost} characters cannot be read as {name} and are lost.",) if lost else ()


def _misnamed(body: bytes, labels: list[str]) -> tuple[str, ...]:
    wrong = next((name for name in labels if name not in ("utf-8", "cp1252")), None)
    return (f"It is labelled {wrong} and is UTF-8.",) if wrong and not body.isascii() else ()


def _labels(body: bytes, content_type: str) -> list[str]:
    """The encodings that HTTP and the document name, HTTP's first, as Python names them; unknown ones left out."""
    named = [match[1] for match in [_CHARSET.search(content_type)] if match]
    declared = _DECLARED.match(body[:400])
    if declared:
        named.append(declared[1].decode("ascii"))
    return [found for name in named if (found := _python_name(name))]


def _python_name(label: str) -> str | None:
    while label.lower().startswith("x-"):
        label = label[2:]
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if info.name in _UNSAFE or not getattr(info, "_is_text_encoding", True):
        return None
    return _BROADER.get(info.name, info.name)
