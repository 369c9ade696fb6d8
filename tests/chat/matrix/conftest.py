"""Scenes on the homeserver that the tests of this process share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.matrix.scene import Scene, open_scene
from tests.synapse import Synapse


@pytest_asyncio.fixture
async def scene(synapse: Synapse, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """A bot nobody has heard of, and Alice."""
    async with open_scene(synapse, sqlite_url, tmp_path) as opened:
        yield opened
