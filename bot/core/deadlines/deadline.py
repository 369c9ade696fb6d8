"""What is found: a date that a text sets. A value; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.core.reminders import SURE


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date set by a text.

    `type`: deadline, effective, expiry or event, or target for a bare year, of which nobody is reminded; `precision`:
    day, week, month, quarter, half or year; `evidence`: the whole sentence that says it, which stands in the text (or
    in the title, where `is_in_title`) from `start` to `end`; `confidence`: 0 to 1. `what` and `who` may be empty.
    `at` and `zone`: the time of day as written, never converted;
    `written`: the words of the date; `reasons`: each rule that spoke for it, in words.
    """

    due: date
    precision: str
    type: str
    what: str
    who: str
    evidence: str
    confidence: float
    at: time | None = None
    zone: str = ""
    written: str = ""
    start: int = 0
    end: int = 0
    is_in_title: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Whether the confidence needs nobody's word."""
        return self.confidence >= SURE
