"""What is due and who owes it, in seven languages: a phrase that says what happens, and somebody who can be named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.core.deadlines import find_deadlines

DAY = date(2026, 3, 10)  # a Tuesday
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
