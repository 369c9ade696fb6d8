"""A database of the version before full-text search: its rows are kept, and what is stored can be found."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import bot.storage.migrations
from bot.storage.database import read_url
from bot.storage.upgrade import HEAD, upgrade, version_of

BEFORE = "0006"
AT = "2025-11-04 00:00:00+00:00"
ROWS = (
    "INSERT INTO hosts (id, name, ready_at) VALUES (1, 'wire.example', :at)",
    "INSERT INTO feeds (id, url, host, title, next_poll_at) VALUES (1, 'https://wire.example/f', 1, 'Wire', :at)",
    "INSERT INTO stories (id, headline, opened_at, changed_at) VALUES (1, 'Gallium exports', :at, :at)",
    "INSERT INTO items (id, feed, title, text, lang, seen_at, content_hash, story, state) "
    "VALUES (1, 1, 'Gallium exports', '稀土出口', 'en', :at, 1, 1, 'taken')",
    "INSERT INTO items (id, feed, title, seen_at, content_hash, state) VALUES (2, 1, 'Held', :at, 2, 'held')",
    "INSERT INTO accounts (id, platform, remote_id) VALUES (1, 'console', 'console')",
    "INSERT INTO tenants (id, account, remote_id) VALUES (1, 1, 'console')",
    "INSERT INTO channels (id, tenant, remote_id, ready_at) VALUES (1, 1, 'console', :at)",
    "INSERT INTO queries (id, expr, expr_hash) VALUES (1, 'gallium', 1)",
    "INSERT INTO topics (id, name, title, query) VALUES (1, 'gallium', 'Gallium', 1)",
    "INSERT INTO subscriptions (id, query, channel, created_at, name) VALUES (1, 1, 1, :at, 'gallium')",
)


def walk_to(url: str, revision: str) -> None:
    """Bring an empty database to an old version."""
    config = Config()
    config.set_main_option("script_location", str(Path(bot.storage.migrations.__file__).parent))
    engine = create_engine(read_url(url))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for row in ROWS:
            connection.execute(text(row), {"at": AT})
    engine.dispose()


def test_rows_are_kept_and_found(empty_database_url: str) -> None:
    """Subscriptions show everything as before, stories weigh nothing; what intake took in is found by its words."""
    walk_to(empty_database_url, BEFORE)
    assert BEFORE == version_of(empty_database_url)
    assert BEFORE == upgrade(empty_database_url)
    assert HEAD == version_of(empty_database_url)
    engine = create_engine(read_url(empty_database_url))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT name, least, filters, ping FROM subscriptions")).one()
        assert ("gallium", 0, "", "") == tuple(kept)
        assert ("Gallium exports", 0) == tuple(connection.execute(text("SELECT headline, weight FROM stories")).one())
        assert "" == connection.execute(text("SELECT examples FROM topics")).scalar_one()
        assert [1] == list(connection.execute(text("SELECT item FROM item_words")).scalars())
        if engine.dialect.name == "sqlite":
            found = "SELECT rowid FROM item_index WHERE item_index MATCH :words"
            words = '"gallium export" AND "稀 土"'
        else:
            found = "SELECT item FROM item_words WHERE words @@ CAST(:words AS tsquery)"
            words = "'gallium' <-> 'export' & '稀' <-> '土'"
        assert [1] == list(connection.execute(text(found), {"words": words}).scalars())
    engine.dispose()
