"""Which item is which: the keys of an item, and the rule by which a feed's items are told apart.

A rule is stored with its feed and only ever gets stricter: `guid+link` until a document shows that its guids, its
links or both name several items at once. A changed rule gives stored items further keys; it never makes them news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.model import Item
from bot.core.text.hashes import hash64
from bot.core.text.spaces import single_spaced
from bot.core.text.urls import canonical_url, host_of

GUID_LINK = "guid+link"  # either known: not new
LINK = "link"  # guids collide
GUID = "guid"  # links collide, as where each leads to the front page
LINK_TITLE = "link+title"  # both collide
WORDS = "words"  # even link and title together do
SOURCE_TITLE = "source+title"  # an aggregator: guids and links are its own and rotate

VERSION = 1
"""Of the normal forms below. A rule is stored as `name@version`; a bare name is version 1."""

COLLIDING = 0.05
"""The share of a document's items that may share a key by accident."""

AGGREGATORS = frozenset({"news.google.com"})
FEWEST_OUTLETS = 10
"""So many items, each on a host of its own, are an aggregator's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its identity: any known key means it is not new; another `content_hash` means it changed.

    `is_silent`: remembered and not told; `is_held`: kept until the operator decides.
    """

    item: Item
    keys: tuple[int, ...]
    content_hash: int
    link_hash: int | None
    is_silent: bool = False
    is_held: bool = False


def rule_name(stored: str) -> str:
    """A stored rule without its version."""
    return stored.partition("@")[0] or GUID_LINK


def stored_rule(name: str) -> str:
    """A rule as it is stored."""
    return f"{name}@{VERSION}"


def identify(item: Item, rule: str = GUID_LINK) -> Entry | None:
    """The identity of an item under a feed's rule. None where it has neither guid nor link nor words."""
    link = canonical_url(item.url) if item.url else None
    keys = keys_of(item, rule)
    if not keys:
        return None
    content = hash64(single_spaced(item.title), single_spaced(item.text))
    return Entry(item, keys, content, hash64(link) if link else None)


def tell_apart(items: Iterable[Item], rule: str = GUID_LINK) -> tuple[Entry, ...]:
    """The items of a page, each with its identity, in the page's order; what has none is left out."""
    return tuple(filter(None, (identify(item, rule) for item in items)))


def keys_of(item: Item, rule: str = GUID_LINK) -> tuple[int, ...]:
    """The keys of an item, the most telling first. An empty guid is none; what a rule lacks, words stand in for."""
    name = rule_name(rule)
    guid = hash64("id", canonical_url(item.guid)) if item.guid else None
    link = hash64("id", canonical_url(item.url)) if item.url else None
    wanted: tuple[int | None, ...] = ()
    if name == SOURCE_TITLE and item.title:
        return (hash64(SOURCE_TITLE, *outlet_and_title(item)),)
    if name == GUID_LINK:
        wanted = (guid, link)
    elif name == LINK:
        wanted = (link,)
    elif name == GUID:
        wanted = (guid,)
    if name == LINK_TITLE or (name in (GUID, LINK) and wanted == (None,)):
        wanted = (_link_title(item) if item.title else None,)
    keys = tuple(dict.fromkeys(key for key in wanted if key is not None))
    if not keys and (item.title or item.text):
        keys = (hash64("words", item.title, item.text),)
    return keys or tuple(key for key in (guid, link) if key is not None)[:1]


def _link_title(item: Item) -> int:
    return hash64(LINK_TITLE, canonical_url(item.url or ""), " ".join(item.title.casefold().split()))


def outlet_and_title(item: Item) -> tuple[str, str]:
    """The outlet an aggregator names, and the title without it: `Word of it - The Paper` is The Paper's `word of it`.

    Without a named source the words after the last dash are the outlet, else the link's host.
    """
    title, source = " ".join(item.title.split()), " ".join(item.source.split())
    head, dash, tail = title.rpartition(" - ")
    if source:
        title = title.removesuffix(f" - {source}")
    elif dash:
        title, source = head, tail
    else:
        source = host_of(item.url or "").removeprefix("www.")
    return source.casefold(), title.casefold()


def choose_rule(stored: str, items: Sequence[Item], url: str, *, is_first_sight: bool) -> str:
    """The rule for a feed whose document holds `items`: the stored one, or a stricter one where keys collide."""
    name = rule_name(stored)
    if name == GUID_LINK and (host_of(url) in AGGREGATORS or (is_first_sight and _is_of_many_outlets(items))):
        return stored_rule(SOURCE_TITLE)
    if name in (SOURCE_TITLE, WORDS):
        return stored
    guids = name in (LINK, LINK_TITLE) or _collide(items, _guid, _link)
    links = name in (GUID, LINK_TITLE) or _collide(items, _link, _guid)
    chosen = {(True, False): LINK, (False, True): GUID, (True, True): LINK_TITLE}.get((guids, links), GUID_LINK)
    if chosen == LINK_TITLE and _collide(items, lambda item: str(_link_title(item)), lambda item: item.text):
        chosen = WORDS
    return stored if chosen == name else stored_rule(chosen)


def _is_of_many_outlets(items: Sequence[Item]) -> bool:
    seen: set[str] = set()
    for item in items:
        host = host_of(item.url or "").removeprefix("www.")
        if not host or host in seen:
            return False
        seen.add(host)
    return len(seen) >= FEWEST_OUTLETS


def _guid(item: Item) -> str | None:
    return canonical_url(item.guid) if item.guid else None


def _link(item: Item) -> str | None:
    return canonical_url(item.url) if item.url else None


def _collide(items: Sequence[Item], key: Callable[[Item], str | None], other: Callable[[Item], str | None]) -> bool:
    """Whether one key names items that differ in `other` and in their words, more often than by accident.

    A pair that differs in its words alone is a repeat; a key that most of the document bears is no key.
    """
    found = [(name, item) for item in items if (name := key(item)) is not None]
    if len({name for name, _ in found}) == len(found):
        return False
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for name, item in found:
        groups[name].append(item)
    wrong = sum(len(group) for group in groups.values() if _differ(group, other, len(items)))
    return wrong > max(1, COLLIDING * len(items))


def _differ(group: Sequence[Item], other: Callable[[Item], str | None], total: int) -> bool:
    words = {(" ".join(item.title.casefold().split()) or item.text) for item in group}
    if len(group) > 2 and len(group) * 2 > total:
        return len({(item.title, item.text) for item in group}) * 2 > len(group)
    return len(words) > 1 and len({other(item) for item in group}) > 1
