"""Whether what is said of a text stands in it: its figures, its names, and whether it says yes or no. Pure.

It knows words, not meanings: what it lets pass may still join a figure to the wrong thing. So it is a last look at
whole sentences, and a strict one at sentences that were not written by the source (`is_strict`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.core.text.sentences import split_sentences
from bot.core.text.words import find_words

FIGURE = re.compile(
    r"(?:[$€£¥₽₹]|(?:US|A|C|NZ|HK)\$)?\s?\d[\d.,\u00a0\u202f]*(?:\s?(?:%|[kKMGT]?Wh?\b|bn\b|mn\b|[万億亿][吨噸元円]?))?"
)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
QUOTED = re.compile(r"[“«「《\"]([^“”«»「」《》\"]{2,200})[”»」》\"]")
KATAKANA = re.compile(r"[ァ-ヺー]{3,}")

DENIES = frozenset(
    "not no never none nor without cannot nt deny denied denies denial reject rejected rejects "
    "не нет ни никогда без отрицает опроверг опровергли опровергла "
    "nicht kein keine keinen keiner nie ohne dementiert ne pas non aucun aucune jamais sans dément "
    "ningún ninguna nunca sin niega negó desmiente".split()
)
DOUBTS = frozenset(
    "may might could would should possibly reportedly allegedly plans planned considers considering proposed "
    "может могут возможно якобы планирует könnte könnten soll sollen dürfte möglicherweise "
    "pourrait pourraient devrait podría podrían debería".split()
)
CJK_SIGNS = (
    ("不", "没", "沒", "未", "无", "ない", "否"),
    ("可能", "或将", "拟", "考虑", "恐", "かもしれ", "検討", "見込"),
)
LIKE = 0.5  # the share of a sentence's words that a sentence of the source must have to be the one it tells


def find_unfounded(said: str, source: str, *, is_strict: bool = False) -> Sequence[str]:
    """What of `said` does not stand in `source`, as written; empty where all does.

    Figures with their sign and unit, and names (words with a capital letter). Strict: also quotations word for word,
    and that no sentence drops or adds a `not` or a `may` beside the one of the source that it is most like.
    """
    plain = _plain(source)
    wrong = [figure for figure in _figures(said) if not _stands(figure, plain)]
    words = set(WORD.findall(source))
    unknown = [word for word in WORD.findall(said) if word not in words and any(map(str.isupper, word))]
    wrong += [name for name in unknown if not _begins_sentence(said, name, plain)]
    if is_strict:
        wrong += [quote for quote in QUOTED.findall(said) if _plain(quote) not in plain]
        wrong += [name for name in KATAKANA.findall(said) if name not in source]
        wrong += _turned(said, source)
    return tuple(dict.fromkeys(wrong))


def _figures(text: str) -> Iterator[str]:
    for match in FIGURE.finditer(_plain(text)):
        if figure := match.group().strip().rstrip(".,"):
            yield figure


def _plain(text: str) -> str:
    return " ".join(text.split())


def _stands(figure: str, source: str) -> bool:
    return re.search(rf"(?<![\d$€£¥₽₹])(?<!\d[.,]){re.escape(figure)}(?![\d])(?![.,]\d)", source) is not None


def _begins_sentence(said: str, name: str, source: str) -> bool:
    """Whether it is a common word that is capital only because a sentence begins with it."""
    return (
        all(piece.lstrip("\"'“«„(").startswith(name) for piece in split_sentences(said) if name in piece)
        and re.search(rf"\b{re.escape(name.lower())}\b", source) is not None
    )


def _turned(said: str, source: str) -> Iterator[str]:
    """Sentences that deny, or doubt, what the source does not, or the other way round."""
    told = [(words, piece) for piece in split_sentences(source) if (words := _words(piece))]
    for piece in split_sentences(said):
        words = _words(piece)
        likest = max(told, key=lambda one: len(one[0] & words), default=None)
        if (words and (likest is None or len(likest[0] & words) < LIKE * len(words))) or (
            likest is not None and _tone(words, piece) != _tone(*likest)
        ):
            yield piece.strip()


def _words(text: str) -> frozenset[str]:
    return frozenset(token.raw.lower() for token in find_words(text))


def _tone(words: frozenset[str], text: str) -> tuple[bool, ...]:
    lists = zip((DENIES, DOUBTS), CJK_SIGNS, strict=True)
    return tuple(bool(words & listed) or any(sign in text for sign in signs) for listed, signs in lists)
