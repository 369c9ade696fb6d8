"""What a feed's keeper is told of an answer: in words, each trouble once. Decides nothing, sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.intake import Sorted
from bot.core.life import Life
from bot.core.text.urls import host_of, shown_url
from bot.storage.hosts import DueFeed


@dataclass(frozen=True, slots=True)
class Notice:
    """What the operator is told, once: `key` is the trouble's name."""

    key: str
    title: str
    body: str
    is_question: bool = False  # which the one tenant that uses the feed may answer, too


def tell_flood(feed: DueFeed, page: Sorted, total: int, at: datetime) -> tuple[Notice, ...]:
    """That items of a flood wait for a word."""
    count = sum(entry.is_held for entry in page.new)
    name = feed.title or shown_url(feed.url)
    body = (
        f"{name} brought {count} items that were never seen, of {total} on its page, as after a move of its site. "
        f"They are kept and not posted. Write `feed accept {feed.id}` to post them, or `feed skip {feed.id}` to take "
        "them for old ones."
    )
    return (Notice(f"flood:{feed.id}:{at.isoformat()}", "A feed waits for your word", body, is_question=True),)


def tell_move(feed: DueFeed, life: Life, at: datetime) -> tuple[Notice, ...]:
    """That a feed is asked at another address."""
    name, target = feed.title or shown_url(feed.url), shown_url(life.address or feed.url)
    body = f"{name} has moved and is asked at {target} from now on. Nothing is lost; write it into your list of feeds."
    return (Notice(f"moved:{feed.id}:{at.isoformat()}", "A feed has moved", body),)


def tell_hint(feed: DueFeed, target: str) -> tuple[Notice, ...]:
    """That a feed says it lives on another host."""
    body = (
        f"{feed.title or shown_url(feed.url)} says that it lives at {shown_url(target)}. Such words are often "
        "wrong, so it is asked where it was. Look there; if it is the same feed, write that into your list."
    )
    return (Notice(f"home:{feed.id}:{host_of(target)}", "A feed may have moved", body),)
