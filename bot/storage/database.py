"""Opening the database and its transactions.

Holds no query; every error of the driver leaves here as a `StorageError`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.core.errors import SettingsError, StorageClosed
from bot.storage.refusals import translate
from bot.storage.transaction import Transaction, run_step

__all__ = ["Database", "Transaction", "read_url", "require_outside_transaction"]

SEATS = 8
"""Connections at most; further transactions wait for one to end."""

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql+psycopg": "postgresql+psycopg_async"}

_inside: ContextVar[bool] = ContextVar("inside_transaction", default=False)

POSTGRES_OPTIONS = "-c timezone=UTC -c lock_timeout={ms} -c idle_in_transaction_session_timeout=60000"


def require_outside_transaction(what: str) -> None:
    """Raise RuntimeError inside a transaction: the network is never waited for while rows are locked."""
    if _inside.get():
        raise RuntimeError(f"{what} inside a database transaction")


def read_url(url: str) -> URL:
    """The SQLAlchemy address of `sqlite:///PATH` or `postgresql://...`. Raises SettingsError for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError("The database address cannot be read.", 'Write "sqlite:///PATH".') from error
    if parsed.drivername == "sqlite" and parsed.database:
        return parsed
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise SettingsError(
        f"The database kind {parsed.drivername!r} is not supported.",
        'Write "sqlite:///PATH" or "postgresql://user@host/name".',
    )


class Database:
    """One open database. Use `open`, then `read` and `write`, then `close`."""

    def __init__(self, url: str, engine: Engine) -> None:
        self.url = url
        self.engine = engine
        self.dialect = engine.dialect.name
        self._writer = asyncio.Lock() if self.is_sqlite else None
        self._closed = False

    @property
    def is_sqlite(self) -> bool:
        """Whether one file is the whole database, with one writer at a time."""
        return self.dialect == "sqlite"

    @classmethod
    async def open(cls, url: str, *, busy_timeout_s: float = 5.0) -> Database:
        """Open `url` and try it once. A writer waits at most `busy_timeout_s` for another. Raises StorageError."""
        address = read_url(url)
        address = address.set(drivername=ASYNC_DRIVERS[address.drivername])
        ms = int(busy_timeout_s * 1000)
        if address.get_backend_name() == "sqlite":
            engine = create_engine(address, pool_size=SEATS, max_overflow=0)
            _prepare_sqlite(engine, ms)
        else:
            options = {"options": POSTGRES_OPTIONS.format(ms=ms), "connect_timeout": 10}
            engine = create_engine(address, pool_size=SEATS, max_overflow=0, pool_pre_ping=True, connect_args=options)
        database = cls(url, engine)
        async with database.read():
            return database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that only looks. Raises StorageError."""
        async with self._transaction(writes=False) as tx:
            yield tx

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that changes rows: all of it or nothing. Raises StorageError."""
        async with self._writer or nullcontext(), self._transaction(writes=True) as tx:
            yield tx

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncIterator[Transaction]:
        if self._closed:
            raise StorageClosed("The database is closed.", "This process is ending; start it again.")
        try:
            connection = await run_step(self._begin, writes, undo=Connection.close)
            try:
                token = _inside.set(True)
                try:
                    yield Transaction(connection)
                finally:
                    _inside.reset(token)
                await run_step(connection.commit)
            finally:
                await run_step(connection.close)  # which rolls back what is not committed
        except (SQLAlchemyError, OSError) as error:
            raise translate(error) from error

    def _begin(self, writes: bool) -> Connection:
        connection = self.engine.connect()
        try:
            connection.execution_options(lodewire_writes=writes).begin()
        except BaseException:
            connection.close()
            raise
        return connection

    async def close(self) -> None:
        """Close every connection; later use raises StorageClosed."""
        self._closed = True
        await run_step(self.engine.dispose)


def _prepare_sqlite(engine: Engine, busy_ms: int) -> None:
    """WAL, real foreign keys, durable commits, and transactions that begin when we say so.

    `synchronous=FULL`: a commit survives a power cut. With less, the note that a post was begun could be lost
    after the post was made, and it would be made twice.
    """

    @event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, record: Any) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        for pragma in (
            f"busy_timeout={busy_ms}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("lodewire_writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
