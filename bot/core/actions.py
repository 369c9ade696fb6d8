"""Who does what to whom, and how far it has come: a small grammar over the lexicon.

A sentence speaks of an action (`export-ban`), of a stage (proposed, in force, lifted), and of countries: the one it is
aimed at stands beside a word such as "to" or "against", the one that acts is the first of the others. Says nothing
where the sentence says nothing, and never guesses a country from what is known of the world.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.core.text.sentences import iter_sentences
from bot.core.topics.document import Document, Place
from bot.core.topics.index import Index
from bot.core.topics.places import find_term
from bot.core.topics.query import Query, Term, wanted_atoms

SENTENCES_READ = 3
"""Sentences of the text that are read after the headline: what a piece of news is about stands in front."""

STAGES = ("denied", "lifted", "suspended", "proposed", "in-force")
"""In this order: who denies a draft denies it, and a ban that is lifted was in force."""

ANNOUNCED = "announced"
BESIDE = 2
"""Words from a target's mark to the country: against the United States, dans les pays de."""

POSTPOSED = ("ja",)
"""Languages whose marks may stand after the country."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action with its stage; `actor` and `target` are countries, or "" where the sentence names none."""

    action: str
    stage: str
    actor: str = ""
    target: str = ""


class Grammar:
    """What the lexicon knows: actions, stages and countries by id, marks of a target by language.

    One index holds them all, so that a sentence is read once, however many there are.
    """

    def __init__(
        self,
        actions: Mapping[str, Query],
        stages: Mapping[str, Query],
        countries: Mapping[str, Query],
        targets: Mapping[str, tuple[Term, ...]],
    ) -> None:
        self.actions, self.stages, self.countries, self.targets = actions, stages, countries, targets
        named = (("action", actions), ("stage", stages), ("country", countries))
        self._names = [(kind, name) for kind, queries in named for name in queries]
        self._index = Index()
        for number, query in enumerate(query for _, queries in named for query in queries.values()):
            self._index.add(number, query)

    def find(self, sentence: Document) -> frozenset[tuple[str, str]]:
        """What a sentence speaks of: (`action`, `stage` or `country`, its id)."""
        return frozenset(self._names[number] for number in self._index.match(sentence))


NO_GRAMMAR = Grammar({}, {}, {}, {})
"""Finds no deed."""


def find_deeds(title: str, text: str, lang: str, grammar: Grammar) -> tuple[Deed, ...]:
    """What headline and first sentences say is done, each action once: as the first sentence that names it says."""
    deeds: dict[str, Deed] = {}
    for sentence in (title, *islice(iter_sentences(text), SENTENCES_READ)):
        document = Document(sentence, "", lang)
        found = grammar.find(document)
        names = [name for name in grammar.actions if ("action", name) in found]
        if not names:
            continue
        stage = next((stage for stage in STAGES if ("stage", stage) in found), ANNOUNCED)
        actor, target = _countries(document, found, grammar)
        for name in names:
            deeds[name] = _join(deeds.get(name), Deed(name, stage, actor, target))
    return tuple(deeds.values())


def _join(first: Deed | None, other: Deed) -> Deed:
    """The first sentence's word holds; a later one fills in what that left open."""
    if first is None:
        return other
    stage = other.stage if first.stage == ANNOUNCED else first.stage
    return Deed(first.action, stage, first.actor or other.actor, first.target or other.target)


def _countries(document: Document, found: Container[tuple[str, str]], grammar: Grammar) -> tuple[str, str]:
    """Who acts and whom it is aimed at."""
    named = sorted(_named(document, found, grammar), key=lambda pair: pair[0].first)
    marks = [place for term in grammar.targets.get(document.lang, ()) for place in find_term(term, document)]
    aimed = [name for place, name in named if _is_aimed_at(place, marks, document)]
    actor = next((name for _, name in named if name not in aimed), "")
    return actor, next((name for name in aimed if name != actor), "")


def _named(document: Document, found: Container[tuple[str, str]], grammar: Grammar) -> Iterator[tuple[Place, str]]:
    """The countries a sentence names, and where."""
    for name, query in grammar.countries.items():
        if ("country", name) in found:
            for atom in wanted_atoms(query):
                if isinstance(atom, Term):
                    yield from ((place, name) for place in find_term(atom, document))


def _is_aimed_at(place: Place, marks: list[Place], document: Document) -> bool:
    if any(0 < place.first - mark.last <= BESIDE for mark in marks):
        return True
    return document.lang in POSTPOSED and any(0 < mark.first - place.last <= BESIDE for mark in marks)
