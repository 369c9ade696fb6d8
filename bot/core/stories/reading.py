"""From a piece of news to what grouping compares: its terms, its sketch, its link and headline. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import chain, pairwise

from bot.core.identity import AGGREGATORS
from bot.core.lexicon.events import Events
from bot.core.stories.figures import find_dates, find_numbers
from bot.core.stories.gist import Candidate, Gist
from bot.core.stories.hours import hours_of
from bot.core.stories.recycled import sketch_words
from bot.core.stories.sketch import pack
from bot.core.stories.spelling import CAPITAL, find_proper, is_all_capitals, skeleton
from bot.core.stories.spoken import Spoken, spoken_words
from bot.core.text.hashes import hash64
from bot.core.text.plain import cut_at_word
from bot.core.text.stems import STEMS, latin_of
from bot.core.text.urls import canonical_url
from bot.core.text.words import IS_HAN_KANA, UNSPACED, bare, raw_places, raw_words
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import BREAK, Document

LEAD, LEAD_OF_CHARACTERS = 400, 200
"""Characters of the text that are read: a report says first what happened."""

SHORTEST_WORD, SHORTEST_NAME = 2, 3
RESTRICTIONS = frozenset({"ban", "duty", "quota"})
PREFIXES = re.compile(
    r"^(?:(?:UPDATE|WRAPUP|REFILE|CORRECTED|EXCLUSIVE|BREAKING|ANALYSIS|FOCUS|RPT|URGENT)(?:\s?\d+)?\s?[-–—:|]\s?)+",
    re.IGNORECASE,
)
"""What agencies put before a headline that they send again."""

SAID = ("mineral", "country")
"""Concepts that tell events apart; topics and lists of minerals do not."""

FEWEST_WORDS, FEWEST_CHARACTERS = 4, 8
"""Of a headline that two outlets do not come upon by chance: Market report, Daily briefing."""

HOST = re.compile(r"[\w.-]+")
UNSIGNED = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Named:
    """A text, what the names of the lexicon in it mean, its other proper names, and the words of both as written."""

    text: str
    meanings: tuple[str, ...]
    proper: tuple[str, ...]
    words: frozenset[str]


def read_candidate(
    title: str, text: str, lang: str, published: datetime, url: str | None, events: Events, concepts: Concepts
) -> Candidate:
    """An item, ready to be placed. `lang`: as its feed says, or ""."""
    plain = PREFIXES.sub("", title)
    heads = [bare(word) for word in raw_words(plain)]
    link = canonical_url(url) if url else ""
    gist = _read_gist(plain, text, lang, events, concepts)
    return Candidate(
        gist=replace(gist, text=(*gist.text, *_marks(title, link, gist.lang, events))),
        hours=hours_of(published),
        link=hash64("link", link) & UNSIGNED if "/" in link else 0,
        title=hash64("headline", *heads) & UNSIGNED if _is_of_its_own(heads) else 0,
        sketch=pack(sketch_words(plain, text)),
    )


def _marks(title: str, link: str, lang: str, events: Events) -> Iterator[str]:
    """Whose page it is, where the address says so; and whether the headline is about an event rather than of it."""
    host, slash, _ = link.partition("/")
    if slash and host not in AGGREGATORS and HOST.fullmatch(host):
        yield f"from:{host}"
    if events.asides.has(title, lang):
        yield "aside:yes"


def _is_of_its_own(words: list[str]) -> bool:
    characters = sum(1 for word in words if IS_HAN_KANA(word))
    return len(words) - characters >= FEWEST_WORDS or characters >= FEWEST_CHARACTERS


def _read_gist(title: str, text: str, lang: str, events: Events, concepts: Concepts) -> Gist:
    is_glued = lang in UNSPACED
    lead = cut_at_word(text, LEAD_OF_CHARACTERS if is_glued else LEAD)
    whole = Document(title, lead, lang)
    head = Document(title, "", whole.lang)
    parts = (_find_named(title, whole.lang, events), _find_named(lead, whole.lang, events))
    named = frozenset(chain.from_iterable(part.words for part in parts))
    in_title = dict.fromkeys(_terms(parts[0], head, named, events, concepts))
    in_title |= dict.fromkeys(_pair(in_title))
    both = dict.fromkeys(_terms(parts[1], whole, named, events, concepts))
    return Gist(whole.lang, tuple(in_title), tuple(term for term in both if term not in in_title))


def _terms(part: Named, document: Document, named: Container[str], events: Events, concepts: Concepts) -> Iterator[str]:
    """Words, concepts, and what is read off the text itself."""
    spoken = spoken_words(concepts)
    yield from _stems(document, named, spoken, events.same.get(document.lang, {}))
    yield from _said(document, concepts)
    yield from _read(part, document, events, spoken)


def _pair(terms: Iterable[str]) -> Iterator[str]:
    """The two countries of a headline that names just two: few do anything to or with each other."""
    countries = sorted(term.partition(":")[2] for term in terms if term.startswith("country:"))
    if len(countries) == len("ab"):
        yield f"pair:{'+'.join(countries)}"


def _find_named(text: str, lang: str, events: Events) -> Named:
    names = tuple(_find_names(text, events))
    is_shouted = is_all_capitals(text)
    capitals = () if is_shouted else tuple(find_proper(text, "zh" if lang in UNSPACED else ""))
    proper = tuple(find_proper(text, lang)) if lang == "ja" and not is_shouted else capitals
    words = [raw for start, end, _ in names for raw in raw_words(text[start:end])]
    words += [raw for one in capitals for raw in raw_words(one)]
    return Named(text, tuple(meaning for *_, meaning in names), proper, frozenset(words))


def _find_names(text: str, events: Events) -> Iterator[tuple[int, int, str]]:
    """The names of the lexicon: start, end and meaning."""
    done = 0
    for raw, end in raw_places(text):
        start = end - len(raw)
        if start >= done:
            for meaning, stop in events.find_name(text, start):
                done = stop
                yield start, stop, meaning
                break


def _stems(document: Document, named: Container[str], spoken: Spoken, same: Mapping[str, str]) -> Iterator[str]:
    """Words of letters that are no names, of one meaning one; and of Han and kana each two side by side."""
    for raw, stem in zip(document.raws, document.stems, strict=True):
        is_word = len(stem) >= SHORTEST_WORD and stem != BREAK and not stem[0].isdigit() and ":" not in stem
        if is_word and raw not in named and not spoken.has(raw, stem):
            yield same.get(stem, stem)
    for one, other in () if all(map(str.isascii, document.stems)) else pairwise(document.stems):
        if IS_HAN_KANA(one) and IS_HAN_KANA(other):
            yield one + other


def _said(document: Document, concepts: Concepts) -> Iterator[str]:
    """The minerals and countries."""
    part, names = told_apart(concepts)
    yield from sorted(part.find(document) & names)


@cache
def told_apart(concepts: Concepts) -> tuple[Concepts, frozenset[str]]:
    """The concepts that tell events apart, with what they are made of; and their names. Worked out once."""
    names = {f"{field}:{value}" for field in SAID for value in concepts.known.get(field, ()) if _is_one(value)}
    return concepts.part(names), frozenset(names)


def _is_one(value: str) -> bool:
    return value != "any" and not value.endswith("-list") and value not in GROUPS


GROUPS = frozenset({"battery-metals", "magnet-metals", "light", "heavy", "magnet", "platinum-group"})


def _read(part: Named, document: Document, events: Events, spoken: Spoken) -> Iterator[str]:
    """Numbers, dates, names and kinds of events."""
    yield from (f"number:{number}" for number in find_numbers(part.text, document.lang))
    yield from (f"date:{date}" for date in find_dates(part.text))
    yield from _names(part.meanings)
    for proper in part.proper:
        if not spoken.has(proper, "") and (sound := skeleton(proper) or _short_name(proper, document.lang, events)):
            yield f"sound:{sound}"
    yield from _opening_name(part, document, events, spoken)
    yield from _kinds(part.text, document, events)


def _opening_name(part: Named, document: Document, events: Events, spoken: Spoken) -> Iterator[str]:
    """The first word, where it may be a name: it is rare, and stands for no kind of event. A word it is as well."""
    first, raw = document.stems[0], document.raws[0]
    is_new = CAPITAL.match(part.text) and part.text.startswith(raw) and raw not in part.words
    if document.lang == "en" and is_new and events.is_unheard(first, "en"):
        is_word = any(events.kinds["en"].find(raw, first)) or spoken.has(raw, first)
        if not is_word and (sound := skeleton(raw)):
            yield f"sound:{sound}"


def _short_name(name: str, lang: str, events: Events) -> str:
    """A name of too few consonants as it is, where it is no other word: Hale, Roy."""
    plain = bare(name)
    stem = STEMS[latin_of(lang)][name]
    is_name = len(plain) >= SHORTEST_NAME and plain.isalpha() and events.is_unheard(stem, lang)
    return plain if is_name else ""


def _names(meanings: Iterable[str]) -> Iterator[str]:
    """Names of the lexicon; a place tells its country as well."""
    for meaning in meanings:
        if meaning.startswith("place:"):
            country, _, name = meaning.partition(" ")
            yield f"country:{country.partition(':')[2]}"
            yield f"place:{name.casefold().replace(' ', '_')}"
        else:
            yield meaning


def _kinds(text: str, document: Document, events: Events) -> Iterator[str]:
    words = events.kinds.get(document.lang) or events.kinds["en"]
    found: set[str] = set()
    if document.lang in UNSPACED:
        found.update(kind for at in range(len(text)) for kind in words.find_at(text, at))
    else:
        found.update(
            kind for raw, stem in zip(document.raws, document.stems, strict=True) for kind in words.find(raw, stem)
        )
    if "halt" in found and found & RESTRICTIONS:
        found.add("ease")  # a restriction that is halted
    yield from (f"kind:{kind}" for kind in sorted(found))
