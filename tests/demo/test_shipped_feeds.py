"""The list of feeds that comes along: that it is well formed, and what is on by default."""

from __future__ import annotations

import re
import tomllib
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.app.shipped import read_recipe
from bot.core.errors import SettingsError
from bot.core.model import Recipe
from tests.sources import ROOT

FEEDS: list[dict[str, Any]] = tomllib.loads((ROOT / "config" / "feeds.toml").read_text("utf-8"))["feed"]
KEYS = {"id", "title", "url", "lang", "tier", "region", "kind", "interval_min", "terms", "enabled"}
KINDS = {"official", "news", "trade", "company", "research"}


def test_every_feed_is_complete() -> None:
    """All keys are there, none is misspelt, and each value is one of those the header names."""
    for feed in FEEDS:
        assert set(feed) - {"zone", "page", "full_text"} == KEYS, feed["id"]
        assert re.fullmatch(r"[a-z0-9-]+", feed["id"])
        assert urlsplit(feed["url"]).scheme in {"http", "https"} and urlsplit(feed["url"]).hostname
        assert re.fullmatch(r"[a-z]{2}", feed["lang"])
        assert feed["tier"] in {0, 1, 2} and (feed["tier"] == 0) == (feed["kind"] == "official")
        assert feed["kind"] in KINDS
        assert feed["interval_min"] >= 15
        assert feed["title"] and feed["region"] and feed["terms"]
        if "zone" in feed:
            ZoneInfo(feed["zone"])


def test_no_feed_is_there_twice() -> None:
    """Neither an id nor an address repeats."""
    for key in ("id", "url"):
        assert len(FEEDS) == len({feed[key] for feed in FEEDS})


def test_no_aggregator_comes_along() -> None:
    """Their terms allow personal readers only, or their links hide the outlet."""
    assert [] == [feed["id"] for feed in FEEDS if urlsplit(feed["url"]).hostname in {"news.google.com", "127.0.0.1"}]
    assert any(feed["enabled"] for feed in FEEDS)


def test_a_watched_page_is_read_from_its_table() -> None:
    """With its selectors; a key that there is not is named."""
    assert Recipe("ul > li", date="i") == read_recipe({"id": "x", "page": {"rows": "ul > li", "date": "i"}})
    assert read_recipe({"id": "x"}) is None
    with pytest.raises(SettingsError, match=r"The page of x in feeds\.toml is wrong: .*'row'"):
        read_recipe({"id": "x", "page": {"row": "li"}})
