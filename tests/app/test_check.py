"""Checking an installation: every problem at once, each with its place and the right spelling, no secret shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.app.check import Findings, check_all
from bot.storage.upgrade import HEAD, upgrade


def check(folder: Path, text: str) -> Findings:
    """Check a settings file of this text."""
    path = folder / "lodewire.toml"
    path.write_text(text, encoding="utf-8")
    return check_all(path)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings and no database of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_an_installation_without_settings_is_well(tmp_path: Path) -> None:
    """Defaults, topics with their examples, feeds: nothing is wrong, and nothing is made."""
    found = check_all(None)
    assert [] == found.problems
    words = " ".join(found.checked)
    assert all(part in words for part in ("settings: defaults", "topic rare_earths:", "feeds:", "will be made"))
    assert not (tmp_path / "data").exists()


def test_every_wrong_key_is_named_at_once(tmp_path: Path) -> None:
    """One mistake hides no other: each has its section and the nearest right spelling."""
    found = check(tmp_path, "databse = 'x'\n[polling]\nconnection = 3\n[log]\nlevel = 'loud'\n")
    wanted = ("did you mean database?", "did you mean connections?", "level = 'loud' is wrong")
    assert [True] * 3 == [part in line for part, line in zip(wanted, found.problems, strict=True)]
    assert any("topic rare_earths" in line for line in found.checked)


def test_a_list_of_feeds_is_read(tmp_path: Path) -> None:
    """Lines that are no address are named with their number; a list that is not there is a problem."""
    (tmp_path / "feeds.txt").write_text("https://a.example/feed\nnonsense here\n", encoding="utf-8")
    found = check(tmp_path, 'feeds = "feeds.txt"')
    assert 1 == len(found.problems)
    assert "Line 2 is no web address: nonsense here" in found.problems[0]
    assert any(line.startswith("feeds: 1 from") for line in found.checked)
    [problem] = check(tmp_path, 'feeds = "absent.txt"').problems
    assert "absent.txt cannot be read" in problem


def test_the_databases_version_is_told(tmp_path: Path) -> None:
    """One that is right says its version; one that is somebody else's is a problem in words."""
    path = tmp_path / "lodewire.db"
    upgrade(f"sqlite:///{path}")
    found = check(tmp_path, f'database = "sqlite:///{path}"')
    assert [] == found.problems
    assert f"database: sqlite:///{path}, version {HEAD}, this program's is {HEAD}" in found.checked
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    [problem] = check(tmp_path, f'database = "sqlite:///{other}"').problems
    assert "recipes" in problem


def test_a_database_out_of_reach_shows_no_password(tmp_path: Path) -> None:
    """The address of a server that does not answer is told without what is secret in it."""
    found = check(tmp_path, 'database = "postgresql://anna:hunter2@127.0.0.1:9/news?connect_timeout=2"')
    [problem] = found.problems
    assert "postgresql://***@127.0.0.1:9/news" in problem
    assert "hunter2" not in repr(found)


def test_an_unknown_zone_is_named(tmp_path: Path) -> None:
    """A zone that does not exist would end the program at its start: it is found before."""
    [problem] = check(tmp_path, '[operator]\nzone = "Mars/Base"\n').problems
    assert "zone" in problem
    assert "Mars/Base" in problem
