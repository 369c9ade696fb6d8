"""The console as a platform: what it prints, what it remembers, and what it says when it cannot."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Literal

import pytest

from bot.chat.console import transcript
from bot.chat.console.client import Console, ConsoleSettings
from bot.chat.console.screen import open_screen
from bot.chat.registry import PLATFORMS, open_console, platform_class
from bot.core.errors import Gone, RetryLater
from bot.core.messages import Message, Section
from bot.core.outbox import Finding, Op, Outgoing
from tests.clock import Clock

Style = Literal["plain", "rich"]
POST = Outgoing("key-1", Op.POST, "console", Message((Section(title="Rare earth news", footer="Story K7Q2"),)))
EDIT = replace(POST, key="key-2", op=Op.EDIT, of=("console-key-1",))
REPLY = replace(POST, key="key-3", op=Op.REPLY, of=("console-key-1",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the transcript is."""
    return tmp_path / "transcript.jsonl"


@pytest.fixture
def stream() -> StringIO:
    """What the console prints to."""
    return StringIO()


@pytest.fixture
def console(path: Path, stream: StringIO, clock: Clock) -> Console:
    """A console with a transcript."""
    return Console(ConsoleSettings(transcript=str(path), style="plain"), stream=stream, now=clock)


@pytest.mark.asyncio
async def test_a_post_is_printed_and_remembered(console: Console, path: Path, stream: StringIO, clock: Clock) -> None:
    """One line a post with all that is to be found again; the remote id is made from the key."""
    assert ("console-key-1",) == await console.send(POST)
    text = "Rare earth news\nStory K7Q2"
    assert f"{text}\n\n" == stream.getvalue()
    [line] = path.read_text("utf-8").splitlines()
    expected = {"op": "post", "remote_id": "console-key-1", "of": "", "key": "key-1", "text": text}
    assert expected == {name: value for name, value in json.loads(line).items() if name != "at"}
    assert clock().isoformat().replace("+00:00", "Z") == json.loads(line)["at"]


@pytest.mark.asyncio
async def test_edits_and_answers_name_their_post(console: Console, path: Path, stream: StringIO) -> None:
    """An edit keeps the remote id of its post; an answer has its own; both are announced."""
    assert ("console-key-1",) == await console.edit(EDIT)
    assert ("console-key-3",) == await console.send(REPLY)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [("edit", "console-key-1", "console-key-1"), ("reply", "console-key-3", "console-key-1")] == [
        (row["op"], row["remote_id"], row["of"]) for row in rows
    ]
    assert stream.getvalue().startswith("Changed:\nRare earth news")
    assert "In answer to an earlier alert:\nRare earth news" in stream.getvalue()


@pytest.mark.asyncio
async def test_find_looks_for_the_key(console: Console, clock: Clock) -> None:
    """Found with its ids, absent, or, without a transcript, not to be told."""
    assert Finding.ABSENT is (await console.find(POST, clock())).finding
    await console.send(POST)
    await console.edit(EDIT)
    for post in (POST, EDIT):
        found = await console.find(post, clock())
        assert (Finding.FOUND, ("console-key-1",)) == (found.finding, found.remote_ids)
    assert Finding.ABSENT is (await console.find(REPLY, clock())).finding
    blind = Console(ConsoleSettings(style="plain"), stream=StringIO())
    assert Finding.CANNOT_TELL is (await blind.find(POST, clock())).finding


@pytest.mark.asyncio
async def test_a_torn_line_spoils_only_itself(console: Console, path: Path, clock: Clock) -> None:
    """What a crash left half written is closed before the next line, and passed over when looking."""
    await console.send(POST)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2].replace(b"key-1", b"key-9"))
    await console.send(REPLY)
    assert 3 == len(path.read_bytes().splitlines())
    assert path.read_bytes().endswith(b"\n")
    assert Finding.FOUND is (await console.find(POST, clock())).finding
    assert Finding.FOUND is (await console.find(REPLY, clock())).finding
    assert Finding.ABSENT is (await console.find(replace(POST, key="key-9"), clock())).finding


@pytest.mark.asyncio
async def test_lines_of_other_programs_are_passed_over(console: Console, path: Path, clock: Clock) -> None:
    """Empty lines, other JSON and bytes that are no text do not stop a search."""
    path.write_bytes(b'\n{"key":"key-1"}\n[1]\n\xff\xfe\nnot json\n')
    assert Finding.ABSENT is (await console.find(POST, clock())).finding
    await console.send(POST)
    assert Finding.FOUND is (await console.find(POST, clock())).finding


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", ["missing folder", "a folder", "below a file"])
async def test_a_transcript_that_cannot_be_is_gone(kind: str, tmp_path: Path) -> None:
    """No folder for it, or something else of that name: nothing is printed, and it is told once."""
    (tmp_path / "file").touch()
    path = {"missing folder": tmp_path / "no" / "t", "a folder": tmp_path, "below a file": tmp_path / "file" / "t"}[
        kind
    ]
    stream = StringIO()
    console = Console(ConsoleSettings(transcript=str(path), style="plain"), stream=stream)
    with pytest.raises(Gone):
        await console.send(POST)
    assert "" == stream.getvalue()


@pytest.mark.parametrize(
    ("number", "todo", "in_doubt"),
    [
        (errno.ENOSPC, "Make room on its disk.", True),
        (errno.EIO, "Look at the disk it is on.", True),
        (errno.EACCES, "Give the user who runs Lodewire write access.", False),
        (errno.EROFS, "Give the user who runs Lodewire write access.", False),
    ],
)
def test_refusals_of_the_disk_are_for_later(number: int, todo: str, in_doubt: bool) -> None:
    """Full, broken or not allowed: the same post again later, and what to do."""
    error = transcript.translate(OSError(number, os.strerror(number)), Path("t.jsonl"))
    assert isinstance(error, RetryLater)
    assert (todo, in_doubt) == (error.todo, error.in_doubt)


@pytest.mark.asyncio
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the kernel offers no full disk")
async def test_a_full_disk_prints_nothing() -> None:
    """What could not be remembered is not shown: shown again later, it would stand there twice."""
    stream = StringIO()
    console = Console(ConsoleSettings(transcript="/dev/full", style="plain"), stream=stream)
    with pytest.raises(RetryLater, match=r"Make room on its disk\."):
        await console.send(POST)
    assert "" == stream.getvalue()


class ClosedPipe(StringIO):
    """A stream whose reader has gone."""

    def write(self, text: str, /) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


@pytest.mark.asyncio
@pytest.mark.parametrize("style", ["plain", "rich"])
async def test_a_closed_pipe_counts_only_without_a_transcript(style: Style, path: Path) -> None:
    """With a transcript the post is made once it is written there; without, it waits. The program goes on."""
    remembered = Console(ConsoleSettings(transcript=str(path), style=style), stream=ClosedPipe())
    assert ("console-key-1",) == await remembered.send(POST)
    with pytest.raises(RetryLater):
        await Console(ConsoleSettings(style=style), stream=ClosedPipe()).send(POST)


@pytest.mark.asyncio
@pytest.mark.parametrize("style", ["plain", "rich"])
async def test_letters_a_terminal_lacks_are_replaced(style: Style) -> None:
    """A terminal of few letters still gets the post."""
    raw = BytesIO()
    console = Console(ConsoleSettings(style=style), stream=TextIOWrapper(raw, encoding="ascii", write_through=True))
    await console.send(replace(POST, message=Message((Section(title="Редкие земли: rare earths"),))))
    assert b": rare earths" in raw.getvalue()


def test_the_registry_names_every_client() -> None:
    """Each name leads to a class of that name with the platform's four parts."""
    for name in PLATFORMS:
        found = platform_class(name)
        assert name == found.name  # type: ignore[attr-defined]
        assert {"capabilities", "send", "edit", "find"} <= set(dir(found))
    assert isinstance(open_console(ConsoleSettings(), Clock(), open_screen("plain", StringIO())), Console)
