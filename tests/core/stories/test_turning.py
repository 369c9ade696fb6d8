"""What a report says of an earlier one: denied, corrected or retracted, in seven languages, and who denies."""

from __future__ import annotations

import pytest

from bot.app.shipped import shipped_events
from bot.core.errors import SettingsError
from bot.core.lexicon.turns import read_turns
from bot.core.stories.turning import changed_figures, read_turning

TURNS = [
    ("en", "Kremlin denies report of rare-earth ban", "denied", "Kremlin"),
    ("en", "Report of gallium ban denied by Beijing", "denied", ""),
    ("en", "China's ministry rejects reports of gallium ban", "denied", "China's ministry"),
    ("en", "Glencore denies it will halt Mutanda", "denied", "Glencore"),
    ("ru", "Кремль опроверг запрет экспорта палладия", "denied", "Кремль"),
    ("zh", "商务部否认禁止镓出口", "denied", "商务部"),
    ("de", "Berlin dementiert Exportverbot für Germanium", "denied", "Berlin"),
    ("fr", "Paris dément une interdiction du titane", "denied", "Paris"),
    ("es", "Chile desmiente la nacionalización del litio", "denied", "Chile"),
    ("ja", "経産省はガリウム輸出禁止を否定", "denied", "経産省"),
    ("", "Кремль опроверг запрет экспорта палладия", "denied", "Кремль"),
    ("en", "CORRECTION: Nickel quota is 250 million tons, not 25 million", "corrected", ""),
    ("en", "CORRECTED-China gallium exports fell 5%", "corrected", ""),
    ("ru", "Уточнение: квота составит 250 млн тонн", "corrected", ""),
    ("zh", "更正：镓配额为25吨", "corrected", ""),
    ("de", "Berichtigung: Kobaltausfuhr um 5 Prozent gesunken", "corrected", ""),
    ("fr", "Rectificatif : le quota de nickel est de 250 millions de tonnes", "corrected", ""),
    ("es", "Corrección: la cuota de litio es de 250 toneladas", "corrected", ""),
    ("en", "Reuters withdraws story on gallium ban", "retracted", ""),
    ("ru", "ТАСС отзывает сообщение о запрете экспорта галлия", "retracted", ""),
    ("zh", "新华社撤稿：镓出口禁令", "retracted", ""),
    ("de", "Agentur zieht Bericht zurück: kein Verbot", "retracted", ""),
    ("fr", "L'agence retire sa dépêche sur le gallium", "retracted", ""),
    ("es", "La agencia retira la noticia sobre el litio", "retracted", ""),
    ("ja", "通信社がガリウムの記事を撤回", "retracted", ""),
]
NONE = [
    ("en", "Kremlin does not deny rare-earth talks"),
    ("en", "Kremlin neither confirms nor denies gallium ban"),
    ("en", "Ministry declined to confirm or deny the ban"),
    ("en", "Beijing didn't deny the ban"),
    ("en", "Court denied a permit for lithium mine"),
    ("en", "Mine denied access to water"),
    ("en", "Prices corrected for inflation rise"),
    ("en", "China bans gallium exports"),
    ("ru", "Кремль не опроверг запрет экспорта"),
    ("ru", "Отрицательный баланс никеля"),
    ("zh", "商务部不否认禁止镓出口"),
    ("zh", "商务部未予否认镓出口禁令"),
    ("de", "Berlin dementiert Exportverbot nicht"),
    ("fr", "Paris ne dément pas une interdiction"),
    ("es", "Chile no desmiente la nacionalización"),
    ("ja", "経産省はガリウム輸出禁止を否定せず"),
    ("ja", "ガリウムに否定的な見方"),
]


@pytest.mark.parametrize(("lang", "headline", "kind", "who"), TURNS)
def test_what_is_said_of_an_earlier_report(lang: str, headline: str, kind: str, who: str) -> None:
    """Kind and sentence are found; who denies only where the headline begins with them."""
    found = read_turning(headline, "", lang, shipped_events().turns)
    assert found is not None
    assert (kind, headline, who) == (found.kind, found.quote, found.who)


@pytest.mark.parametrize(("lang", "headline"), NONE)
def test_what_is_not_said(lang: str, headline: str) -> None:
    """A denial that is denied, a permit that is denied, and prices that are corrected say nothing of a report."""
    assert read_turning(headline, "", lang, shipped_events().turns) is None


def test_only_the_first_sentences_are_read() -> None:
    """A denial in the second sentence counts and is quoted; in the third it is about something else."""
    first, denial = "China plans a gallium ban.", "The ministry denied the report."
    turns = shipped_events().turns
    found = read_turning("Gallium", f"{first} {denial}", "en", turns)
    assert found is not None
    assert ("denied", denial) == (found.kind, found.quote)
    assert read_turning("Gallium", f"{first} Prices rose. {denial}", "en", turns) is None


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Quota is 2.5 million tons.", "Quota is 25 million tons.", ("2.5 million", "25 million")),
        ("Exports fell 5%.", "Exports fell 15%.", ("5%", "15%")),
        ("Exports fell 5%.", "Exports fell 5%.", None),
        ("Bids are due by 1 December.", "Bids are due by 5 December.", None),
        ("Quota is 2.5 million tons.", "The quota is now 25 million tons.", None),
    ],
)
def test_other_figures_in_the_same_words(old: str, new: str, found: tuple[str, str] | None) -> None:
    """Only where nothing but figures changed; a day that moved is told as a date."""
    assert found == changed_figures(old, new, "en")


def test_a_table_that_is_missing_is_named() -> None:
    """The file and the table stand in the error."""
    row = dict.fromkeys(("en", "ru", "zh", "de", "fr", "es", "ja"), "word")
    with pytest.raises(SettingsError, match=r"stories\.toml \[turn\]: retracted is missing"):
        read_turns({"turn": {"denied": row}}, "stories.toml")
