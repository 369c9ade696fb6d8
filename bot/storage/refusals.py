"""What the two databases' drivers say when they refuse, in our words. Knows both drivers' codes; runs no query."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, TimeoutError

from bot.core.errors import SchemaError, StorageBusy, StorageClosed, StorageError, StorageFull

BUSY = ("database is locked", "database table is locked", "lock timeout", "could not obtain lock", "deadlock detected")
FULL = ("database or disk is full", "no space left", "disk full")
CLOSED = ("closed", "unable to open database file", "connection refused", "terminating connection", "connection failed",
          "server closed", "is starting up", "is shutting down")  # fmt: skip
FOREIGN = ("no such table", "does not exist", "not a database", "malformed", "no such column")
READ_ONLY = ("readonly database", "read-only")


def translate(error: Exception) -> StorageError:
    """The `StorageError` that tells what happened and what to do. The driver's own error stays its cause."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    first = said[0] if said else type(error).__name__
    lowered = first.lower()
    for kind, words, message, todo in REFUSALS:
        if any(word in lowered for word in words):
            return kind(f"{message} ({first})", todo)
    if isinstance(error, TimeoutError):
        return StorageBusy(f"No free database connection. ({first})", "Nothing was written; it is tried again.")
    if isinstance(error, IntegrityError):
        return StorageError(f"The database refused a row: {first}.", "Nothing was written.")
    if isinstance(error, (OperationalError, InterfaceError, OSError)):
        return StorageClosed(f"The database cannot be reached. ({first})", "Check that it runs and may be opened.")
    if isinstance(error, DBAPIError):
        return StorageError(f"The database refused: {first}.", "Nothing was written.")
    return StorageError(f"The database layer failed: {first}.", "Nothing was written.")


REFUSALS: tuple[tuple[type[StorageError], tuple[str, ...], str, str], ...] = (
    (StorageBusy, BUSY, "The database is locked by another process.", "Nothing was written; it is tried again."),
    (StorageFull, FULL, "The disk or the database is full.", "Nothing was written; make room and it goes on."),
    (SchemaError, FOREIGN, "This is not a Lodewire database of this version.", "Run `lodewire db upgrade`."),
    (StorageError, READ_ONLY, "The database may not be written to.", "Give the user who runs Lodewire write access."),
    (StorageClosed, CLOSED, "The database is closed or cannot be reached.", "Check that it exists and runs."),
)
