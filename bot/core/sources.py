"""What a person calls a source, and which feeds that names: `reuters`, `Kremlin`, `mining.com`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from bot.core.text.words import find_words


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who told something: a feed by its title and address, and the language of what it told, where that is known."""

    title: str
    url: str
    lang: str = ""


def is_called(name: str, outlet: Outlet) -> bool:
    """Whether a name means an outlet: the words of its title side by side, its host, or a part of that."""
    wanted = _words(name)
    if not wanted:
        return False
    title, host = _words(outlet.title), urlsplit(outlet.url).hostname or ""
    if any(title[at : at + len(wanted)] == wanted for at in range(len(title) - len(wanted) + 1)):
        return True
    plain = name.strip().casefold().removeprefix("www.")
    is_host = "." in plain and (host == plain or host.endswith(f".{plain}"))
    return is_host or (len(plain) >= SHORTEST and plain in host.split(".")[:-1])


SHORTEST = 3
"""Letters of a part of a host's name from which it names an outlet: no co, no en."""


def _words(text: str) -> list[str]:
    return [token.word for token in find_words(text)]


class Filters(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a subscription lets through: any of these sources, and any of these languages; empty is all."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def passes(self, outlets: Sequence[Outlet]) -> bool:
        """Whether one outlet is both. One that states no language passes for any."""
        return any(self.refuses(outlet) == "" for outlet in outlets)

    def refuses(self, outlet: Outlet) -> str:
        """Why an outlet is not let through: "source", "language", or "" where it is."""
        if self.sources and not any(is_called(name, outlet) for name in self.sources):
            return "source"
        spoken = outlet.lang.casefold().partition("-")[0]
        return "language" if self.languages and spoken and spoken not in self.languages else ""

    def written(self) -> str:
        """As it is stored: "" where nothing is filtered."""
        return msgspec.json.encode(self).decode() if self.sources or self.languages else ""


def read_filters(stored: str) -> Filters:
    """What `written` wrote."""
    return msgspec.json.decode(stored, type=Filters) if stored else Filters()
