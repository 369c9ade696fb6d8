"""Dates that a text sets: found by a written date and what is said of it, each with the sentence that says so."""

from bot.core.deadlines.deadline import Deadline
from bot.core.deadlines.find import find_deadlines

__all__ = ["Deadline", "find_deadlines"]
