"""The demo's script as shipped, how it refuses mistakes, and its feeds as a reader sees them."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest

from bot.app.shipped import shipped_concepts, shipped_topics
from bot.core.errors import SettingsError
from bot.core.model import TEXT_LIMIT
from bot.core.text.dates import read_date
from bot.core.text.plain import clean_title, plain_text
from bot.core.topics.matcher import Document, Matcher
from bot.demo.script import COUNTS, WINDOW, Outlet, Scene, Script, feed_xml, read_script
from tests.sources import ROOT

ORIGIN = "http://127.0.0.1:1"
TABLE = tomllib.loads((ROOT / "config" / "demo.toml").read_text("utf-8"))
SCRIPT = read_script(TABLE)
OUTLETS = {outlet.id: outlet for outlet in SCRIPT.outlets}
SECOND = timedelta(seconds=1)


def parsed(outlet: Outlet, now: datetime) -> Any:
    found = feedparser.parse(feed_xml(outlet, SCRIPT.visible_at(outlet.id, now), ORIGIN))
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(scene: Scene, now: datetime) -> list[str]:
    return [entry.title for entry in parsed(OUTLETS[scene.outlet], now).entries]


def broken(**changes: Any) -> dict[str, Any]:
    """The shipped table with the first item, or a whole table, changed."""
    table = deepcopy(TABLE)
    for name, value in changes.items():
        if name in table:
            table[name] = value
        else:
            table["item"][0][name] = value
    return table


def the_edited() -> Scene:
    [scene] = [scene for scene in SCRIPT.scenes if scene.edit]
    return scene


def test_the_shipped_script_has_its_shape() -> None:
    """42 items of four outlets in three languages and both formats, in the order of their times."""
    assert 42 == len(SCRIPT.scenes)
    assert ["en", "en", "ru", "zh"] == [outlet.lang for outlet in SCRIPT.outlets]
    assert [0, 1, 2, 2] == [outlet.tier for outlet in SCRIPT.outlets]
    assert ["atom", "atom", "rss", "rss"] == sorted(outlet.format for outlet in SCRIPT.outlets)
    assert sorted(scene.at for scene in SCRIPT.scenes) == [scene.at for scene in SCRIPT.scenes]


def test_most_of_it_is_noise() -> None:
    """Eight items are older than the clock, two of each outlet and one of them on a topic; 13 later ones match."""
    silent = [scene for scene in SCRIPT.scenes if SCRIPT.is_silent(scene)]
    assert dict.fromkeys(OUTLETS, 2) == {outlet: sum(scene.outlet == outlet for scene in silent) for outlet in OUTLETS}
    assert [("rare_earths",)] == [scene.expect for scene in silent if scene.expect]
    told = [scene for scene in SCRIPT.scenes if scene.expect and scene not in silent]
    assert 13 == len(told)
    wanted = "export_controls lithium_battery prices_markets processing_refining rare_earths strategy_roadmap".split()
    assert tuple(wanted) == SCRIPT.topics
    assert [] == [scene.title for scene in told if scene.decoy]


def test_every_item_matches_what_it_is_expected_to() -> None:
    """Of the topics that come along an item matches those that the script names, and no other."""
    matcher, names = Matcher(shipped_concepts()), {}
    for number, topic in enumerate(shipped_topics()):
        matcher.add(number, topic.query)
        names[number] = topic.name
    langs = {outlet.id: outlet.lang for outlet in SCRIPT.outlets}
    matched = {
        scene.title: tuple(sorted(names[number] for number in matcher.match(_document(scene, langs))))
        for scene in SCRIPT.scenes
    }
    assert {scene.title: tuple(sorted(scene.expect)) for scene in SCRIPT.scenes} == matched


def _document(scene: Scene, langs: dict[str, str]) -> Document:
    return Document(clean_title(scene.title), plain_text(scene.text, TEXT_LIMIT), langs[scene.outlet])


def test_the_closing_tells_its_numbers() -> None:
    """Every sentence of the closing can be filled from the counts, and three things to try follow."""
    told = SCRIPT.closing.tell(dict.fromkeys(COUNTS, 7))
    assert 5 == len(told)
    assert [] == [sentence for sentence in told if "{" in sentence or "7" not in sentence]
    assert 3 == len(SCRIPT.closing.next)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outlet": []}, "unknown outlet polar-herald"),
        ({"at": datetime(2025, 11, 3)}, "at"),  # noqa: DTZ001 - that it is naive is the point
        ({"at": datetime(2026, 1, 1, tzinfo=UTC)}, "after the end of the clock"),
        ({"title": ""}, "title"),
        ({"colour": "red"}, "colour"),
        ({"edit": {"at": datetime(2025, 11, 2, tzinfo=UTC), "text": "x"}}, "edited before it is published"),
        ({"edit": {"at": datetime(2025, 11, 9, tzinfo=UTC)}}, "changes nothing"),
        ({"clock": TABLE["clock"] | {"end": TABLE["clock"]["start"]}}, "ends before it starts"),
        ({"clock": TABLE["clock"] | {"seconds": 0}}, "seconds"),
        ({"closing": TABLE["closing"] | {"sentences": ["{itms} items"]}}, "unknown {itms}"),
        ({"closing": TABLE["closing"] | {"sentences": ["{items"]}}, "sentence 1"),
    ],
)
def test_a_mistake_is_named(changes: dict[str, Any], words: str) -> None:
    """A wrong script is refused with the place and the file to mend."""
    table = broken(**{name: value for name, value in changes.items() if name != "outlet"})
    if "outlet" in changes:
        table["outlet"] = [row for row in table["outlet"] if row["id"] != "polar-herald"]
    with pytest.raises(SettingsError, match=words) as refused:
        read_script(table)
    assert "config/demo.toml" in refused.value.todo


@pytest.mark.parametrize("outlet", SCRIPT.outlets, ids=lambda outlet: outlet.id)
def test_a_feed_says_what_the_script_says(outlet: Outlet) -> None:
    """Every item comes through a feed reader whole: title, text, link, id and time; newest first."""
    scenes = SCRIPT.visible_at(outlet.id, SCRIPT.clock.end)
    found = parsed(outlet, SCRIPT.clock.end)
    assert {"rss": "rss20", "atom": "atom10"}[outlet.format] == found.version
    assert (outlet.title, outlet.lang) == (found.feed.title, found.feed.language)
    assert [scene.title for scene in scenes] == [entry.title for entry in found.entries]
    assert [f"{ORIGIN}/{outlet.id}/{scene.number}" for scene in scenes] == [entry.link for entry in found.entries]
    assert len(scenes) == len({entry.id for entry in found.entries})
    times = [scene.at for scene in scenes]
    assert times == [read_date(entry.published) for entry in found.entries] == sorted(times, reverse=True)


def test_the_hostile_headline_stays_words() -> None:
    """Markup in a title is escaped in the XML: no element of the feed comes from it."""
    [scene] = [scene for scene in SCRIPT.scenes if "<script>" in scene.title]
    body = feed_xml(OUTLETS[scene.outlet], SCRIPT.visible_at(scene.outlet, scene.at), ORIGIN)
    assert b"<script" not in body
    assert b"&lt;script&gt;" in body


def test_an_item_appears_when_its_time_has_come() -> None:
    """A second before its time an item is in no feed; at its time it stands first."""
    for scene in SCRIPT.scenes:
        assert scene.title not in titles(scene, scene.at - SECOND)
        assert scene.title == titles(scene, scene.at)[0]


def test_an_edit_shows_when_its_time_has_come() -> None:
    """The corrected text replaces the old one under the same id, and Atom says when."""
    scene = the_edited()
    assert scene.edit is not None and scene.edit.text is not None
    before, after = (
        next(entry for entry in parsed(OUTLETS[scene.outlet], now).entries if entry.title == scene.title)
        for now in (scene.edit.at - SECOND, scene.edit.at)
    )
    assert (scene.text, scene.edit.text) == (before.summary, after.summary)
    assert before.id == after.id
    assert before.published == after.published
    assert before.updated != after.updated


def test_a_feed_shows_a_window() -> None:
    """At most WINDOW items, the newest ones."""
    [outlet, *_] = SCRIPT.outlets
    first = SCRIPT.clock.start
    many = [Scene(outlet.id, first + n * SECOND, f"No. {n}", "Text.", (), number=n + 1) for n in range(WINDOW + 5)]
    script = Script(SCRIPT.clock, SCRIPT.closing, SCRIPT.outlets, tuple(many))
    found = feedparser.parse(feed_xml(outlet, script.visible_at(outlet.id, SCRIPT.clock.end), ORIGIN))
    assert [f"No. {n}" for n in range(WINDOW + 4, 4, -1)] == [entry.title for entry in found.entries]


@pytest.mark.parametrize("outlet", SCRIPT.outlets, ids=lambda outlet: outlet.id)
def test_a_feed_may_be_empty(outlet: Outlet) -> None:
    """Before its first item a feed is valid and holds nothing."""
    assert [] == parsed(outlet, datetime(2025, 11, 1, tzinfo=UTC)).entries
