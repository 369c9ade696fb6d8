"""A summary out of the source's own whole sentences: nothing is added, nothing is cut but whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.core.text.sentences import split_sentences
from bot.core.text.words import find_words

LIMIT = 400  # characters

DATELINE = re.compile(
    r"^\s*(?:[A-ZÀ-ÞЁА-Я][\w.'’-]*(?:[ ,/]+[A-ZÀ-ÞЁА-Я0-9][\w.'’-]*){0,5}\s*)?"
    r"\([A-ZÀ-ÞЁА-Я][^()]{1,30}\)\s*[-–—]+\s*"
    r"|^\s*[A-ZÀ-Þ]{3,}(?:[ ,]+[A-Z][\w.]*){0,3}(?:,? \w{3,9}\.? \d{1,2})?\s*[–—]\s*"
    r"|^\s*[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日电(?:[（(][^（）()]{1,30}[）)])?\s*"
)
"""`LONDON (Metalwire) —`, `BEIJING, Nov. 4 —`: where a dispatch says where it comes from."""

BOILERPLATE = re.compile(
    r"^\s*(?:"
    r"by [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}\b.{0,60}$"
    r"|\d+ min(?:ute)?s? read\b.*"
    r"|(?:read|see|find out|learn) (?:more|also|the full)\b.*|continue reading\b.*|click here\b.*"
    r"|sign up\b.*|subscribe\b.*|follow us\b.*|share (?:this|on)\b.*|advertisement\b.*|related(?: \w+)?:.*"
    r"|the post .* (?:appeared first on|first appeared on)\b.*"
    r"|(?:image|photo|picture|source|credit)s?\s*:.*|©.*|copyright\b.*|all rights reserved\b.*"
    r"|(?:reporting|editing|writing) by\b.*|\(?(?:reuters|ap|afp)\)?\s*$"
    r"|neither the .*\bexchange\b.* responsib.*|this (?:news|press) release (?:contains|may contain)\b.*"
    r"|.*\bforward-looking (?:statements?|information)\b.*"
    r"|[А-ЯЁ][А-ЯЁ-]+, \d{1,2} [а-яё]{3,8}\.?(?: ?[—–-] ?[^.]{2,30})?\.?|/[^/]{2,40}/\.?"
    r"|читайте также\b.*|фото\s*:.*|подписывайтесь\b.*|источник\s*:.*|подробнее\b.*"
    r"|lesen sie (?:auch|mehr)\b.*|mehr (?:dazu|lesen)\b.*|lire (?:aussi|la suite)\b.*|leer más\b.*|le[ae] también\b.*"
    r"|(?:来源|责任编辑|编辑|记者|图片|延伸阅读|相关阅读|続きを読む|関連記事|写真)[：:】].*"
    r")\s*$",
    re.IGNORECASE | re.DOTALL,
)
ELLIPSIS_TAIL = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\s*$")
MINUTES = re.compile(r"^\s*(?:by [^|]{2,60}\|\s*)?\d+ min(?:ute)?s? read\s*\|?\s*", re.IGNORECASE)
FULL_WIDTH = "。！？”’」』）"
TABLE_ROW = re.compile(r"(?:[^|]*\|){2,}")
LEANS_BACK = frozenset("it he she they this that these those but and also however meanwhile".split())
"""First words of a sentence that needs the one before it."""


def summarise(title: str, text: str, terms: Sequence[str] = (), limit: int = LIMIT) -> str:
    """Whole sentences of `text`, at most `limit` characters, in their order; "" where there are none to take.

    The first that carries one of `terms` (words as written) leads, with the sentence before it where it leans on that
    one; then what follows and carries terms or numbers, while it fits. A sentence that only repeats the title is left.
    """
    sentences = clean_sentences(text)
    usable = [number for number, sentence in enumerate(sentences) if not _repeats(sentence, title)]
    fitting = [number for number in usable if len(sentences[number]) <= limit]
    if not fitting:
        return _cut(sentences[usable[0]], limit) if usable else ""
    wanted = {token.word for term in terms for token in find_words(term)}
    lead = next((n for n in fitting if wanted & _words(sentences[n])), fitting[0])
    chosen = [lead]
    if lead - 1 in fitting and _leans_back(sentences[lead]):
        chosen.append(lead - 1)
    others = sorted((n for n in fitting if n not in chosen), key=lambda n: _rank(n, lead, sentences[n], wanted))
    for number in others:
        if _length(sentences, [*chosen, number]) <= limit and len(chosen) < 3:
            chosen.append(number)
    while _length(sentences, chosen) > limit:
        chosen.pop()
    return _join(sentences[number] for number in sorted(chosen))


def clean_sentences(text: str) -> list[str]:
    """The sentences of a plain text without datelines, bylines, calls to read on, table rows and the like."""
    kept: list[str] = []
    for piece in split_sentences(text):
        sentence = " ".join(ELLIPSIS_TAIL.sub("", MINUTES.sub("", DATELINE.sub("", piece, count=1))).split())
        if sentence and not BOILERPLATE.match(sentence) and not TABLE_ROW.match(sentence) and _is_whole(sentence):
            kept.append(sentence)
    return list(dict.fromkeys(kept))


def _is_whole(sentence: str) -> bool:
    """A sentence ends as one, or is long enough to be one whose stop was left out."""
    return sentence[-1] in '.!?。！？”"’»)」' or len(find_words(sentence)) >= 6


def _words(sentence: str) -> set[str]:
    return {token.word for token in find_words(sentence)}


def _repeats(sentence: str, title: str) -> bool:
    return [token.word for token in find_words(sentence)] == [token.word for token in find_words(title)]


def _leans_back(sentence: str) -> bool:
    first = find_words(sentence[:30])
    return bool(first) and first[0].word in LEANS_BACK


def _rank(number: int, lead: int, sentence: str, wanted: set[str]) -> tuple[int, int]:
    """Sentences with terms or figures first, then the nearest after the lead; those that lean back and quotes last."""
    value = 2 * bool(wanted & _words(sentence)) + any(letter.isdigit() for letter in sentence)
    value -= 2 * (number != lead + 1 and _leans_back(sentence)) + (sentence[0] in '"“«„「')
    return (-value - (number == lead + 1), number if number > lead else number + 1000)


def _join(sentences: Iterable[str]) -> str:
    """Sentences one after another; Chinese and Japanese ones without a space between."""
    joined = ""
    for sentence in sentences:
        joined += sentence if not joined or joined[-1] in FULL_WIDTH else f" {sentence}"
    return joined


def _length(sentences: Sequence[str], chosen: Sequence[int]) -> int:
    return sum(len(sentences[number]) + 1 for number in chosen) - 1


def _cut(sentence: str, limit: int) -> str:
    """The one sentence there is, cut at a clause or a word, with an ellipsis that says so."""
    head = sentence[: limit - 1]
    clause = max(head.rfind(mark) for mark in (", ", "; ", " – ", " — ", "，", "；"))
    end = clause if clause > limit // 2 else head.rfind(" ")
    return (head[:end] if end > limit // 2 else head).rstrip(" ,;–—，；") + "…"
