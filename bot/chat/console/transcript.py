"""The console's memory of what it posted: a file of JSON lines, only ever appended to. Blocking: called in a thread."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from bot.core.errors import DeliveryError, Gone, RetryLater

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Entry(msgspec.Struct, frozen=True):
    """One thing on the console: `op` post, edit or reply; `of`: the remote id of what it edits or answers, or ""."""

    at: datetime
    op: str
    remote_id: str
    of: str
    key: str
    text: str


def append(path: Path, entry: Entry) -> None:
    """Add one line, in one write, and have it on the disk. Raises DeliveryError.

    A last line without its end, torn by a crash, is closed first, so that it spoils itself alone.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            start = b"\n" if _is_torn(descriptor) else b""
            line = start + msgspec.json.encode(entry) + b"\n"
            if os.write(descriptor, line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise translate(error, path) from error


def _is_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries, oldest first; lines that cannot be read are passed over. Raises OSError."""
    with path.open("rb") as file:
        for line in file:
            try:
                yield msgspec.json.decode(line, type=Entry)
            except (msgspec.DecodeError, json.JSONDecodeError, UnicodeDecodeError):
                continue


def find_key(path: Path, key: str) -> str | None:
    """The remote id of the entry made with a key, or None. Raises DeliveryError where the file cannot be read."""
    try:
        return next((entry.remote_id for entry in read_entries(path) if entry.key == key), None)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise translate(error, path) from error


def translate(error: OSError, path: Path) -> DeliveryError:
    """What a refusal of the file system means for a post."""
    if isinstance(error, (FileNotFoundError, IsADirectoryError, NotADirectoryError)):
        return Gone(f"The transcript {path} cannot be written: {error.strerror}.", "Name another file in the settings.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return RetryLater(
            f"The transcript {path} may not be written: {error.strerror}.",
            in_doubt=False,
            todo="Give the user who runs Lodewire write access.",
        )
    todo = "Make room on its disk." if error.errno in NO_ROOM else "Look at the disk it is on."
    return RetryLater(f"The transcript {path} could not be written: {error.strerror}.", todo=todo)
