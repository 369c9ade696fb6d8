"""Addresses: one form for telling stories apart, one for following a link, one for showing. Never asks the network.

The key and the link are two things: the key drops what does not identify a page, the click goes where it was published.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

URL_LIMIT = 4_000  # characters; what is longer is an accident or an attack, and no browser follows it everywhere

DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING_PREFIXES = ("utm_", "mtm_", "at_")
TRACKING = frozenset({"fbclid", "gclid", "xtor", "maca"})

_EDGE = "".join(map(chr, range(0x21)))  # what a browser strips around an address
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_NO_HOST = re.compile(r"https?:/*|//+", re.IGNORECASE)  # a form left empty; joined, it would mean the page itself
_PLAIN = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./~%=&+:,@!$'()*?-]*[\w./~%=&+:,@!$'()*-])?/?", re.ASCII
)
_UNSAFE = re.compile(
    '[\\x00-\\x20\\x7f-\\xa0"<>^`{|}\\u061c\\u115f\\u1160\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000'
    "\\u3164\\ufeff\\uffa0\\ufff0-\\uffff\\ud800-\\udfff\\U000e0000-\\U000e0fff]"
)


@lru_cache(maxsize=4_096)
def canonical_url(url: str) -> str:
    """The identity of an address, for comparing only: `https://www.Example.org/a/?utm_source=x#b` is `example.org/a`.

    Anything that is no http(s) address, such as a guid of another form, comes back trimmed. Idempotent; never raises.
    """
    text = _trim(url)
    parts = _split(text)
    if parts is None:
        return text
    host = (parts.hostname or "").removeprefix("www.")
    host = f"[{host}]" if ":" in host else host
    port = _port(parts)
    if port not in (None, DEFAULT_PORTS[parts.scheme]):
        host = f"{host}:{port}"
    query = _without_tracking(parts.query)
    path = parts.path.rstrip("/" + _EDGE)
    return f"{host}{path}{'?' if query else ''}{query}".strip(_EDGE)


def _without_tracking(query: str) -> str:
    """The query as written, less the parameters that say where a reader came from."""
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair.partition("=")[0].lower()))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def http_url(url: str, base: str | None = None) -> str | None:
    """The absolute http(s) address that `url` means, seen from the page `base`; None where it is no such address.

    Characters that could break or disguise a link are percent-encoded; the rest is kept as published.
    """
    if len(url) <= URL_LIMIT and _PLAIN.fullmatch(url):
        return url
    text = _trim(url)
    if not text or len(text) > URL_LIMIT or _NO_HOST.fullmatch(text):
        return None
    if base is not None:
        try:
            text = urljoin(_trim(base), text)
        except ValueError:
            return None
    parts = _split(text)
    if parts is None or not _is_sound(parts):
        return None
    safe = _UNSAFE.sub(_percent, urlunsplit(parts))
    return safe if len(safe) <= URL_LIMIT else None


def _is_sound(parts: SplitResult) -> bool:
    """Whether every reader of the address would go to the same host."""
    return not _UNSAFE.search(parts.netloc) and "\\" not in parts.netloc and "%" not in (parts.hostname or "")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def host_of(url: str) -> str:
    """The host in lower case, without login, port and brackets; "" where there is none."""
    parts = _split(_trim(url))
    return (parts.hostname or "") if parts else ""


def source_name(title: str, *urls: str | None) -> str:
    """An outlet as queries know it: its name and the hosts of its addresses."""
    return " ".join(dict.fromkeys((title, *(host_of(url) for url in urls if url)))).strip()


def shown_url(url: str) -> str:
    """The address as it may be shown and logged: without login and query, where secrets are kept.

    At most 200 characters.
    """
    parts = _split(_trim(url))
    if parts is None:
        scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:", _trim(url))
        return f"{scheme[0]}…" if scheme else "an address that cannot be read"
    host = parts.netloc.rpartition("@")[2]
    shown = _UNSAFE.sub(_percent, f"{parts.scheme}://{host}{parts.path}")
    return shown if len(shown) <= 200 else shown[:199] + "…"


def _trim(url: str) -> str:
    return _LINE_BREAKS.sub("", url).strip(_EDGE)


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address with a host and a possible port, else None."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in DEFAULT_PORTS and bool(parts.hostname)
        _port(parts)
    except ValueError:
        return None
    return parts if is_web else None


def _port(parts: SplitResult) -> int | None:
    return parts.port
