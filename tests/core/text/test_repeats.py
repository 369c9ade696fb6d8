"""Lines that stand under most items of a feed are no news; what one story's updates share is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Item
from bot.core.text.repeats import MOST, drop_repeats, find_repeats

WORDS = ["gallium", "lithium", "cobalt", "nickel", "graphite", "tungsten", "antimony", "yttrium", "tin", "copper"]


def page(*forms: str, count: int = 10) -> list[Item]:
    """Items of different things; `{}` in a form is the item's own words."""
    return [
        Item(None, None, f"{word.title()} rises", forms[n % len(forms)].format(f"The price of {word} rose."))
        for n, word in enumerate(WORDS[:count])
    ]


def left(items: list[Item]) -> list[str]:
    """The texts as they are kept."""
    repeats = find_repeats(items)
    return [drop_repeats(item.text, repeats) for item in items]


OWN = [f"The price of {word} rose." for word in WORDS]


@pytest.mark.parametrize(
    "form",
    [
        "{}\nRead more at Ore Daily",
        "{} Read more at Ore Daily.",
        "{} Read more at Ore Daily. Subscribe to our letter!",
        "Ore Daily | Metals\n{}\nShare this\nSubscribe to our letter.",
        "{}\n© 2026 Ore Daily. All rights reserved.",
        "{} 続きを読む。",
        "{} Seguir leyendo",
    ],
)
def test_what_most_items_carry_goes(form: str) -> None:
    """On a line of its own, over or under the text, or as its last sentences."""
    assert OWN == left(page(form))


def test_half_of_the_items_are_enough() -> None:
    """And fewer are not, nor are two."""
    assert OWN == left(page("{}\nRead more.", "{}"))
    mixed = page("{}\nRead more.", "{}", "{}")
    assert [item.text for item in mixed] == left(mixed)
    few = page("{}\nRead more.", count=2)
    assert [item.text for item in few] == left(few)


def test_the_updates_of_one_story_keep_what_they_share() -> None:
    """Three of five items tell one thing, with one paragraph: nobody's boilerplate."""
    shared = "China put gallium exports under licence on Thursday.\nTraders were surprised."
    updates = [
        Item(None, None, f"UPDATE {n} - China curbs gallium exports", f"New detail {n}.\n{shared}") for n in "123"
    ]
    items = [*updates, *page("{}", count=2)]
    assert [item.text for item in items] == left(items)


def test_a_date_that_many_share_is_kept() -> None:
    """Rules of one day have one deadline, and each of them has it."""
    items = page("{}\nComments are due by 1 December 2026.")
    assert [item.text for item in items] == left(items)


def test_a_line_in_the_middle_of_a_sentence_is_no_line() -> None:
    """Only whole lines and whole last sentences go."""
    repeats = find_repeats(page("{}\nRead more"))
    for text in ("Read more about it.", "He said: Read more", "Read more\u00a0books, the ministry said"):
        assert text == drop_repeats(text, repeats)


def test_an_item_of_nothing_else_becomes_empty() -> None:
    """Its title is all there was."""
    assert [""] * 10 == left(page("Click to view."))


TEXT = st.text(st.sampled_from("ab. \n!"), max_size=40)


@given(st.lists(TEXT, max_size=12), TEXT)
def test_dropping_only_takes_away(texts: list[str], text: str) -> None:
    """What is left is in order part of what was there; again changes nothing; what is kept of a page has a bound."""
    repeats = find_repeats([Item(None, None, f"{n} word{n}", one) for n, one in enumerate(texts)])
    kept = drop_repeats(text, repeats)
    letters = iter(text)
    assert all(letter in letters for letter in kept)
    assert kept == drop_repeats(kept, repeats)
    assert len(repeats) <= 17 * MOST


def test_pages_made_to_keep_it_busy_do_not() -> None:
    """Many long items of many lines are looked at from their ends."""
    import time

    items = [Item(None, None, f"t{n}", "\n".join(f"a. b{n}. c!" for _ in range(4_000))) for n in range(300)]
    began = time.thread_time()
    repeats = find_repeats(items)
    for item in items:
        drop_repeats(item.text, repeats)
    assert time.thread_time() - began < 5
