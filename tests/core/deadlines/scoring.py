"""How well dates are found in a set of passages: precision, recall, types and false alarms, in all and by language.

A date found is right when it is the stated day, or lies in the stated week, month, quarter or half. One to one; bare
years do not count. Run as a program it prints the figures of all sets: `python -m tests.core.deadlines.scoring`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.deadlines import Deadline, find_deadlines
from bot.core.deadlines.periods import current

SECOND_SET = Path(__file__).with_name("second_set.jsonl")
THIRD_SET = Path(__file__).with_name("third_set.jsonl")
FOURTH_SET = Path(__file__).with_name("fourth_set.jsonl")
FIFTH_SET = Path(__file__).with_name("fifth_set.jsonl")


@dataclass(slots=True)
class Tally:
    """Counts over passages; `alarms` are passages without a date in which one was found."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    typed: int = 0
    alarms: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def types(self) -> float:
        """The share of right dates that have the right type."""
        return self.typed / max(1, self.right)


def read_passages(file: Path = SECOND_SET) -> Iterator[dict[str, Any]]:
    """The passages of a set."""
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())


def score(passages: Iterator[dict[str, Any]]) -> dict[str, Tally]:
    """A tally for each language, and one under `all`."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for passage in passages:
        day = date.fromisoformat(passage["doc_date"])
        found = find_deadlines(passage.get("title") or "", passage["text"], day, passage["lang"])
        for name in ("all", passage["lang"]):
            _count(tallies[name], passage["deadlines"], [one for one in found if one.precision != "year"])
    return dict(tallies)


def _count(tally: Tally, stated: list[dict[str, Any]], found: list[Deadline]) -> None:
    left = list(found)
    for one in stated:
        fitting = sorted((f for f in left if _is_same(one, f)), key=lambda f: f.type != one["type"])
        if fitting:
            left.remove(fitting[0])
            tally.typed += fitting[0].type == one["type"]
    tally.right += len(found) - len(left)
    tally.extra += len(left)
    tally.missed += len(stated) - (len(found) - len(left))
    tally.alarms += bool(left) and not stated


def _is_same(stated: dict[str, Any], found: Deadline) -> bool:
    day = date.fromisoformat(stated["date"])
    if stated["precision"] == "day":
        return found.due == day
    period = current(stated["precision"], day)
    return period.start <= found.due <= period.end


def lines(tallies: dict[str, Tally]) -> Iterator[str]:
    """The figures, one line a language."""
    for name, tally in tallies.items():
        yield (
            f"{name:4} P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f} "
            f"types {tally.types:.3f} false alarms {tally.alarms}"
        )


if __name__ == "__main__":
    for file in (SECOND_SET, THIRD_SET, FOURTH_SET, FIFTH_SET):
        print(file.name, *lines(score(read_passages(file))), sep="\n")
