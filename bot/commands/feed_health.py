"""How a feed fares, in a word to count by and in a line that says what to do. The same words in every channel and on
the command line. Decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.commands.replies import counted
from bot.core.messages import Inline, Line, Moment
from bot.core.text.urls import shown_url
from bot.storage.feeds import FeedHealth

COUNTED = {  # in the order in which they want a person; each as it is counted
    "held": "waiting for a word",
    "gone": "gone",
    "blocked": "blocked",
    "failing": "failing",
    "never": "without items",
    "silent": "silent",
    "moved": "moved",
    "new": "not read yet",
    "well": "well",
    "paused": "paused",
}
_OTHERS = {"held": "The operator decides."}
RANK = {name: place for place, name in enumerate(COUNTED)}
TODAY = timedelta(hours=20)


def condition(feed: FeedHealth) -> str:
    """The word for how it fares: a key of `COUNTED`."""
    if feed.state in ("gone", "paused"):
        return feed.state
    if feed.held_at is not None:
        return "held"
    if feed.errors:
        return "blocked" if feed.trouble == "blocked" else "failing"
    if feed.last_ok_at is None:
        return "new"
    if feed.trouble in ("never", "silent"):
        return feed.trouble
    return "moved" if feed.address else "well"


def in_order(known: Sequence[FeedHealth]) -> list[FeedHealth]:
    """A place's own first, and among them those that want a person."""
    return sorted(known, key=lambda feed: (feed.is_shared, RANK[condition(feed)]))


def summary(known: Sequence[FeedHealth]) -> str:
    """`12 feeds: 8 well, 2 silent, 1 blocked, 1 gone.`"""
    counts = Counter(condition(feed) for feed in known)
    first = ["well", *(name for name in COUNTED if name != "well")]
    parts = ", ".join(f"{counts[name]} {COUNTED[name]}" for name in first if counts[name])
    total = counted(len(known), "feed", "feeds")
    return f"{total}: {'all well' if set(counts) == {'well'} else parts}."


def describe(feed: FeedHealth, now: datetime, *, may_decide: bool) -> Line:
    """How it fares; what can be done about it is said to whoever may."""
    name = condition(feed)
    said = [*_STATES[name](feed, now)]
    if todo := _todo(feed, name) if may_decide else _OTHERS.get(name, ""):
        said.append(f" {todo}")
    if name in ("new", "silent", "held") or feed.last_new_at is None:
        return tuple(said)
    last = Moment(feed.last_new_at, "day")
    return (*said, " · last news ", last) if name == "well" else (*said, " Last news ", last, ".")


def _todo(feed: FeedHealth, name: str) -> str:
    """The next step, as it is typed."""
    remove = "" if feed.is_shared else f"feed remove {feed.id} to take it off the list"
    write = f" Write {remove}." if remove else ""
    return {
        "held": f"Write feed accept {feed.id} to post it, or feed skip {feed.id} to take it for old.",
        "gone": f"Write feed resume {feed.id} to ask it again{remove and ', or '}{remove}.",
        "never": f"Check its address.{write}",
        "silent": f"Look at its site, which may have moved.{write}",
        "moved": "Write that into your list." if feed.is_shared else "",
        "paused": f"Write feed resume {feed.id} to read it again.",
    }.get(name, "")


def _held(feed: FeedHealth, now: datetime) -> list[Inline]:
    return ["brought much at once, which waits."]


def _gone(feed: FeedHealth, now: datetime) -> list[Inline]:
    return [f"gone: {_error(feed) or 'its server says so.'}"]


def _blocked(feed: FeedHealth, now: datetime) -> list[Inline]:
    return [f"blocked: {_error(feed)} Asked again ", *_moment(feed.next_poll_at, now), "."]


def _failing(feed: FeedHealth, now: datetime) -> list[Inline]:
    times = "once" if feed.errors == 1 else f"{feed.errors} times in a row"
    return [f"failed {times}: {_error(feed) or 'no reason noted.'} Next try ", *_moment(feed.next_poll_at, now), "."]


def _never(feed: FeedHealth, now: datetime) -> list[Inline]:
    return ["read, but never had an item."]


def _silent(feed: FeedHealth, now: datetime) -> list[Inline]:
    since = feed.last_new_at
    return ["silent since ", Moment(since, "day"), "."] if since else ["silent."]


def _paused(feed: FeedHealth, now: datetime) -> list[Inline]:
    return ["paused."]


def _new(feed: FeedHealth, now: datetime) -> list[Inline]:
    return ["not read yet"]


def _well(feed: FeedHealth, now: datetime) -> list[Inline]:
    return ["read ", *_moment(feed.last_ok_at, now)] if feed.last_ok_at else []


def _moved(feed: FeedHealth, now: datetime) -> list[Inline]:
    return [f"moved: it is asked at {shown_url(feed.address or feed.url)} now."]


def _moment(at: datetime, now: datetime) -> list[Inline]:
    """A time of today without its day."""
    return [Moment(at, "time" if abs(now - at) < TODAY else "both")]


def _error(feed: FeedHealth) -> str:
    """What went wrong, without the address, which the line names already."""
    said = feed.error.removeprefix(f"{shown_url(feed.url)}: ")
    return said if not said or said.endswith(".") else f"{said}."


_STATES: dict[str, Callable[[FeedHealth, datetime], list[Inline]]] = {
    "held": _held,
    "gone": _gone,
    "blocked": _blocked,
    "failing": _failing,
    "never": _never,
    "silent": _silent,
    "moved": _moved,
    "new": _new,
    "well": _well,
    "paused": _paused,
}
