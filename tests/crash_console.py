"""The console in the crash driver: its transcript tells what was shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.app.build import App
from bot.chat.console.client import Console, ConsoleSettings

CLIENT = Console


def sections(folder: Path) -> dict[str, Any]:
    """The console with a transcript."""
    return {"console": ConsoleSettings(transcript=str(folder / "transcript.jsonl"), style="plain")}


async def prepare(app: App) -> None:
    """It follows everything by itself."""


def start_over() -> None:
    """Each run has a folder of its own."""


def shown_by(folder: Path) -> list[tuple[str, str, str]]:
    """(op, remote id, words), oldest first."""
    path = folder / "transcript.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [(row["op"], row["remote_id"], row["text"]) for row in rows]
