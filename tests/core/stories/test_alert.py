"""An alert as blocks: what it says, in which order, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messages import Fact, Link, Message, Moment, Section, as_text, freeze, line_text, thaw
from bot.core.stories.alert import STYLES, Due, Source, StoryState, compose_alert, due_lines, sources_line
from bot.core.stories.changes import Said
from bot.core.stories.names import story_name
from bot.core.stories.said import Change, write_changes
from bot.core.tongue import LANGUAGES
from bot.locale import tongue_of

NOW = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
TODAY = NOW.date()
KREMLIN = Source("Kremlin", 0, "http://kremlin.ru/1", NOW)
OUTLET = Source("Outlet A", 2, "https://a.example/1", NOW + timedelta(hours=1))
ROADMAP = Due(date(2025, 12, 1), "roadmap", "rare-earth roadmap", "Ministry", True)
STORY = StoryState(
    id=7,
    rev=1,
    headline="Rare-earth roadmap ordered",
    summary="A roadmap is due.",
    url="http://kremlin.ru/1",
    change="",
    changed_at=NOW,
    sources=(KREMLIN, OUTLET),
    deadlines=(ROADMAP,),
    topics=("Rare earths", "Russia"),
    why="“rare-earth”",
)


def due(days: int, **changes: object) -> Due:
    return replace(ROADMAP, on=TODAY + timedelta(days=days), **changes)  # type: ignore[arg-type]


def due_text(*deadlines: Due) -> list[str]:
    return [line_text(line, "UTC") for line in due_lines(deadlines, TODAY)]


def sources_text(*sources: Source) -> str:
    return line_text(sources_line(sources), "UTC")


def test_an_alert_says_everything_in_order() -> None:
    """Kind, headline, link, summary, dates, sources, reason, and the name under which to ask for more."""
    expected = (
        "Rare earths · Russia\n"
        "Rare-earth roadmap ordered\n"
        "http://kremlin.ru/1\n"
        "A roadmap is due.\n"
        "Due: Mon 1 Dec 2025 (in 27 days): rare-earth roadmap, by Ministry\n"
        "Sources: First: Kremlin (official), 06:12 UTC · also: Outlet A\n"
        "Matched: “rare-earth”\n"
        f"Story {story_name(7)}"
    )
    assert expected == as_text(Message((compose_alert(STORY, TODAY),)))


def test_what_is_not_known_takes_no_line() -> None:
    """No empty label, no empty paragraph."""
    bare = replace(STORY, summary="", url=None, topics=(), why="", deadlines=(), sources=())
    section = compose_alert(bare, TODAY)
    expected = Section(
        title="Rare-earth roadmap ordered", facts=(Fact("Sources", ("unknown",)),), footer=f"Story {story_name(7)}"
    )
    assert expected == section


@pytest.mark.parametrize(
    ("rev", "change", "is_shown"),
    [(1, "", False), (1, "text changed", False), (2, "", False), (2, "text changed", True)],
)
def test_a_change_is_told_once_there_was_something_to_change(rev: int, change: str, is_shown: bool) -> None:
    """With its time, from the second revision on."""
    facts = compose_alert(replace(STORY, rev=rev, change=change), TODAY).facts
    assert is_shown == (Fact("Updated", (Moment(NOW, "time"), f": {change}")) in facts)
    assert is_shown == ("Updated" == facts[-1].label)


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "kremlin.ru/1", "http://"])
def test_a_link_that_is_none_is_not_shown(url: str | None) -> None:
    """Neither of the story nor of its first source, whose name stays."""
    section = compose_alert(replace(STORY, url=url, sources=(replace(KREMLIN, url=url),)), TODAY)
    assert section.url is None
    assert Fact("Sources", ("First: ", "Kremlin", " (official)", ", ", Moment(NOW, "time"))) in section.facts


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (due(0), "Tue 4 Nov 2025 (today): rare-earth roadmap, by Ministry"),
        (due(1), "Wed 5 Nov 2025 (tomorrow): rare-earth roadmap, by Ministry"),
        (due(2), "Thu 6 Nov 2025 (in 2 days): rare-earth roadmap, by Ministry"),
        (due(2, who=""), "Thu 6 Nov 2025 (in 2 days): rare-earth roadmap"),
        (due(2, what=""), "Thu 6 Nov 2025 (in 2 days)"),
        (due(2, what="", is_confirmed=False), "Thu 6 Nov 2025 (in 2 days) (unconfirmed)"),
        (due(365), "Wed 4 Nov 2026 (in 365 days): rare-earth roadmap, by Ministry"),
    ],
)
def test_a_date_says_how_far_off_it_is(deadline: Due, text: str) -> None:
    """The day with its year, the days until it, what and by whom, and whether anybody confirmed it."""
    assert [text] == due_text(deadline)


def test_dates_come_soonest_first_and_are_few() -> None:
    """Three and a count of the rest; what is past is not due."""
    assert [] == due_text(due(-1))
    many = [due(days, what="") for days in (9, -3, 3, 0, 5, 1)]
    assert ["Tue 4", "Wed 5", "Fri 7"] == [" ".join(text.split()[:2]) for text in due_text(*many)[:3]]
    assert "+2 more" == due_text(*many)[3]
    assert 3 == len(due_text(*many[:4]))


@pytest.mark.parametrize(
    ("sources", "text"),
    [
        ((), "unknown"),
        ((KREMLIN,), "First: Kremlin (official), 06:12 UTC"),
        ((OUTLET, KREMLIN), "First: Kremlin (official), 06:12 UTC · also: Outlet A"),
        ((OUTLET,), "First: Outlet A, 07:12 UTC · media only"),
        ((OUTLET, replace(KREMLIN, at=NOW + timedelta(hours=2))), "First: Outlet A, 07:12 UTC · also: Kremlin"),
        ((KREMLIN, replace(KREMLIN, at=NOW + timedelta(hours=2))), "First: Kremlin (official), 06:12 UTC"),
        ((KREMLIN, OUTLET, replace(OUTLET, url=None)), "First: Kremlin (official), 06:12 UTC · also: Outlet A"),
    ],
)
def test_who_was_first_is_told(sources: tuple[Source, ...], text: str) -> None:
    """By time, whatever their order; each outlet once; a story without an official source is media only."""
    assert text == sources_text(*sources)


def test_many_sources_are_counted() -> None:
    """Three others by name, the rest by number."""
    others = [
        replace(OUTLET, title=f"Outlet {letter}", at=NOW + timedelta(minutes=n)) for n, letter in enumerate("ABCDE", 1)
    ]
    assert sources_text(KREMLIN, *others).endswith("also: Outlet A, Outlet B, Outlet C, +2")
    assert sources_text(KREMLIN, *others[:3]).endswith("also: Outlet A, Outlet B, Outlet C")


def test_the_first_source_is_a_link() -> None:
    """To where it told the story; its time is a moment, which a platform may draw in the reader's zone."""
    line = sources_line([KREMLIN])
    assert Link("Kremlin", "http://kremlin.ru/1") in line
    assert Moment(NOW, "time") in line


@given(st.builds(Due, st.dates(), st.text(), st.text(), st.text(), st.booleans()), st.dates())
def test_any_date_is_drawn_or_past(deadline: Due, today: date) -> None:
    """Of any year and any words: one line, or none for what is behind us."""
    assert (deadline.on >= today) == (1 == len(due_lines([deadline], today)))


@given(
    st.permutations([KREMLIN, OUTLET, replace(OUTLET, title="B", at=NOW - timedelta(days=1))]),
    st.permutations([due(1), due(2)]),
)
def test_an_alert_is_a_function_of_its_story(sources: list[Source], deadlines: list[Due]) -> None:
    """Rows come in any order; the post's bytes are the same, and are read back as they were."""
    first, second = (
        freeze(Message((compose_alert(replace(STORY, sources=s, deadlines=d), TODAY),)))
        for s, d in (
            (tuple(sources), tuple(deadlines)),
            (tuple(sorted(sources, key=lambda one: one.at)), (due(1), due(2))),
        )
    )
    assert first == second
    assert first == freeze(thaw(first))


def compact(**changes: object) -> Section:
    return compose_alert(replace(STORY, **changes), TODAY, "compact")  # type: ignore[arg-type]


def test_a_compact_alert_is_short() -> None:
    """Kind, headline, summary, one date and a count of the others, one line of sources and id; the reason is left."""
    expected = (
        "Notable · Rare earths · Russia\n"
        "Rare-earth roadmap ordered\n"
        "http://kremlin.ru/1\n"
        "A roadmap is due.\n"
        "Due: Wed 5 Nov 2025 (tomorrow): rare-earth roadmap, by Ministry · +1 more\n"
        f"Sources: Kremlin (official), 06:12 UTC · +1 · Story {story_name(7)}, follows {story_name(9)}"
    )
    section = compact(weight=1, deadlines=(ROADMAP, due(1)), follows=(9, "Roadmap expected"), also=(3,))
    assert expected == as_text(Message((section,)))


def test_a_compact_alert_keeps_what_became_of_it() -> None:
    """A denial stands first and in a line of its own, and what changed last is told."""
    denied = Said("denied", NOW, "by Kremlin", "It is not so.")
    section = compact(turns=(denied,), rev=3, change="+3 sources")
    assert section.kicker.startswith("Denied · ")
    assert ["Due", "Denied", "Sources", "Updated"] == [fact.label for fact in section.facts]
    withdrawn = compact(turns=(Said("summary", NOW),))
    assert 2 == len(withdrawn.body)


def test_an_alert_is_said_in_a_language() -> None:
    """Our own words change; headline, summary, names and the quoted words stay as their sources wrote them."""
    section = compose_alert(
        replace(STORY, weight=2, rev=2, change=write_changes(Change("sources", more=1))), TODAY, tongue=tongue_of("de")
    )
    assert as_text(Message((section,))).splitlines() == [
        "Dringend · Rare earths · Russia",
        "Rare-earth roadmap ordered",
        "http://kremlin.ru/1",
        "A roadmap is due.",
        "Termin: Mo., 1. Dez. 2025 (in 27 Tagen): rare-earth roadmap, durch Ministry",
        "Quellen: Zuerst: Kremlin (amtlich), 06:12 UTC · auch: Outlet A",
        "Treffer: “rare-earth”",
        "Aktualisiert: 06:12 UTC: +1 Quelle",
        f"Meldung {story_name(7)}",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("style", STYLES)
def test_no_fact_is_lost_in_a_language(lang: str, style: str) -> None:
    """The same lines in every language, none empty."""
    turns = (
        Said("denied", NOW, write_changes(Change("word", "Kremlin")), "No."),
        Said("split", NOW, other=(5, "Another")),
    )
    story = replace(
        STORY,
        deadlines=tuple(map(due, range(6))),
        rev=2,
        change=write_changes(Change("merged", name="K7Q2")),
        also=(3,),
        turns=turns,
    )
    section, english = (compose_alert(story, TODAY, style, tongue_of(one)) for one in (lang, "en"))
    assert len(english.facts) == len(section.facts)
    assert all(fact.label and all(fact.line) for fact in section.facts)
    assert (section.title, section.url, section.body) == (english.title, english.url, english.body)
