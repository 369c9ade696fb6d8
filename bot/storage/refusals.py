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
    origin = getattr(error, "orig", None) or error
    said = str(origin).strip().splitlines()
    first = said[0] if said else type(error).__name__
    lowered = first.lower()
    state = getattr(origin, "sqlstate", None) or ""
    for kind, words, states, message, todo in REFUSALS:
        if any(state.startswith(code) for code in states) or any(word in lowered for word in words):
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


REFUSALS: tuple[tuple[type[StorageError], tuple[str, ...], tuple[str, ...], str, str], ...] = (
    # kind, words of the driver, PostgreSQL's SQLSTATE (Appendix A of its manual; a class is a prefix), message, todo
    (StorageFull, FULL, ("53100", "53200"), "The disk or the database is full.", "Make room and it goes on."),
    (StorageBusy, BUSY, ("55P03", "40001", "40P01"), "The database is locked by another process.",
     "It is tried again."),
    (SchemaError, FOREIGN, ("42P01", "42703", "3D000"), "This is not a Lodewire database of this version.",
     "Run `lodewire db upgrade`."),
    (StorageError, READ_ONLY, ("25006", "42501"), "The database may not be written to.",
     "Give the user who runs Lodewire write access."),
    (StorageClosed, CLOSED, ("08", "57P", "28"), "The database is closed or cannot be reached.",
     "Check that it exists, runs and lets this user in."),
)  # fmt: skip
