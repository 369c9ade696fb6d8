"""A long query as people can take it in."""

from __future__ import annotations

from bot.app.shipped import shipped_concepts, shipped_topics
from bot.core.topics.concepts import Concepts
from bot.core.topics.outline import SHOWN, outline


def test_a_short_query_is_shown_as_it_stands() -> None:
    """No outline of what fits on two lines."""
    assert outline('"rare earth" AND export NOT podcast') is None


def test_a_long_one_is_a_few_words_in_each_script() -> None:
    """Some words of each script with the count of the rest; Chinese without gaps; what is left out, apart."""
    words = " OR ".join(f"word{number}" for number in range(20))
    shown = outline(f'({words} OR редкоземельн* OR 稀土 OR レアアース) NOT (podcast OR "rock band")')
    assert shown is not None
    assert dict(shown.groups) == {
        "Latin script": ", ".join(f"word{number}" for number in range(SHOWN)) + ", +12",
        "Cyrillic": "редкоземельн*",
        "Chinese and Japanese": "稀土",
        "Japanese": "レアアース",
    }
    assert (23, "podcast, rock band") == (shown.total, shown.excluded)


def test_what_a_concept_stands_for_is_shown() -> None:
    """A query that names a mineral shows the words by which it is found, not those the mineral itself leaves out."""
    concepts = Concepts({"mineral:gallium": "(gallium OR галли* OR 镓) NOT galliumnitride"})
    shown = outline("mineral:gallium NOT podcast", concepts)
    assert shown is not None
    assert {"Latin script": "gallium", "Cyrillic": "галли*", "Chinese and Japanese": "镓"} == dict(shown.groups)
    assert (3, "podcast") == (shown.total, shown.excluded)
    assert outline("source:wire AND gallium", concepts) is None


def test_every_shipped_topic_is_no_wall() -> None:
    """Each line of a shipped topic's outline is short enough to be read."""
    for topic in shipped_topics():
        shown = outline(topic.query, shipped_concepts())
        if shown is not None:
            assert [] == [few for _, few in shown.groups if len(few) > 220], topic.name
