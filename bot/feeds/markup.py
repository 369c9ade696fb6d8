"""A fetched web page as a tree, in a bounded time whatever it holds. Reads nothing out of it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from bot.core.model import Page
from bot.feeds.decode import decode, page_type

MOST_BYTES = 2_000_000
MOST_TAGS = 12_000
"""Blocks that are opened and never closed cost the parser the square of their number: so many take it two seconds."""


def read_tree(page: Page) -> LexborHTMLParser:
    """The beginning of the page, which is all of it but where it is huge."""
    pieces = decode(page.body[:MOST_BYTES], page_type(page))[0].split("<", MOST_TAGS)
    return LexborHTMLParser("<".join(pieces[:MOST_TAGS]))
