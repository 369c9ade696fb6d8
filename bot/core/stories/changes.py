"""What became of a story, in the words of its alert and of the short answer under it. Pure; draws nothing.

The headline stays as it was told; a word for what became of it stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.messages import Fact, Line, Link, Moment, Section
from bot.core.stories.names import story_name
from bot.core.text.urls import http_url
from bot.core.tongue import ENGLISH, LANGUAGES, Tongue, noted

WORDS = {"denied": noted("Denied"), "corrected": noted("Corrected"), "retracted": noted("Retracted")}
OFFICIAL = noted("Official text out")
WITHDRAWN = noted("Summary withdrawn by a moderator: the source's words stand.")
LONGEST_QUOTE = 240

SPACED = frozenset(LANGUAGES) - {"zh", "ja", "ru"}
"""Languages in which `denied by Kremlin` is said with nothing between."""

CHANGES = (
    noted("headline changed by the source"),
    noted("text changed by the source"),
    noted("link changed by the source"),
    noted("headline and text changed by the source"),
    noted("headline and link changed by the source"),
    noted("text and link changed by the source"),
    noted("headline and text and link changed by the source"),
    noted("now from an official source"),
    noted("now from a better source"),
    noted("merged with {name}"),
    noted("split: {name}"),
    noted("sources disagree on the date"),
    noted("date confirmed by another source"),
    noted("date of {day} confirmed by another story"),
    noted("date moved from {day} to {new_day}"),
    noted("date moved to {day} by an official source"),
    noted("done, due {day}"),
    noted("taken back, due {day}"),
    noted("denied, due {day}"),
    noted("summary written by {who}, each figure and name held against the source"),
    noted("denied by {who}, reported by {outlet}"),
    noted("corrected by {who}, reported by {outlet}"),
    noted("retracted by {who}, reported by {outlet}"),
    noted("denied by {who}"),
    noted("corrected by {who}"),
    noted("retracted by {who}"),
    noted("denied, reported by {outlet}"),
    noted("corrected, reported by {outlet}"),
    noted("retracted, reported by {outlet}"),
    noted("by a moderator"),
    noted("by {who}, reported by {outlet}"),
    noted("reported by {outlet}"),
    noted("by {who}"),
)
"""What storage says of a change, and of who says it; the first that fits."""


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template)), re.DOTALL)


PATTERNS = tuple((template, _pattern(template)) for template in CHANGES)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _value(name: str, value: str, tongue: Tongue) -> str:
    """A value as it is said: a day, stored as `Mon 1 Dec`, in the language's way."""
    words = value.split()
    if not name.endswith("day") or len(words) != 3 or words[2] not in MONTHS or not words[1].isdecimal():
        return value
    return tongue.day(date(2024, MONTHS.index(words[2]) + 1, int(words[1])), "bare")


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: `kind` of `WORDS`, `official`, `split`, `parted` or `summary`; the words, and where they stand.

    `who`: `by Kremlin, reported by Wire`; `other`: the story it speaks of, as number and headline.
    """

    kind: str
    at: datetime
    who: str = ""
    quote: str = ""
    url: str | None = None
    other: tuple[int, str] | None = None


def word_of(turns: Iterable[Said]) -> str:
    """The word that stands first in the alert: of what came last; "" where nothing of the kind did."""
    return next((WORDS[one.kind] for one in reversed(list(turns)) if one.kind in WORDS), "")


def turn_facts(turns: Sequence[Said], today: date, tongue: Tongue = ENGLISH) -> list[Fact]:
    """A line for each kind of turn, its last one: `Denied: by Kremlin, 14:02 UTC: "..."`."""
    last = {one.kind: one for one in turns if one.kind in WORDS}
    return [Fact(tongue.say(WORDS[one.kind]), _told(one, today, tongue)) for one in last.values()]


def _told(one: Said, today: date, tongue: Tongue) -> Line:
    when = Moment(one.at, "time" if one.at.date() == today else "both")
    by = (f"{change_words(one.who, tongue)}, ",) if one.who else ()
    return (*by, when, *_quoted(one, ": "))


def _quoted(one: Said, before: str) -> Line:
    if not one.quote:
        return ()
    words = one.quote
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rpartition(" ")[0] + " ..."
    link = http_url(one.url) if one.url else None
    return tuple(filter(None, (before, Link(f'"{words}"', link) if link else f'"{words}"')))


def compose_change(one: Said, story: int, headline: str, url: str | None, tongue: Tongue = ENGLISH) -> Section:
    """The short answer under an alert: what became of what it told, by whose word."""
    link, footer = http_url(url) if url else None, tongue.say("Story {name}", name=story_name(story))
    if one.kind == "official":
        return Section(kicker=tongue.say(OFFICIAL), title=headline, url=link, footer=footer)
    word, who = tongue.say(WORDS[one.kind]), change_words(one.who, tongue)
    is_clause = one.who.startswith("by ") and tongue.lang in SPACED
    by = f"{word} {who}" if is_clause else ", ".join(filter(None, (word, who)))
    return Section(
        kicker=word,
        title=headline,
        url=link,
        body=((f"{by}{':' if one.quote else '.'}", *_quoted(one, " ")),),
        footer=footer,
    )


def compose_pointer(heir: int, headline: str, url: str | None, tongue: Tongue = ENGLISH) -> Section:
    """What stays of an alert whose story was found to be another one."""
    link, name = http_url(url) if url else None, story_name(heir)
    title = tongue.say("Merged into {name}: {headline}", name=name, headline=headline)
    footer = tongue.say("Story {name}", name=name)
    return Section(kicker=tongue.say("Merged"), title=title, url=link, footer=footer)


def change_words(said: str, tongue: Tongue) -> str:
    """What changed, or whose word it is, as it is stored, in a language; what no template knows stays as it is."""
    if tongue.lang == ENGLISH.lang:
        return said
    return "; ".join(_part_words(part, tongue) for part in said.split("; "))


def _part_words(part: str, tongue: Tongue) -> str:
    more = re.fullmatch(r"\+(\d+) sources?", part)
    if more:
        return tongue.count("+{n} source", "+{n} sources", int(more[1]))
    for template, pattern in PATTERNS:
        if found := pattern.fullmatch(part):
            values = {name: _value(name, value, tongue) for name, value in found.groupdict().items()}
            return tongue.say(template, **values) if values else tongue.say(template)
    return part
