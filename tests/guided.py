"""Spoilt feeds that a coverage-guided fuzzer makes up: what reaches code that nothing reached before is spoilt further.

    .venv/bin/pip install atheris && .venv/bin/python -m tests.guided RUNS [FOLDER]

Not part of the test run: atheris is a large wheel for few Pythons. FOLDER keeps the inputs that reached something new;
one that breaks a rule of `feeds/test_fuzz.py` is printed, and saved as `crash-*` in the working folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.fuzzing import CORPUS, MOST, TOKENS

WATCHED = ["bot.feeds", "bot.core.text", "bot.core.identity", "feedparser"]


def guide(runs: int, folder: Path) -> None:
    """Read `runs` inputs, the seeds of `fuzzing.py` first. Ends the process."""
    import atheris

    with atheris.instrument_imports(include=WATCHED):
        from bot.core.identity import identify
        from bot.core.model import Page
        from bot.feeds.parse import parse
        from tests.feeds.test_fuzz import URL, check, check_skimmed

    def read(body: bytes) -> None:
        feed = parse(Page(URL, body))
        assert not any("parser failed" in problem for problem in feed.problems), body
        check(feed, body)
        check_skimmed(feed, body)
        assert all(identify(item) for item in feed.items if item.guid or item.url or item.title), body

    for number, body in enumerate(CORPUS):
        (folder / f"seed-{number}").write_bytes(body)
    words = folder.parent / f"{folder.name}.words"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS))
    options: list[Any] = [f"-runs={runs}", f"-max_len={MOST}", f"-dict={words}", "-timeout=5", str(folder)]
    atheris.Setup([sys.argv[0], *options], read)
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    """As a dictionary of the fuzzer has it."""
    return "".join(f"\\x{byte:02x}" for byte in token)


if __name__ == "__main__":
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    kept.mkdir(parents=True, exist_ok=True)
    guide(int(sys.argv[1]), kept)
