"""Which item is which, and by which rule."""

from __future__ import annotations

from bot.core.identity import COLLIDING, choose_rule, identify, keys_of, outlet_and_title, rule_name, tell_apart
from bot.core.intake import Known, sort_anew, sort_page
from bot.core.model import Item

URL = "https://a.example/feed.xml"


def item(number: int, guid: str | None = None, url: str | None = None, **more: str) -> Item:
    return Item(guid or f"g{number}", url or f"https://a.example/{number}", f"Title {number}", **more)


def rule_of(items: list[Item], stored: str = "guid+link", *, first: bool = True) -> str:
    return rule_name(choose_rule(stored, items, URL, is_first_sight=first))


def test_guid_and_link_have_one_form() -> None:
    """Scheme, www., trailing slash, fragment and tracking make no other item."""
    plain = keys_of(Item("http://www.a.example/1/#2", "https://a.example/1?utm_source=x", "T"))
    assert plain == keys_of(Item("https://a.example/1", "http://a.example/1/", "T"))


def test_zero_is_a_guid_and_nothing_is_none() -> None:
    """`0` tells an item from another; an empty guid does not."""
    assert keys_of(Item("0", None, "One")) != keys_of(Item("1", None, "One"))
    assert keys_of(Item("", None, "One")) == keys_of(Item(None, None, "One"))


def test_guids_of_several_items_give_way_to_links() -> None:
    """More than one in twenty under a shared guid: links tell them apart."""
    assert "link" == rule_of([item(n, guid="same") for n in range(10)])
    assert "link" == rule_of([*(item(n) for n in range(20)), *(item(n, guid="pair") for n in (30, 31))])
    many = int(3 / COLLIDING)
    assert "guid+link" == rule_of([*(item(n) for n in range(many)), *(item(900 + n, guid="pair") for n in range(2))])


def test_links_of_several_items_give_way_to_guids() -> None:
    """A feed whose items all lead to the front page keeps its guids, and loses no news to the shared link."""
    page = [item(n, url="https://a.example/") for n in range(10)]
    assert "guid" == rule_of(page)
    assert len(page) == len(sort_page(tell_apart(page, "guid"), {}).new)


def test_where_both_collide_the_title_decides() -> None:
    """And where even link and title do, the words."""
    assert "link+title" == rule_of([item(n, guid="same", url="https://a.example/") for n in range(10)])
    same = [Item("same", "https://a.example/", "Report", f"Text {n}") for n in range(10)]
    assert "words" == rule_of(same)
    assert len(same) == len(sort_page(tell_apart(same, "words"), {}).new)


def test_a_repeat_is_no_collision() -> None:
    """The same item twice, its words altered, changes no rule."""
    twice = Item("g1", "https://a.example/1", "Title 1, corrected")
    assert "guid+link" == rule_of([*(item(n) for n in range(10)), twice])


def test_a_rule_never_gets_looser() -> None:
    """What was seen to collide once is not trusted again."""
    page = [item(n) for n in range(10)]
    for stored in ("link@1", "guid@1", "link+title@1", "words@1", "source+title@1"):
        assert stored == choose_rule(stored, page, URL, is_first_sight=False)
    assert "link+title" == rule_of([item(n, url="https://a.example/") for n in range(10)], "link@1", first=False)


def test_an_aggregator_is_known_by_outlet_and_title() -> None:
    """Guids and links that are its own and rotate say nothing."""
    google = "https://news.google.com/rss/search?q=gallium"
    assert "source+title@1" == choose_rule("guid+link", [], google, is_first_sight=False)
    one = Item("x1", "https://news.google.com/a", "Gallium up - The Paper", source="The Paper")
    two = Item("x2", "https://news.google.com/b", "Gallium up - The Paper")
    assert keys_of(one, "source+title") == keys_of(two, "source+title")
    assert ("the paper", "gallium up") == outlet_and_title(one)
    other = Item("x3", "https://news.google.com/c", "Gallium up - The Times")
    assert keys_of(other, "source+title") != keys_of(one, "source+title")


def test_items_that_are_all_of_other_hosts_are_an_aggregators() -> None:
    """Decided at first sight only: later it would change what is known."""
    page = [item(n, url=f"https://host{n}.example/story") for n in range(12)]
    assert "source+title" == rule_of(page)
    assert "guid+link" == rule_of(page, first=False)


def test_a_new_rule_reposts_nothing() -> None:
    """What the old rule knew is known, or silent; only what was not on the last page is news."""
    old = [item(n, guid="same") for n in range(4)]
    entry = identify(old[0])
    assert entry is not None
    known = {key: Known(7, entry.content_hash) for key in entry.keys}
    page = sort_anew(tell_apart(old, "link"), known, "guid+link")
    assert [] == [one for one in page.new if not one.is_silent]
    page = sort_anew(tell_apart([item(9, guid="same"), *old], "link"), known, "guid+link", [item(9, guid="same")])
    assert "Title 9" in [one.item.title for one in page.new if not one.is_silent]
    assert "Title 0" not in [one.item.title for one in page.new]
