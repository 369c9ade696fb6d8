"""A process that posts to Matrix, ended at its n-th commit or request, for every n: the room shows what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chat.matrix.crash_scene import describe
from tests.synapse import Synapse
from tests.test_crash import crash_everywhere

SCENE = "tests.chat.matrix.crash_scene"


@pytest.mark.timeout(900)
def test_killed_at_many_points_with_matrix(tmp_path: Path, synapse: Synapse) -> None:
    """At each fourth point: the next start shows each story once, in order, with its last text."""
    crash_everywhere(tmp_path, "", SCENE, "4", environment=describe(synapse))


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_killed_at_every_point_with_matrix(tmp_path: Path, synapse: Synapse) -> None:
    """The same at every point there is."""
    crash_everywhere(tmp_path, "", SCENE, environment=describe(synapse))
