"""What stands in the text of an article and is none of its news: datelines, bylines, credits, calls to read on. Pure.

Lists by language, and the shapes that hold in all. What one feed puts under its own items is learned: `repeats.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = r"[A-ZÀ-ÞЁА-Я][\w.'’-]*"
_PLACE = rf"{_NAME}(?:[ ,/]+(?:[A-ZÀ-ÞЁА-Я0-9]|de |del |al-)[\w.'’-]*){{0,6}}"
_DAY = r"(?:,? (?:\d{1,2}\.? )?[a-zà-ÿа-яA-Z]{3,9}\.?(?: \d{1,2})?(?:, \d{4})?)?"

DATELINE = re.compile(
    rf"^\s*(?:{_PLACE}{_DAY}\s*)?\([A-ZÀ-ÞЁА-Яa-z][^()]{{1,30}}\)\s*\.?\s*[-–—]+\s*"
    rf"|^\s*{_PLACE}{_DAY} (?:--|—) (?:{_NAME}\. )?(?=[A-ZÀ-ÞЁА-Я\"“«])"
    r"|^\s*[A-ZÀ-Þ]{3,}(?:[ ,]+[A-Z][\w.]*){0,3}(?:,? \w{3,9}\.? \d{1,2})?\s*[–—]\s*"
    r"|^\s*[A-ZÀ-Þ]{3,}(?: ?[/,] ?[A-ZÀ-Þ]{3,})*: (?=[A-ZÀ-Þ][a-zà-ÿ]|[A-Z] )"
    r"|^\s*[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日(?:电|讯|電)\s*(?:[（(][^（）()]{1,30}[）)])?\s*"
    r"|^\s*(?:【[^】]{2,20}】|\[[^\]\d]{2,40}\](?=\s*[A-ZÀ-ÞЁА-Я\"“«]))\s*"
)
"""`LONDON (Metalwire) —`, `Beijing --`, `[Metal Daily]`, `【東京＝共同】`: where a dispatch comes from."""

STARTS = r"""
by (?-i:[A-Z])[\w.'’-]+(?: (?-i:[A-Z])[\w.'’-]+){0,3}\b[^.!?]{0,60}$
\d+ min(?:ute)?s? read\b
min read\b
(?:read|see|find out|learn|discover|explore) (?:more|also|the full|next)\b
(?:continue|keep) reading
click (?:here|on)
sign up\b
subscribe\b
(?:log|sign) in\b
follow (?:us|live|along)\b
share (?:this|on|via)\b
advertisement\b
(?:related|recommended|more from|editor['’]s picks?|most read|trending|don['’]t miss)\b[^.]{0,60}(?::|$)
the post .* (?:appeared first on|first appeared on)
already a (?:subscriber|member)
register (?:now|to read|for free)
(?:to|please) (?:continue|keep) reading
(?:this|the) (?:article|story|post|piece|report) (?:was |has been |is )?(?:first |originally |also )?(?:re)?published
(?:this|the) (?:article|story|post|piece|report) (?:first|originally) appeared
this content is (?:for|available|reserved)
(?:originally|first) (?:published|appeared)
published (?:in|on|by|at)\b[^.]{0,60}$
updated (?:on|at)\b[^.]{0,50}$
(?:image|photo|picture|source|credit|video|graphic|file photo|caption)s?(?: credit| source| by)?\s*:
(?:image|photo|picture)s? (?:by|courtesy)\b
getty images
shutterstock
©
copyright\b
all rights reserved
(?:reporting|editing|writing|additional reporting|compiled|with inputs?) (?:by|from)\b
\(?(?:reuters|ap|afp)\)?\s*$
our standards:
neither the .*\bexchange\b.* responsib
this (?:news|press) release (?:contains|may contain)
download (?:the|our)
listen (?:to|now)
watch (?:the|now|live|:)
join (?:us|our)\b
get (?:the latest|our|breaking)
get .{1,40} (?:in|to) your inbox
welcome (?:back )?to\b
if you(?:['’]re| are) reading this
thanks? (?:you )?for reading
(?:leave|add|post) a comment
(?:no|\d+) comments?\b
skip to\b
enable javascript
we use cookies
media contacts?\b
for (?:more|further|additional) information
(?:cautionary|safe harbou?r)
visit (?:our|the) (?:web)?site
view source
disclaimer\b
the views expressed\b
this is (?:a|an) (?:developing|breaking)
stay (?:tuned|up to date|informed)
[А-ЯЁ][А-ЯЁ-]+, \d{1,2} [а-яё]{3,8}\.?(?: ?[—–-] ?[^.]{2,30})?\.?$
/[^/]{2,40}/\.?$
читайте\b
читать\b
фото(?:графия)?\s*:
видео\s*:
подпи(?:сывайтесь|шитесь)
источник\s*:
подробнее\b
материалы по теме
по теме\b
больше новостей
все новости
автор\s*:
текст\s*:
реклама\b
следите за
смотрите также
ранее мы писали
поделиться\b
мнение (?:автора|редакции)
присоединяйтесь
узнать больше
контакты\b
(?:来源|责任编辑|责编|编辑|记者|作者|图片?|校对|摄影|编译|延伸阅读|相关阅读|原标题|免责声明|版权|声明|联系)[^。]{0,3}[：:】]
【[^】]{2,8}】
点击
點擊
扫码
扫描
关注(?:我们|微信)
更多(?:内容|资讯|新闻)
下载
阅读原文
查看(?:全文|更多)
未经授权
转载
(?:続きを読む|関連記事|写真|画像|出典|提供)[^。]{0,20}(?:[：:]|$)
(?:記者|取材|文)[：:]
[（(](?:写真|画像|提供|共同|時事)
こちら
クリック
会員(?:登録|限定)
この記事(?:は|の続き)
詳しくは
もっと見る
ログイン
無断転載
フォロー
lesen sie\b
mehr (?:dazu|lesen|zum thema|infos?)\b
weiterlesen
zum thema\b
(?:foto|bild|quelle|video|grafik)\s*:
newsletter\b
jetzt (?:anmelden|abonnieren|lesen|testen)
abonnieren
zur startseite
anzeige\b
von (?-i:[A-Z])\w+ (?-i:[A-Z])\w+$
hier (?:klicken|geht)
folgen sie
artikel (?:teilen|merken)
auch interessant
pressekontakt
kontakt:
haftungsausschluss
dieser (?:artikel|beitrag|text) (?:erschien|ist zuerst|stammt)
alle rechte
lire (?:aussi|la suite|l[’']article|plus)
à lire\b
voir aussi
(?:photo|crédits?|source|vidéo)(?: photo)?\s*:
(?:abonnez|inscrivez|connectez)-vous
article réservé
réservé aux abonnés
s[’']abonner
cliquez
suivez-nous
partager\b
la suite après
publicité\b
par (?-i:[A-ZÀ-Þ])\w+ (?-i:[A-ZÀ-Þ])\w+$
contacts? presse
tous droits
newsletter\b
pour en savoir plus
le[ae] (?:también|más|además)
leer más
ver (?:también|más)
(?:foto|imagen|fuente|vídeo|video|créditos?)\s*:
suscr[ií]b
regístr(?:ate|ese)
inicia sesión
s[ií]g(?:uenos|anos)
haz clic
te puede interesar
(?:noticias? )?relacionad
compart[ei]\b
publicidad\b
únete
por (?-i:[A-ZÀ-Þ])\w+ (?-i:[A-ZÀ-Þ])\w+$
contacto\b
todos los derechos
más información
seguir leyendo
"""
"""How sentences begin that are no news, in seven languages, a pattern a line; any may stand in any text."""

ANYWHERE = r"""
https?://
\bwww\.\w
[\w.+-]@[\w-]+\.\w
\bforward-looking (?:statements?|information)\b
\b(?:our|free|daily|weekly) newsletter\b
\bprivacy policy\b
\bclick here\b
\bto sign up\b
\btelegram-канал
\bin your inbox\b
\bvia getty\b
\bpublishing these editions\b
仅代表作者
本文(?:来源|作者)
\[\+\d+ chars\]
"""
"""What makes a sentence none wherever it stands in it."""

CLOSING_LINES = r"""
about (?!(?:\d|half|a |an |one |two |three |the ))\S.{0,60}
(?:media|press|investor) (?:contact|relation|enquir)\w*.{0,60}
contacts?
notes? to editors
(?:cautionary|forward)\W?\w*.{0,30} (?:note|statement|information)s?.{0,40}
references
disclaimer
о компании.{0,40}
контакты.{0,40}
über (?:die|das|den)? ?\S+(?: \S+){0,3}
pressekontakt.{0,40}
à propos (?:de|d[’']).{0,50}
contacts? presse.{0,40}
acerca de .{0,50}
sobre (?-i:[A-Z]).{0,40}
关于(?:我们|.{2,15}(?:公司|集团))
媒体联系.{0,20}
(?:会社概要|お問い合わせ).{0,20}
"""


def _any(patterns: str) -> str:
    return "|".join(patterns.split("\n")[1:-1])


BOILERPLATE = re.compile(rf"^\W*(?:{_any(STARTS)})|{_any(ANYWHERE)}", re.IGNORECASE)

CLOSING = re.compile(rf"^\s*(?:{_any(CLOSING_LINES)})\s*:?\s*$", re.IGNORECASE)
"""A line of its own after which a company's notice speaks of the company, not of the news."""

CREDIT = re.compile(
    r"\s*[(（\[](?:(?:image|photo|picture|video|file|foto|bild|crédit|фото|图|写真|画像)[^()（）\[\]]{0,80}"
    r"|reuters|ap|afp|dpa|efe|xinhua|тасс|共同|時事|完)[)）\]]\s*$",
    re.IGNORECASE,
)
REPORTER = re.compile(r"[（(]?(?:记者|記者)[：:\s][^。）)]{2,12}[）)]?\s*$")
BULLET = re.compile(r"^\s*(?:[•▪●◦‣·■►▶*–—-]|\(?\d{1,2}[.)、](?=\s))\s*")
MINUTES = re.compile(r"^\s*(?:by [^|]{2,60}\|\s*)?\d+ min(?:ute)?s? read\s*\|?\s*", re.IGNORECASE)
TABLE_ROW = re.compile(r"(?:[^|]*\|){2,}")


def news_lines(text: str) -> Iterator[str]:
    """The lines of a plain text, up to where it begins to speak of whoever sent it out."""
    for number, line in enumerate(text.split("\n")):
        if number and CLOSING.match(line):
            return
        yield line


def bare_sentence(sentence: str) -> str:
    """A sentence without what stands before and after it that is none of it; "" where nothing of it is news."""
    bare = BULLET.sub("", MINUTES.sub("", sentence), count=1)
    bare = REPORTER.sub("", CREDIT.sub("", DATELINE.sub("", bare, count=1)))
    bare = bare.strip()
    return "" if BOILERPLATE.search(bare) or TABLE_ROW.match(bare) else bare
