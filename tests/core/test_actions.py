"""Who does what to whom, and how far it has come."""

from __future__ import annotations

import pytest

from bot.core.actions import Deed, find_deeds
from tests.core.lexicon.shipped import grammar

CN_US = ("china", "united-states")

SENTENCES = [
    ("en", "China bans exports of gallium to the United States", "export-ban", "announced", *CN_US),
    ("en", "Beijing suspends its export ban on antimony", "export-ban", "suspended", "china", ""),
    ("en", "Washington weighs tariffs on Chinese graphite", "tariff", "proposed", "united-states", "china"),
    ("en", "Jakarta denies it plans a nickel export ban", "export-ban", "denied", "indonesia", ""),
    ("en", "India lifts export quota on manganese", "export-quota", "lifted", "india", ""),
    (
        "en",
        "Tariffs on Kazakh titanium take effect; Kazakhstan: takes effect today",
        "tariff",
        "in-force",
        "",
        "kazakhstan",
    ),
    ("ru", "Россия рассматривает запрет на экспорт урана в США", "export-ban", "proposed", "russia", "united-states"),
    ("ru", "Китай отменил запрет на экспорт галлия в Японию", "export-ban", "lifted", "china", "japan"),
    ("ru", "Пекин опроверг введение квоты на экспорт вольфрама", "export-quota", "denied", "china", ""),
    ("zh", "中国禁止对美国出口镓", "export-ban", "announced", *CN_US),
    ("zh", "美国考虑对中国石墨加征关税", "tariff", "proposed", "united-states", "china"),
    (
        "de",
        "China setzt das Exportverbot für Gallium in die USA aus",
        "export-ban",
        "suspended",
        "china",
        "united-states",
    ),
    ("de", "Brüssel verhängt Strafzölle gegen China", "tariff", "in-force", "european-union", "china"),
    (
        "fr",
        "Pékin interdit d'exporter du gallium vers les États-Unis",
        "export-ban",
        "announced",
        "china",
        "united-states",
    ),
    ("fr", "Kinshasa lève l'embargo sur les exportations de cobalt", "export-ban", "lifted", "congo-kinshasa", ""),
    ("es", "China prohíbe exportar galio a Estados Unidos", "export-ban", "announced", *CN_US),
    ("es", "Bolivia descarta nacionalizar el litio", "nationalise", "denied", "bolivia", ""),
    ("ja", "中国、米国向けガリウム輸出を禁止", "export-ban", "announced", *CN_US),
    ("ja", "インドネシア、ニッケル鉱石の輸出禁止を検討", "export-ban", "proposed", "indonesia", ""),
]


@pytest.mark.parametrize(("lang", "title", "action", "stage", "actor", "target"), SENTENCES)
def test_a_headline_says_who_does_what(lang: str, title: str, action: str, stage: str, actor: str, target: str) -> None:
    """Action, stage, actor and target are those of the sentence, and empty where it names none."""
    assert Deed(action, stage, actor, target) in find_deeds(title, "", lang, grammar())


def test_a_later_sentence_fills_in_what_the_headline_left_open() -> None:
    """The headline's stage holds; who does it may be told below it."""
    [deed] = find_deeds("Export quota for cobalt proposed", "Kinshasa wants an export quota.", "en", grammar())
    assert deed == Deed("export-quota", "proposed", "congo-kinshasa", "")


def test_what_is_told_far_down_is_not_read() -> None:
    """After three sentences the text is no longer what the news is about."""
    text = "One. Two is here. Three is here. China bans exports of tin."
    assert find_deeds("Nothing is done", text, "en", grammar()) == ()


def test_a_sentence_without_an_action_says_nothing() -> None:
    """Countries alone are no deed."""
    assert find_deeds("China and Japan meet", "They talked.", "en", grammar()) == ()
