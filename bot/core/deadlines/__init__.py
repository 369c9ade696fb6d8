"""Dates that a text sets: found by a written date and what is said of it, each with the sentence that says so."""

from bot.core.deadlines.deadline import CONFIRMED, Deadline
from bot.core.deadlines.find import find_deadlines

__all__ = ["CONFIRMED", "Deadline", "find_deadlines"]
