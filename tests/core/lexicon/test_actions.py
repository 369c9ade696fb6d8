"""Actions are found in seven languages, and an entry that cannot be read says where."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.errors import SettingsError
from bot.core.lexicon.actions import DEEDS, action_expressions
from bot.core.lexicon.entries import LANGUAGES
from tests.core.lexicon.shipped import found_in, read_file

SPOKEN = [
    ("export-ban", "en", "Harare prohibits exports of raw lithium"),
    ("export-ban", "ru", "Хараре запретил вывоз литиевой руды"),
    ("export-ban", "zh", "津巴布韦禁止锂矿石出口"),
    ("export-ban", "de", "Simbabwe erlässt Exportverbot für Lithiumerz"),
    ("export-ban", "fr", "Harare interdit d'exporter le lithium brut"),
    ("export-ban", "es", "Harare prohíbe la exportación de litio en bruto"),
    ("export-ban", "ja", "ジンバブエ、リチウム鉱石の輸出を禁止"),
    ("export-licence", "en", "Exporters need a licence to export tellurium"),
    ("export-licence", "ru", "Для экспорта теллура нужна лицензия"),
    ("export-licence", "zh", "碲出口须申请许可"),
    ("export-licence", "de", "Tellur: Exportlizenz wird Pflicht"),
    ("export-licence", "fr", "L'exportation de tellure soumise à licence"),
    ("export-licence", "es", "Exportar telurio requiere licencia"),
    ("export-licence", "ja", "テルルの輸出に許可が必要に"),
    ("export-quota", "en", "Jakarta sets nickel export quota"),
    ("export-quota", "ru", "Джакарта ввела квоту на экспорт никеля"),
    ("export-quota", "zh", "雅加达公布镍出口配额"),
    ("export-quota", "de", "Jakarta senkt Exportquote"),
    ("export-quota", "fr", "Jakarta fixe un quota d'exportation"),
    ("export-quota", "es", "Yakarta fija una cuota de exportación"),
    ("export-quota", "ja", "ニッケルの輸出枠を設定"),
    ("tariff", "ru", "Вашингтон ввёл пошлины на титан"),
    ("tariff", "de", "Strafzölle auf Titan"),
    ("tariff", "fr", "Des droits de douane sur le titane"),
    ("tariff", "es", "Un arancel al titanio"),
    ("stockpile", "en", "Seoul doubles its stockpile"),
    ("stockpile", "ru", "Правительство создаст госрезерв сурьмы"),
    ("stockpile", "zh", "国家储备开始收储"),
    ("stockpile", "de", "Berlin plant eine strategische Reserve"),
    ("stockpile", "fr", "Paris crée un stock stratégique"),
    ("stockpile", "es", "Madrid crea una reserva estratégica"),
    ("stockpile", "ja", "政府、備蓄を積み増し"),
    ("price-floor", "en", "A price floor for NdPr"),
    ("price-floor", "fr", "Un prix plancher pour le néodyme"),
    ("nationalise", "en", "Mali nationalises a lithium mine"),
    ("nationalise", "ru", "Рудник национализируют"),
    ("nationalise", "es", "El Congreso nacionaliza el litio"),
    ("nationalise", "ja", "リチウムを国有化"),
    ("restart", "en", "Smelter to restart in March"),
    ("restart", "ru", "Завод возобновил работу"),
    ("restart", "zh", "冶炼厂复产"),
    ("restart", "fr", "La fonderie redémarre"),
]


@pytest.mark.parametrize(("action", "lang", "title"), SPOKEN)
def test_an_action_is_found_as_it_is_called(action: str, lang: str, title: str) -> None:
    """What newspapers, ministries and companies call an action is found as that action."""
    assert f"action:{action}" in found_in(title, lang)


def test_words_of_one_language_are_no_words_of_another() -> None:
    """A stem that is another word elsewhere does not count there: an accord is not according, a price no priceless."""
    assert "action:agreement" not in found_in("According to the ministry, nickel output fell", "en")
    assert "action:agreement" not in found_in("Le ministère accorde un délai", "fr")
    assert "action:price" not in found_in("Ценный груз доставлен", "ru")
    assert "action:strategy" not in found_in("Un site stratégique pour l'armée", "fr")


def test_every_deed_is_an_action_of_the_file() -> None:
    """What the grammar tells of is written in the file."""
    assert set(DEEDS) <= read_file("actions.toml")["action"].keys()


def _action(**changed: str) -> dict[str, Any]:
    return {"action": {"x": dict.fromkeys(LANGUAGES, "word") | changed}}


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (_action(ru="слово OR ("), "actions.toml [action.x] ru, character"),
        (_action(en="ban NEAR/99 ore"), "actions.toml [action.x] en, character 5: the number must be 1 to 50"),
        (_action(xx="word"), "actions.toml [action.x]: unknown key xx"),
        ({"action": {"x": {"en": "word"}}}, "actions.toml [action.x]: "),
        (_action() | {"words": {"metals": dict.fromkeys(LANGUAGES, "a b")}}, "actions.toml [words.metals] en"),
    ],
)
def test_a_wrong_action_is_named(tables: dict[str, Any], said: str) -> None:
    """File, table, key and place stand in the error."""
    with pytest.raises(SettingsError) as caught:
        action_expressions(tables)
    assert said in str(caught.value)


def test_a_mark_stands_for_its_words_and_keeps_places_right() -> None:
    """`{metals}` is met by any of its words, and an error behind it is told where it stands in the file."""
    rows = _action(en="ban NEAR/3 ({metals})") | {"words": {"metals": dict.fromkeys(LANGUAGES, "gallium OR tin")}}
    assert "gallium OR tin" in str(action_expressions(rows)["action:x"])
    rows["action"]["x"]["en"] = "ban NEAR/3 ({metals}) OR NEAR/99 x"
    with pytest.raises(SettingsError, match=r"character 26: a word is missing"):
        action_expressions(rows)
