"""A database of the version before own matches: its matches hold for all, and its changes stay in their words."""

from __future__ import annotations

from sqlalchemy import create_engine, text

from bot.core.stories.said import change_words
from bot.storage.database import read_url
from bot.storage.upgrade import HEAD, upgrade, version_of
from tests.storage.test_migration_following import AT, walk_to

BEFORE = "0019"
CHANGED = "+1 source; now from an official source"
ROWS = (
    "INSERT INTO matches (story, query) VALUES (1, 1)",
    "UPDATE stories SET change = :changed",
    "INSERT INTO turns (story, rev, kind, said, who, at) VALUES (1, 2, 'denied', 'It is not so.', 'by Kremlin', :at)",
)


def test_rows_are_kept_and_read(empty_database_url: str) -> None:
    """Nobody knows by which items an old story matches; what changed of it is said as it was stored."""
    walk_to(empty_database_url, BEFORE)
    engine = create_engine(read_url(empty_database_url))
    with engine.begin() as connection:
        for row in ROWS:
            named = {name: value for name, value in {"at": AT, "changed": CHANGED}.items() if f":{name}" in row}
            connection.execute(text(row), named)
    assert BEFORE == upgrade(empty_database_url)
    assert HEAD == version_of(empty_database_url)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT story, query, feed FROM matches")).one()
        assert (1, 1, None) == tuple(kept)
        change, who = connection.execute(text("SELECT change, who FROM stories, turns")).one()
        assert (CHANGED, "by Kremlin") == (change_words(change), change_words(who))
    engine.dispose()
