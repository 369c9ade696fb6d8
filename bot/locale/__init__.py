"""Our own words in the languages of `core/tongue.py`: a catalogue of gettext each, and days by CLDR. Says nothing.

Catalogues are read as they are written (`ru.po`), at the first word in a language; English needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from bot.core.tongue import ENGLISH, LANGUAGES, Tongue

SKELETONS = {"full": "yMMMEd", "short": "MMMEd", "bare": "MMMd"}
"""What a day says, as CLDR names it; each language has its own order and marks."""


@cache
def tongue_of(lang: str) -> Tongue:
    """A language by its two letters; English for one that the interface does not speak.

    The first look at a language reads files: it is for a thread.
    """
    if lang == ENGLISH.lang or lang not in LANGUAGES:
        return ENGLISH
    import gettext  # here: English, which most channels speak, needs none of these

    from babel.messages.pofile import read_po

    with (Path(__file__).parent / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    words = {_first(one.id): _forms(one.string) for one in catalogue if one.id}
    return Tongue(lang, words, gettext.c2py(catalogue.plural_expr), _days(lang))


def _first(found: str | list[str] | tuple[str, ...]) -> str:
    return found if isinstance(found, str) else found[0]


def _forms(found: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found or ())


def _days(lang: str) -> Callable[[date, str], str]:
    from babel.dates import format_skeleton

    def write_day(day: date, style: str) -> str:
        return " ".join(format_skeleton(SKELETONS[style], day, locale=lang).split())

    write_day(date(2025, 12, 1), "full")  # what is read once, is read here
    return write_day
