"""One process runs the jobs of a SQLite file. The kernel lets the lock go when the process dies, however it dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from bot.core.errors import StorageBusy


class ProcessLock:
    """The lock file beside a SQLite file. PostgreSQL needs none: there leases tell processes apart."""

    def __init__(self, database_url: str) -> None:
        url = make_url(database_url)
        path = Path(url.database or "").expanduser() if url.drivername.startswith("sqlite") else None
        self._lock = None if path is None else FileLock(f"{path}.lock", timeout=0, thread_local=False)
        self._path = path

    @property
    def is_alone(self) -> bool:
        """Whether holding the lock means that no other process runs jobs here."""
        return self._lock is not None

    def take(self) -> None:
        """Take the lock. Raises StorageBusy at once while another process has it."""
        if self._lock is None or self._path is None:
            return
        self._path.absolute().parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StorageBusy(
                f"Another Lodewire is running on {self._path.name}.",
                "Stop it first, or name another `database`. `lodewire chat` and `db status` work beside it.",
            ) from error

    def release(self) -> None:
        """Let it go."""
        if self._lock is not None:
            self._lock.release()
