"""Lives of a channel's pace, each a short script in `paces/`: what is told and said, and which messages came when."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.clock import Clock
from tests.lives import read_lives
from tests.paces import play

PACES = {f"{file.stem}: {name}": life for file in sorted((Path(__file__).parent / "paces").glob("*.txt"))
         for name, life in read_lives(file.read_text(encoding="utf-8")).items()}  # fmt: skip


@pytest.mark.asyncio
@pytest.mark.parametrize("name", PACES)
async def test_a_pace(name: str, database: Database, tmp_path: Path, clock: Clock) -> None:
    """Each message came at its minute, and no other did: none lost, none twice."""
    await play(PACES[name], database, tmp_path, clock)
