"""A summary out of the source's own whole sentences: nothing is added, nothing is cut but whole sentences.

What is chosen is held against the source once more (`faithful.py`); what does not stand there is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.faithful import find_unfounded
from bot.core.text.boilerplate import bare_sentence, news_lines
from bot.core.text.plain import cut_at_word
from bot.core.text.sentences import split_sentences
from bot.core.text.words import IS_HAN_KANA, find_words

LIMIT = 400  # characters
OPENING = 280  # of what stands for a summary that was withdrawn
MOST = 3  # sentences
HEAD = 8  # sentences at the head of a text that are looked at
HITS = 3  # places where it matched around which are more
BEFORE, AFTER = 2, 6  # sentences around such a place
SAME = 0.8  # the share of a sentence's words from which it says what another has said

WHOLE = re.compile(r"[.!?。！？][\"'”’»)）」』\]]*$")
CUT_SHORT = re.compile(r"\s*(?:[\[(](?:…|\.\.\.)[\])]|…|\.\.\.+)\s*$")
FEWEST_WORDS = 6  # of a line without a full stop that is taken for a sentence
PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("(", ")"), ("（", "）"))
QUOTES = re.compile('["' + "".join(first for first, _ in PAIRS) + "]")
_DIGIT = re.compile(r"\d")
LONGEST_QUOTE = 3  # sentences that a quotation holds together
LEANS_BACK = frozenset(
    "it its he his she her they their this that these those but and also however meanwhile such both so yet then "
    "он она оно они это эти этот эта его её их однако также при но а "
    "er es sie dies diese dieser dieses das aber auch doch dabei damit jedoch "
    "il elle ils elles ce cette ces cela mais aussi cependant "
    "este esta esto estos estas ello pero también además sin".split()
)
"""First words of a sentence that needs the one before it."""
LEANS_BACK_CJK = (
    "这",
    "該",
    "该",
    "此",
    "其",
    "但",
    "他",
    "她",
    "それ",
    "これ",
    "この",
    "その",
    "しかし",
    "また",
    "同",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text as it may be shown. `is_whole`: it ends as one, and is not cut short by the source."""

    text: str
    is_whole: bool
    words: tuple[str, ...]  # folded, in order

    @property
    def leans_back(self) -> bool:
        """Whether it speaks of what the one before it named."""
        return self.text.startswith(LEANS_BACK_CJK) or self.text[0].islower() or self.words[0] in LEANS_BACK

    def says_the_same(self, other: Sentence) -> bool:
        """Whether most words of each stand in the other."""
        longer, shorter = sorted((frozenset(self.words), frozenset(other.words)), key=len, reverse=True)
        return len(shorter) >= SAME * len(longer) and len(longer & shorter) >= SAME * len(longer)


def summarise(title: str, text: str, terms: Sequence[str] = (), limit: int = LIMIT) -> str:
    """Whole sentences of `text`, at most `limit` characters, in their order; "" where there are none to take.

    The first that carries one of `terms` (words as written) leads, with the sentence before it where it leans on that
    one; then what adds most: terms, words of the title, figures, nearness to the lead. A sentence that only repeats
    the title, or another one, is left. A sentence is cut only where there is no other, with an ellipsis that says so.
    """
    sentences = _tell_apart(read_sentences(text, terms), title)
    fitting = [one for one in sentences if len(one.text) <= limit]
    if not fitting:
        return _said(_cut(sentences[0].text, limit) if sentences else "", title, text)
    choice = _Choice(fitting, title, terms, limit)
    lead = choice.find_lead()
    summary = _join(fitting[number].text for number in choice.around(lead))
    return _said(summary, title, text) or _said(fitting[lead].text, title, text)


def read_sentences(text: str, terms: Sequence[str] = ()) -> list[Sentence]:
    """The sentences at the head of a plain text and around its first `terms`, without datelines, bylines, calls to read
    on, table rows and the like: whole ones alone, where there are any."""
    pieces = [piece for line in news_lines(text) for piece in _with_quotes_whole(split_sentences(line))]
    found = [one for number in _places(pieces, terms) if (one := _read(pieces[number])) is not None]
    return [one for one in found if one.is_whole] or found


def _places(pieces: Sequence[str], terms: Sequence[str]) -> Sequence[int]:
    """Which sentences are looked at: a text may have a thousand; the news stands at its head, or where it matched."""
    folded = [term.casefold() for term in terms]
    hits = [number for number, piece in enumerate(map(str.casefold, pieces)) if any(term in piece for term in folded)]
    near = {number + step for number in hits[:HITS] for step in range(-BEFORE, AFTER + 1)}
    return sorted(number for number in {*range(HEAD), *near} if 0 <= number < len(pieces))


def _read(piece: str) -> Sentence | None:
    """A sentence as it may be shown; None for what is none, or no news."""
    bare = " ".join(bare_sentence(piece).split())
    text = CUT_SHORT.sub("", bare)
    words = tuple(token.word for token in find_words(text))
    is_whole = WHOLE.search(text) is not None and any(map(str.isalpha, text))
    if not is_whole and len(words) < FEWEST_WORDS:
        return None
    return Sentence(text if is_whole or text == bare else f"{text}…", is_whole, words)


def _with_quotes_whole(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences, those of one quotation together, unless it is long or never ends."""
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if not _is_open("".join(held)):
            yield "".join(held)
            held = []
        elif len(held) == LONGEST_QUOTE:
            yield from held
            held = []
    yield from held


def _is_open(text: str) -> bool:
    if QUOTES.search(text) is None:  # as in most sentences
        return False
    return text.count('"') % 2 == 1 or any(text.count(first) > text.count(last) for first, last in PAIRS)


def _tell_apart(sentences: Iterable[Sentence], title: str) -> list[Sentence]:
    """Those that say more than the title and than each other: of two that say the same, the longer."""
    kept: list[Sentence] = []
    of_title = tuple(token.word for token in find_words(title))
    for one in sentences:
        if one.words == of_title:
            continue
        twin = next((number for number, other in enumerate(kept) if one.says_the_same(other)), None)
        if twin is None:
            kept.append(one)
        elif len(one.words) > len(kept[twin].words):
            kept[twin] = one
    return kept


class _Choice:
    """Which of these sentences are taken."""

    def __init__(self, sentences: Sequence[Sentence], title: str, terms: Sequence[str], limit: int) -> None:
        self.sentences, self.limit = sentences, limit
        self.terms = tuple(term.casefold() for term in terms)
        self.wanted = {token.word for term in terms for token in find_words(term)}
        self.title = {token.word for token in find_words(title) if len(token.word) > 3 or IS_HAN_KANA(token.word)}

    def find_lead(self) -> int:
        """The first with a whole term in it, else with a word of one, else the first."""
        places = range(len(self.sentences))
        texts = [one.text.casefold() for one in self.sentences]
        whole = (n for n in places if any(term in texts[n] for term in self.terms))
        partly = (n for n in places if not self.wanted.isdisjoint(self.sentences[n].words))
        return next(whole, next(partly, 0))

    def around(self, lead: int) -> Sequence[int]:
        """The lead and what is taken with it, in the order of the text, within the limit."""
        chosen = [lead]
        if not self.sentences[lead].is_whole:
            return chosen  # lines without a stop would run into each other
        if lead and self.sentences[lead].leans_back and self._fits([lead - 1, lead]):
            chosen.append(lead - 1)
        worths = {n: self._worth(n, lead) for n in range(len(self.sentences)) if n not in chosen}
        while worths and len(chosen) < MOST:
            best = max(worths, key=lambda n: (worths[n] + self._joins(n, chosen), -n))
            del worths[best]
            if self._fits([*chosen, best]):
                chosen.append(best)
        return sorted(chosen)

    def _fits(self, chosen: Sequence[int]) -> bool:
        return sum(len(self.sentences[number].text) + 1 for number in chosen) - 1 <= self.limit

    def _worth(self, number: int, lead: int) -> float:
        one = self.sentences[number]
        worth = 2.0 * (not self.wanted.isdisjoint(one.words)) + (_DIGIT.search(one.text) is not None)
        worth += 2 * len(self.title.intersection(one.words)) / (len(self.title) or 1)
        worth -= (one.text[0] in "\"'“«„「‘") + one.text.endswith(("?", "？"))
        return worth - min(3.0, 0.25 * abs(number - lead))

    def _joins(self, number: int, chosen: Sequence[int]) -> float:
        """It follows what is taken, or would hang in the air."""
        return 1.0 if number - 1 in chosen else -3.0 * self.sentences[number].leans_back


def _said(summary: str, title: str, text: str) -> str:
    """The summary, if all of it stands in the source; else nothing."""
    return "" if find_unfounded(summary, f"{title}\n{text}") else summary


def _join(sentences: Iterable[str]) -> str:
    """Sentences one after another; Chinese and Japanese ones without a space between."""
    joined = ""
    for sentence in sentences:
        is_unspaced = not joined or joined[-1] in "。！？」』）" or (joined[-1] in "”’" and IS_HAN_KANA(sentence[0]))
        joined += sentence if is_unspaced else f" {sentence}"
    return joined


def _cut(sentence: str, limit: int) -> str:
    """The one sentence there is, cut at a clause or a word, with an ellipsis that says so."""
    head = sentence[: limit - 1]
    clause = max(head.rfind(mark) for mark in (", ", "; ", " – ", " — ", "，", "；"))
    end = clause if clause > limit // 2 else head.rfind(" ")
    return (head[:end] if end > limit // 2 else head).rstrip(" ,;–—，；") + "…"


def opening_words(text: str, limit: int = OPENING) -> str:
    """The beginning of a text as its source wrote it, cut at a word."""
    head = cut_at_word(text, limit)
    return head if len(head) == len(text) else f"{head} …"
