"""A full-text index in a few lines: what the databases' own must find, one text at a time."""

from __future__ import annotations

from bot.core.text.index import All, Phrase, Wanted, index_words
from bot.core.topics.document import Document


def has(wanted: Wanted, title: str, text: str = "") -> bool:
    """Whether a text has what is wanted."""
    return _has(wanted, index_words(Document(title, text).stems).split())


def _has(wanted: Wanted, words: list[str]) -> bool:
    if isinstance(wanted, Phrase):
        return any(_stands(wanted, words[at : at + len(wanted.words)]) for at in range(len(words)))
    found = (_has(part, words) for part in wanted.parts)
    return all(found) if isinstance(wanted, All) else any(found)


def _stands(phrase: Phrase, words: list[str]) -> bool:
    if len(words) < len(phrase.words) or tuple(words[:-1]) != phrase.words[:-1]:
        return False
    last = phrase.words[-1]
    return words[-1].startswith(last) if phrase.is_prefix else words[-1] == last
