"""The XML reader that feedparser is given: the standard library's, which hands text over in one piece.

By default each line and each reference of a text is a call of its own, eighty an item. feedparser joins them anyway.
"""

from __future__ import annotations

from typing import Any
from xml.sax.expatreader import ExpatParser

PIECE = 65_536  # characters gathered at most; the longer texts come in several pieces


class WholeTexts(ExpatParser):
    """Expat, gathering text until the next tag."""

    def reset(self) -> None:
        """Make a parser of the C library, and let it gather."""
        super().reset()
        expat: Any = vars(self)["_parser"]
        expat.buffer_text, expat.buffer_size = True, PIECE


def create_parser() -> WholeTexts:
    """What `xml.sax.make_parser` looks for in a module of its list."""
    return WholeTexts()
