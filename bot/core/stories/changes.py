"""What became of a story, in the words of its alert and of the short answer under it. Pure; draws nothing.

The headline stays as it was told; a word for what became of it stands first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.messages import Fact, Line, Link, Moment, Section
from bot.core.stories.names import story_name
from bot.core.stories.said import change_words
from bot.core.text.urls import http_url
from bot.core.tongue import ENGLISH, LANGUAGES, Tongue, noted

WORDS = {"denied": noted("Denied"), "corrected": noted("Corrected"), "retracted": noted("Retracted")}
OFFICIAL = noted("Official text out")
WITHDRAWN = noted("Summary withdrawn by a moderator: the source's words stand.")
LONGEST_QUOTE = 240

SPACED = frozenset(LANGUAGES) - {"zh", "ja", "ru"}
"""Languages in which `denied by Kremlin` is said with nothing between."""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: `kind` of `WORDS`, `official`, `split`, `parted` or `summary`; the words, and where they stand.

    `who`: whose word it is, as `core/stories/said` keeps it; `other`: the story it speaks of, as number and headline.
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
    is_clause = change_words(one.who).startswith("by ") and tongue.lang in SPACED
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
