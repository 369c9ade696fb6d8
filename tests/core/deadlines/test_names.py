"""What is due and who owes it, in seven languages: a phrase that says what happens, and somebody who can be named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.core.deadlines import find_deadlines
from tests.core.deadlines.scoring import FIFTH_SET, FOURTH_SET, SECOND_SET, THIRD_SET, read_passages

DAY = date(2026, 3, 10)  # a Tuesday
WORD = re.compile(r"[^\W\d_]+")
NAMES = Path(__file__).with_name("names.txt")


def _names() -> Iterator[tuple[str, ...]]:
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(part.strip() for part in line.split("¦"))


@pytest.mark.parametrize(("lang", "text", "what", "who"), list(_names()))
def test_what_and_who(lang: str, text: str, what: str, who: str) -> None:
    """The last date of each text is named by the phrase that says what happens, and by no pronoun, label or date."""
    found = find_deadlines("", text, DAY, lang)[-1]
    assert (found.what or "-", found.who or "-") == (what, who)


def test_the_roadmap_is_what_and_the_government_who() -> None:
    """The order that the product is shown by sets one date: the roadmap, owed by the government."""
    text = (
        "President Vladimir Putin has ordered the Russian government to draw up a detailed roadmap for the extraction "
        "and production of rare and rare earth metals by December 1, the Kremlin said on Tuesday, November 4. Putin "
        "also instructed the cabinet to take measures to develop transport links on borders with China."
    )
    [found] = find_deadlines("Putin orders rare earths roadmap by December 1", text, date(2025, 11, 4), "en")
    assert (found.due, found.type, found.who) == (date(2025, 12, 1), "deadline", "Russian government")
    assert found.what.startswith("draw up a detailed roadmap")


@pytest.mark.parametrize("file", [SECOND_SET, THIRD_SET, FOURTH_SET, FIFTH_SET])
def test_names_are_words_of_the_text(file: Path) -> None:
    """A name is made of whole words of the sentence that sets the date: none is cut or made up."""
    for passage in read_passages(file):
        day = date.fromisoformat(passage["doc_date"])
        for one in find_deadlines(passage.get("title") or "", passage["text"], day, passage["lang"]):
            if " " in one.evidence:  # Chinese and Japanese do not part their words
                assert set(WORD.findall(f"{one.what} {one.who}")) <= set(WORD.findall(one.evidence)), one
