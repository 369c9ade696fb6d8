"""What a piece of news is about, as terms by which it is compared, and how that is stored. Reads no news itself.

Terms that hold in all languages have a colon: `mineral:gallium`, `country:china`, `name:catl`, `kind:halt`,
`number:8.5e+09`, `date:12-01`, `sound:kkt`; words of one language have none. `from:` and `aside:` weigh nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gist:
    """The terms of the headline and those only of the text, each once."""

    lang: str
    title: tuple[str, ...]
    text: tuple[str, ...]

    def packed(self) -> str:
        """As it is stored: no term has a space."""
        return f"{self.lang}\n{' '.join(self.title)}\n{' '.join(self.text)}"


def unpack_gist(stored: str) -> Gist:
    """A stored gist."""
    lang, title, text = stored.split("\n")
    return Gist(lang, tuple(title.split()), tuple(text.split()))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of news as it is stored for grouping. `hours`: when it was published, since 1970; hashes may be 0."""

    gist: Gist
    hours: float
    link: int = 0
    title: int = 0
    sketch: bytes = b""
