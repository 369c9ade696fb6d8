"""An open transaction, its statements awaited.

SQLAlchemy Core over the asynchronous drivers, aiosqlite and psycopg, each statement in a greenlet of SQLAlchemy's own.
It is what `sqlalchemy.ext.asyncio` does; that package also loads the ORM, for which every start would pay. A step goes
on to its end where whoever waits for it is cancelled: given up halfway, its connection would keep a lock that nobody
can let go. Knows no table, opens nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import Connection, CursorResult, Dialect, Executable
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlalchemy.util import greenlet_spawn

Result = TypeVar("Result")
Columns = TypeVarTuple("Columns")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


async def run_step(work: Callable[..., Result], *values: Any, undo: Callable[[Result], None] | None = None) -> Result:
    """Carry out one step of SQLAlchemy's. Where it is cancelled, wait for its end, and undo it."""
    running = asyncio.create_task(greenlet_spawn(work, *values))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        if await _succeeds(running) and undo is not None:
            await _succeeds(asyncio.create_task(greenlet_spawn(undo, running.result())))
        raise


async def _succeeds(running: asyncio.Task[Any]) -> bool:
    """Wait for the end, however often it is to be given up; whether it was a good one."""
    while not running.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([running])
    return not running.cancelled() and running.exception() is None


class Transaction:
    """Committed when its block ends, rolled back when it raises: see `Database.read` and `Database.write`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        """Which of the two databases it is."""
        return self._connection.dialect

    @overload
    async def execute(
        self, statement: TypedReturnsRows[*Columns], parameters: Parameters | None = None
    ) -> CursorResult[*Columns]: ...

    @overload
    async def execute(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> CursorResult[*tuple[Any, ...]]: ...

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Run a statement, once or for each of many rows; its rows are there at once. Raises SQLAlchemyError."""
        return cast("CursorResult[Any]", await run_step(self._connection.execute, statement, parameters))

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        """A part that can be undone alone: it is, where the block raises."""
        part = await run_step(self._connection.begin_nested)
        try:
            yield
        except BaseException:
            await run_step(part.rollback)
            raise
        await run_step(part.commit)
