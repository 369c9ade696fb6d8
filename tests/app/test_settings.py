"""Settings: one file, the environment over it, secrets from files; every mistake is named, with the right spelling."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.app.log import JsonLines, PlainLines, hide_secrets
from bot.app.sample import render_sample, render_tables
from bot.app.settings import Settings, load_settings
from bot.core.errors import SettingsError
from tests.sources import ROOT


def load(folder: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    path = folder / "lodewire.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, environment or {})


def test_without_a_file_everything_has_a_default_that_works() -> None:
    """No file, no environment: a database in the user's data folder, the shipped feeds, the console."""
    settings = load_settings(None, {})
    assert settings.database.startswith("sqlite:///")
    assert settings.console.enabled
    assert settings.feeds == ""


def test_the_named_keys_exist(tmp_path: Path) -> None:
    """The keys that scripts rely on are there under these names."""
    settings = load(
        tmp_path,
        'database = "sqlite:///x.db"\n[polling]\nconnections = 8\nper_host_connections = 2\nper_host_gap_s = 0.5\n'
        "min_interval_s = 1\nallow_private_networks = true\n"
        "[console]\ntranscript = 't'\n[delivery]\nedit_interval_s = 5",
    )
    assert (settings.polling.connections, settings.polling.min_interval_s) == (8, 1)
    assert (settings.console.transcript, settings.delivery.edit_interval_s) == ("t", 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("databse = 'x'", "unknown key databse; did you mean database?"),
        ("[polling]\nconnection = 1", "[polling]: unknown key connection; did you mean connections?"),
        ("[poling]\nconnections = 1", "unknown key poling; did you mean polling?"),
        ("[polling]\nconnections = 'many'", "connections = 'many' is wrong: expected a whole number, got text. Hosts"),
        ("[feeds]\nurls = ['https://a.example']", 'is wrong: feeds is no section. Write feeds = "..."'),
        ("feeds = ['a.opml']", "feeds = ['a.opml'] is wrong: expected text, got a list. Write feeds = \"...\""),
        ("[operator]\npeople = 'discord:1'", 'expected a list, got text. Write people = ["...", "..."]'),
        ("[polling]\nmin_interval_s = 0", "min_interval_s = 0 is wrong"),
        ("[log]\nlevel = 'loud'", "level = 'loud' is wrong"),
        ("[polling\n", "is not valid TOML"),
        ("polling = 3", "polling = 3 is wrong: it is a section. Write [polling], and below it"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    """File, section, key and the nearest right spelling stand in the error."""
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)
    assert "lodewire.toml" in str(caught.value)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    """Two mistakes are two lines, not two tries."""
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "databse = 1\n[polling]\nconections = 1")
    assert len(caught.value.message.splitlines()) == 2


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """A path that leads nowhere is an error with the path."""
    with pytest.raises(SettingsError, match=r"no file .*nowhere\.toml"):
        load_settings(tmp_path / "nowhere.toml", {})


def test_the_environment_wins(tmp_path: Path) -> None:
    """A variable wins over the file, read as the value it looks like."""
    settings = load(
        tmp_path, "[polling]\nconnections = 8", {"LODEWIRE_POLLING__CONNECTIONS": "9", "LODEWIRE_LOG__LEVEL": "error"}
    )
    assert (settings.polling.connections, settings.log.level) == (9, "error")
    with pytest.raises(SettingsError, match="conections"):
        load(tmp_path, "", {"LODEWIRE_POLLING__CONECTIONS": "9"})


def test_a_secret_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    """`database_file` names a file; a wrong value of a secret is not repeated in the error."""
    (tmp_path / "secret").write_text("postgresql://me:hunter2@db/news\n", encoding="utf-8")
    settings = load(tmp_path, f"database_file = '{tmp_path / 'secret'}'")
    assert settings.database == "postgresql://me:hunter2@db/news"
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "database = ['hunter2']")
    assert "hunter2" not in str(caught.value)


def test_a_section_begun_and_not_finished_is_named(tmp_path: Path) -> None:
    """Half a login is an error that says what is missing, not a platform that is silently off."""
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, '[matrix]\nhomeserver = "https://matrix.example.org"')
    assert "[matrix]: user is missing" in str(caught.value)
    assert "[matrix]: access_token is missing" in str(caught.value)
    (tmp_path / "token").write_text("abc\n", encoding="utf-8")
    whole = f'homeserver = "https://a.example"\nuser = "@b:a.example"\naccess_token_file = "{tmp_path / "token"}"'
    assert "abc" == load(tmp_path, f"[matrix]\n{whole}").matrix.access_token


def test_an_empty_secret_file_is_said(tmp_path: Path) -> None:
    """Not taken for a platform that is switched off."""
    (tmp_path / "token").touch()
    with pytest.raises(SettingsError, match=r"\[discord\].*token_file names .* is empty"):
        load(tmp_path, f"[discord]\ntoken_file = '{tmp_path / 'token'}'")


def test_passwords_never_reach_the_log() -> None:
    """Addresses and parameters lose their secrets in both formats."""
    text = "cannot reach postgresql://me:hunter2@db/news?token=abc123&x=1"
    record = logging.LogRecord("bot.jobs.poll", logging.ERROR, "", 0, text, (), None)
    for formatter in (PlainLines(), JsonLines()):
        line = formatter.format(record)
        assert "hunter2" not in line
        assert "abc123" not in line
    assert json.loads(JsonLines().format(record))["level"] == "error"
    assert hide_secrets("plain words") == "plain words"


def test_the_sample_is_what_the_models_say() -> None:
    """config/bot.toml is made by `lodewire settings`; config/README.md holds the same tables."""
    assert (ROOT / "config" / "bot.toml").read_text("utf-8") == render_sample()
    assert render_tables() in (ROOT / "config" / "README.md").read_text("utf-8")


def test_the_sample_changes_nothing(tmp_path: Path) -> None:
    """Saved as it stands it is right and means the defaults; uncommented it is right too."""
    assert load(tmp_path, render_sample()) == load_settings(None, {})
    lines = [line.removeprefix("# ") if " = " in line and line.startswith("# ") else line for line in
             render_sample().splitlines()]  # fmt: skip
    text = "\n".join(line for line in lines if not line.startswith("# An environment"))
    assert load(tmp_path, text) == load_settings(None, {})
