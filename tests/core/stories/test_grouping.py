"""Which pieces of news are one story, and which only look so."""

from __future__ import annotations

from bot.app.shipped import shipped_events
from bot.core.stories.grouping import Grouping
from tests.core.stories.items import candidate, place_all, stories

BAN = ("en", "Chile bans lithium brine exports from May", "The mining ministry said shipments stop on May 1.")


def test_the_same_link_is_the_same_story() -> None:
    """Whatever the words and the tracking in the address."""
    one = ("en", "Lithium: what we know", "One thing.", 0, "https://a.example/x?utm_source=feed")
    other = ("en", "An entirely different headline here", "Another.", 1, "https://www.a.example/x")
    assert ["", "link"] == [found.why for found in place_all([one, other])]


def test_the_same_headline_is_the_same_story() -> None:
    """What agencies put before it does not count; two short words do not suffice."""
    again = ("en", "UPDATE 2-Chile bans lithium brine exports from May", "Fresh details.")
    assert ["", "headline"] == [found.why for found in place_all([BAN, again])]
    brief = ("en", "Daily briefing", "Apples and pears in Spain."), ("en", "Daily briefing", "Ships of Norway.")
    assert [1, 2] == stories(*brief)


def test_a_copy_is_the_same_story() -> None:
    """An agency's text under another headline."""
    text = (
        "The union of the workers rejected the offer on Monday and walked out of the pit near the old harbour at dawn. "
    )
    one = ("en", "Walkout at the harbour", text * 2)
    assert ["", "copy"] == [found.why for found in place_all([one, ("en", "No work today", text * 2 + "More later.")])]


def test_one_event_in_seven_languages_is_one_story() -> None:
    """By what holds in any language: minerals, countries, names, numbers, kinds of events."""
    assert [1] * 7 == stories(
        ("en", "Zambia suspends cobalt exports for 60 days", "The mines ministry in Lusaka wants local refining."),
        ("fr", "La Zambie suspend ses exportations de cobalt pour 60 jours", "Le ministère veut un raffinage local."),
        ("es", "Zambia suspende las exportaciones de cobalto por 60 días", "El ministerio quiere refinar en el país."),
        ("de", "Sambia stoppt Kobaltexporte für 60 Tage", "Das Ministerium will Kobalt im Land verarbeiten."),
        ("ru", "Замбия приостановила экспорт кобальта на 60 дней", "Министерство хочет развивать переработку."),
        ("zh", "赞比亚暂停钴出口60天", "矿业部希望在本国冶炼。"),
        ("ja", "ザンビア、コバルト輸出を60日間停止", "鉱山省は国内精錬を求める。"),
    )


def test_another_country_is_another_story() -> None:
    """Though it does the same with the same mineral on the same day."""
    assert [1, 2] == stories(BAN, ("en", "Bolivia bans lithium brine exports from May", "Shipments stop on May 1."))


def test_another_mineral_is_another_story() -> None:
    """Though the country and the deed are the same."""
    assert [1, 2] == stories(BAN, ("en", "Chile bans molybdenum exports from May", "Shipments stop on May 1."))


def test_another_company_is_another_story() -> None:
    """Each headline names one of which the other says nothing."""
    assert [1, 2] == stories(
        ("en", "Glencore to sell cobalt stake in Congo to Americans", "The price was not given."),
        ("en", "CMOC to sell cobalt stake in Congo to Americans", "The price was not given."),
    )


def test_prices_of_another_week_are_another_story() -> None:
    """Under the very same headline: by the number, and by the day where it is the same number."""
    week = ("en", "Vanadium prices slip in Europe", "Pentoxide was quoted at $5.10 a pound.", 0)
    assert [1, 2] == stories(week, ("en", week[1], "Pentoxide was quoted at $4.95 a pound.", 20))
    assert [1, 2] == stories(week, (*week[:3], 60))


def test_the_next_of_a_series_is_another_story() -> None:
    """The headline is the same but for its number."""
    assert [1, 2] == stories(
        ("en", "Lithium outlook for investors, part 2", "Brine."),
        ("en", "Lithium outlook for investors, part 3", "Brine."),
    )


def test_what_is_denied_is_another_story_that_names_the_first() -> None:
    """A denial is no further source of what it denies."""
    rumour = ("en", "Glencore in talks to sell Mutanda cobalt mine in Congo", "Two people said so.", 0)
    denial = ("en", "Glencore denies plan to sell Mutanda cobalt mine in Congo", "A spokesman said so.", 6)
    first, second = place_all([rumour, denial])
    assert (None, None, 1) == (first.story, second.story, second.parent)


def test_a_restart_is_another_story_that_names_the_halt() -> None:
    """The other stage of an action at the same mine."""
    halt = ("en", "First Quantum halts Cobre Panama copper mine", "Blockades cut off coal.", 0)
    restart = ("en", "First Quantum restarts Cobre Panama copper mine", "Coal has arrived.", 40)
    assert [1, 2] == stories(halt, restart)


def test_an_old_story_takes_in_nothing() -> None:
    """After 72 hours without news it is over."""
    later = ("en", "Lithium brine exports banned by Chile from May", "The ministry said so.", 73)
    assert [1, 2] == stories(BAN, later)
    assert [1, 1] == stories(BAN, (*later[:3], 70))


def test_what_was_forgotten_is_not_found() -> None:
    """The window is emptied from its front, and the rest stands."""
    grouping = Grouping(shipped_events())
    grouping.add(candidate(BAN), 7)
    grouping.add(candidate(("en", "Peru fines a zinc smelter", "For the dust.", 50)), 8)
    grouping.forget_before(candidate((*BAN, 40)).hours)
    assert 1 == len(grouping)
    assert None is grouping.place(candidate((*BAN, 50))).story
    assert 8 == grouping.place(candidate(("en", "Peru fines a zinc smelter", "For its dust.", 51))).story


def test_stories_get_their_numbers_later() -> None:
    """What is placed before it is stored is found under the stored number."""
    grouping = Grouping(shipped_events())
    grouping.add(candidate(BAN), -1)
    grouping.rename({-1: 40})
    assert 40 == grouping.place(candidate(BAN)).story
