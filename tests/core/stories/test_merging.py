"""When two stories are found to be one: seldom, and alike after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.app.shipped import shipped_concepts, shipped_events
from bot.core.stories.gist import Candidate
from bot.core.stories.grouping import Grouping
from bot.core.stories.joining import Standing, unite
from bot.core.stories.reading import read_candidate
from bot.core.stories.recycled import Told, find_first
from bot.core.stories.replay import replay_case
from bot.core.stories.said import change_words

NOW = datetime(2026, 1, 12, 3, tzinfo=UTC)
ENGLISH = (
    "en",
    "Indonesia to cut 2026 nickel ore quota to 250 million tons",
    "The mining ministry said miners will be allowed to dig up to 250 million tons this year, down from 379 million in "
    "2025, to support prices.",
)
JAPANESE = (
    "ja",
    "インドネシア、26年のニッケル鉱石生産枠を2億5000万トンに削減",
    "価格の下支えが狙い。昨年の枠は3億7900万トンだった。",
)
FRENCH = (
    "fr",
    "L'Indonésie réduit son quota de minerai de nickel pour 2026",
    "Le ministère des Mines fixe la production à 250 millions de tonnes.",
)
DAILY = ("en", "Indonesia cuts nickel ore quota for 2026 to 250 million tons", "The mining ministry set the quota.")


def read(told: tuple[str, str, str], hours: float = 0.0) -> Candidate:
    """An item of so many hours later."""
    lang, title, text = told
    return read_candidate(title, text, lang, NOW + timedelta(hours=hours), None, shipped_events(), shipped_concepts())


def group(*told: tuple[str, str, str], gap: float = 1.0) -> tuple[Grouping, list[int | None]]:
    """Items in order, each placed knowing those before; the other story of each."""
    grouping, also = Grouping(shipped_events()), []
    for number, one in enumerate(told):
        candidate = read(one, number * gap)
        found = grouping.place(candidate)
        grouping.add(candidate, found.story or number + 1)
        also.append(found.also)
    return grouping, also


def test_an_item_of_both_makes_them_one() -> None:
    """Two languages told it apart; what joins the one as surely as the other says that they are one."""
    assert [None, None, 2] == group(ENGLISH, JAPANESE, FRENCH)[1]


def also_at(hours: float) -> int | None:
    """The story that is found to be the same where the second one began so many hours after the first."""
    grouping = Grouping(shipped_events())
    for story, told, at in ((1, ENGLISH, 0.0), (2, DAILY, hours)):
        grouping.add(read(told, at), story)
    return grouping.place(read(FRENCH, hours + 1)).also


def test_what_began_a_day_later_is_a_development() -> None:
    """As alike as it may be: two stories of one event begin within a day."""
    assert also_at(20) is not None
    assert also_at(28) is None


def test_a_merged_story_is_the_same_as_one_that_was_read_from_rows() -> None:
    """What is placed next comes out alike whether the merger was in memory or is read anew."""
    merged, _ = group(ENGLISH, JAPANESE, FRENCH)
    merged.merge(2, 1)
    anew = Grouping(shipped_events())
    for number, one in enumerate((ENGLISH, JAPANESE, FRENCH)):
        anew.add(read(one, number), 1)
    following = read(DAILY, 4)
    assert merged.place(following) == anew.place(following)
    assert 1 == merged.place(following).story


def standing(story: int, **values: object) -> Standing:
    """A story as it stands."""
    base: dict[str, object] = {
        "story": story, "rev": 1, "headline": f"Headline {story}", "summary": "", "url": None, "weight": 0,
        "lead": story, "tier": 2, "best": 2, "silent": False, "feeds": frozenset({story}), "is_told": True,
        "is_matched": True,
    }  # fmt: skip
    return Standing(**(base | values))  # type: ignore[arg-type]


def test_the_older_keeps_its_words_unless_the_other_has_a_better_source() -> None:
    """Weight is the greater one, the revision is newer than both, sources are counted together."""
    plain = unite(standing(1, rev=3), standing(2, rev=7, weight=2), "XWV2")
    assert ("Headline 1", 8, 2, "+1 source; merged with XWV2") == (
        plain.headline, plain.rev, plain.weight, change_words(plain.change)
    )  # fmt: skip
    better = unite(standing(1), standing(2, tier=0), "XWV2")
    assert ("Headline 2", 2) == (better.headline, better.lead)


def test_old_words_are_known_by_words_and_figures() -> None:
    """Long ago, nearly all words, all figures: else it is news."""
    text = (
        "Cobalt metal was assessed at 15.20 dollars a pound in Rotterdam this week, traders said, as demand of battery "
        "makers stayed where it was and sellers held back their stock, while buyers in Asia waited for the new year."
    )
    then = NOW - timedelta(days=80)
    told = [Told(1, 1, "Cobalt this week", text, "en", then)]
    assert told[0] == find_first("Cobalt this week", text, "en", NOW, told)
    assert find_first("Cobalt this week", text.replace("15.20", "23.40"), "en", NOW, told) is None
    assert find_first("Cobalt this week", text, "en", then + timedelta(days=2), told) is None
    assert (
        find_first("Zambia halts cobalt exports", "For 60 days, the ministry said on Monday.", "en", NOW, told) is None
    )


def test_a_case_is_tried_again() -> None:
    """A split is right where its parts are told apart, a merger where they are one, a summary where it is another."""
    news = [
        {"part": part, "title": told[1], "text": told[2], "lang": told[0], "published": NOW.isoformat()}
        for part, told in ((1, ENGLISH), (2, DAILY))
    ]
    events, concepts = shipped_events(), shipped_concepts()
    assert "wrong" == replay_case("split", news, "", events, concepts)[0]
    assert "right" == replay_case("merge", news, "", events, concepts)[0]
    assert "wrong" == replay_case("summary", news[1:], "The mining ministry set the quota.", events, concepts)[0]
    assert "right" == replay_case("summary", news[1:], "Something else.", events, concepts)[0]
    assert "not tried" == replay_case("retract", news, "", events, concepts)[0]
    assert "not tried" == replay_case("split", [], "", events, concepts)[0]
