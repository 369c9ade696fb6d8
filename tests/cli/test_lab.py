"""`lodewire lab`: one JSON line in, one out, with its id; a line that is none is named by its number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.door import door
from tests.feedxml import FIRST, Entry, render_rss

NEWS = {
    "id": 7,
    "title": "China bans gallium exports",
    "text": "The ban was announced. Comments are due by 12 December 2025.",
    "published": "2025-11-04T06:00:00",
    "url": "https://a.example/1",
    "lang": "en",
}


def lab(command: str, *rows: Any) -> list[dict[str, Any]]:
    """The answers to these rows."""
    said = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    done = CliRunner().invoke(door, ["lab", command], input=said)
    assert 0 == done.exit_code, done.output
    return [json.loads(line) for line in done.output.splitlines()]


def test_topics_say_which_and_why() -> None:
    """The topics by name, with the words as the text writes them; noise matches none."""
    first, second = lab("topics", NEWS, {"id": "b", "title": "Cup final", "text": None})
    assert 7 == first["id"]
    assert any("gallium" in topic["why"] for topic in first["topics"])
    assert {"id": "b", "topics": []} == second


def test_deadlines_say_when_and_on_what_words() -> None:
    """The date with its sentence; a time without a zone is taken as UTC."""
    [answer] = lab("deadlines", NEWS)
    [deadline] = answer["deadlines"]
    assert ("2025-12-12", "day", "deadline") == (deadline["date"], deadline["precision"], deadline["type"])
    assert "Comments are due by 12 December 2025." == deadline["evidence"]
    assert (deadline["time"], deadline["in_title"], deadline["confirmed"]) == (None, False, True)
    assert deadline["reasons"]


def test_stories_say_why_items_are_one() -> None:
    """By link, by headline; another event is another story; what has neither words nor date is still answered."""
    other = {**NEWS, "id": 9, "title": "Peru fines a zinc smelter", "text": "", "url": "https://a.example/3"}
    answers = lab("stories", NEWS, {**NEWS, "id": 8, "url": "https://a.example/2"}, other, {"id": 10})
    assert ["", "headline", "", ""] == [answer["why"] for answer in answers]
    assert 3 == len({answer["story"] for answer in answers})


def test_a_summary_is_the_texts_own_sentences() -> None:
    """HTML becomes text, and a sentence of it stands for it."""
    [answer] = lab("summary", {"id": 1, "title": "News", "html": "<p>China &amp; others halted <b>exports</b>.</p>"})
    assert {"id": 1, "summary": "China & others halted exports."} == answer


def test_empty_lines_are_no_lines() -> None:
    """Nothing in, nothing out."""
    assert "" == CliRunner().invoke(door, ["lab", "topics"], input="\n\n  \n").output


@pytest.mark.parametrize("command", ["topics", "deadlines", "stories", "summary"])
@pytest.mark.parametrize("bad", ["nonsense", "[1]", "3", '{"id": 1,', "null"])
def test_a_bad_line_is_named_by_its_number(command: str, bad: str) -> None:
    """What went before is answered; the line that is no JSON object ends it with 2 and its number."""
    done = CliRunner().invoke(door, ["lab", command], input=f"{json.dumps(NEWS)}\n{bad}\n")
    assert 2 == done.exit_code, done.output
    assert "Line 2 is not what this expects" in done.output
    assert 7 == json.loads(done.output.splitlines()[0])["id"]


@pytest.mark.parametrize(
    ("command", "row"),
    [
        ("deadlines", {"id": 1, "title": "x"}),
        ("deadlines", {"id": 1, "title": "x", "published": "yesterday"}),
        ("topics", {"id": 1, "title": 5}),
        ("summary", {"id": 1, "title": "x", "html": 5}),
    ],
)
def test_a_wrong_field_is_named_too(command: str, row: dict[str, Any]) -> None:
    """A missing date or a number where words belong is wrong use, not a traceback."""
    done = CliRunner().invoke(door, ["lab", command], input=json.dumps(row))
    assert (2, True) == (done.exit_code, "Line 1 is not what this expects" in done.output), repr(done.exception)


def test_a_feed_file_is_read(tmp_path: Path) -> None:
    """Format, title and items as the program reads them; a page that is none says why, and that is no failure."""
    path = tmp_path / "feed.xml"
    path.write_bytes(render_rss("Wire", [Entry("News", "<p>Words</p>", "g", "/relative", FIRST)], "en"))
    done = CliRunner().invoke(door, ["lab", "feed", str(path), "--url", "https://wire.example/feed"])
    found = json.loads(done.output)
    assert ("rss20", "Wire", []) == (found["format"], found["title"], found["problems"])
    [item] = found["items"]
    assert ("g", "News", "Words", "2025-11-04T06:12:00+00:00") == tuple(
        item[key] for key in ("id", "title", "text", "published")
    )
    path.write_bytes(b"<html><body>No feed</body></html>")
    done = CliRunner().invoke(door, ["lab", "feed", str(path)])
    found = json.loads(done.output)
    assert (0, "", [], 1) == (done.exit_code, found["format"], found["items"], len(found["problems"]))
