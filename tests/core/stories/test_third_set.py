"""General news and news of metals, with look-alikes, written and labelled before it was first asked: only measured."""

from __future__ import annotations

from pathlib import Path

from tests.core.stories.scoring import group, lines, measure, read_rows, score

THIRD_SET = Path(__file__).with_name("third_set.jsonl")
F1, PRECISION, RECALL = 0.955, 0.99, 0.87
"""The floor: raised when the figures rise, never lowered."""


def test_the_third_set_keeps_its_floor() -> None:
    """Two persons in treatment, two earthquakes, two takeovers: each event a story, from whatever outlet."""
    rows = read_rows(THIRD_SET)
    story_of = group(rows)
    print(*lines(score(rows, story_of)), sep="\n")
    for part in ("general", "trade"):
        print(part, *lines({"": measure([row for row in rows if row["part"] == part], story_of)}))
    found = measure(rows, story_of)
    assert (found.f1 >= F1, found.pair_precision >= PRECISION, found.pair_recall >= RECALL) == (True, True, True)
