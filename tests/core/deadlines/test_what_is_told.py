"""What is told of each date beside the day: its time, its place, what it is about, how sure, and why."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadlines import Deadline, find_deadlines
from bot.core.deadlines.languages import CHINESE, JAPANESE, LATIN, RUSSIAN
from bot.core.deadlines.times import clock_beside
from bot.core.reminders import SURE

DAY = date(2026, 3, 10)  # a Tuesday


def only(text: str, lang: str = "en", title: str = "") -> Deadline:
    """The one date that a text sets."""
    [found] = find_deadlines(title, text, DAY, lang)
    return found


@pytest.mark.parametrize(
    ("lang", "text", "at", "zone"),
    [
        ("en", "Bids are due by 5 p.m. Eastern on April 14.", time(17), "Eastern"),
        ("en", "Bids are due on April 14, 2026, at 9:30 a.m. ET.", time(9, 30), "ET"),
        ("en", "Offers close at noon on Friday.", time(12), ""),
        ("en", "They have until midnight Thursday to reach a deal.", time(23, 59), ""),
        ("en", "Entries must be in by 23:59 UTC on 1 April.", time(23, 59), "UTC"),
        ("de", "Angebote sind bis 14. April 2026, 12 Uhr, einzureichen.", time(12), ""),
        ("fr", "Les offres sont recevables jusqu'au 14 avril à 18 h 30.", time(18, 30), ""),
        ("es", "Se admiten ofertas hasta el 14 de abril a las 17:00 horas.", time(17), ""),
        ("ru", "Заявки принимаются до 14 апреля 2026 года, 18:00 МСК.", time(18), "МСК"),
        ("zh", "投标截止时间为2026年4月14日下午2时30分（北京时间）。", time(14, 30), "北京时间"),
        ("ja", "提出期限は4月14日（火）午後5時。", time(17), ""),
    ],
)
def test_the_time_of_day_as_written(lang: str, text: str, at: time, zone: str) -> None:
    """A time beside a date is told with its zone, as written; midnight is the end of its day."""
    found = only(text, lang)
    assert (found.at, found.zone) == (at, zone)


@given(st.text(max_size=80), st.integers(0, 80))
def test_any_words_beside_a_date(text: str, place: int) -> None:
    """Whatever stands beside a date, a time is one of a day, and stands in the text."""
    start = min(place, len(text))
    clock = clock_beside(text, start, start)
    assert clock is None or 0 <= clock.start <= clock.end <= len(text)


def test_the_sentence_and_its_place() -> None:
    """The evidence stands in the text where it is said to stand, spaces made even."""
    text = "Output fell in May.  Written comments\nare due by April 14. Nobody spoke."
    [found] = find_deadlines("", "Output fell in May.  Written comments are due  by April 14. Nobody spoke.", DAY, "en")
    assert found.evidence == "Written comments are due by April 14."
    assert text[found.start : found.start + 7] == "Written"
    assert not found.is_in_title


def test_a_title_tells_its_own_place() -> None:
    """What only the title says is told to stand there, from its first letter to its last."""
    title = "Ministry extends graphite duty until 30 June"
    [found] = find_deadlines(title, "", DAY, "en")
    assert (found.is_in_title, found.start, found.end, found.written) == (True, 0, len(title), "30 June")


@pytest.mark.parametrize(
    ("lang", "text", "what", "who"),
    [
        ("en", "Importers must register their stocks by 1 June.", "register their stocks", "Importers"),
        ("en", "The duty on tungsten carbide takes effect on June 1.", "duty on tungsten carbide", ""),
        ("en", "The order gives the agency 30 days to publish a list of sites.", "publish a list of sites", "agency"),
        ("en", "Testimony is due April 2 and reply briefs April 20.", "Testimony", ""),
        ("de", "Die Betreiber müssen bis 1. Juni einen Plan vorlegen.", "Plan vorlegen", "Betreiber"),
        ("fr", "Les exploitants doivent déposer un dossier avant le 1er juin.", "déposer un dossier", "exploitants"),
        ("es", "Las empresas deben presentar un plan antes del 1 de junio.", "presentar un plan", "empresas"),
        (
            "ru",
            "Правительство должно до 1 июня представить доклад о добыче и производстве редкоземельных металлов.",
            "представить доклад о добыче и производстве редкоземельных металлов",
            "Правительство",
        ),
        ("zh", "国务院要求有关部门在6月1日前制定稀土产业发展规划。", "制定稀土产业发展规划", "有关部门"),
        ("ja", "政府は6月1日までに重要鉱物の備蓄計画をまとめる。", "重要鉱物の備蓄計画をまとめる", "政府"),
    ],
)
def test_what_is_due_and_who_owes_it(lang: str, text: str, what: str, who: str) -> None:
    """The whole phrase, in the words of the sentence; who is empty where a thing happens by itself."""
    found = find_deadlines("", text, DAY, lang)[0]
    assert (found.what, found.who) == (what, who)


def test_reasons_are_words() -> None:
    """Each rule that spoke for a date says so, with the words it found."""
    assert only("Comments are due by April 14, 2026.").reasons == (
        "at the date: due by …",
        "about deadline: due",
        "looks ahead: are due",
        "the date can only lie ahead",
    )


@pytest.mark.parametrize(
    ("text", "is_confirmed"),
    [
        ("Bids are due by April 14.", True),
        ("The board meets on Thursday.", True),
        ("A ruling is expected in May.", False),
        ("Holders of record April 3.", False),
    ],
)
def test_what_is_only_planned_or_bare_is_unconfirmed(text: str, is_confirmed: bool) -> None:
    """A date that is only expected, or of which nothing is said, stays under the line."""
    found = only(text)
    assert found.is_confirmed is is_confirmed
    assert (found.confidence >= SURE) is is_confirmed


def test_a_bare_year_is_a_target() -> None:
    """`By 2035` is no deadline; who asks for targets gets it as one, of the precision year."""
    text = "The bloc wants to recycle a quarter of its magnets by 2035."
    assert () == find_deadlines("", text, DAY, "en")
    [target] = find_deadlines("", text, DAY, "en", with_targets=True)
    assert (target.due, target.type, target.precision) == (date(2035, 12, 31), "target", "year")


@pytest.mark.parametrize(
    ("lang", "others", "due"),
    [
        ("en", "", date(2026, 4, 3)),
        ("en-GB", "", date(2026, 3, 4)),
        ("en", "It was issued on 27/02/2026. ", date(2026, 3, 4)),
        ("fr", "", date(2026, 3, 4)),
    ],
)
def test_the_order_of_day_and_month(lang: str, others: str, due: date) -> None:
    """Month first in American English only; a date that can only be day-first tells how its text writes them."""
    texts = {"fr": "Les offres sont à remettre avant le 04/03/2026."}
    text = others + texts.get(lang, "Bids must be filed by 04/03/2026.")
    found = find_deadlines("", text, date(2026, 3, 1), lang)
    assert [due] == [one.due for one in found]


def test_a_weekday_tells_the_year() -> None:
    """`Friday 20 June` was last year's where only that one was a Friday."""
    assert () == find_deadlines("", "The raid on Friday 20 June was filmed.", date(2026, 2, 13), "en")


def test_the_language_is_told_by_its_words() -> None:
    """Without a stated language the words that are hardly ever absent tell it."""
    text = "Die Frist für die Abgabe der Angebote ist bis zum 14. April verlängert, und das mit gutem Grund."
    assert [date(2026, 4, 14)] == [one.due for one in find_deadlines("", text, DAY)]


def test_a_language_wrongly_stated() -> None:
    """A feed that calls German text English is not believed."""
    text = (
        "Die Behörde hat am Montag mitgeteilt, dass der Antrag auf Abbau von Lithium im Süden des Landes geprüft wird "
        "und die Unterlagen im Rathaus ausliegen. Einwendungen sind bis zum 14. April schriftlich bei ihr zu erheben."
    )
    assert [date(2026, 4, 14)] == [one.due for one in find_deadlines("", text, DAY, "en")]


def test_every_head_holds_the_date_it_speaks_of() -> None:
    """No head looks back at a date that stands before its own words: it would speak of none."""
    grammars = (*LATIN.values(), RUSSIAN, CHINESE, JAPANESE)
    assert [] == [(grammar.name, head) for grammar in grammars for head, said in grammar.heads if "(?<=◆)" in said]


@pytest.mark.parametrize(
    ("lang", "text", "what"),
    [("en", "Work starts in spring.", "Work starts"), ("ru", "Концерты начнутся в апреле.", "Концерты начнутся")],
)
def test_a_bare_noun_has_its_verb(lang: str, text: str, what: str) -> None:
    """A single word names nothing: what happens is told with it."""
    assert only(text, lang).what == what
