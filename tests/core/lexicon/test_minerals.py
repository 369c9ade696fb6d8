"""Minerals are found by their names in seven languages, and not in what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.errors import SettingsError
from bot.core.lexicon.entries import LANGUAGES
from bot.core.lexicon.minerals import mineral_expressions, mineral_groups, read_lexicon
from tests.core.lexicon.shipped import found_in, read_file

TABLES = read_file("minerals.toml")
NAMES: list[tuple[str, str, str]] = [
    (mineral, lang, name)
    for mineral, row in TABLES["mineral"].items()
    for lang in LANGUAGES
    for name in row[lang]
    if not name.startswith("=")
]

PLAIN = {
    "en": "{} prices rose after the mine cut its output",
    "ru": "{}: рудник сократил добычу, цены выросли",
    "zh": "{}矿减产，价格上涨",
    "de": "{}: Die Mine drosselt die Produktion, der Preis steigt",
    "fr": "{} : la mine réduit sa production, les prix montent",
    "es": "{}: la mina reduce su producción y sube el precio",
    "ja": "{}の鉱山が減産、価格が上昇",
}
"""A sentence in which any name is that of a commodity."""

IDIOMS = [
    ("en", "Lead singer of Copper Mountain leaves the band"),
    ("en", "Miners lead gains in London"),
    ("en", "Silver medal for the rowers, who missed gold by a length"),
    ("en", "Platinum album for the tin-pot orchestra of Leeds"),
    ("en", "Airlines accused of nickel-and-diming families"),
    ("en", "Cobalt blue is the colour of the year"),
    ("en", "A graphite drawing of the cathedral sells at auction"),
    ("en", "Silicon Valley bank opens in Dublin"),
    ("en", "Lithium dose study offers hope to bipolar patients"),
    ("ru", "Свинцовые тучи над Москвой"),
    ("ru", "Серебряный призёр Олимпиады завершила карьеру"),
    ("ru", "«Медный всадник» открыли после реставрации"),
    ("ru", "Германия и Индия договорились о визах"),
    ("ru", "Литые диски и гель для волос: выбор недели"),
    ("ru", "Лыжница взяла серебро на первом этапе"),
    ("zh", "中国队摘得跳水银牌"),
    ("zh", "无锡马拉松开跑"),
    ("zh", "铅笔画展开幕"),
    ("zh", "银行股走强"),
    ("de", "Der Leadsänger verlässt die Band"),
    ("de", "Silberhochzeit im Königshaus"),
    ("de", "Zinnfiguren-Museum feiert"),
    ("de", "Wer bleibt, schreibt mit dem Bleistift"),
    ("de", "Wolfram Weimer eröffnet die Buchmesse"),
    ("fr", "Noces d'argent et mine de plomb"),
    ("fr", "Il fait un temps d'or sur la côte"),
    ("fr", "Un plombier condamné pour fraude"),
    ("es", "Medalla de plata para la selección"),
    ("es", "Quieren cobrar la entrada al museo"),
    ("es", "Años de plomo, la novela del verano"),
    ("es", "El mango llega al mercado"),
    ("ja", "日本、柔道で銀メダル"),
    ("ja", "鉛筆の出荷が20年ぶりに増加"),
    ("ja", "プラチナチケットの争奪戦"),
    ("ja", "駅前の銅像を移設"),
    ("ja", "スズキが新型車を発表"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mineral_is_found_by_each_of_its_names(lang: str) -> None:
    """A name in its own language, in a plain sentence on a commodity, is found as that mineral."""
    missed = [
        (mineral, name)
        for mineral, spoken, name in NAMES
        if spoken == lang and f"mineral:{mineral}" not in found_in(PLAIN[lang].format(name.strip("*")), lang)
    ]
    assert missed == []


@pytest.mark.parametrize(("lang", "title"), IDIOMS)
def test_an_idiom_is_no_mineral(lang: str, title: str) -> None:
    """Names with other meanings are not found in those."""
    assert not {name for name in found_in(title, lang) if name.startswith("mineral:")}


@pytest.mark.parametrize(
    ("title", "lang", "mineral"),
    [
        ("Lynas lifts output at Gebeng", "en", "rare-earths"),
        ("APT quotes climb in Rotterdam", "en", "tungsten"),
        ("Spodumene sells at auction", "en", "lithium"),
        ("«Норникель» отчитался за квартал", "ru", "nickel"),
        ("На Ловозерском ГОКе сменился директор", "ru", "rare-earths"),
        ("赣锋锂业发布公告", "zh", "lithium"),
        ("Kupferpreis steigt", "de", "copper"),
        ("Ferroniob wird knapp", "de", "niobium"),
        ("Orano recrute au Niger", "fr", "uranium"),
        ("SQM presenta resultados", "es", "lithium"),
        ("水酸化リチウムの在庫", "ja", "lithium"),
    ],
)
def test_companies_sites_and_compounds_stand_for_their_mineral(title: str, lang: str, mineral: str) -> None:
    """Who is known for one mineral, and what is made of it, stand for it without its name."""
    assert f"mineral:{mineral}" in found_in(title, lang)


def test_elements_speak_for_their_kinds_and_lists() -> None:
    """An element is found as its kind and under the lists it stands on."""
    found = found_in("Dysprosium oxide prices rise", "en")
    wanted = {"dysprosium", "rare-earths", "heavy-rare-earths", "magnet-rare-earths", "us-list", "uk-list", "any"}
    assert {f"mineral:{name}" for name in wanted} <= found
    assert "mineral:light-rare-earths" not in found


def test_lists_say_of_when_they_are_and_what_is_doubtful() -> None:
    """A list without a year and a source is no list; those put together by hand say so."""
    lists = read_lexicon(TABLES).lists
    assert all(row.year > 1980 and row.source for row in lists.values())
    assert all(lists[name].doubt for name in ("uk", "canada", "japan"))


def _with(mineral: dict[str, Any]) -> dict[str, Any]:
    names = {lang: ["x"] for lang in LANGUAGES}
    words = dict.fromkeys(LANGUAGES, "price")
    return {"mineral": {"gold": names | mineral}, "commodity": words, "strong": words}


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (_with({"symbl": "Au"}), "minerals.toml [mineral.gold]: unknown key symbl. Did you mean symbol?"),
        (_with({"lists": ["mars"]}), "minerals.toml [mineral.gold] lists: there is no list mars"),
        (_with({"also": ['"gold']}), 'minerals.toml [mineral.gold] also, "gold, character 1: missing "'),
        (_with({"also": ["a OR (b"]}), "minerals.toml [mineral.gold] also"),
        ({"commodity": {"en": "a AND b"}}, "minerals.toml [commodity] en"),
        (
            {"company": [{"minerals": ["gold"], "names": ["X"]}]},
            "minerals.toml [[company]] 1: there is no mineral gold",
        ),
    ],
)
def test_a_wrong_entry_is_named(tables: dict[str, Any], said: str) -> None:
    """File, table, key and place stand in the error."""
    with pytest.raises(SettingsError) as caught:
        lexicon = read_lexicon(tables)
        mineral_expressions(lexicon)
        mineral_groups(lexicon)
    assert said in str(caught.value)
