"""How well items are grouped into stories in a set: B-cubed and pairs, in all and by language.

B-cubed (Bagga and Baldwin 1998) asks of each item how pure its story is and how much of its event is there; as single
items flatter it, pairs are told as well. Run as a program it prints the figures of the second set:
`python -m tests.core.stories.scoring`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app.shipped import shipped_concepts, shipped_events
from bot.core.stories.grouping import Grouping
from bot.core.stories.reading import read_candidate

SECOND_SET = Path(__file__).with_name("second_set.jsonl")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares between 0 and 1; of no pairs precision and recall are 1."""

    items: int
    purity: float
    completeness: float
    pair_precision: float
    pair_recall: float

    @property
    def f1(self) -> float:
        """B-cubed F1: the harmonic mean of purity and completeness."""
        return 2 * self.purity * self.completeness / (self.purity + self.completeness)


def read_rows(file: Path = SECOND_SET) -> list[Row]:
    """The items of a set in order of arrival."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def score(rows: Sequence[Row], story_of: Mapping[str, int]) -> dict[str, Figures]:
    """Figures for all items and for those of each language, told apart by the event they are labelled with."""
    languages = dict.fromkeys(row["lang"] for row in rows)
    return {"all": measure(rows, story_of)} | {
        lang: measure([row for row in rows if row["lang"] == lang], story_of) for lang in languages
    }


def measure(rows: Sequence[Row], story_of: Mapping[str, int]) -> Figures:
    """The figures of these items, as if there were no others."""
    purity = completeness = 0.0
    right = found = wanted = 0
    for one in rows:
        event = {row["id"] for row in rows if row["event"] == one["event"]}
        story = {row["id"] for row in rows if story_of[row["id"]] == story_of[one["id"]]}
        both = len(event & story)
        purity += both / len(story)
        completeness += both / len(event)
        right, found, wanted = right + both - 1, found + len(story) - 1, wanted + len(event) - 1
    shares = (right / found if found else 1.0, right / wanted if wanted else 1.0)
    return Figures(len(rows), purity / len(rows), completeness / len(rows), *shares)


def lines(figures: Mapping[str, Figures]) -> Iterator[str]:
    """The figures, one line a language."""
    for name, one in figures.items():
        yield (
            f"{name:4} items {one.items:3} B-cubed P {one.purity:.3f} R {one.completeness:.3f} F1 {one.f1:.3f} "
            f"pairs P {one.pair_precision:.3f} R {one.pair_recall:.3f}"
        )


def group(rows: Sequence[Row]) -> dict[str, int]:
    """The story of each item, as the line groups them."""
    events, concepts = shipped_events(), shipped_concepts()
    grouping = Grouping(events)
    story_of: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        published = datetime.fromisoformat(row["published"])
        one = read_candidate(row["title"], row["text"], row["lang"], published, row.get("url"), events, concepts)
        story_of[row["id"]] = grouping.place(one).story or number
        grouping.add(one, story_of[row["id"]])
    return story_of


if __name__ == "__main__":
    rows = read_rows()
    print("\n".join(lines(score(rows, group(rows)))))
