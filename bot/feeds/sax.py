"""The XML reader that feedparser is given: the standard library's, which hands text over in one piece.

By default each line and each reference of a text is a call of its own, eighty an item. feedparser joins them anyway.
The plain leaves of items do not reach feedparser at all: `leaves` reads them, and gives back what is not plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.expatreader import ExpatParser

from bot.feeds.leaves import LEAVES, Read, is_plain_place, read_leaf

PIECE = 65_536  # characters gathered at most; the longer texts come in several pieces


class WholeTexts(ExpatParser):
    """Expat, gathering text until the next tag, and holding back a leaf until its end."""

    def __init__(self) -> None:
        self._held: tuple[str, Mapping[str, str], Read] | None = None
        self._pieces: list[str] = []
        super().__init__()

    def reset(self) -> None:
        """Make a parser of the C library, and let it gather."""
        super().reset()
        expat: Any = vars(self)["_parser"]
        expat.buffer_text, expat.buffer_size = True, PIECE
        expat.CharacterDataHandler = self.character_data

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """Hold a leaf back that may be plain; else tell feedparser."""
        if self._held is not None:
            self._give_back()
        leaf = LEAVES.get(name)
        if leaf is not None and is_plain_place(vars(self)["_cont_handler"], leaf[0]):
            self._held, self._pieces = (name, attrs, leaf[1]), []
        else:
            super().start_element_ns(name, attrs)

    def character_data(self, data: str) -> None:
        """Keep the text of a leaf; else tell feedparser."""
        if self._held is not None:
            self._pieces.append(data)
        else:
            super().character_data(data)

    def end_element_ns(self, name: str) -> None:
        """Read the leaf that ends; else tell feedparser."""
        if self._held is not None:
            _, attrs, leaf = self._held
            if read_leaf(vars(self)["_cont_handler"], leaf, attrs, "".join(self._pieces)):
                self._held = None
                return
            self._give_back()
        super().end_element_ns(name)

    def _give_back(self) -> None:
        """Tell feedparser of the beginning of what was taken for a plain leaf, and of its text so far."""
        assert self._held is not None
        name, attrs, _ = self._held
        self._held = None
        super().start_element_ns(name, attrs)
        for piece in self._pieces:
            super().character_data(piece)


def create_parser() -> WholeTexts:
    """What `xml.sax.make_parser` looks for in a module of its list."""
    return WholeTexts()
