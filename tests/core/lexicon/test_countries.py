"""Countries are found by name, adjective and seat of government, in seven languages."""

from __future__ import annotations

import pytest

from bot.core.errors import SettingsError
from bot.core.lexicon.countries import country_expressions
from bot.core.lexicon.entries import LANGUAGES
from tests.core.lexicon.shipped import found_in, read_file

COUNTRIES = read_file("countries.toml")["country"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_is_found_by_each_of_its_names(lang: str) -> None:
    """A name as the file has it is found as that country."""
    missed = [
        (country, name)
        for country, row in COUNTRIES.items()
        for name in row[lang]
        if not any(sign in name for sign in '="') and " NOT " not in name
        if f"country:{country}" not in found_in(f"{name.strip('*')}: ok", lang)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("lang", "title", "country"),
    [
        ("en", "Kremlin weighs a ban", "russia"),
        ("en", "A Chinese buyer", "china"),
        ("ru", "Экспорт из Китая вырос", "china"),
        ("ru", "Белый дом предложил пошлины", "united-states"),
        ("ru", "Закупки в Казахстане", "kazakhstan"),
        ("zh", "白宫宣布新措施", "united-states"),
        ("de", "Brüssel plant Zölle", "european-union"),
        ("de", "die chinesischen Behörden", "china"),
        ("fr", "les exportations chinoises", "china"),
        ("es", "la minera peruana", "peru"),
        ("ja", "豪州の鉱山", "australia"),
    ],
)
def test_adjectives_cases_and_capitals_mean_the_country(lang: str, title: str, country: str) -> None:
    """Endings are met, and a seat of government stands for its country."""
    assert f"country:{country}" in found_in(title, lang)


@pytest.mark.parametrize(
    ("lang", "title", "country"),
    [
        ("en", "How to polish old spoons", "poland"),
        ("en", "Papua: ore from New Guinea", "guinea"),
        ("ru", "Экспорт германия запрещён", "germany"),
        ("ru", "Объём в кубических метрах", "cuba"),
        ("zh", "印度尼西亚限制镍出口", "india"),
        ("ja", "インドネシアのニッケル", "india"),
        ("ja", "タイムリーな判断", "thailand"),
    ],
)
def test_what_only_looks_like_a_country_is_none(lang: str, title: str, country: str) -> None:
    """Other words with the letters of a country are left alone."""
    assert f"country:{country}" not in found_in(title, lang)


def test_a_wrong_country_is_named() -> None:
    """File, table, key and entry stand in the error."""
    row = {lang: ["X"] for lang in LANGUAGES}
    with pytest.raises(SettingsError) as caught:
        country_expressions({"country": {"mars": row | {"de": ['"Mars']}}})
    assert 'countries.toml [country.mars] de, "Mars, character 1' in str(caught.value)
