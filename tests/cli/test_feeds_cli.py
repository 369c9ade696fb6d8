"""lodewire feeds: the list by hand, in words and as JSON, and OPML in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.door import door
from bot.core.errors import LodewireError
from bot.core.model import FeedSpec
from bot.feeds.opml import read_feed_list
from tests.feedserver import Entry, FeedServer
from tests.program import Installation
from tests.sources import ROOT

LISTS = ROOT / "tests" / "feeds" / "lists"


def feeds(program: Installation, *words: str) -> Result:
    """`lodewire feeds ...`, in this process."""
    return CliRunner().invoke(door, ["feeds", *words, "--config", str(program.config)])


def as_json(done: Result) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


@pytest.mark.parametrize("name", ["miniflux", "freshrss"])
def test_a_list_goes_in_and_out(tmp_path: Path, name: str) -> None:
    """What another reader wrote is there, once however often, and comes out with addresses, titles and languages."""
    program, file = Installation(tmp_path), LISTS / f"{name}.opml"
    first = feeds(program, "import", str(file))
    print(first.output)
    assert f"{file}: 3 feeds read, 3 added." in first.stdout
    assert f"{name}.opml: 3 of 3" in first.stderr
    assert (1 if name == "freshrss" else 0) == first.exit_code
    again = as_json(feeds(program, "import", str(file), "--json"))
    assert (3, 0, 3) == (again["read"], again["added"], again["known"])
    out = tmp_path / "out.opml"
    assert f"{out}: 3 feeds." in feeds(program, "export", str(out)).stdout
    assert sorted(read_feed_list(file.read_bytes())[0], key=str) == sorted(read_feed_list(out.read_bytes())[0], key=str)
    refused = feeds(program, "export", str(out))
    assert isinstance(refused.exception, LodewireError) and "is there already" in str(refused.exception)
    assert out.read_text("utf-8") == feeds(program, "export", "--own").stdout
    listed = feeds(program, "list")
    print(listed.stdout)
    assert "Ores & Alloys" in listed.stdout
    assert "3 feeds: 3 not read yet. 3 of them your own." in listed.stdout


def test_a_site_is_looked_at_and_added(tmp_path: Path, feed_server: FeedServer) -> None:
    """One look tells what it is; removed by title; `--json` for scripts."""
    program = Installation(tmp_path)
    url = feed_server.publish("ores", [Entry("Gallium news", guid="1")], lang="en")
    page = f'<!doctype html><html><head><link rel=alternate type=application/rss+xml href="{url}"></head></html>'
    site = feed_server.serve("site", page.encode(), content_type="text/html")
    done = feeds(program, "add", site)
    print(done.stdout)
    assert "ores: en, rhythm not known yet. Latest:\n  Gallium news\nAdded: ores." in done.stdout
    assert {"url": url, "title": "ores", "added": False} == as_json(feeds(program, "add", url, "--json"))
    [row] = as_json(feeds(program, "list", "--json"))["feeds"]
    assert (url, "ores", True, "active") == (row["url"], row["title"], row["own"], row["state"])
    assert "Removed: ores." in feeds(program, "remove", "ores").stdout
    refused = feeds(program, "remove", "ores")
    assert isinstance(refused.exception, LodewireError) and "is not on the list" in str(refused.exception)


def test_a_list_with_nothing_in_it_ends_with_one(tmp_path: Path) -> None:
    """And says why."""
    program, file = Installation(tmp_path), tmp_path / "odd.opml"
    file.write_text("<opml><body>", encoding="utf-8")
    done = feeds(program, "import", str(file))
    assert 1 == done.exit_code
    assert "0 feeds read, none added." in done.stdout and "Left out: The OPML is not well-formed" in done.stdout


def test_a_feed_keeps_its_own_name(tmp_path: Path) -> None:
    """A title that is only the address, as other readers write it, is none."""
    program, file = Installation(tmp_path), tmp_path / "plain.opml"
    file.write_text('<opml><body><outline text="https://a.example/" xmlUrl="https://a.example/"/></body></opml>')
    feeds(program, "import", str(file))
    assert (FeedSpec("https://a.example/", "https://a.example/"),) == read_feed_list(
        feeds(program, "export").stdout.encode()
    )[0]
