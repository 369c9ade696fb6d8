"""Feeds for measuring a round of polls: the same for the same seed, of the size and the kinds that are met in life.

Three versions of each: `v1`, `v1b` (only the channel's build date differs) and `v2` (one or two new items on top, as
many gone at the end). Written as files, some of them packed as well, for `tests.bench.loopback` to serve:
`python -m tests.bench.outlets FOLDER FIRST STOP ITEMS` writes the feeds of these numbers, and prints the bytes of v1.
"""

from __future__ import annotations

import gzip
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from bot.app.shipped import shipped_topics

SEED = 20251104
ITEMS = 30
LATEST = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
VERSIONS = ("v1", "v1b", "v2")
SHARE_RSS, SHARE_GZIP, SHARE_CYRILLIC, SHARE_CJK = 0.7, 0.3, 0.08, 0.06
ITEM_LEAST, ITEM_MOST = 2_600, 3_300  # bytes of markup, before what stands around it

ENGLISH = (
    "market council river museum season budget winter station harbour bridge festival school harvest railway minister "
    "report record stadium theatre library garden weather concert village airport hospital election coach painter "
    "morning evening citizens visitors workers quiet sudden large small early local regional national public private "
    "opened closed visited repaired discussed announced postponed described measured collected delivered painted"
).split()
CYRILLIC = (
    "рынок совет река музей сезон бюджет зима станция порт мост праздник школа урожай дорога министр отчёт рекорд "
    "театр сад погода концерт деревня аэропорт больница выборы утро вечер жители гости рабочие новый старый "
    "большой малый открыли закрыли отложили описали измерили собрали доставили"
).split()
CJK = "市场 委员会 博物馆 季节 预算 冬天 车站 港口 大桥 节日 学校 铁路 部长 报告 纪录 剧院 花园 天气 机场 医院".split()
TONGUES = {"en": ENGLISH, "ru": CYRILLIC, "zh": CJK}

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{title}</title><link>https://{name}/</link>
<atom:link href="https://{name}/feed" rel="self" type="application/rss+xml"/><description>News of {title}</description>
<language>{lang}</language><lastBuildDate>{built}</lastBuildDate><generator>Press 6.4</generator>
"""
RSS_ITEM = """<item><title>{title}</title><link>{link}</link><dc:creator><![CDATA[{author}]]></dc:creator>
<pubDate>{date:rfc}</pubDate><category><![CDATA[{category}]]></category><guid isPermaLink="false">{link}?p=1</guid>
<description><![CDATA[{lead}]]></description><content:encoded><![CDATA[{text}]]></content:encoded></item>
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}"><title>{title}</title><updated>{built}</updated>
<link rel="alternate" type="text/html" href="https://{name}/"/><link rel="self" href="https://{name}/feed"/>
<id>https://{name}/feed</id><generator>Press 6.4</generator>
"""
ATOM_ITEM = """<entry><author><name>{author}</name></author><title type="html">{title}</title>
<link rel="alternate" type="text/html" href="{link}"/><id>{link}?p=1</id><updated>{date:iso}</updated>
<published>{date:iso}</published><category term="{category}"/><content type="html">{text}</content></entry>
"""


class Outlet:
    """One feed: its language, its format and its items, newest first."""

    def __init__(self, number: int, headlines: Sequence[str], items: int = ITEMS) -> None:
        self._chance = random.Random(f"{SEED}:{number}")
        self.name = f"outlet{number}.example"
        self.lang = self._pick_language()
        self.is_rss = self._chance.random() < SHARE_RSS
        self.is_packed = self._chance.random() < SHARE_GZIP
        self._headlines = headlines
        self._size = items
        self._fresh = self._chance.choice((1, 2))
        self._paragraphs = [self._paragraph() for _ in range(40)]
        self._items = [self._item(turn) for turn in range(items + self._fresh)]

    def _pick_language(self) -> str:
        share = self._chance.random()
        return "ru" if share < SHARE_CYRILLIC else "zh" if share < SHARE_CYRILLIC + SHARE_CJK else "en"

    def version(self, name: str) -> bytes:
        """The document at a version."""
        start = 0 if name == "v2" else self._fresh
        built = LATEST + timedelta(hours=VERSIONS.index(name))
        head = (RSS if self.is_rss else ATOM).format(
            title=f"Outlet & Sons {self.name}".replace("&", "&amp;"),
            name=self.name,
            lang=self.lang,
            built=format_datetime(built) if self.is_rss else built.isoformat(),
        )
        end = "</channel></rss>\n" if self.is_rss else "</feed>\n"
        return "".join((head, *self._items[start : start + self._size], end)).encode()

    def _words(self, least: int, most: int) -> str:
        words = self._chance.choices(TONGUES[self.lang], k=self._chance.randint(least, most))
        return ("" if self.lang == "zh" else " ").join(words)

    def _paragraph(self) -> str:
        link = f'<a href="https://{self.name}/{self._chance.randint(1, 9999)}?ref=a&amp;b=2">{self._words(2, 4)}</a>'
        return self._chance.choice(
            (
                f"<p>{self._words(20, 45)}, <strong>{self._words(2, 4)}</strong>. {self._words(8, 20)} {link}.</p>\n",
                f"<p>{self._words(30, 60)}&#8217;s {self._words(8, 20)} &amp; {self._words(3, 9)}.</p>\n",
                f"<ul><li>{self._words(4, 9)}</li><li>{link}</li><li>{self._words(4, 9)}</li></ul>\n",
                f'<p><img src="https://{self.name}/i/{self._words(1, 1)}.jpg" alt="{self._words(2, 3)}" width="600" '
                f'class="alignleft size-medium"/>{self._words(12, 25)}<br/>{self._words(9, 20)}.</p>\n',
            )
        )

    def _text(self) -> str:
        wanted, parts = self._chance.randint(ITEM_LEAST, ITEM_MOST), [f"<p>{self._words(12, 25)}.</p>"]
        while sum(len(part.encode()) for part in parts) < wanted:
            parts.append(self._chance.choice(self._paragraphs))
        return "".join(parts)

    def _item(self, turn: int) -> str:
        chance = self._chance
        title = chance.choice(self._headlines) if chance.random() < 0.02 else self._words(6, 12).capitalize()
        text = self._text()
        date = Moment(LATEST - timedelta(hours=5 * turn, minutes=chance.randint(0, 59)))
        link = f"https://{self.name}/2026/11/{chance.getrandbits(40):x}"
        return (RSS_ITEM if self.is_rss else ATOM_ITEM).format(
            title=escape(f"{title} {chance.getrandbits(20)}"),
            link=link,
            author=self._words(1, 2).title(),
            date=date,
            category=chance.choice(TONGUES[self.lang]),
            lead=text[: text.index("</p>") + 4],
            text=text if self.is_rss else escape(text),
        )


class Moment:
    """A time that a pattern can write as RSS does (`rfc`) and as Atom does (`iso`)."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def __format__(self, form: str) -> str:
        return format_datetime(self._at) if form == "rfc" else self._at.isoformat()


def write_outlets(folder: Path, numbers: range, items: int) -> int:
    """Write every version of some outlets below `folder`, as `v1/7.xml`, with `7.xml.gz` where packed. Bytes of v1."""
    headlines = [headline for topic in shipped_topics() for headline in topic.matches]
    for name in VERSIONS:
        (folder / name).mkdir(exist_ok=True)
    written = 0
    for number in numbers:
        outlet = Outlet(number, headlines, items)
        for name in VERSIONS:
            body = outlet.version(name)
            written += len(body) if name == "v1" else 0
            (folder / name / f"{number}.xml").write_bytes(body)
            if outlet.is_packed:
                (folder / name / f"{number}.xml.gz").write_bytes(gzip.compress(body, 5, mtime=0))
    return written


if __name__ == "__main__":
    print(write_outlets(Path(sys.argv[1]), range(int(sys.argv[2]), int(sys.argv[3])), int(sys.argv[4])))
