"""A query's text cut into lexemes, each with its place. Knows no grammar."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.errors import QueryError

OPERATORS = {"and": "and", "or": "or", "not": "not"}
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
ENDS = set("()") | set(QUOTES)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: `kind` is and, or, not, (, ), word or phrase; `value` without field and quotes."""

    kind: str
    text: str
    start: int
    value: str = ""
    field: str = ""


def lex(expr: str) -> list[Lexeme]:
    """The lexemes of an expression. Raises QueryError for a quote that is not closed."""
    found: list[Lexeme] = []
    at = 0
    while at < len(expr):
        letter = expr[at]
        if letter.isspace():
            at += 1
        elif letter in "()":
            found.append(Lexeme(letter, letter, at))
            at += 1
        else:
            lexeme = _read_quoted(expr, at, "", at) if letter in QUOTES else _read_word(expr, at)
            found.append(lexeme)
            at = lexeme.start + len(lexeme.text)
    return found


def _read_quoted(expr: str, at: int, field: str, start: int) -> Lexeme:
    closing = QUOTES[expr[at]]
    end = expr.find(closing, at + 1)
    if end < 0:
        raise QueryError(f"missing {closing} after: {expr[at + 1 :].strip()[:30] or expr[at]}", at)
    return Lexeme("phrase", expr[start : end + 1], start, expr[at + 1 : end], field)


def _read_word(expr: str, start: int) -> Lexeme:
    at = start
    while at < len(expr) and not expr[at].isspace() and expr[at] not in ENDS:
        at += 1
    text = expr[start:at]
    field, colon, value = text.partition(":")
    if colon and field.isascii() and field.isalpha():
        if not value and at < len(expr) and expr[at] in QUOTES:
            return _read_quoted(expr, at, field.lower(), start)
        if not value:
            raise QueryError(f"nothing after: {text}", start)
        return Lexeme("word", text, start, value, field.lower())
    kind = OPERATORS.get(text.lower(), "word")
    return Lexeme(kind, text, start, text)
