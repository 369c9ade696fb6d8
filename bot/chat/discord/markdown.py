"""Plain words as Discord's markdown: whatever a feed says is shown as it stands, and means nothing. Pure.

Names of authors and footers know no markdown: they take `cleaned` text; titles and descriptions take `escaped`.
"""

from __future__ import annotations

import re

from bot.core.messages import Line, Link, Moment
from bot.core.text.plain import strip_hidden

MORE = "…"
LONGEST_URL = 2_048
SPECIAL = re.compile(r"[\\*_~|`\[\]<>@#]")
LIST_MARK = re.compile(r"^(\s*)([-+]|\d+(?=\.))", re.MULTILINE)
STYLES = {"time": "t", "day": "D", "both": "f"}
UNSAFE_IN_URL = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "%0A", "|": "%7C"}


def cleaned(text: str, limit: int | None = None) -> str:
    """The text on one line without what steers a screen, with an ellipsis where it is longer than `limit`."""
    plain = " ".join(strip_hidden(text).split())
    return plain if limit is None or len(plain) <= limit else plain[: limit - 1].rstrip() + MORE


def escaped(text: str, limit: int | None = None) -> str:
    """The text with each sign that would mean something made a plain sign; at most `limit` characters long.

    A backslash before a sign that is neither letter nor digit makes Discord show the sign alone.
    """
    marked = LIST_MARK.sub(_escape_mark, SPECIAL.sub(r"\\\g<0>", strip_hidden(text)))
    if limit is None or len(marked) <= limit:
        return marked
    cut = marked[: max(limit - 1, 0)]
    odd = (len(cut) - len(cut.rstrip("\\"))) % 2
    return (cut[:-1] if odd else cut).rstrip() + MORE


def line_markdown(line: Line, room: int) -> str:
    """A line with links and native timestamps, at most `room` characters; a link that does not fit is its words."""
    done = ""
    for part in line:
        left = room - len(done)
        piece = _piece(part)
        if len(piece) > left:
            words = part.text if isinstance(part, Link) else part if isinstance(part, str) else MORE
            return (done + escaped(words, max(left, 1)))[:room]
        done += piece
    return done


def masked(words: str, url: str) -> str:
    """A link that shows words. An address too long to be one is left out."""
    address = "".join(UNSAFE_IN_URL.get(letter, letter) for letter in url)
    return f"[{escaped(cleaned(words))}]({address})" if len(address) <= LONGEST_URL // 2 else escaped(cleaned(words))


def _piece(part: str | Link | Moment) -> str:
    if isinstance(part, str):
        return escaped(part)
    if isinstance(part, Link):
        return masked(part.text, part.url)
    return f"<t:{int(part.at.timestamp())}:{STYLES.get(part.style, 'f')}>"


def _escape_mark(match: re.Match[str]) -> str:
    before, mark = match.groups()
    return f"{before}{mark}\\" if mark.isdecimal() else f"{before}\\{mark}"
