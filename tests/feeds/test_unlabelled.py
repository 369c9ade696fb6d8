"""Unlabelled bytes: a feed that names no encoding, in the languages and old encodings that are still met.

The sentences are made up. Run with `-rP` to see the shares.
"""

from __future__ import annotations

import random

import pytest

from bot.feeds.decode import decode

SAID = {
    "zh": (
        "商务部宣布对镓和锗实施出口管制",
        "稀土价格本周上涨百分之三",
        "外交部发言人回应美国加征关税",
        "国务院常务会议研究部署稳定外贸工作",
        "中国人民银行下调存款准备金率零点五个百分点",
        "江西省探明大型离子型稀土矿床",
        "新能源汽车产销量连续九年居全球第一",
        "海关总署公布前三季度进出口数据",
    ),
    "zh-tw": (
        "經濟部公布關鍵礦物供應鏈策略",
        "台積電第三季營收創歷史新高",
        "立法院三讀通過氣候變遷因應法修正案",
        "央行理事會決議維持利率不變",
        "稀土永磁材料價格持續上漲",
        "外交部感謝友邦在聯合國大會發言支持",
        "行政院核定離岸風電區塊開發計畫",
        "中國大陸宣布石墨出口管制，業者憂心斷料",
    ),
    "ja": (
        "経済産業省は重要鉱物の備蓄を拡充する方針を決めた",
        "レアアースの輸出規制が強化された",
        "日本銀行は金融政策決定会合で政策金利を据え置いた",
        "ガリウムとゲルマニウムの価格が急騰している",
        "政府は南鳥島沖のレアアース泥の試験採掘を来年始める",
        "トヨタ自動車は全固体電池の量産計画を発表した",
        "外務省は中国の措置について遺憾の意を表明した",
        "東京株式市場は三日続けて値上がりした",
    ),
    "ko": (
        "산업통상자원부는 핵심광물 확보 전략을 발표했다",
        "중국이 갈륨과 게르마늄 수출을 통제한다",
        "희토류 가격이 이번 주 삼 퍼센트 올랐다",
        "한국은행은 기준금리를 동결하기로 결정했다",
        "배터리 업계는 흑연 공급망 다변화에 나섰다",
        "정부는 리튬 비축량을 백일분으로 늘린다",
        "외교부 대변인은 유감을 표명했다",
        "코스피 지수가 사흘 연속 상승했다",
    ),
    "ru": (
        "Минпромторг предложил ограничить экспорт галлия",
        "Правительство утвердило стратегию развития минерально-сырьевой базы",
        "Цены на редкоземельные металлы выросли на три процента",
        "Центральный банк сохранил ключевую ставку",
        "Росатом начнёт добычу лития в Мурманской области",
        "Президент провёл совещание по вопросам экономики",
        "Госдума приняла закон о стратегических запасах",
        "Норникель снизил прогноз производства никеля",
    ),
    "de": (
        "Die Bundesregierung beschließt Maßnahmen für kritische Rohstoffe",
        "Preise für Seltene Erden steigen um drei Prozent",
        "Präsident der Zentralbank äußert sich zur Zinspolitik",
        "Händler fürchten Engpässe bei Gallium und Germanium",
        "Österreich prüft Lithiumförderung in Kärnten",
        "Die Börse schließt höher",
    ),
    "fr": (
        "Le gouvernement présente sa stratégie pour les métaux critiques",
        "Les prix des terres rares augmentent à nouveau",
        "L’Élysée réagit aux mesures de Pékin",
        "La société Imerys a démarré l'extraction de lithium à Échassières",
        "Les élus dénoncent le coût du projet",
    ),
    "es": (
        "El Ministerio de Economía anunció nuevas medidas",
        "La producción de litio creció en Jujuy según el informe",
        "España aprueba la estrategia de materias primas críticas",
        "El año cerró con récord de exportaciones",
        "¿Qué pasará con el galio?",
    ),
    "sv": (
        "Regeringen föreslår en ny strategi för kritiska råvaror",
        "Priset på sällsynta jordartsmetaller ökade åter",
        "Näringsministern avslår ansökan",
        "Gruvbolaget höjer målet för året",
        "Börsen stängde på plus",
    ),
    "pt": (
        "O governo anunciou medidas para a exportação de minerais",
        "A produção de lítio cresceu em São Paulo",
        "Não há previsão para a decisão",
        "O ministério publicará as regras até março",
    ),
    "it": (
        "Il governo approverà la strategia sulle materie prime critiche",
        "L’attività estrattiva è più cara",
        "Perché il litio è già raro",
        "La società ha già avviato la produzione in città",
    ),
    "en": (
        "The ministry said it would “review” licences – a move that surprised traders",
        "China’s curbs on gallium won’t ease soon, analysts said",
        "“We are ready,” said the company’s chief executive…",
        "Rare earth magnets: what’s next for Europe?",
    ),
    "pl": (
        "Rząd przyjął strategię surowców krytycznych",
        "Ceny metali ziem rzadkich wzrosły",
        "Źródła zagraniczne ostrzegają przed niedoborem",
        "Wydobycie litu ruszy w przyszłym roku",
    ),
    "cs": (
        "Vláda schválila surovinovou strategii",
        "Ceny vzácných zemin opět vzrostly",
        "Těžba lithia v Cínovci začne příští rok",
        "Ministr průmyslu odmítl žádost společnosti",
        "Česká národní banka ponechala sazby beze změny",
    ),
    "el": (
        "Η κυβέρνηση ενέκρινε τη στρατηγική για κρίσιμες πρώτες ύλες",
        "Οι τιμές των σπάνιων γαιών αυξήθηκαν",
        "Ο υπουργός ανακοίνωσε νέα μέτρα",
        "Το χρηματιστήριο έκλεισε με άνοδο",
    ),
    "tr": (
        "Hükümet kritik mineraller stratejisini onayladı",
        "Nadir toprak fiyatları yüzde üç arttı",
        "Bakan yeni önlemleri açıkladı",
        "Merkez Bankası faizi değiştirmedi",
        "Eskişehir'de lityum üretimi başlıyor",
    ),
}

ENCODED = [
    ("zh", "gb18030"),
    ("zh-tw", "big5"),
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ko", "cp949"),
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("de", "cp1252"),
    ("fr", "cp1252"),
    ("es", "cp1252"),
    ("sv", "cp1252"),
    ("pt", "cp1252"),
    ("it", "cp1252"),
    ("en", "cp1252"),
    ("pl", "cp1250"),
    ("pl", "iso8859-2"),
    ("cs", "cp1250"),
    ("el", "cp1253"),
    ("el", "iso8859-7"),
    ("tr", "cp1254"),
]
SURE = ("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1251", "koi8-r", "cp1252")
SIZES = (1, 2, 5, 15, 40)
SEEDS = 10


def feed(lines: tuple[str, ...], count: int, chance: random.Random) -> str:
    """A feed of so many items."""
    items = "".join(
        f"<item><title>{chance.choice(lines)}</title><link>https://wire.example/{number}/story.html</link>"
        f"<description>{' '.join(chance.sample(lines, 3))}</description></item>"
        for number in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{lines[0]}</title>{items}</channel></rss>'


def share_read(language: str, encoding: str, content_type: str) -> float:
    """The share of feeds of every size that come out as they were written."""
    texts = [feed(SAID[language], size, random.Random(100 * size + seed)) for size in SIZES for seed in range(SEEDS)]
    read = sum(text == decode(text.encode(encoding), content_type)[0] for text in texts)
    print(f"{language} {encoding}: {read} of {len(texts)}")
    return read / len(texts)


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_unlabelled_feeds_are_read(language: str, encoding: str) -> None:
    """What nobody names is told by its letters: all of Asia's, Russian, Greek, and the West's as before."""
    assert share_read(language, encoding, "application/xml") >= (0.9 if language == "pl" else 1)


@pytest.mark.parametrize(("language", "encoding"), [pair for pair in ENCODED if pair[1] in SURE])
def test_a_servers_latin_1_counts_for_little(language: str, encoding: str) -> None:
    """It is said by servers that do not know; what is surely something else is read as that."""
    assert 1 == share_read(language, encoding, "text/xml; charset=ISO-8859-1")


@pytest.mark.parametrize("body", [b"", b"<rss>caf\xe9 \x93x\x94</rss>", b"\x80" * 40, bytes(range(128, 256))])
def test_few_or_meaningless_bytes_are_western(body: bytes) -> None:
    """Or nothing: no bytes raise."""
    assert decode(body)[0] == body.decode("cp1252", "replace") or body.startswith(b"\x80")
