"""A process that posts to Discord, ended at its n-th commit or call, for many n: the channel shows what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakediscord.server import FakeDiscord
from tests.test_crash import crash_everywhere

SCENE = "tests.chat.discord.crash_scene"
LISTS = "tests.chat.discord.crash_lists"


def crash_with_discord(folder: Path, *step: str, scene: str = SCENE, **environment: str) -> None:
    """Crash everywhere, or at each such point; every request was right."""
    with FakeDiscord() as fake:
        crash_everywhere(folder, "", scene, *step, environment=fake.write_address(folder) | environment)
        print(fake.figures())
        assert [] == fake.violations()


@pytest.mark.timeout(900)
def test_killed_at_many_points_with_discord(tmp_path: Path) -> None:
    """At each second point: what had been posted when the process died is found there, and not posted again."""
    crash_with_discord(tmp_path, "2")


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_killed_at_every_point_with_discord(tmp_path: Path) -> None:
    """The same at every point there is."""
    crash_with_discord(tmp_path)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["digest", "rolling"])
def test_killed_at_many_points_with_lists(tmp_path: Path, kind: str) -> None:
    """At each fifth point, while a digest or the message of too many is made: each story stands there once."""
    crash_with_discord(tmp_path, "5", scene=LISTS, LODEWIRE_CRASH_LIST=kind)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["digest", "rolling"])
def test_killed_at_every_point_with_lists(tmp_path: Path, kind: str) -> None:
    """The same at every point there is."""
    crash_with_discord(tmp_path, scene=LISTS, LODEWIRE_CRASH_LIST=kind)
