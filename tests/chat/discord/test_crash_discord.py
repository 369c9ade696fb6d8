"""A process that posts to Discord, ended at its n-th commit or call, for every n: the channel shows what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakediscord.server import FakeDiscord
from tests.test_crash import crash_everywhere


@pytest.mark.timeout(300)
def test_killed_at_every_point_with_discord(tmp_path: Path) -> None:
    """What had been posted when the process died is found there, and not posted again."""
    with FakeDiscord() as fake:
        crash_everywhere(tmp_path, "", "tests.chat.discord.crash_scene", environment=fake.write_address(tmp_path))
        print(fake.figures())
        assert [] == fake.violations()
