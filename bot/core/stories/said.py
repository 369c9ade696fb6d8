"""What changed of a story, and whose word it is: kept as a kind with its values, and said in any language. Pure."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.tongue import ENGLISH, Tongue, noted

SAID = {
    "headline": noted("headline changed by the source"),
    "text": noted("text changed by the source"),
    "link": noted("link changed by the source"),
    "headline text": noted("headline and text changed by the source"),
    "headline link": noted("headline and link changed by the source"),
    "text link": noted("text and link changed by the source"),
    "headline text link": noted("headline and text and link changed by the source"),
    "official": noted("now from an official source"),
    "better": noted("now from a better source"),
    "merged name": noted("merged with {name}"),
    "split name": noted("split: {name}"),
    "disputed": noted("sources disagree on the date"),
    "agreed": noted("date confirmed by another source"),
    "confirmed day": noted("date of {day} confirmed by another story"),
    "moved day new_day": noted("date moved from {day} to {new_day}"),
    "moved new_day": noted("date moved to {new_day} by an official source"),
    "met day": noted("done, due {day}"),
    "withdrawn day": noted("taken back, due {day}"),
    "denied day": noted("denied, due {day}"),
    "retold who": noted("summary written by {who}, each figure and name held against the source"),
    "denied who outlet": noted("denied by {who}, reported by {outlet}"),
    "corrected who outlet": noted("corrected by {who}, reported by {outlet}"),
    "retracted who outlet": noted("retracted by {who}, reported by {outlet}"),
    "denied who": noted("denied by {who}"),
    "corrected who": noted("corrected by {who}"),
    "retracted who": noted("retracted by {who}"),
    "denied outlet": noted("denied, reported by {outlet}"),
    "corrected outlet": noted("corrected, reported by {outlet}"),
    "retracted outlet": noted("retracted, reported by {outlet}"),
    "moderator": noted("by a moderator"),
    "word who outlet": noted("by {who}, reported by {outlet}"),
    "word outlet": noted("reported by {outlet}"),
    "word who": noted("by {who}"),
}
"""By kind and the values that are given, in their order. Whose word it is: `word`, or a `moderator`'s."""


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change. `kind` with its values is a key of `SAID`, or is `sources` with their number in `more`."""

    kind: str
    who: str = ""
    outlet: str = ""
    name: str = ""
    day: date | None = None
    new_day: date | None = None
    more: int = 0


def write_changes(*changes: Change) -> str:
    """Changes as they are stored, each once; "" for none."""
    return msgspec.json.encode(list(dict.fromkeys(changes))).decode() if changes else ""


def read_changes(stored: str) -> tuple[Change, ...]:
    """What `write_changes` wrote; nothing of what is in words, as older rows are."""
    if not stored.startswith("[{"):
        return ()
    try:
        return msgspec.json.decode(stored, type=tuple[Change, ...])
    except msgspec.DecodeError:
        return ()  # a source's words that begin so


def change_words(stored: str, tongue: Tongue = ENGLISH) -> str:
    """What changed, or whose word it is, in a language; what is stored in words stays as it is."""
    return "; ".join(_words(one, tongue) for one in read_changes(stored)) or stored


def _words(one: Change, tongue: Tongue) -> str:
    if one.kind == "sources":
        return tongue.count("+{n} source", "+{n} sources", one.more)
    given = {name: value for name in one.__struct_fields__[1:] if (value := getattr(one, name))}
    said = {name: tongue.day(value, "short") if isinstance(value, date) else value for name, value in given.items()}
    return tongue.say(SAID.get(" ".join((one.kind, *given)), one.kind), **said)
