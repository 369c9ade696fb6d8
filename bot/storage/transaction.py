"""An open transaction, its statements run beside the event loop.

The drivers are the plain, blocking ones. Each step is one visit to a thread: what SQLAlchemy computes for it, the
database's own work and the reading of the rows. So neither a large batch nor a slow disk holds the loop, and nothing of
an asynchronous layer is paid for. Knows no table, opens nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import Connection, CursorResult, Dialect, Executable
from sqlalchemy.sql.selectable import TypedReturnsRows

Result = TypeVar("Result")
Columns = TypeVarTuple("Columns")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Threads:
    """The threads in which connections work, as many as there may be connections."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="database")

    async def run(
        self, work: Callable[..., Result], *values: Any, undo: Callable[[Result], None] | None = None
    ) -> Result:
        """Run `work` in a thread. A cancellation waits for its end and undoes it: a connection serves one at a time."""
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._pool, work, *values)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            if await _succeeds(running) and undo is not None:
                await _succeeds(loop.run_in_executor(self._pool, undo, running.result()))
            raise

    def close(self) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=False)


async def _succeeds(running: asyncio.Future[Any]) -> bool:
    """Wait for the end, however often it is to be given up; whether it was a good one."""
    while not running.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([running])
    return not running.cancelled() and running.exception() is None


class Transaction:
    """Committed when its block ends, rolled back when it raises: see `Database.read` and `Database.write`."""

    def __init__(self, connection: Connection, threads: Threads) -> None:
        self._connection = connection
        self._threads = threads

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
        """Run a statement, once or for each of many rows; its rows are read when it returns. Raises SQLAlchemyError."""
        return await self._threads.run(_execute, self._connection, statement, parameters)

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        """A part that can be undone alone: it is, where the block raises."""
        part = await self._threads.run(self._connection.begin_nested)
        try:
            yield
        except BaseException:
            await self._threads.run(part.rollback)
            raise
        await self._threads.run(part.commit)


def _execute(connection: Connection, statement: Executable, parameters: Parameters | None) -> CursorResult[Any]:
    """Rows are read here, in the thread; a result without rows keeps its count."""
    result = connection.execute(statement, parameters)
    return cast("CursorResult[Any]", result.freeze()()) if result.returns_rows else result
