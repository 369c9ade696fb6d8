"""Whether what was found behind a link may stand for the teaser."""

from __future__ import annotations

import pytest

from bot.core.articles import is_better

LONG = "Companies must apply sixty days before they ship, and name the final user. " * 10
CONSENT = {
    "en": "We value your privacy. We and our 842 partners store and access information on a device, such as cookies, "
    "and process personal data for personalised advertising, content measurement and audience research. " * 5,
    "de": "Wir benötigen Ihre Zustimmung. Wir und unsere Partner verarbeiten personenbezogene Daten, Kennungen und "
    "Cookies, um Anzeigen zu messen und Inhalte zu personalisieren. " * 8,
    "ru": "Мы используем файлы cookie, чтобы улучшить работу сайта. Продолжая пользоваться сайтом, вы соглашаетесь "
    "с политикой обработки персональных данных. " * 8,
    "zh": "我们重视您的隐私。我们和我们的合作伙伴使用Cookie存储和访问设备上的信息，以提供个性化广告和内容。" * 10,
}  # fmt: skip
NEWS = {
    "en": ("China curbs gallium exports", "Beijing named seven minerals that need a licence.",
           "BEIJING - China on Thursday curbed exports of gallium and said seven minerals need a licence. "),
    "de": ("China beschränkt Ausfuhr von Gallium", "Peking nennt sieben Rohstoffe, die Genehmigungen brauchen.",
           "China hat die Ausfuhr von Gallium beschränkt. Sieben Rohstoffe brauchen eine Genehmigung, hieß es in "
           "Peking. "),
    "ru": ("Китай ограничил экспорт галлия", "Министерство назвало семь минералов, для которых нужна лицензия.",
           "Министерство торговли Китая ограничило экспорт галлия: для семи минералов нужны лицензии. "),
    "zh": ("中国限制镓出口", "商务部公布了七种需要许可证的矿产。",
           "中国商务部周四宣布限制镓出口，公布了七种需要出口许可证的矿产。"),
}  # fmt: skip


@pytest.mark.parametrize("lang", sorted(NEWS))
def test_an_article_is_known_by_its_matter(lang: str) -> None:
    """It has most of the telling words of title and teaser, in other forms, too; a consent wall has not."""
    title, teaser, text = NEWS[lang]
    assert is_better(title, teaser, text + LONG)
    assert not is_better(title, teaser, CONSENT[lang])


def test_less_is_not_better() -> None:
    """A text that is no longer than the teaser adds nothing; where there is nothing to compare, nothing is believed."""
    assert not is_better("Gallium exports", LONG, LONG)
    assert not is_better("Gallium exports", f"Gallium exports. {LONG}", "Gallium exports.")
    assert not is_better("", "", LONG)
