"""Cutting names out of words: where they end, what is no part of them. Knows words only, of no date and no verdict."""

from __future__ import annotations

import re

from bot.core.deadlines.language import Language, lower
from bot.core.deadlines.patterns import DATE

SHORTEST = 12
"""Characters that a phrase keeps, whatever comma stands in it."""

LONGEST_TAIL = 40
AND = r"(?:and|or|und|oder|et|ou|y|o|e|и|или)"
ITEM = r"(?>(?:the )?[A-ZÀ-ÝА-ЯЁ][\w-]+(?: [A-ZÀ-ÝА-ЯЁ][\w-]+)*|[\w-]+)"
"""A thing in a list: a name of several words, or one word. Atomic: a name is not tried again word by word."""

LISTED = rf"(?!\s?(?:(?:{ITEM}, )*{ITEM},? {AND} |{AND} {ITEM}(?!\s\w)))"
COMMA = re.compile(rf"\s?[,，、](?!\d){LISTED}\s?|\s[–—-]\s|:\s")
LABEL = re.compile(r"^\s*[^\s:：]{2,20}(?: [^\s:：]{2,20})?\s?[:：]\s(?=\S+\s+\S)")
DATELINE = re.compile(
    r"(?:[A-ZÀ-ÝА-ЯЁ][\w. ]{1,30},? )?[^◆]{0,40}?(?:\([^()◆]{2,12}\)|Reuters|ТАСС|◆)\s[-–—]\s|【[^】]{1,20}】"
    r"|[A-ZÀ-ÝА-ЯЁ]{3,}[A-ZÀ-ÝА-ЯЁ .'’-]{0,30}\s[-–—]\s"
)
IN_PLACE = re.compile(r"\A(?:[ВвНн]а?|[Ii]n|À|à|[Ee]n) [A-ZÀ-ÝА-ЯЁ][\w-]+,? (?=\w+ \w)")
BRACKETS = re.compile(r"^\s*[(（][^)）]*[)）]\s*")


def noun(words: str, language: Language) -> str:
    """The part that names a thing: not the phrase that introduces it, nor what is put in between."""
    parts = [part for part in COMMA.split(LABEL.sub("", BRACKETS.sub("", words))) if part.strip()]
    named = [part for part in parts if not language.compiled.intro.match(part.strip().lower())]
    return trim((named or parts or [""])[0], language)


def first_part(words: str) -> str:
    """The words up to a comma, if that leaves a phrase."""
    comma = COMMA.search(words, SHORTEST)
    return words[: comma.start()] if comma else words


def without_place(words: str) -> str:
    """Without where it happens, if the words begin with that: `in Geneva ministers will meet`."""
    return IN_PLACE.sub("", words.lstrip(), count=1)


def trim_end(words: str, language: Language) -> str:
    """The words without those at the end alone."""
    return _strip(f"{DATE} {words}", language).removeprefix(DATE).strip()


def trim(words: str, language: Language) -> str:
    """The words without those at the ends that belong to the verb or to the date."""
    return _strip(" ".join(words.replace(DATE, " ").split()), language)


def _strip(words: str, language: Language) -> str:
    """The words without what the grammar trims; it knows them in lower case."""
    plain = lower(words)
    lead = language.compiled.leads.match(plain)
    start = lead.end() if lead else 0
    tail = language.compiled.tails.search(plain, max(start, len(plain) - LONGEST_TAIL))
    return words[start : tail.start() if tail else len(words)]


def cut(words: str, longest: int) -> str:
    """The first words that fit."""
    if len(words) <= longest:
        return words
    whole = words[: longest + 1].rpartition(" ")[0]
    return whole or words[:longest]
