"""Which feeds a web page names in its head: `<link rel="alternate" type="application/rss+xml">`. Fetches nothing."""

from __future__ import annotations

from bot.core.model import Page
from bot.core.probe import FoundFeed
from bot.core.text.plain import clean_title
from bot.core.text.urls import http_url
from bot.feeds.markup import read_tree

KINDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
         "application/json"}  # fmt: skip
COMMENTS = ("comment", "kommentar", "commentaire", "comentario")
MOST = 20
"""Feeds looked at; a page that names more is a catalogue."""


def find_feeds(page: Page) -> tuple[FoundFeed, ...]:
    """The feeds that a page names, in its order. Those of comments only where there is nothing else."""
    root = read_tree(page)
    base_tag = root.css_first("base[href]")
    base = http_url(base_tag.attributes.get("href") or "", page.url) if base_tag else None
    found: dict[str, FoundFeed] = {}
    for link in root.css("link[rel][href]"):
        words = link.attributes
        kind = (words.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in (words.get("rel") or "").lower().split() or kind not in KINDS:
            continue
        url = http_url(words.get("href") or "", base or page.url)
        if url is not None and not _is_data(url, kind):
            found.setdefault(url, FoundFeed(url, clean_title(words.get("title") or "")))
    news = [feed for feed in found.values() if not _is_of_comments(feed)]
    return tuple(news or found.values())[:MOST]


def _is_data(url: str, kind: str) -> bool:
    """WordPress names its interface this way, which is no feed."""
    return kind == "application/json" and ("/wp-json/" in url or "oembed" in url)


def _is_of_comments(feed: FoundFeed) -> bool:
    said = f"{feed.title} {feed.url}".lower()
    return any(word in said for word in COMMENTS)
