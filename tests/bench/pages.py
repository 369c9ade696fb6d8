"""What saved pages of real outlets become: stories, alerts of the shipped topics, summaries; and what is wrong in them.

`python -m tests.bench.pages FOLDER`: every file in it is one feed, as it was answered (`MANIFEST.json` left out). All
items are taken in the order of their dates, as if they had come so. Prints the counts, the largest stories to be read
by a person, and each summary that breaks a rule. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app.shipped import shipped_concepts, shipped_events, shipped_grammar, shipped_topics
from bot.core.intake import Scales, WaitingItem, decide
from bot.core.model import Item, Page
from bot.core.stories.grouping import Grouping
from bot.core.stories.reading import read_candidate
from bot.core.summary import LIMIT, MOST, summarise
from bot.core.text.repeats import drop_repeats, find_repeats
from bot.core.topics.matcher import Matcher
from bot.core.weight import Weight
from bot.feeds.parse import parse

NO_NEWS = re.compile(
    r"read more|continue reading|click here|subscribe (?:to|now)|appeared first|all rights reserved|(?<!Ã)©|"
    r"reporting by|"
    r"min read|getty|image credit|photo by|читайте также|подписывайтесь|lesen sie|lire aussi|lea también|责任编辑|"
    r"https?://|www\.|\[\+\d+ chars|sign up for",
    re.IGNORECASE,
)
"""What no summary should hold; a list of its own, so that the rules are not held against themselves."""


@dataclass(frozen=True)
class Told:
    """An item and what became of it."""

    outlet: str
    item: Item
    moment: datetime
    text: str
    story: int
    why: str
    topics: Sequence[str]
    weight: int


def main() -> None:
    """Run it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--largest", type=int, default=10)
    options = asked.parse_args()
    told = list(take_in(read_pages(options.folder)))
    wrong = Counter(rule for one in told for rule in show_wrong(one))
    show_largest(told, options.largest)
    figures = measure(told) | {
        "summary_violations": sum(wrong.values()),
        **{f"summary_{k}": v for k, v in wrong.items()},
    }
    for name, figure in figures.items():
        print(f"{name:24} {figure}")
    print(json.dumps(figures))


def read_pages(folder: Path) -> Iterator[tuple[str, Item, str]]:
    """Outlet, item and text as it would be stored, of every dated item."""
    for path in sorted(folder.iterdir()):
        if path.name == "MANIFEST.json":
            continue
        items = parse(Page(f"http://outlet.example/{path.name}", path.read_bytes())).items
        repeats = find_repeats(items)
        yield from ((path.name, item, drop_repeats(item.text, repeats)) for item in items if item.published)


def take_in(pages: Iterator[tuple[str, Item, str]]) -> Iterator[Told]:
    """The items in order of time, each with its story, the topics it matches and what it weighs alone."""
    matcher, grouping, topics = Matcher(shipped_concepts()), Grouping(shipped_events()), shipped_topics()
    for number, topic in enumerate(topics):
        matcher.add(number, topic.query)
    scales = Scales(topics=frozenset(range(len(topics))), grammar=shipped_grammar)
    dated = [(item.published, outlet, item, text) for outlet, item, text in pages if item.published]
    for count, (moment, outlet, item, text) in enumerate(sorted(dated, key=lambda row: row[0]), start=1):
        lang = item.lang or ""
        candidate = read_candidate(item.title, text, lang, moment, item.url, shipped_events(), shipped_concepts())
        found = grouping.place(candidate)
        grouping.add(candidate, found.story or count)
        decision = decide(WaitingItem(count, item.url, item.title, text, lang, moment, False), matcher, scales)
        names = [topics[match].name for match in decision.matches]
        yield Told(outlet, item, moment, text, found.story or count, found.why, names, decision.weight)


def measure(told: Sequence[Told]) -> Mapping[str, object]:
    """Items, stories, alerts, alerts a day, and how they weigh."""
    stories, alerts = {one.story for one in told}, {one.story for one in told if one.topics}
    days = {one.moment.date() for one in told}
    by_topic = Counter(topic for one in told for topic in one.topics)
    heaviest = {story: max(one.weight for one in told if one.story == story) for story in alerts}
    weights = Counter(Weight(weight).name.lower() for weight in heaviest.values())
    return {
        "items": len(told),
        "joined": len(told) - len(stories),
        "stories": len(stories),
        "alerts": len(alerts),
        "alerts_a_day": round(len(alerts) / len(days), 2),
        **{f"topic_{name}": count for name, count in by_topic.most_common()},
        **{f"weight_{word}": count for word, count in weights.items()},
    }


def show_largest(told: Sequence[Told], count: int) -> None:
    """The stories of most items, for somebody to read: is it one event?"""
    stories: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        stories[one.story].append(one)
    for story, items in sorted(stories.items(), key=lambda row: -len(row[1]))[:count]:
        print(f"\nstory {story}: {len(items)} items of {len({one.outlet for one in items})} outlets")
        for one in items:
            print(f"  {one.moment:%Y-%m-%d %H:%M} {one.outlet:28.28} {one.item.title[:90]}  [{one.why}]")
    print()


def show_wrong(one: Told) -> Iterator[str]:
    """The rules that the item's summary breaks, each printed with it."""
    summary = summarise(one.item.title, one.text)
    source = " ".join(one.text.split())
    whole = re.search(r"[.!?…。！？][\"'”’»)）」』\]]*$", summary) or summary in source
    rules = {
        "too_long": len(summary) > LIMIT,
        "no_whole_sentence": bool(summary) and not whole,
        "markup": re.search(r"<\w|&\w+;|&#\d", summary),
        "boilerplate": NO_NEWS.search(summary),
        "not_in_source": count_pieces(summary.rstrip("…"), source) > MOST,
    }
    for rule, is_broken in rules.items():
        if is_broken:
            print(f"{rule}: {one.outlet}: {summary}")
            yield rule


def count_pieces(summary: str, source: str) -> int:
    """Out of how many runs of the source, each as long as can be, a summary is made; one for what is not there."""
    if not summary:
        return 0
    longest = max((end for end in range(1, len(summary) + 1) if summary[:end].strip() in source), default=1)
    return 1 + count_pieces(summary[longest:].lstrip(), source)


if __name__ == "__main__":
    main()
