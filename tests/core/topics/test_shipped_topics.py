"""The topics that come along keep their promises."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import Any

import pytest

from bot.core.errors import SettingsError
from bot.core.topics.matcher import Document, Matcher
from bot.core.topics.shipped import check_examples, read_topics
from tests.sources import ROOT

TABLES: dict[str, Any] = tomllib.loads((ROOT / "config" / "topics.toml").read_text("utf-8"))
TOPICS = read_topics(TABLES)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_example_holds(topic: Any) -> None:
    """Each topic matches its matches and rejects its rejects, at least twelve of each."""
    assert check_examples(topic) == ()
    assert min(len(topic.matches), len(topic.rejects)) >= 12


def test_the_named_topics_are_there() -> None:
    """Others build on these names."""
    assert {"rare_earths", "export_controls", "strategy_roadmap", "lithium_battery"} <= {topic.name for topic in TOPICS}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Putin orders cabinet to draw up rare-earth roadmap by Dec. 1",
            "President Vladimir Putin has instructed the government to draw up a detailed roadmap for the extraction "
            "of rare earth metals by December 1, according to a list of instructions published on Tuesday, Nov. 4.",
        ),
        ("Путин поручил правительству до 1 декабря утвердить дорожную карту по добыче редкоземельных металлов", ""),
        ("普京下令政府在12月1日前制定稀土开采路线图", ""),
    ],
)
def test_the_directive_matches_its_two_topics(title: str, text: str) -> None:
    """The story this is built for matches rare earths and roadmaps, in three languages, and nothing else."""
    matcher = Matcher()
    for number, topic in enumerate(TOPICS):
        matcher.add(number, topic.query)
    matched = {TOPICS[number].name for number in matcher.match(Document(title, text))}
    assert matched == {"rare_earths", "strategy_roadmap"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"titel": "x", "query": "a"}, "unknown key titel"),
        ({"title": "x", "query": "(a"}, 'missing ")"'),
        ({"title": "x"}, "query"),
        ("words", "no table"),
    ],
)
def test_a_wrong_table_is_named(table: Any, said: str) -> None:
    """File, table and key stand in the error."""
    with pytest.raises(SettingsError) as caught:
        read_topics({"mine": table})
    assert said in str(caught.value)
    assert "mine" in str(caught.value)


def test_a_wrong_example_is_told() -> None:
    """An example that does not hold is named with its headline."""
    [topic] = read_topics({"t": {"title": "T", "query": "gallium", "matches": ["Tin"], "rejects": ["Gallium"]}})
    assert check_examples(topic) == ("does not match: Tin", "matches and should not: Gallium")


def test_reading_topics_loads_no_stemmer() -> None:
    """A round that finds nothing new pays for no matcher: jobs and topics are there without it."""
    code = (
        "import sys, bot.app.build, bot.app.once, bot.jobs.table; from bot.app.shipped import shipped_topics;"
        "shipped_topics(); print({'Stemmer', 'bot.core.topics.index', 'bot.core.topics.document'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
