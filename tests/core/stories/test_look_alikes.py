"""Pairs of terse reports that read alike: most are of two events, some of one. Written before they were looked at."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app.shipped import shipped_concepts, shipped_events
from bot.core.stories.gist import Candidate
from bot.core.stories.grouping import Grouping
from bot.core.stories.reading import read_candidate

PAIRS = [json.loads(line) for line in Path(__file__).with_name("look_alikes.jsonl").read_text("utf-8").splitlines()]
MOST_JOINED = 5
"""Of thirty pairs of two events, so many are still taken for one."""


def read(row: dict[str, str]) -> Candidate:
    """One report of a pair."""
    at = datetime.fromisoformat(row["published"])
    return read_candidate(row["title"], row["text"], "en", at, None, shipped_events(), shipped_concepts())


def is_joined(pair: dict[str, Any]) -> bool:
    """Whether the second report joins the first one's story."""
    grouping, first = Grouping(shipped_events()), read(pair["first"])
    grouping.add(first, 1)
    return grouping.place(read(pair["second"])).story == 1


def test_two_events_are_two_stories() -> None:
    """All but a few; a rule that joins more of them is worse."""
    joined = [pair["what"] for pair in PAIRS if not pair["is_one"] and is_joined(pair)]
    assert len(joined) <= MOST_JOINED, joined


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["is_one"]], ids=lambda pair: pair["first"]["title"])
def test_one_event_is_one_story(pair: dict[str, Any]) -> None:
    """Each of these is told in other words, and is one."""
    assert is_joined(pair)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Vale and GEM agree on nickel plant in Sulawesi", "The HPAL plant will cost $1.4 billion."),
         ("Vale and Huayou agree on nickel plant in Pomalaa", "The HPAL plant will cost $4.5 billion.")),
        (("Serbia revives Jadar lithium permit process", "The ministry asked Rio for new papers."),
         ("Serbians protest against Jadar lithium mine", "Thousands marched in Belgrade.")),
    ],
    ids=["another filling of the form", "nothing shared of what happened"],
)  # fmt: skip
def test_a_rule(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Alike in who and where, and not one."""
    at = "2026-06-22T05:00:00+00:00"
    first, second = ({"title": title, "text": text, "published": at} for title, text in (one, other))
    assert not is_joined({"first": first, "second": second})
