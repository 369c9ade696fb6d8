"""What people set right, tried again: does this program come out right by itself? Pure; decides nothing for anybody.

A case is the news of a story as it came, in two parts where it was split or merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.core.lexicon.events import Events
from bot.core.stories.grouping import Grouping
from bot.core.stories.reading import read_candidate
from bot.core.summary import summarise
from bot.core.topics.concepts import Concepts

Row = Mapping[str, Any]

RIGHT, WRONG, UNTRIED = "right", "wrong", "not tried"


def replay_case(kind: str, news: Sequence[Row], summary: str, events: Events, concepts: Concepts) -> tuple[str, str]:
    """`right`, `wrong` or `not tried`, and why in a few words. `summary`: the one that was withdrawn."""
    if not news:
        return UNTRIED, "its news is no longer kept"
    if kind == "summary":
        anew = summarise(news[0].get("title") or "", news[0].get("text") or "")
        return (WRONG, "the summary is the same") if anew == summary else (RIGHT, f"the summary is now: {anew}")
    if kind not in ("split", "merge"):
        return UNTRIED, "whether a story is true is for people to say"
    stories = group(news, events, concepts)
    one, other = ({stories[at] for at, row in enumerate(news) if row.get("part") == part} for part in (1, 2))
    are_parted = one.isdisjoint(other)
    said = "the two parts are told apart" if are_parted else "the two parts are one story"
    return (RIGHT if are_parted == (kind == "split") else WRONG), said


def group(news: Sequence[Row], events: Events, concepts: Concepts) -> list[int]:
    """The story of each item, when nothing else is known: numbers that mean nothing by themselves."""
    grouping, stories = Grouping(events), list[int]()
    for number, row in enumerate(news, start=1):
        title, text, lang = row.get("title") or "", row.get("text") or "", row.get("lang") or ""
        one = read_candidate(title, text, lang, _moment(row.get("published")), row.get("url"), events, concepts)
        found = grouping.place(one, is_official=row.get("tier") == 0)
        story = found.story or number
        grouping.add(one, story)
        stories.append(story)
        if found.also is not None:
            survivor, merged = sorted((story, found.also))
            grouping.merge(merged, survivor)
            stories = [survivor if known == merged else known for known in stories]
    return stories


def _moment(published: str | None) -> datetime:
    moment = datetime.fromisoformat(published or "1970-01-01")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
