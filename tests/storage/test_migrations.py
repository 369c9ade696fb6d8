"""The schema and how it came to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import bot.storage.migrations
from bot.core.errors import SchemaError, StorageError
from bot.storage.database import read_url
from bot.storage.schema import metadata
from bot.storage.upgrade import HEAD, KNOWN, upgrade, version_of


def test_the_steps_lead_to_the_tables(empty_database_url: str) -> None:
    """After every step the database is what storage/schema says, on both kinds."""
    assert upgrade(empty_database_url) is None
    assert upgrade(empty_database_url) == HEAD
    engine = create_engine(read_url(empty_database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def is_ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
    """Not what only one database has: SQLite's full-text tables, PostgreSQL's index in their place."""
    return not (name or "").startswith(("item_index", "ix_item_words"))


def test_the_program_knows_its_steps() -> None:
    """HEAD and KNOWN are what the migrations say."""
    config = Config()
    config.set_main_option("script_location", str(Path(bot.storage.migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == HEAD
    assert tuple(sorted(step.revision for step in script.walk_revisions())) == KNOWN


def execute(url: str, statement: str) -> None:
    engine = create_engine(read_url(url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_newer_database_is_refused(database_url: str) -> None:
    """A version from the future is named, and nothing is touched."""
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaError, match="9999"):
        upgrade(database_url)
    with pytest.raises(SchemaError, match="newer Lodewire"):
        version_of(database_url)


def test_somebody_elses_database_is_refused(empty_database_url: str) -> None:
    """A database with foreign tables is not ours to fill."""
    execute(empty_database_url, "CREATE TABLE recipes (id INTEGER)")
    with pytest.raises(SchemaError, match="recipes"):
        upgrade(empty_database_url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A file of anything else is said to be none, and kept."""
    path = tmp_path / "notes.db"
    path.write_text("Dear diary, " * 200, encoding="utf-8")
    with pytest.raises(StorageError, match="not a"):
        upgrade(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("Dear diary")
