"""The words that tell a story from others."""

from __future__ import annotations

from bot.core.stories.telling import telling_words

OTHERS = [(f"Rare earth export news {n}", "The ministry said so. Quota talks go on.") for n in range(6)]


def test_what_the_others_do_not_say_is_telling() -> None:
    """A word of the headline that the rest has not comes first; what is shared, short or empty never comes."""
    story = ("Rare earth podcast of the week", "In this podcast the ministry is discussed with listeners.")
    assert ["podcast", "discussed"] == telling_words(story, OTHERS, {"rare", "earth"}, 2)


def test_a_taken_word_is_never_proposed() -> None:
    """What the query itself looks for is no word to leave out."""
    story = ("Gallium podcast", "gallium gallium gallium")
    assert ["podcast"] == telling_words(story, OTHERS, {"gallium"})


def test_a_story_like_all_others_has_none() -> None:
    """Nothing is invented where every word is in most of the others."""
    assert [] == telling_words(OTHERS[0], OTHERS, set())


def test_pairs_of_characters_are_words() -> None:
    """In Chinese two characters that stand together are a word."""
    assert "播客" in telling_words(("稀土播客", ""), [("稀土出口", "")], {"稀", "土"}, 3)
