"""A query's text cut into lexemes, each with its place. Knows no grammar."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.core.errors import QueryError

OPERATORS = {"and": "and", "or": "or", "not": "not", "AND": "and", "OR": "or", "NOT": "not"}
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」"}
STOP = re.compile(rf"[\s(){''.join(QUOTES)}]")
WIDE = str.maketrans("（）：＂＝＊　", '():"=* ')
"""What a Chinese or Japanese keyboard writes in their place."""

PLAIN = re.compile(r"\s*(?:([a-z]+|AND|OR|NOT)(?=[\s()]|$)|([()]))", re.ASCII)
"""A word, an operator or a parenthesis of which nothing more is to be asked."""

BLANK = re.compile(r"\s+")
NEAR = re.compile(r"NEAR|near/\d+", re.IGNORECASE)
SLOP = re.compile(r"~(\d{1,2})(?!\w)")
USUAL_DISTANCE = 8


class Lexeme(NamedTuple):
    """A piece of a query, from `start` to `end`.

    `kind` is and, or, not, near, (, ), word or phrase; `value` is without field, quotes, = and ~. A "(" may have a
    field. `number` is the distance of a near or the slop of a phrase, -1 where none is written.
    """

    kind: str
    text: str
    start: int
    value: str = ""
    field: str = ""
    is_exact: bool = False
    number: int = -1


def lex(expr: str) -> list[Lexeme]:
    """The lexemes of an expression. Raises QueryError for an open quote and for NEAR/ without a number."""
    if not expr.isascii():
        expr = expr.translate(WIDE)
    found: list[Lexeme] = []
    at = 0
    while at < len(expr):
        if plain := PLAIN.match(expr, at):
            text, sign = plain.groups()
            at = plain.end()
            found.append(Lexeme(sign, sign, at - 1) if sign else Lexeme(_kind(text), text, at - len(text), text))
            continue
        if blank := BLANK.match(expr, at):
            at = blank.end()
            continue
        letter = expr[at]
        lexeme = _read_word(expr, at) if letter.isalnum() else _read_one(expr, at)
        found.append(lexeme)
        at = lexeme.start + len(lexeme.text)
    return found


def _kind(text: str) -> str:
    return OPERATORS.get(text, "word")


def _read_one(expr: str, at: int) -> Lexeme:
    letter = expr[at]
    if letter in "()":
        return Lexeme(letter, letter, at)
    if letter == "-" and _may_begin(expr, at + 1):
        return Lexeme("not", "-", at)
    if letter in QUOTES:
        return _read_quoted(expr, at, Lexeme("phrase", "", at))
    if letter == "=" and _may_begin(expr, at + 1):
        return _read_exact(expr, at + 1, Lexeme("word", "", at, is_exact=True))
    return _read_word(expr, at)


def _may_begin(expr: str, at: int) -> bool:
    return at < len(expr) and (expr[at].isalnum() or expr[at] in "(=-" or expr[at] in QUOTES)


def _read_exact(expr: str, at: int, begun: Lexeme) -> Lexeme:
    if at < len(expr) and expr[at] in QUOTES:
        return _read_quoted(expr, at, begun)
    end = _word_end(expr, at)
    return Lexeme("word", expr[begun.start : end], begun.start, expr[at:end], begun.field, is_exact=True)


def _read_quoted(expr: str, at: int, begun: Lexeme) -> Lexeme:
    closing = QUOTES[expr[at]]
    end = expr.find(closing, at + 1)
    if end < 0:
        raise QueryError(f"missing {closing} after: {expr[at + 1 :].strip()[:30] or expr[at]}", at)
    value = expr[at + 1 : end]
    slop = SLOP.match(expr, end + 1)
    text = expr[begun.start : slop.end() if slop else end + 1]
    return Lexeme("phrase", text, begun.start, value, begun.field, begun.is_exact, int(slop[1]) if slop else -1)


def _word_end(expr: str, at: int) -> int:
    stop = STOP.search(expr, at)
    return stop.start() if stop else len(expr)


def _read_word(expr: str, start: int) -> Lexeme:
    end = _word_end(expr, start)
    text = expr[start:end]
    field, colon, _ = text.partition(":")
    if colon and field.isascii() and field.isalpha():
        return _read_field(expr, start, end, field.lower())
    if text[0] in "nN" and NEAR.fullmatch(text) and (text.isupper() or "/" in text):
        distance = int(text[5:7] or 0) if "/" in text and len(text) <= 7 else USUAL_DISTANCE if "/" not in text else 100
        return Lexeme("near", text, start, number=distance)
    if text.startswith("NEAR/"):
        raise QueryError(f"a number is missing after: NEAR/ at: {text[:30]}", start, "Write NEAR/8.")
    kind = OPERATORS.get(text.lower(), "word")
    return Lexeme(kind, text, start, text)


def _read_field(expr: str, start: int, end: int, field: str) -> Lexeme:
    """What stands after a colon: a word, a phrase, an exact one, or a parenthesis that the field holds for."""
    at = start + len(field) + 1
    begun = Lexeme("phrase", "", start, field=field)
    letter = expr[at : at + 1]
    if letter == "=" and _may_begin(expr, at + 1):
        return _read_exact(expr, at + 1, Lexeme("word", "", start, field=field, is_exact=True))
    if at < end:
        return Lexeme("word", expr[start:end], start, expr[at:end], field)
    if letter == "(":
        return Lexeme("(", expr[start : at + 1], start, field=field)
    if letter and letter in QUOTES:
        return _read_quoted(expr, at, begun)
    raise QueryError(f"nothing after: {expr[start:end]}", start)
