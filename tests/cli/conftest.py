"""Commands run in this process: what they set up for theirs is taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def keep_logging() -> Iterator[None]:
    """A command sets up logging for its process, which here is that of all tests."""
    ours, root = logging.getLogger("bot"), logging.getLogger()
    level, handlers, root_level = ours.level, root.handlers[:], root.level
    yield
    ours.setLevel(level)
    root.handlers[:], root.level = handlers, root_level
    logging.captureWarnings(False)
