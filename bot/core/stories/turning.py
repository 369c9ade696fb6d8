"""Whether a report says of an earlier one that it is denied, corrected or taken back; by whose word, in which sentence.

Pure; it judges words, not whether it is so, and does not know the earlier report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.core.lexicon.turns import KINDS, Signs, Turns
from bot.core.stories.figures import find_numbers
from bot.core.text.language import detect_language
from bot.core.text.sentences import iter_sentences
from bot.core.text.words import UNSPACED, raw_words

SENTENCES_READ = 2
"""Of the text, beside the headline: a denial that stands further down is about something else."""

LONGEST_NAME, LONGEST_GLUED, MOST_WORDS = 48, 10, 4
"""Characters and words of who denies."""

CLAUSE = re.compile(r"[.:;!?，。；：、]")
BETWEEN = (
    r"\s?(?i:of|in|on|at|to|by|or|and|for|from|the|per|as|von|und|im|am|zu|bis|de|du|des|en|et|au|del|la|el|y|e|"
    r"в|во|на|до|из|по|и|к|с)\b"
)
"""Words that follow a number and are no unit of it."""

NUMBER = re.compile(r"\d[\d.,\u00a0]*")


@dataclass(frozen=True, slots=True)
class Turned:
    """What a report says of an earlier one: `denied`, `corrected` or `retracted`; the sentence; who denies, or ""."""

    kind: str
    quote: str
    who: str = ""


def read_turning(title: str, text: str, lang: str, turns: Turns) -> Turned | None:
    """What a report says of an earlier one, or None. `lang`: as its feed says, or ""."""
    spoken = lang if lang in turns.by_language else detect_language(list(raw_words(f"{title} {text[:400]}")))
    signs = turns.of(spoken)
    told = [title, *islice(iter_sentences(text), SENTENCES_READ)]
    for kind in KINDS:
        for number, sentence in enumerate(told if kind == "denied" else [title, *told[1:2]]):
            if kind == "corrected" and not _stands_first(sentence, signs):
                continue
            for start, _ in _find(sentence, kind, signs):
                who = _denier(sentence, start, signs, spoken) if kind == "denied" and not number else ""
                return Turned(kind, sentence.strip(), who)
    return None


def _stands_first(sentence: str, signs: Signs) -> bool:
    """A correction says so at its beginning, or in brackets; `corrected for inflation` further on is none."""
    found = signs.kinds["corrected"].search(sentence)
    return found is not None and (found.start() <= 1 or found.group().count(" ") >= 1)


def _find(sentence: str, kind: str, signs: Signs) -> Iterator[tuple[int, int]]:
    """Where a sentence has a sign that nothing takes back."""
    for found in signs.kinds[kind].finditer(sentence):
        before, after = sentence[: found.start()], sentence[found.end() :]
        is_taken_back = signs.before.search(before) or signs.after.search(after) or signs.other.search(after)
        if kind != "denied" or not is_taken_back:
            yield found.span()


def _denier(headline: str, start: int, signs: Signs, lang: str) -> str:
    """Who denies, where the headline begins with them: `Kremlin denies ...`."""
    found = signs.denier.match(headline, start)
    name = headline[:start].strip()
    if lang == "ja":
        name, topic, _ = name.partition("は")
        name = name if topic else ""
    if found is None or not name or CLAUSE.search(name) or any(letter.isdigit() for letter in name):
        return ""
    if lang in UNSPACED:
        return name if len(name) <= LONGEST_GLUED else ""
    is_short = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS
    return name if is_short and headline[found.end() :].strip() and name[0].isupper() else ""


def changed_figures(old: str, new: str, lang: str) -> tuple[str, str] | None:
    """The figures of a text that says the same with others, before and after: `("2.5 million", "25 million")`.

    None where anything else changed, or only a day did.
    """
    if NUMBER.sub("#", old) != NUMBER.sub("#", new):
        return None
    if list(find_numbers(old, lang)) == list(find_numbers(new, lang)):
        return None
    pairs = zip(NUMBER.finditer(old), NUMBER.finditer(new), strict=True)
    before, after = next((one, other) for one, other in pairs if one.group() != other.group())
    return _with_unit(old, before), _with_unit(new, after)


def _with_unit(text: str, found: re.Match[str]) -> str:
    """A number as written, with the word after it where that is no sentence's end."""
    word = re.match(rf"(?!{BETWEEN})\s?(?:%|[^\W\d_]+)", text[found.end() :])
    number = found.group().rstrip(".,")
    return number + (word.group() if word and number == found.group() else "")
