"""Backup and restore: every row as JSON lines in one zip file.

The same for both databases, so a copy also moves between them.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import StorageError
from bot.storage.database import read_url
from bot.storage.fulltext import index_all
from bot.storage.refusals import translate
from bot.storage.schema import cards, feeds, metadata, posts
from bot.storage.types import UtcTime
from bot.storage.upgrade import HEAD, version_of

ROWS = 500
LEFT_OUT = ("leases", "item_words")  # who runs now is nobody's past; the words are found in the items again


def backup(url: str, path: Path, now: datetime) -> int:
    """Write every row to `path`, complete or not at all. Returns the number of rows. Raises StorageError."""
    if path.exists():
        raise StorageError(f"{path} is there already.", "Name another file, or move that one away.")
    if version_of(url) != HEAD:
        raise StorageError("The database is not at this program's version.", "Run `lodewire db upgrade` first.")
    partial = path.with_name(path.name + ".partial")
    engine = create_engine(read_url(url))
    try:
        with engine.connect() as connection, zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            count = sum(_write_table(connection, archive, table) for table in _tables())
            archive.writestr("about.json", json.dumps({"version": HEAD, "made_at": now.isoformat(), "rows": count}))
        partial.replace(path)
        return count
    except (SQLAlchemyError, OSError) as error:
        partial.unlink(missing_ok=True)
        raise translate(error) from error
    finally:
        engine.dispose()


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8")
        for row in connection.execution_options(stream_results=True).execute(select(table)).mappings():
            out.write(json.dumps(dict(row), default=_plain, ensure_ascii=False) + "\n")
            count += 1
        out.flush()
        out.detach()
    return count


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def read_about(path: Path) -> dict[str, Any]:
    """What a copy says of itself: version, made_at, rows. Raises StorageError where it is no copy of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            about: dict[str, Any] = json.loads(archive.read("about.json"))
    except FileNotFoundError as error:
        raise StorageError(f"There is no file {path}.", "Check the path.") from error
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise StorageError(f"{path} is not a copy made by `lodewire db backup`.", "Nothing was changed.") from error
    if about.get("version") != HEAD:
        raise StorageError(
            f"{path} is at version {about.get('version')}, this Lodewire at {HEAD}.",
            "Restore it with the Lodewire that made it, then run `lodewire db upgrade`.",
        )
    return about


def restore(url: str, path: Path, *, is_current: bool) -> int:
    """Replace every row by those of a copy, all or nothing. Returns the number of rows.

    Unless `is_current` (nothing was posted since the copy was made), whatever waits in it counts as shown, and each
    feed's next page is a first sight: what was posted after the copy was made is not posted again.
    """
    read_about(path)
    engine = create_engine(read_url(url))
    try:
        with engine.begin() as connection, zipfile.ZipFile(path) as archive:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
            count = sum(_read_table(connection, archive, table) for table in _tables())
            if engine.dialect.name == "postgresql":
                _set_sequences(connection)
            index_all(connection)
            if not is_current:
                _settle_the_past(connection)
            return count
    except (SQLAlchemyError, OSError, KeyError, ValueError) as error:
        raise translate(error) from error
    finally:
        engine.dispose()


def _read_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    rows: list[dict[str, Any]] = []
    for row in _rows(archive, table):
        rows.append(row)
        count += 1
        if len(rows) == ROWS:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)
    return count


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    times = [column.name for column in table.columns if isinstance(column.type, UtcTime)]
    days = [column.name for column in table.columns if column.name == "due_on"]
    with archive.open(f"{table.name}.jsonl") as raw:
        for line in raw:
            row: dict[str, Any] = json.loads(line)
            for name in times:
                row[name] = row[name] and datetime.fromisoformat(row[name])
            for name in days:
                row[name] = date.fromisoformat(row[name])
            yield row


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL go on counting after the rows that were written with their numbers."""
    for table in _tables():
        if "id" in table.columns:
            highest = connection.execute(select(func.max(table.c.id))).scalar()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))


def _settle_the_past(connection: Connection) -> None:
    connection.execute(update(cards).where(cards.c.want_rev > cards.c.shown_rev).values(shown_rev=cards.c.want_rev))
    connection.execute(update(posts).where(posts.c.state == "open").values(state="gone", error="restored from a copy"))
    connection.execute(update(feeds).values(seeded_at=None, etag=None, last_modified=None, body_hash=None))
