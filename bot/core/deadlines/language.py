"""How a language writes dates and what it says around them: the shape of a grammar file. Data; it decides nothing.

Patterns of `forms` name what they catch: day, month, year, next, weekday, count, unit, ordinal, anchor, era; a group
`span` is the date itself where the pattern needs words around it. In `heads`, which see a sentence whose dates are
all replaced by ◆, the last ◆ is the date that is judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.core.deadlines.patterns import (
    BEGINS,
    HEAD_GROUPS,
    NEEDS,
    NUMBERED,
    SHORT,
    at_words,
    beginnings,
    compile_low,
    quick,
    starting_here,
)

TENSES = ("maybe", "soft", "ahead", "weak", "past")
"""Where a verb looks; where two could be read, the first."""

EFFECTIVE, EXPIRY, DEADLINE, EVENT, TARGET = "effective", "expiry", "deadline", "event", "target"


@dataclass(frozen=True)  # not slotted: `compiled` is kept
class Language:
    """A grammar. Words stand in lower case; of forms and heads the first that fits is taken."""

    name: str
    forms: tuple[tuple[str, str], ...]
    """(a form that `reading` knows, pattern)"""
    heads: tuple[tuple[str, str], ...]
    """(what is said right at the date, pattern): by, until, from, start, end, on, to, or why it is refused"""
    topics: tuple[tuple[str, str], ...]
    """(effective, expiry, deadline or event; the words of a clause that say it is about that)"""
    months: Mapping[str, int]
    words: Mapping[str, str]
    """units of time, relative days"""
    numbers: Mapping[str, int]
    """written numbers and ordinals"""
    weekdays: Mapping[str, int]
    trigger: str
    """what a sentence with a date holds, digits apart: those without it are not looked at"""
    ahead: str
    """verbs and words that look ahead"""
    weak: str
    """what looks ahead, or is something else: infinitives, verbs that are nouns as well"""
    past: str
    """verbs and words that look back"""
    maybe: str
    """verbs and words that only suppose"""
    perhaps: str
    """adverbs that make of a whole clause a guess"""
    soft: str
    """verbs and words that plan or expect: they look ahead, with less weight"""
    recurs: str
    """what comes again and again"""
    cancelled: str
    """what takes the announcement of a sentence back"""
    anew: str
    """what after that sets another date"""
    moves: str
    """what puts a date in place of another"""
    breaks: str
    """where a clause ends"""
    lasts: str = r"(?!)"
    """what is in force `until` its date: such a date is an expiry"""
    asks: str = r"(?!)"
    """what people hand in: an end of that is a deadline"""
    joins: str = r"(?!)"
    """between two dates of one announcement"""
    dated: str = r"(?!)"
    """a document's own date, from which a bare term is counted; group 1 is the date"""
    today: str = r"(?!)"
    """an anchor that means the day of publication"""
    attributive: str = r"(?!)"
    """a month that only names a thing: `the June primary`; it begins four characters before the mark"""
    closes: str = ""
    """what every written end of a span holds: `the end of`, `at the close of`"""
    capitals: bool = False
    """whether months and weekdays are written with a capital"""
    month_first: bool = False
    """whether 3/4/2026 is 4 March"""
    bare_months: bool = False
    """whether a month says when without a word before it"""
    verb_follows: bool = False
    """whether the verb that governs a date stands after it"""
    owes: str = r"(?!)"
    """the verb between who must and what; a group `who` where both stand after it"""
    passive: str = r"(?!)"
    """how a thing begins that is done to the subject: `be filed`"""
    intro: str = r"(?!)"
    """how a phrase begins that only introduces a subject"""
    says: str = r"(?!)"
    """what stands between who tells a thing and what is told"""
    pronouns: str = r"(?!)"
    """who is nobody that could be named"""
    acts: str = r"(?!)"
    """nouns of action that say nothing without their verb: `work`"""
    epithets: str = r"(?!)"
    """what looks ahead and is no verb: `next`"""
    beside: str = r"(?!)"
    """what stands before an event that a sentence only mentions: `ahead of`"""
    things: str = r"(?!)"
    """how a thing begins to which something is done, behind a date"""
    bidden: str = r"(?!)"
    """how those begin who are told to do something by a bare infinitive"""
    bids: str = r"(?!)"
    """how the clause before calls on somebody, the group `who`, to do it"""
    bearer: str = r"(?!)"
    """who must, the group `who`, right behind the verb; it sees capitals"""
    trims: str = r"(?!)"
    """what is no part of a name at its ends"""

    def _needs(self, form: str, pattern: str) -> re.Pattern[str] | None:
        """What must stand in a sentence for a form: a weekday, a month, a unit of time, a digit; None: anything may."""
        if self.bare_months:
            return None
        if r"(?P<month>\d" in pattern or form == "year":
            return quick(r"\d")
        if form == "end" and self.closes:
            return quick(self.closes)
        group = next((group for group in NEEDS if f"(?P<{group}>" in pattern), "")
        if group in ("weekday", "month") and form != "week_of":
            return quick(beginnings(self.weekdays if group == "weekday" else self.months))
        if not group and form not in NEEDS and ("(?P<day>" in pattern or "(?P<year>" in pattern):
            return quick(r"\d")
        known = NEEDS.get(form) or NEEDS.get(group)
        words = [word for word, value in self.words.items() if known and value in known]
        if form == "fixed":
            words = [word for word, value in self.words.items() if "-" in value]
        if any(short in pattern for short in SHORT):
            return quick(r"\d(?:(?<=[qths]\d)|(?=[qh]))")
        return quick(beginnings(words)) if words else None

    def _at_once(self, kinds: frozenset[str]) -> re.Pattern[str]:
        """One pattern for all heads of some kinds; in it the first of those that start at a place is found."""
        chosen = (
            (str(place), pattern) for place, (kind, pattern) in enumerate(self.heads) if kind.partition(":")[0] in kinds
        )
        return compile_low(starting_here(chosen, self.bare_months))

    @cached_property
    def compiled(self) -> Patterns:
        """The patterns, compiled once."""
        tense = "|".join(f"(?P<{kind}>{getattr(self, kind)})" for kind in TENSES)
        edge = "" if self.bare_months else BEGINS  # words stand apart: only where one begins is there anything to try
        needs = list(dict.fromkeys(self._needs(form, pattern) for form, pattern in self.forms))
        return Patterns(
            tuple(
                (form, compile_low(at_words(pattern)), needs.index(self._needs(form, pattern)))
                for form, pattern in self.forms
            ),
            tuple(needs),
            tuple(self._at_once(kinds) for kinds in HEAD_GROUPS),
            compile_low(
                starting_here(
                    ((str(place), pattern) for place, (_, pattern) in enumerate(self.topics)), self.bare_months
                )
            ),
            tense=compile_low(rf"{edge}(?:{tense})"),
            trigger=compile_low(at_words(self.trigger)),
            numbered=compile_low(NUMBERED),
            leads=compile_low(rf"(?:[^\w«\"“(《「『（]|(?:{self.trims}))+"),
            tails=compile_low(rf"(?:[^\w»\"”)%》」』）]|(?:{self.trims}))+$"),
            bearer=re.compile(self.bearer),
            **{name: compile_low(getattr(self, name)) for name in PLAIN},
        )


PLAIN = (
    "cancelled",
    "recurs",
    "perhaps",
    "moves",
    "anew",
    "breaks",
    "lasts",
    "asks",
    "joins",
    "dated",
    "today",
    "owes",
    "passive",
    "intro",
    "attributive",
    "says",
    "pronouns",
    "acts",
    "epithets",
    "beside",
    "things",
    "bidden",
    "bids",
)
"""The patterns that are compiled as they stand."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """A grammar ready to be applied; see `Language` for what each says."""

    forms: tuple[tuple[str, re.Pattern[str], int], ...]
    """each with the number of what a sentence must hold for it: a quick look that spares most of them"""
    needs: tuple[re.Pattern[str] | None, ...]
    """what sentences must hold, by number, since a pattern as a key is hashed letter by letter; None: nothing"""
    heads: tuple[re.Pattern[str], ...]
    """some heads at once: the group `h<number>` is that of the grammar's head of this number"""
    topics: re.Pattern[str]
    """all at once, as the heads"""
    tense: re.Pattern[str]
    trigger: re.Pattern[str]
    numbered: re.Pattern[str]
    leads: re.Pattern[str]
    tails: re.Pattern[str]
    cancelled: re.Pattern[str]
    recurs: re.Pattern[str]
    moves: re.Pattern[str]
    anew: re.Pattern[str]
    perhaps: re.Pattern[str]
    breaks: re.Pattern[str]
    lasts: re.Pattern[str]
    asks: re.Pattern[str]
    joins: re.Pattern[str]
    dated: re.Pattern[str]
    today: re.Pattern[str]
    owes: re.Pattern[str]
    passive: re.Pattern[str]
    intro: re.Pattern[str]
    attributive: re.Pattern[str]
    says: re.Pattern[str]
    pronouns: re.Pattern[str]
    acts: re.Pattern[str]
    epithets: re.Pattern[str]
    beside: re.Pattern[str]
    things: re.Pattern[str]
    bidden: re.Pattern[str]
    bids: re.Pattern[str]
    bearer: re.Pattern[str]


def lower(text: str) -> str:
    """The text in lower case, sign for sign: no place in it moves."""
    plain = text.lower()
    return (
        plain if len(plain) == len(text) else "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    )


def is_written_so(match: re.Match[str], text: str) -> bool:
    """Whether `text`, in which a pattern matched the lower case, has no capital where the group `low` stands."""
    start = match.start("low") if "low" in match.re.groupindex else -1
    return start < 0 or not text[start].isupper()


def numbered(names: str, short: int = 0) -> dict[str, int]:
    """Month names in order to 1, 2, ...; `short`: their first letters mean the same."""
    table = {name: number for number, name in enumerate(names.split(), start=1)}
    return table | ({name[:short]: number for name, number in table.items()} if short else {})


def counted(names: str) -> dict[str, int]:
    """Weekday names in order, Monday 0."""
    return {name: number - 1 for name, number in numbered(names).items()}


def one_of(words: Mapping[str, object]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def listed(joined: str, month: str, behind: str = "") -> tuple[tuple[str, str], ...]:
    """Forms for the days of a list that stands before its month, all but the last: `20, 24 and 25 May`.

    `joined`: the words for and; `behind`: the sign behind a day's number.
    """
    number = rf"\d{{1,2}}{behind}"
    last = rf",?\s+(?:{joined})\s+{number}\s+{month}"
    return (
        ("day", rf"(?P<day>\d{{1,2}}){behind}(?=(?:,\s*{number})+{last})"),
        ("day", rf"(?P<day>\d{{1,2}})(?:(?<=\d{behind},\s\d)|(?<=\d{behind},\s\d\d)){behind}(?={last})"),
    )


ISO = r"(?<![\d-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
NUMERIC = r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>20\d\d|\d\d)(?![\d/]|[.-]\d)"
"""Day and month by number; which comes first is the language's."""
