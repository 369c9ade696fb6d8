"""A scene for `crash_driver`: the feed has only teasers, and what is to be shown stands on the pages behind them."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model import FeedSpec
from bot.feeds.reader import FeedReader
from tests.crash_driver import ConsoleScene
from tests.feedserver import Entry, FeedServer


class ArticleScene(ConsoleScene):
    """The console's, with a page for each item. The points lie around the requests for rules and pages."""

    wire = (FeedReader, ("ask_rules", "read_article"))

    def publish(self, server: FeedServer, stage: list[Entry]) -> FeedSpec:
        """Teasers in the feed, the entry's own words on its page."""
        for entry in stage:
            words = f"{entry.text} {entry.title}, as officials said on Thursday at noon."
            page = f"<!doctype html><html><body><article>{f'<p>{words}</p>' * 3}</article></body></html>"
            server.serve(entry.guid or "", page.encode(), content_type="text/html")
        teasers = [replace(entry, text=_teaser(entry), link=server.url(entry.guid or "")) for entry in stage]
        return FeedSpec(server.publish("wire.xml", teasers), "Wire", full_text=True)


def _teaser(entry: Entry) -> str:
    """Another one for each text, so that a correction is seen in the feed."""
    return f"Officials said {len(entry.text)} words."


def open_crash_scene() -> ArticleScene:
    """The scene that `crash_driver` asks for."""
    return ArticleScene()
