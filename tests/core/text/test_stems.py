"""Stems of words, and the language of a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.language import detect_language
from bot.core.text.stems import LATIN, STEMS, latin_of
from bot.core.text.words import raw_words, surface


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "export exports exported exporting"),
        ("en", "licence licenses licensing"),
        ("en", "nationalise nationalized"),
        ("en", "defence defense"),
        ("de", "seltene Seltenen"),
        ("de", "Zoll Zölle"),
        ("fr", "licence licences"),
        ("fr", "métal metaux métaux"),
        ("es", "exportación exportaciones"),
        ("en", "редкоземельных редкоземельные"),
        ("de", "лития литием"),
        ("ru", "неодим неодима неодимом"),
    ],
)
def test_forms_of_a_word_are_one(lang: str, words: str) -> None:
    """Endings, accents and British spellings fold; Cyrillic words are Russian in any document."""
    assert len({STEMS[latin_of(lang)][word] for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words", ["mineral miner", "important import", "custom customer", "author authority", "й и", "магний магнит"]
)
def test_other_words_stay_apart(words: str) -> None:
    """What Snowball would put together and this trade must not, and Russian й and и."""
    assert len({STEMS["en"][word] for word in words.split()}) == 2


@given(st.text(min_size=1, max_size=12), st.sampled_from(LATIN))
def test_a_word_as_queries_keep_it_has_the_same_stem(raw: str, lang: str) -> None:
    """A surface is its own surface and has the stem of the word; no stem has a space, which parts pairs."""
    assert surface(surface(raw)) == surface(raw)
    assert STEMS[lang][surface(raw)] == STEMS[lang][raw]
    assert " " not in STEMS[lang][raw]


TEXTS = {
    "en": """The government will draw up a roadmap for mining. / Miners warn of a shortage as prices rise
             / Lithium output fell by a fifth, the company said / Who controls the refining of cobalt?""",
    "de": """Die Regierung plant neue Zölle auf Kupfer. / Bergbaukonzern will in Sachsen nach Lithium suchen
             / Preise für Seltene Erden steigen wieder / Das Ministerium hat die Ausfuhr nicht genehmigt""",
    "fr": """Le gouvernement prépare une feuille de route. / La Chine limite ses exportations de gallium
             / Les prix du cobalt sont en hausse / Une mine de lithium ouvrira dans l'Allier""",
    "es": """El gobierno prepara una hoja de ruta para el litio. / China limita las exportaciones de galio
             / Los precios del cobre suben / La mina no abrirá según la empresa""",
    "ru": """Правительство утвердит дорожную карту. / Китай ограничил экспорт галлия
             / Цены на литий выросли на треть / Завод магнитов построят на Урале""",
    "zh": """政府将制定稀土路线图。 / 中国限制镓出口 / 锂价上涨三分之一 / 商务部公布新的许可规定""",
    "ja": """政府は希土類の計画をまとめる。 / 中国がガリウムの輸出を制限 / リチウム価格が上昇 / 経産省、備蓄を拡大へ""",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_the_language_of_a_headline(lang: str) -> None:
    """Seven languages, each in headlines; nothing is guessed where nothing speaks for one."""
    assert {detect_language(raw_words(text)) for text in TEXTS[lang].split("/")} == {lang}
    assert detect_language(raw_words("Albemarle Kemerton 2025")) == ""


def test_the_language_costs_little() -> None:
    """Less than a tenth of a millisecond for a text, however long: its first words say it."""
    raws = raw_words(TEXTS["en"] * 100)
    started = time.process_time()
    for _ in range(200):
        detect_language(raws)
    assert (time.process_time() - started) / 200 < 0.0005  # five times what it may take, on a busy machine
