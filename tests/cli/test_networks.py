"""What is done once by hand before the bot joins: the invitation to Discord, the login on Matrix."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from click.testing import CliRunner

from bot.cli.door import door
from tests.fakediscord.state import BOT, TOKEN
from tests.person import ask
from tests.synapse import Synapse


def run(*words: str, typed: str = "") -> tuple[int, str]:
    """The exit code and all that is printed; an error of ours counts as 1."""
    done = CliRunner().invoke(door, words, input=typed)
    return done.exit_code, f"{done.output}{done.exception or ''}"


def test_the_invitation_asks_for_what_is_used(tmp_path: Path) -> None:
    """The bot's own number, both scopes, five permissions, and never the token."""
    config = tmp_path / "lodewire.toml"
    config.write_text(f'[discord]\ntoken = "{TOKEN}"\n', encoding="utf-8")
    status, said = run("discord", "invite", "--config", str(config))
    assert 0 == status, said
    link = urlsplit(said.splitlines()[0])
    asked = parse_qs(link.query)
    assert ("discord.com", "/oauth2/authorize") == (link.netloc, link.path)
    assert {"client_id": [str(BOT)], "scope": ["bot applications.commands"], "permissions": ["274877991936"]} == asked
    assert TOKEN not in said


def test_without_a_token_it_says_where_one_goes(tmp_path: Path) -> None:
    """No traceback, no half a link."""
    (tmp_path / "lodewire.toml").write_text("", encoding="utf-8")
    status, said = run("discord", "invite", "--config", str(tmp_path / "lodewire.toml"))
    assert 1 == status
    assert "token_file" in said


def test_a_login_is_made_once_and_kept(tmp_path: Path, synapse: Synapse) -> None:
    """The password is asked for, the token of the one device lies in a private file, which is never overwritten."""
    bot = synapse.person("bot")
    config, kept = tmp_path / "lodewire.toml", tmp_path / "token"
    config.write_text(f'[matrix]\nhomeserver = "{synapse.url}"\nuser = "{bot.user}"\n', encoding="utf-8")
    words = "matrix", "login", "--config", str(config), "--token-file", str(kept)
    name = bot.user[1:].partition(":")[0]
    status, said = run(*words, typed="wrong\n")
    assert (1, False) == (status, kept.exists()), said
    status, said = run(*words, typed=f"pw-{name}\n")
    assert 0 == status, said
    token = kept.read_text("utf-8").strip()
    assert f'access_token_file = "{kept}"' in said and token not in said
    assert 0o600 == kept.stat().st_mode & 0o777
    who = ask(synapse.url, "GET", "/_matrix/client/v3/account/whoami", token=token)
    assert (bot.user, "LODEWIRE") == (who["user_id"], who["device_id"])
    assert 1 == run(*words, typed=f"pw-{name}\n")[0]
