"""The catalogues hold what the code says, whole, in every language; and a language's words and days come from them."""

from __future__ import annotations

import ast
from datetime import date
from string import Formatter

import pytest

from bot.core.stories.changes import CHANGES, change_words
from bot.core.tongue import ENGLISH, LANGUAGES, Tongue
from bot.locale import tongue_of
from tests.sources import read_sources

SAYING = {"say": 1, "noted": 1, "count": 2}
"""Functions that take words of the interface, and how many of their arguments are such."""

OTHERS = LANGUAGES[1:]
DAY = date(2025, 12, 1)


def said() -> set[tuple[str, ...]]:
    """The words in the code that are said in other languages: alone, or as one and many."""
    found = set()
    for source in read_sources():
        for node in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [one.value for one in node.args[: SAYING.get(name, 0)] if isinstance(one, ast.Constant)]
            if len(words) == SAYING.get(name) and all(isinstance(one, str) for one in words):
                found.add(tuple(words))
    return found


def places(words: str) -> set[str | None]:
    """The names of the values that words take."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("lang", OTHERS)
def test_each_catalogue_is_whole(lang: str) -> None:
    """What the code says has a translation, and nothing else has one."""
    assert {words[0] for words in said()} == set(tongue_of(lang).words)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_takes_the_same_values(lang: str) -> None:
    """Each form of it, and none is empty; one that is counted has as many forms as the language."""
    tongue = tongue_of(lang)
    forms = 1 + max(map(tongue.form_of, range(200)))
    for words in said():
        assert forms == len(tongue.words[words[0]]) if len(words) == 2 else 1 == len(tongue.words[words[0]]), words
        for form in tongue.words[words[0]]:
            assert form.strip(), words
            assert places(form) == places(words[-1]), words


@pytest.mark.parametrize(
    ("lang", "days"),
    [
        ("en", ("Mon 1 Dec 2025", "Mon 1 Dec", "1 Dec")),
        ("ru", ("пн, 1 дек. 2025 г.", "пн, 1 дек.", "1 дек.")),
        ("zh", ("2025年12月1日周一", "12月1日周一", "12月1日")),
        ("de", ("Mo., 1. Dez. 2025", "Mo., 1. Dez.", "1. Dez.")),
        ("fr", ("lun. 1 déc. 2025", "lun. 1 déc.", "1 déc.")),
        ("es", ("lun, 1 dic 2025", "lun, 1 dic", "1 dic")),
        ("ja", ("2025年12月1日(月)", "12月1日(月)", "12月1日")),
    ],
)
def test_a_day_is_written_as_people_write_it(lang: str, days: tuple[str, ...]) -> None:
    """With weekday and year, without the year, and bare."""
    assert days == tuple(tongue_of(lang).day(DAY, style) for style in ("full", "short", "bare"))


def test_numbers_take_their_form() -> None:
    """Russian has three; Chinese one."""
    russian = [tongue_of("ru").count("In {n} day", "In {n} days", n) for n in (1, 2, 5, 11, 21)]
    assert ["Через 1 день", "Через 2 дня", "Через 5 дней", "Через 11 дней", "Через 21 день"] == russian
    assert "还有7天" == tongue_of("zh").count("In {n} day", "In {n} days", 7)
    assert "In 1 day" == ENGLISH.count("In {n} day", "In {n} days", 1)


@pytest.mark.parametrize("lang", ["xx", "", "../ru", "en"])
def test_what_is_not_spoken_is_english(lang: str) -> None:
    """A language nobody wrote a catalogue for changes nothing, and opens no file."""
    assert tongue_of(lang) is ENGLISH


def test_values_are_only_put_in() -> None:
    """Braces in a name mean nothing, neither in English nor in another language."""
    for tongue in (ENGLISH, tongue_of("de")):
        assert "{0.__class__}" in tongue.say("{what}, by {who}", what="{0.__class__}", who="{x}")


@pytest.mark.parametrize(
    ("stored", "german"),
    [
        ("+1 source", "+1 Quelle"),
        ("+3 sources; now from an official source", "+3 Quellen; jetzt aus amtlicher Quelle"),
        ("date moved from Mon 1 Dec to Fri 5 Dec", "Termin vom 1. Dez. auf 5. Dez. verschoben"),
        ("done, due Sat 29 Feb", "erledigt, fällig 29. Feb."),
        ("denied by Kremlin, reported by Wire", "dementiert von Kremlin, berichtet Wire"),
        ("by a moderator", "von der Moderation"),
        ("something new in the code", "something new in the code"),
        ("", ""),
    ],
)
def test_a_stored_change_is_said_in_a_language(stored: str, german: str) -> None:
    """By its template; what none fits stays as it is stored. In English nothing is looked at."""
    assert german == change_words(stored, tongue_of("de"))
    assert stored == change_words(stored, ENGLISH)


def test_each_kind_of_change_has_its_own_template() -> None:
    """None is taken for another one that stands before it."""
    marked = Tongue("xx", {words: (f"<{words}>",) for words in CHANGES})
    values = {"name": "K7Q2", "day": "D", "new_day": "N", "who": "W", "outlet": "O"}
    assert [f"<{words}>".format(**values) for words in CHANGES] == [
        change_words(words.format(**values), marked) for words in CHANGES
    ]
