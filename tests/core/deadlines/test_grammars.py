"""Each language's grammar: periods, terms, weekdays, what is past and what is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.core.deadlines import find_deadlines
from bot.core.deadlines.languages import languages_of

DAY = date(2026, 3, 10)  # a Tuesday

POOL = Path(__file__).with_name("grammars")
"""A file a language: a day, a text, what it sets (`-`: nothing); parted by ¦, in the order of constructs."""


def _pool() -> Iterator[tuple[str, str, str, str]]:
    for file in sorted(POOL.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                day, text, expected = (part.strip() for part in line.split("¦"))
                yield file.stem, day, text, expected


@pytest.mark.parametrize(("lang", "day", "text", "expected"), list(_pool()))
def test_each_construct_in_each_language(lang: str, day: str, text: str, expected: str) -> None:
    """Each way to write a date, and each way to take it back, is read alike in every language."""
    found = find_deadlines("", text, date.fromisoformat(day), lang)
    assert expected == ("; ".join(f"{one.due} {one.precision} {one.type}" for one in found) or "-")


@pytest.mark.parametrize(
    ("lang", "text", "due", "precision", "kind"),
    [
        ("en", "The ban will remain in force until the end of 2026.", "2026-12-31", "day", "expiry"),
        ("en", "The plan must be ready by the end of the month.", "2026-03-31", "day", "deadline"),
        ("en", "The plant is to open in the third quarter of 2026.", "2026-07-01", "quarter", "event"),
        ("en", "A report will be published in May.", "2026-05-01", "month", "event"),
        ("en", "Lawmakers will vote on the bill on Thursday.", "2026-03-12", "day", "event"),
        ("en", "The commission must decide within 60 days.", "2026-05-09", "day", "deadline"),
        ("en", "The board has ten working days to reply, until March 24.", "2026-03-24", "day", "deadline"),
        ("en", "The duty applies next month, from April 15.", "2026-04-15", "day", "effective"),
        ("en", "The agency extended the deadline from March 20 to April 20.", "2026-04-20", "day", "deadline"),
        ("ru", "Запрет действует до 30 сентября.", "2026-09-30", "day", "expiry"),
        ("ru", "Новые пошлины начнут действовать с 1 июля.", "2026-07-01", "day", "effective"),
        ("ru", "Правительство рассмотрит проект в четверг.", "2026-03-12", "day", "event"),
        ("ru", "Ведомство обязано ответить в течение 30 дней.", "2026-04-09", "day", "deadline"),
        ("ru", "К концу года ведомство представит план.", "2026-12-31", "day", "deadline"),
        ("zh", "新规将于2026年4月1日起施行。", "2026-04-01", "day", "effective"),
        ("zh", "禁令将于9月20日到期。", "2026-09-20", "day", "expiry"),
        ("zh", "企业须在30日内提交方案。", "2026-04-09", "day", "deadline"),
        ("zh", "部长们将于下周一讨论储备问题。", "2026-03-16", "day", "event"),
        ("de", "Die Verordnung tritt am 1. Juli in Kraft.", "2026-07-01", "day", "effective"),
        ("de", "Der Ausschuss stimmt am Donnerstag über das Gesetz ab.", "2026-03-12", "day", "event"),
        ("de", "Die Behörde muss binnen 30 Tagen entscheiden.", "2026-04-09", "day", "deadline"),
        ("de", "Die Frist läuft Ende Juni aus.", "2026-06-30", "day", "expiry"),
        ("fr", "La loi entre en vigueur le 1er juillet.", "2026-07-01", "day", "effective"),
        ("fr", "La commission votera jeudi sur le texte.", "2026-03-12", "day", "event"),
        ("fr", "Le moratoire expire fin juin.", "2026-06-30", "day", "expiry"),
        ("es", "La medida entrará en vigor el 1 de junio de 2026.", "2026-06-01", "day", "effective"),
        ("es", "El permiso vence el 30 de abril.", "2026-04-30", "day", "expiry"),
        ("es", "El Senado votará la ley el jueves.", "2026-03-12", "day", "event"),
        ("ja", "新制度は4月1日から施行される。", "2026-04-01", "day", "effective"),
        ("ja", "政府は6月末までに計画をまとめる。", "2026-06-30", "day", "deadline"),
        ("ja", "会合は来週の火曜日に開かれる。", "2026-03-17", "day", "event"),
    ],
)
def test_a_date_ahead_is_read(lang: str, text: str, due: str, precision: str, kind: str) -> None:
    """Deadline and expiry take the end of a period, effective and event its start; each has its type."""
    [found] = find_deadlines("", text, DAY, lang)
    assert (found.due.isoformat(), found.precision, found.type) == (due, precision, kind)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The minister said on Monday that talks continue."),
        ("en", "The deal was signed in May 2024."),
        ("en", "It opened a plant on April 12 last year."),
        ("en", "The auction set for March 25 was cancelled."),
        ("en", "Sales for the year ending June 30 are expected to rise."),
        ("en", "He has been in office for 90 days."),
        ("en", "By 2030 the bloc wants to mine 10% of its needs."),
        ("en", "Copper for May delivery rose 2%."),
        ("en", "Results are out on Tuesday."),
        ("ru", "Министр заявил об этом в понедельник."),
        ("ru", "В январе экспорт вырос на 5%."),
        ("ru", "Запрет действовал до 1 декабря 2025 года."),
        ("zh", "1月至2月，出口同比增长5%。"),
        ("zh", "碳酸锂期货9月合约收跌。"),
        ("de", "Im Januar sanken die Preise."),
        ("de", "Das Unternehmen teilte am Montag mit, der Umsatz sei gestiegen."),
        ("fr", "Le ministre a déclaré lundi que le projet avance."),
        ("es", "El ministro dijo el lunes que el plan sigue."),
        ("ja", "同社は3月2日に決算を発表した。"),
        ("ja", "1月の輸出は5%増えた。"),
    ],
)
def test_what_is_past_or_taken_back_is_left(lang: str, text: str) -> None:
    """Past, cancelled, reported, recurring or far targets set no date, nor does the weekday of publication."""
    assert find_deadlines("", text, DAY, lang) == ()


def test_two_dates_of_one_announcement() -> None:
    """A second date joined by `and` has the type of the first."""
    found = find_deadlines("", "Briefs are due April 9 and replies April 23.", DAY, "en")
    assert [(d.due.day, d.type) for d in found] == [(9, "deadline"), (23, "deadline")]


def test_a_term_counts_from_its_anchor() -> None:
    """From the stated day; from the day a document is dated; else from publication."""
    texts = {
        "Parliament has 90 days from March 2 to approve the code.": date(2026, 5, 31),
        "An order signed on Monday directs the agency to report within 30 days.": date(2026, 4, 8),
        "The rule is effective 60 days after publication.": date(2026, 5, 9),
    }
    assert [find_deadlines("", text, DAY, "en")[0].due for text in texts] == list(texts.values())


@pytest.mark.parametrize(
    ("sentence", "lang", "names"),
    [
        ("Сегодня", "en", ["ru"]),
        ("路线图", "ja", ["ja"]),
        ("路线图", None, ["zh"]),
        ("までに", "zh", ["ja"]),
        ("by June", "en-GB", ["en"]),
        ("by June", None, ["en", "de", "fr", "es"]),
    ],
)
def test_the_script_tells_the_language(sentence: str, lang: str | None, names: list[str]) -> None:
    """The script decides; among Latin languages the stated one, else all are tried."""
    assert [language.name for language in languages_of(sentence, lang)] == names
