"""The command line as a person or a script meets it: exit codes, help, reports, words instead of tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli.door import COMMANDS, door
from tests.feedserver import Entry, FeedServer, Trouble
from tests.program import Installation

REPORT = "feeds fetched not_modified failed items_new items_changed matches posts_sent posts_pending seconds".split()
OLD = Entry("An old rare earth story", "Words.", "old", "http://127.0.0.1/old")
NEW = Entry("China halts rare earth exports", "Words.", "new", "http://127.0.0.1/new")


def every_command() -> list[list[str]]:
    """The words of each command and group, as they are typed."""
    found: list[list[str]] = [[]]
    for name in COMMANDS:
        command = door.get_command(click.Context(door), name)
        found.append([name])
        if isinstance(command, click.Group):
            found += [[name, inner] for inner in command.commands]
    return found


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_help(words: list[str]) -> None:
    """`--help` says what a command does, in whole sentences, and ends with 0."""
    done = CliRunner().invoke(door, [*words, "--help"])
    assert 0 == done.exit_code
    assert "Usage: " in done.output
    said = next(line.strip() for line in done.output.splitlines()[2:] if line.strip())
    assert said[0].isupper(), said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["onec"], "Did you mean `lodewire once`?"),
        (["xyzzy"], "`lodewire --help` lists the commands."),
        (["once", "--alll"], "--all"),
        (["once", "--feeds", "/no/such/file"], "does not exist"),
        (["demo", "--seconds", "0"], "0"),
        (["db", "restore"], "FILE"),
        (["lab", "nothing"], "nothing"),
    ],
)
def test_wrong_use_ends_with_two(words: list[str], said: str) -> None:
    """A slip is told with the nearest right way; nothing is done."""
    done = CliRunner().invoke(door, words)
    assert 2 == done.exit_code
    assert said in done.output


def test_version_is_told() -> None:
    """`--version` names the program and its version."""
    done = CliRunner().invoke(door, ["--version"])
    assert (0, True) == (done.exit_code, done.output.startswith("lodewire, version "))


def test_what_fails_ends_with_one_in_words(tmp_path: Path) -> None:
    """A wrong setting is told with file, key and right spelling, without a traceback."""
    program = Installation(tmp_path, more="[poling]\nx = 1\n")
    for command in ("once", "run", "chat"):
        done = program.run(command, "--config", str(program.config))
        assert (1, "") == (done.returncode, done.stdout)
        assert f"{program.config}: unknown key poling; did you mean polling?" in done.stderr
        assert "Traceback" not in done.stderr
    done = program.run("once", "--config", str(tmp_path / "absent.toml"))
    assert (1, True) == (done.returncode, "There is no file" in done.stderr)


def test_once_reports_on_its_last_line(tmp_path: Path, feed_server: FeedServer) -> None:
    """The keys that scripts read are there, and count what happened; failing feeds do not fail the round."""
    url = feed_server.publish("wire.xml", [OLD])
    bad = feed_server.fail("bad.xml", Trouble(status=500))
    program = Installation(tmp_path, feeds=[url, bad])
    first = program.once()
    assert set(REPORT) <= set(first)
    assert (2, 1, 1, 1, 1, 0) == tuple(
        first[key] for key in ("feeds", "fetched", "failed", "items_new", "matches", "posts_sent")
    )
    feed_server.publish("wire.xml", [NEW, OLD])
    second = program.once()
    assert (1, 1, 1, 0) == tuple(second[key] for key in ("items_new", "matches", "posts_sent", "posts_pending"))
    third = program.once()
    assert (1, 0, 0) == tuple(third[key] for key in ("not_modified", "items_new", "posts_sent"))
    assert 1 == len(program.shown())
    words = program.run("once", "--config", str(program.config))
    assert (0, True) == (words.returncode, "posts sent" in words.stdout)


def test_once_reads_a_share_of_what_was_there_before(tmp_path: Path, feed_server: FeedServer) -> None:
    """A large import does not hold a round up: it says how many items wait, and the next rounds take them in."""
    old = [Entry(f"Lithium {number}", "Words.", f"old {number}") for number in range(5_300)]
    program = Installation(tmp_path, feeds=[feed_server.publish("wire.xml", old)])
    assert [(5_300, 300), (0, 0)] == [
        (report["items_new"], report["items_pending"]) for report in [program.once() for _ in range(2)]
    ]


def test_check_names_wrong_keys_and_ends_with_one(tmp_path: Path) -> None:
    """All that is wrong is listed; as JSON, too. What is right ends with 0."""
    program = Installation(tmp_path)
    done = program.run("check", "--config", str(program.config))
    assert (0, "All is well.") == (done.returncode, done.stdout.splitlines()[-1])
    program.more = '[delivery2]\nx = 1\n[operator]\nchanel = "console"\n'
    program.write()
    done = program.run("check", "--config", str(program.config), "--json")
    assert 1 == done.returncode
    problems = json.loads(done.stdout.splitlines()[-1])["problems"]
    assert ["did you mean delivery?", "did you mean channel?"] == [line.rpartition("; ")[2] for line in problems]


def test_secrets_are_never_printed(tmp_path: Path) -> None:
    """A password in the database's address or in a feed's address appears in no output, whatever fails."""
    secret = "hunter2"
    program = Installation(
        tmp_path,
        database=f"postgresql://anna:{secret}@127.0.0.1:9/news?connect_timeout=1",
        feeds=[f"http://anna:{secret}@127.0.0.1:9/feed?token={secret}"],
        more='[log]\nlevel = "debug"\n',
    )
    outputs = [
        program.run(*command, "--config", str(program.config))
        for command in (["check"], ["db", "status"], ["once"], ["db", "backup", str(tmp_path / "copy.zip")])
    ]
    program.database = f"sqlite:///{tmp_path / 'lodewire.db'}"
    program.write()
    outputs.append(program.run("once", "--all", "--config", str(program.config)))
    outputs.append(program.run("chat", "--config", str(program.config), said="status\nfeed list\n"))
    assert [1, 1, 1, 1, 0, 0] == [done.returncode for done in outputs]
    assert [] == [done.args for done in outputs if secret in done.stdout + done.stderr]


def test_a_backup_brings_everything_back_and_posts_nothing_again(tmp_path: Path, feed_server: FeedServer) -> None:
    """After a restore nothing that was shown before, or after the copy was made, is shown once more; news is."""
    program = Installation(tmp_path, feeds=[feed_server.publish("wire.xml", [OLD])])
    program.once()
    feed_server.publish("wire.xml", [NEW, OLD])
    program.once()
    copy = tmp_path / "copy.zip"
    config = ("--config", str(program.config))
    assert 0 == program.run("db", "backup", str(copy), *config).returncode
    assert 1 == program.run("db", "backup", str(copy), *config).returncode
    later = Entry("Rare earth quotas cut", "Words.", "later", "http://127.0.0.1/later")
    feed_server.publish("wire.xml", [later, NEW, OLD])
    assert 1 == program.once()["posts_sent"]
    asked = program.run("db", "restore", str(copy), *config, said="n\n")
    assert (1, True) == (asked.returncode, "Go on?" in asked.stdout)
    restored = program.run("db", "restore", str(copy), "--yes", *config)
    assert 0 == restored.returncode, restored.stderr
    assert [0, 0] == [program.once()["posts_sent"] for _ in range(2)]
    last = Entry("Rare earth mine opens", "Words.", "last", "http://127.0.0.1/last")
    feed_server.publish("wire.xml", [last, later, NEW, OLD])
    assert 1 == program.once()["posts_sent"]
    heads = [row["text"].splitlines()[1] for row in program.shown()]
    assert [NEW.title, later.title, last.title] == heads


def test_settings_print_a_file_that_is_right(tmp_path: Path) -> None:
    """The sample, saved as it stands, is a settings file that changes nothing."""
    done = CliRunner().invoke(door, ["settings"])
    path = tmp_path / "sample.toml"
    path.write_text(done.output, encoding="utf-8")
    program = Installation(tmp_path)
    assert 0 == program.run("check", "--config", str(path)).returncode
