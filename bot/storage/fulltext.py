"""Items found by their words: FTS5 on SQLite, tsvector on PostgreSQL, over words that our own tokeniser made.

The one place where the two databases' SQL differs in meaning. What it finds is what may match; the matcher says what
does. Shows nothing to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, cast, column, insert, literal_column, select, table

from bot.core.text.index import All, Phrase, Wanted, index_words
from bot.storage.database import Transaction
from bot.storage.schema import item_words, items
from bot.storage.types import quoted
from bot.storage.upsert import execute_rows, insert_or

SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE item_index USING fts5(words, content='item_words', content_rowid='item', columnsize=0, "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '|_'\")",
    "CREATE TRIGGER item_words_in AFTER INSERT ON item_words BEGIN "
    "INSERT INTO item_index(rowid, words) VALUES (new.item, new.words); END",
    "CREATE TRIGGER item_words_out AFTER DELETE ON item_words BEGIN "
    "INSERT INTO item_index(item_index, rowid, words) VALUES ('delete', old.item, old.words); END",
    "CREATE TRIGGER item_words_new AFTER UPDATE ON item_words BEGIN "
    "INSERT INTO item_index(item_index, rowid, words) VALUES ('delete', old.item, old.words); "
    "INSERT INTO item_index(rowid, words) VALUES (new.item, new.words); END",
)
"""The index and what keeps it in step: rows of `item_words` that come, go with their item, or change."""

ROWS = 500


async def index_items(tx: Transaction, words: Sequence[tuple[int, str]]) -> None:
    """Let items be found by these words (`core/text/index.py`), and no longer by those they had."""
    if words:
        new = insert_or(tx, item_words)
        statement = new.on_conflict_do_update(index_elements=["item"], set_={"words": new.excluded.words})
        await execute_rows(tx, statement, [{"item": item, "words": said} for item, said in words])


def index_all(connection: Connection) -> None:
    """Index every item that intake has dealt with; none is indexed yet."""
    after = 0
    chunk = (
        select(items.c.id, items.c.title, items.c.text, items.c.lang)
        .where(items.c.id > bindparam("after"), items.c.story.is_not(None))
        .order_by(items.c.id)
        .limit(ROWS)
    )
    while rows := connection.execute(chunk, {"after": after}).all():
        after = rows[-1].id
        said = [{"item": row.id, "words": _words_of(row.title, row.text, row.lang or "")} for row in rows]
        connection.execute(insert(item_words), said)


def _words_of(title: str, text: str, lang: str) -> str:
    from bot.core.topics.document import Document  # here: a start at HEAD loads no stemmer

    return index_words(Document(title, text, lang).stems)


def has_words(tx: Transaction, wanted: Wanted) -> ColumnElement[bool]:
    """The condition that a row of `items` has what is wanted."""
    if tx.dialect.name == "sqlite":
        index = table("item_index", column("rowid"))
        found = select(index.c.rowid).where(literal_column("item_index").op("MATCH")(_fts5(wanted)))
        return items.c.id.in_(found)
    from sqlalchemy.dialects.postgresql import TSQUERY  # here: it is large, and a process has one database

    asked = cast(_tsquery(wanted), TSQUERY)
    return items.c.id.in_(select(item_words.c.item).where(item_words.c.words.op("@@")(asked)))


def _fts5(wanted: Wanted) -> str:
    if isinstance(wanted, Phrase):
        words = " ".join(wanted.words).replace('"', "")
        return f'"{words}"*' if wanted.is_prefix else f'"{words}"'
    sign = " AND " if isinstance(wanted, All) else " OR "
    return f"({sign.join(map(_fts5, wanted.parts))})"


def _tsquery(wanted: Wanted) -> str:
    if isinstance(wanted, Phrase):
        last = f"{quoted(wanted.words[-1])}:*" if wanted.is_prefix else quoted(wanted.words[-1])
        return f"({' <-> '.join([*map(quoted, wanted.words[:-1]), last])})"
    sign = " & " if isinstance(wanted, All) else " | "
    return f"({sign.join(map(_tsquery, wanted.parts))})"
