"""A round in which nothing is new pays for nothing that only news needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.feedserver import Entry, FeedServer
from tests.program import Installation
from tests.sources import ROOT

NEWS_ONLY = set(
    "alembic discord nio psycopg feedparser rich apscheduler xml.etree difflib bot.feeds.parse bot.core.deadlines "
    "bot.chat.console.screen bot.chat.console.render bot.commands.answer bot.core.lexicon.concepts Stemmer".split()
)
PROGRAM = """
import sys
from bot.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({wanted!r} & set(sys.modules)))
"""


@pytest.mark.timeout(120)
def test_a_quiet_round_imports_no_more_than_it_uses(tmp_path: Path, feed_server: FeedServer) -> None:
    """With every feed answering 304, no parser, terminal, migration, platform or pattern of dates is loaded."""
    here = Installation(
        tmp_path, feeds=[feed_server.publish("ores", [Entry("Gallium curbs", "From Monday.", "urn:1")])]
    )
    assert 1 == here.once()["items_new"]
    program = [sys.executable, "-c", PROGRAM.format(wanted=NEWS_ONLY), "once", "--all", "--config", str(here.config)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LODEWIRE_")}
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=50)
    assert 0 == done.returncode, done.stderr
    assert "" == done.stdout.splitlines()[-1], "imported by a round in which nothing was new"
