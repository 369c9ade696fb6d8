"""What a body is, by its first bytes: an answer to no feed is named before a parser sees it. Parses nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

HEAD = 4_000  # bytes looked at; a page says what it is in its first lines

_COMMENT_OR_PI = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_WEB_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body|script|meta|title)[\s>]", re.IGNORECASE)
_CHALLENGE = re.compile(
    rb"<title>\s*(?:just a moment|attention required|access denied|are you a robot|checking your browser|one moment|"
    rb"ddos-guard|security check|robot check|verifying you are human|please wait)|"
    rb"cf-browser-verification|cf_chl_|challenge-platform|/_incapsula_|captcha-delivery|px-captcha|"
    rb"sucuri_cloudproxy|data-sitekey|consent\.(?:google|yahoo|youtube)\.",
    re.IGNORECASE,
)


class Body(StrEnum):
    """What a body looks like."""

    EMPTY = "empty"
    CHALLENGE = "challenge"
    WEB_PAGE = "web page"
    JSON = "json"
    OTHER = "other"  # XML, most likely


WORDS = {
    Body.EMPTY: "The answer is empty.",
    Body.CHALLENGE: "The site answered with a check for people, or a consent page, in place of the feed.",
    Body.WEB_PAGE: "The answer is a web page, not a feed.",
}
"""What is said of the bodies that are no feed."""


def sniff(body: bytes, headers: Mapping[str, str] | None = None) -> Body:
    """What `body` looks like; `headers` (names in lower case) may give a challenge away."""
    if headers and "cf-mitigated" in headers:
        return Body.CHALLENGE
    head = body[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head:
        return Body.EMPTY
    if head[:1] in b"{[":
        return Body.JSON
    start = _COMMENT_OR_PI.sub(b"", head).lstrip()
    if not _WEB_PAGE.match(start):
        return Body.OTHER
    return Body.CHALLENGE if _CHALLENGE.search(body[: 8 * HEAD]) else Body.WEB_PAGE
