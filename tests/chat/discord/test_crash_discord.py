"""A process that posts to Discord, ended at its n-th commit or call, for many n: the channel shows what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakediscord.server import FakeDiscord
from tests.test_crash import crash_everywhere

SCENE = "tests.chat.discord.crash_scene"


def crash_with_discord(folder: Path, *step: str) -> None:
    """Crash everywhere, or at each such point; every request was right."""
    with FakeDiscord() as fake:
        crash_everywhere(folder, "", SCENE, *step, environment=fake.write_address(folder))
        print(fake.figures())
        assert [] == fake.violations()


@pytest.mark.timeout(300)
def test_killed_at_many_points_with_discord(tmp_path: Path) -> None:
    """At each second point: what had been posted when the process died is found there, and not posted again."""
    crash_with_discord(tmp_path, "2")


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_killed_at_every_point_with_discord(tmp_path: Path) -> None:
    """The same at every point there is."""
    crash_with_discord(tmp_path)
