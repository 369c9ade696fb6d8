"""Minerals as named expressions: `mineral:gallium`, kinds, official lists, and words that mean minerals at large.

Reads the parsed `minerals.toml`. A name with other meanings (lead, tin, silver) counts only beside a commodity word of
its language, and not at all where an idiom stands. Never decides what a piece of news is about: topics do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import msgspec

from bot.core.errors import SettingsError
from bot.core.lexicon.entries import LANGUAGES, any_of, only_in, read_choice, read_names, read_table, read_terms
from bot.core.text.words import bare
from bot.core.topics.query import And, Feature, Near, Not, Or, Query, Term, Word

FILE = "minerals.toml"
LATIN = ("en", "de", "fr", "es")
SHORT = 4
"""Letters of a Russian name that as a beginning would begin too much: бор."""

REACH = 12
"""Words between an unsure name and the commodity word that makes it sure."""

Commodity = Mapping[str, Term | Or]


class Mineral(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mineral, element or alloy, as the file writes it."""

    en: tuple[str, ...]
    ru: tuple[str, ...]
    zh: tuple[str, ...]
    de: tuple[str, ...]
    fr: tuple[str, ...]
    es: tuple[str, ...]
    ja: tuple[str, ...]
    symbol: str = ""
    kinds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    phrases_only: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()


class Company(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Companies and sites that stand for minerals; `unsure`: they do much else, too."""

    minerals: tuple[str, ...]
    names: tuple[str, ...]
    sites: tuple[str, ...] = ()
    unsure: bool = False


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mean minerals without naming one. `unsure` ones count beside a commodity word."""

    also: tuple[str, ...]
    unsure: tuple[str, ...] = ()


class OfficialList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of critical minerals: whose, of when, from where, and what is doubtful in it."""

    name: str
    year: int
    source: str
    doubt: str = ""


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who decides on minerals, and for which country."""

    country: str
    names: tuple[str, ...]


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    minerals: Mapping[str, Mineral]
    companies: tuple[Company, ...]
    groups: Mapping[str, Group]
    lists: Mapping[str, OfficialList]
    agencies: Mapping[str, Agency]
    commodity: Commodity
    strong: Commodity
    elsewhere: Commodity
    brands: Term | Or
    compounds: tuple[Word, ...]


def read_lexicon(tables: Mapping[str, Any]) -> Lexicon:
    """The lexicon of a parsed `minerals.toml`. Raises SettingsError with table and key."""
    return Lexicon(
        minerals=_read_named(Mineral, tables, "mineral"),
        companies=tuple(read_table(Company, row, f"{FILE} [[company]] {number}")
                        for number, row in enumerate(tables.get("company", ()), start=1)),
        groups=_read_named(Group, tables, "group"),
        lists=_read_named(OfficialList, tables, "list"),
        agencies=_read_named(Agency, tables, "agency"),
        commodity=_read_words(tables, "commodity"),
        strong=_read_words(tables, "strong"),
        elsewhere=_read_words(tables, "elsewhere"),
        brands=_side(read_choice(tables.get("brand", {}).get("en", '="Technologies"'), f"{FILE} [brand] en")),
        compounds=tuple(term.words[0] for term in _read_compounds(tables)),
    )  # fmt: skip


def _read_words(tables: Mapping[str, Any], name: str) -> Commodity:
    rows = tables.get(name, {}).items()
    return {lang: _side(read_choice(expr, f"{FILE} [{name}] {lang}")) for lang, expr in rows}


def _read_compounds(tables: Mapping[str, Any]) -> list[Term]:
    return read_terms(tables.get("compound", {}).get("de", "").split(), f"{FILE} [compound] de")


def _read_named(kind: Any, tables: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: read_table(kind, row, f"{FILE} [{name}.{key}]") for key, row in tables.get(name, {}).items()}


def mineral_expressions(lexicon: Lexicon) -> dict[str, Query]:
    """`mineral:<id>` to what it is looked for by, the words for minerals at large included. Raises SettingsError."""
    parts: defaultdict[str, list[Query]] = defaultdict(list)
    for name, mineral in lexicon.minerals.items():
        parts[name] += _mineral(mineral, lexicon, f"{FILE} [mineral.{name}]")
    for name, group in lexicon.groups.items():
        place = f"{FILE} [group.{name}]"
        parts[name] += read_terms(group.also, f"{place} also")
        parts[name] += _beside(read_terms(group.unsure, f"{place} unsure"), lexicon.commodity.values())
    for number, company in enumerate(lexicon.companies, start=1):
        for name, part in product(company.minerals, _company(company, lexicon, f"{FILE} [[company]] {number}")):
            if name not in parts and not company.unsure and name not in AT_LARGE:
                raise SettingsError(f"{FILE} [[company]] {number}: there is no mineral {name}.")
            parts[name].append(part)
    for name, mineral in lexicon.minerals.items():  # an element speaks for its kind, where that is an entry as well
        for kind in mineral.kinds:
            if kind in lexicon.minerals:
                parts[kind].append(Feature("mineral", name))
    return {f"mineral:{name}": any_of(found) for name, found in parts.items()}


COUNTRIES_ALIKE = ("германий", "индий")
"""Russian names that are countries in their second case, with a capital: of germanium, Germany; of indium, India."""

AT_LARGE = ("battery-makers", "miners")
"""Names under which companies alone are gathered."""


def mineral_groups(lexicon: Lexicon) -> dict[str, list[str]]:
    """`mineral:<kind>` and `mineral:<list>-list` to their members. Raises SettingsError for an unknown list."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, mineral in lexicon.minerals.items():
        for kind in mineral.kinds:
            if kind not in lexicon.minerals:
                groups[f"mineral:{kind}"].append(f"mineral:{name}")
        for code in mineral.lists:
            if code not in lexicon.lists:
                raise SettingsError(f"{FILE} [mineral.{name}] lists: there is no list {code}.")
            groups[f"mineral:{code}-list"].append(f"mineral:{name}")
    return dict(groups)


def _mineral(mineral: Mineral, lexicon: Lexicon, place: str) -> Iterator[Query]:
    """What a mineral is looked for by: compounds as they stand; names unless an idiom is there."""
    yield from read_terms(mineral.also, f"{place} also")
    named = [name for lang in LANGUAGES if lang not in mineral.phrases_only
             for name in _names(mineral, lang, lexicon, place)]  # fmt: skip
    idioms = read_terms(mineral.idioms, f"{place} idioms")
    doubt = _doubt(mineral, lexicon, place)
    yield And((any_of(named), Not(any_of(idioms)), Not(doubt))) if idioms else And((any_of(named), Not(doubt)))


def _doubt(mineral: Mineral, lexicon: Lexicon, place: str) -> Query:
    """A game, jewels, teeth, or a company of that name (Lithium Technologies), and no word of the trade."""
    capitals = [f"={name.capitalize()}" for name in mineral.en if name.isalpha()]
    named = read_terms(capitals, f"{place} en")
    brands = [Near(_side(named), lexicon.brands, 1)] if named else []
    return And((any_of([*lexicon.elsewhere.values(), *brands]), Not(any_of(lexicon.strong.values()))))


def _names(mineral: Mineral, lang: str, lexicon: Lexicon, place: str) -> Iterator[Query]:
    written = getattr(mineral, lang)
    names = read_terms(_in_all_cases(written, lang), f"{place} {lang}")
    if lang == "de":
        yield from _compounds(written, lexicon.compounds)
    if lang not in mineral.unsure:
        yield only_in(lang, any_of(names))
        return
    yield from (only_in(lang, near) for near in _beside(names, [lexicon.commodity[lang]]))
    headed = any_of(Term(name.words, "title", name.slop) for name in names)
    yield only_in(lang, And((headed, lexicon.strong[lang])))


def _in_all_cases(names: Iterable[str], lang: str) -> Iterator[str]:
    """Names as they may be written. A name of one word is looked for as it stands, in small letters and large: cut to
    its stem, the Spanish copper is a charge (cobrar), the Russian germanium is Germany, and titanium in its second case
    (титана) no longer titanium. A Russian name is a beginning, so that its adjective counts."""
    for name in names:
        if lang == "ru" and name.endswith("ий") and " " not in name:
            yield from (f"={name[:-2]}{ending}" for ending in ("ий", "ия", "ию", "ием", "ии"))
            yield f"={name.capitalize()}"
            yield from (f"={name[:-2].capitalize()}{ending}" for ending in ("ия", "ию", "ием")
                        if name not in COUNTRIES_ALIKE)  # fmt: skip
            yield f"{name[:-1]}ев*"
        elif lang == "ru" and name.isalpha() and len(name) > SHORT:
            yield f"{name.rstrip('аоеяьй')}*"
        elif lang in LATIN and name.isalpha() and name[1:].islower():
            yield from (f"={name.lower()}", f"={name.capitalize()}", f"={name.upper()}")
            yield from (f"={name}s",) if lang == "de" else ()
        else:
            yield name


def _compounds(names: Iterable[str], endings: Iterable[Word]) -> Iterator[Term]:
    """`Kupfer` with `preis*`: Kupferpreis, Kupferpreise, Kupferpreises."""
    for name, ending in product(names, endings):
        if name.isalpha():
            yield Term((Word(bare(name) + ending.text, is_prefix=True),))


def _company(company: Company, lexicon: Lexicon, place: str) -> list[Query]:
    terms = [*read_names(company.names, f"{place} names"), *read_names(company.sites, f"{place} sites")]
    return _beside(terms, lexicon.commodity.values()) if company.unsure else list(terms)


def _beside(names: list[Term], words: Iterable[Term | Or]) -> list[Query]:
    return [Near(_side(names), side, REACH) for side in words] if names else []


def _side(terms: list[Term]) -> Term | Or:
    return terms[0] if len(terms) == 1 else Or(tuple(dict.fromkeys(terms)))
