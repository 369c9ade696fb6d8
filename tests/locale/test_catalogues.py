"""The catalogues hold what the code says, whole, in every language; and a language's words and days come from them."""

from __future__ import annotations

import ast
import re
from datetime import date
from string import Formatter

import pytest

from bot.core.stories.said import SAID, Change, change_words, read_changes, write_changes
from bot.core.tongue import ENGLISH, LANGUAGES
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
    ("changes", "english", "german"),
    [
        ([Change("sources", more=1)], "+1 source", "+1 Quelle"),
        (
            [Change("sources", more=3), Change("official")],
            "+3 sources; now from an official source",
            "+3 Quellen; jetzt aus amtlicher Quelle",
        ),
        (
            [Change("moved", day=DAY, new_day=DAY.replace(day=5))],
            "date moved from Mon 1 Dec to Fri 5 Dec",
            "Termin vom Mo., 1. Dez. auf Fr., 5. Dez. verschoben",
        ),
        (
            [Change("denied", "Kremlin", "Wire; {x}")],
            "denied by Kremlin, reported by Wire; {x}",
            "dementiert von Kremlin, berichtet Wire; {x}",
        ),
        ([Change("moderator")], "by a moderator", "von der Moderation"),
        ([Change("what a later program says")], "what a later program says", "what a later program says"),
        ([], "", ""),
    ],
)
def test_a_stored_change_is_said_in_a_language(changes: list[Change], english: str, german: str) -> None:
    """What it is is stored; the words are the language's, with values as they came."""
    stored = write_changes(*changes)
    assert (english, german) == (change_words(stored), change_words(stored, tongue_of("de")))
    assert tuple(changes) == read_changes(stored)


@pytest.mark.parametrize("words", ["+1 source; now from an official source", "[{", '[{"kind": 1}]', "by Kremlin", ""])
def test_what_is_stored_in_words_stays_as_it_is(words: str) -> None:
    """Rows of before, and whatever a source says."""
    assert words == change_words(words) == change_words(words, tongue_of("de"))


def test_each_change_can_be_said() -> None:
    """The values in its words are those that its key names."""
    for key, words in SAID.items():
        names = [name for name in key.split() if name in Change.__struct_fields__]
        assert names == re.findall(r"{(\w+)}", words), key
