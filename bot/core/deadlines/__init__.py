"""Dates that a text sets: found by a cue and a written date, each with the sentence that says so."""

from bot.core.deadlines.find import Deadline, find_deadlines

__all__ = ["Deadline", "find_deadlines"]
