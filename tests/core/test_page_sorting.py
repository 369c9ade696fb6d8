"""What is new on a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.identity import identify, tell_apart
from bot.core.intake import Known, sort_page
from bot.core.model import EDIT_LIMIT, Item

DAY = datetime(2025, 11, 4, tzinfo=UTC)


def item(number: int, **changes: object) -> Item:
    values = {"guid": f"g{number}", "url": f"https://a.example/{number}", "title": f"Title {number}"} | changes
    return Item(**values)  # type: ignore[arg-type]


def known_after(items: list[Item]) -> dict[int, Known]:
    """What the database would know after saving these."""
    return {
        key: Known(number, entry.content_hash)
        for number, one in enumerate(items)
        if (entry := identify(one))
        for key in entry.keys
    }


def test_first_page_is_all_new_oldest_first() -> None:
    """New items are saved oldest first, so that their numbers follow their age."""
    page = [item(n, published=DAY + timedelta(hours=n)) for n in (3, 2, 1)]
    assert [entry.item.guid for entry in sort_page(tell_apart(page), {}).new] == ["g1", "g2", "g3"]


def test_pinned_items_take_the_place_of_their_dates() -> None:
    """What stands on top of a page for weeks is not the newest: dates count before the order of the page."""
    page = [item(n, published=DAY + timedelta(hours=n)) for n in (1, 4, 2, 3)]
    assert ["g1", "g2", "g3", "g4"] == [entry.item.guid for entry in sort_page(tell_apart(page), {}).new]


def test_undated_items_keep_the_feeds_order() -> None:
    """Without dates the last of the page is the oldest."""
    assert [entry.item.guid for entry in sort_page(tell_apart([item(3), item(2), item(1)]), {}).new] == [
        "g1",
        "g2",
        "g3",
    ]


def test_either_key_known_means_not_new() -> None:
    """A guid that changed does not make an old link new, nor a new link an old guid."""
    known = known_after([item(1)])
    assert not sort_page(tell_apart([item(1, guid="other")]), known).new
    assert not sort_page(tell_apart([item(1, url="https://b.example/x")]), known).new
    assert sort_page(tell_apart([item(1, guid="other", url="https://b.example/x")]), known).new


def test_a_new_key_of_a_known_item_is_remembered() -> None:
    """The changed guid is kept too, so that the link may change next."""
    sorted_page = sort_page(tell_apart([item(1, guid="other")]), known_after([item(1)]))
    assert len(sorted_page.more_keys) == 1


def test_changed_words_are_a_change() -> None:
    """Another title or text is a change; another date is none."""
    known = known_after([item(1)])
    assert [number for number, _ in sort_page(tell_apart([item(1, text="more")]), known).changed] == [0]
    assert not sort_page(tell_apart([item(1, published=DAY)]), known).changed
    assert not sort_page(tell_apart([item(1, title=" Title  1 ")]), known).changed


def test_changes_are_followed_so_often() -> None:
    """An item that changes at every fetch is left alone after its limit."""
    key = identify(item(1)).keys[0]
    assert not sort_page(tell_apart([item(1, text="more")]), {key: Known(1, 0, EDIT_LIMIT)}).changed


def test_a_pruned_item_is_not_new() -> None:
    """A key outlives its item: what comes back from the dead is neither new nor changed."""
    known = {key: Known(None) for key in identify(item(1)).keys}
    sorted_page = sort_page(tell_apart([item(1)]), known)
    assert not sorted_page.new
    assert not sorted_page.changed


def test_a_repeat_on_the_page_counts_once() -> None:
    """The same item twice in a document is one."""
    assert len(sort_page(tell_apart([item(1), item(1, text="again")]), {}).new) == 1


def test_without_guid_link_and_words_there_is_no_item() -> None:
    """An empty entry is nothing; one with words alone is known by them."""
    assert identify(Item(None, None, "")) is None
    assert identify(Item(None, None, "Words")).keys == identify(Item(None, None, "Words")).keys


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.text("ab", max_size=2)), max_size=12))
def test_deciding_twice_gives_nothing_new(rows: list[tuple[int, int, str]]) -> None:
    """Once a page is saved, the same page holds nothing new and nothing changed."""
    page = [Item(f"g{g}", f"https://a.example/{u}", text) for g, u, text in rows]
    first = sort_page(tell_apart(page), {})
    known = {key: Known(n, entry.content_hash) for n, entry in enumerate(first.new) for key in entry.keys}
    again = sort_page(tell_apart(page), known)
    assert not again.new
