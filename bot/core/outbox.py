"""What a channel is shown next: one post at a time, planned from its waiting cards.

Pure; `jobs/deliver` carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from bot.core.messages import Message


class Op(StrEnum):
    """What a post does on the wire."""

    POST = "post"
    EDIT = "edit"
    REPLY = "reply"


class Finding(StrEnum):
    """What `find` answers about a post whose answer was lost."""

    FOUND = "found"
    ABSENT = "absent"
    CANNOT_TELL = "cannot tell"


def always_fits(message: Message) -> bool:
    """For platforms that know no bound but that of characters."""
    return True


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do, in its own units.

    `fits`: whether a message is shown with nothing left out. `replaces`: an edit changes the message where it stands.
    """

    alerts_per_post: int = 1
    characters: int = 60_000  # of plain text in one post
    edit_window: timedelta | None = None  # None: a post can be edited for ever
    resend_window: timedelta = timedelta(0)  # how long the same key is sure to give the same post
    fits: Callable[[Message], bool] = always_fits
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One post on its way: `key` makes it known again, `of` names the messages it edits or answers, by remote ids."""

    key: str
    op: Op
    channel: str
    message: Message
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of `find`, with the remote ids where the post was found."""

    finding: Finding
    remote_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingCard:
    """A card with work: `want_rev > shown_rev`.

    `post` shows it today, in a message of this `form`; `answers` is the post of the alert it comments on. `bundle`: the
    list of stories in which it is to be shown, `digest`, `held` or `rolling`; other words mean none.
    """

    id: int
    subject: str
    subject_id: int
    slot: str
    want_rev: int
    shown_rev: int
    post: int | None = None
    posted_at: datetime | None = None
    answers: int | None = None
    alone: bool = False  # a batch with it was rejected: it goes singly now
    bundle: str = ""
    weight: int = 0
    form: str = ""
    due_at: datetime | None = None
    waits: bool = False  # a reminder of a story whose alert is to be shown first


@dataclass(frozen=True, slots=True)
class Plan:
    """The one post to make.

    `of_post` is the post that is edited or answered; no `op` means: nothing to send, count as shown. `form`: it is a
    list of stories, of that kind.
    """

    op: Op | None
    cards: tuple[int, ...]
    of_post: int | None = None
    form: str = ""


LISTS = ("digest", "held", "rolling")
"""Messages that tell many stories, a line each: a digest, what was held back, and what is too many at once."""


def plan(
    cards: Sequence[PendingCard], capabilities: Capabilities, now: datetime, rolling: int | None = None
) -> Plan | None:
    """The next post of one channel, or None where nothing waits. New things before edits, each in the story's order.

    A reminder comes after the alert of its story. `rolling`: the post to which what is too many at once is added;
    None where a new one is to begin.
    """
    fresh = sorted((c for c in cards if c.post is None and not c.waits), key=story_order)
    if fresh:
        return _plan_new(fresh, capabilities, rolling)
    edits = sorted((c for c in cards if c.post is not None), key=story_order)
    return _plan_edit(edits, capabilities, now) if edits else None


RANKS = {"notice": 0, "deadline": 1, "reminder": 1}
REMINDERS_PER_POST = 10
"""Several on one morning are one message, on every platform."""


def story_order(card: PendingCard) -> tuple[int, int, int]:
    """Notices first, then reminders, then stories as they came."""
    return (RANKS.get(card.subject, 2), card.subject_id, card.id)


def _plan_new(fresh: Sequence[PendingCard], capabilities: Capabilities, rolling: int | None) -> Plan:
    first = fresh[0]
    if first.answers is not None:
        return Plan(Op.REPLY, (first.id,), first.answers)
    if first.alone:
        return Plan(Op.POST, (first.id,))
    kind, most = _batched(first), capabilities.alerts_per_post
    if kind in LISTS:
        every = tuple(card.id for card in fresh if not card.alone and _batched(card) == kind)
        of_post = rolling if kind == "rolling" else None
        return Plan(Op.POST if of_post is None else Op.EDIT, every, of_post, kind)
    if kind == "reminder":
        most = REMINDERS_PER_POST
    like = takewhile(lambda card: not card.alone and card.answers is None and _batched(card) == kind, fresh[:most])
    return Plan(Op.POST, tuple(card.id for card in like) if kind else (first.id,))


def _batched(card: PendingCard) -> str:
    """What a card may share a message with: other alerts, other reminders, a list, or nothing."""
    if RANKS.get(card.subject) == 1:
        return "reminder"
    if card.slot != "alert":
        return ""
    return card.bundle if card.bundle in LISTS else "alert"


def _plan_edit(edits: Sequence[PendingCard], capabilities: Capabilities, now: datetime) -> Plan:
    first = edits[0]
    members = tuple(c.id for c in edits if c.post == first.post)
    window = capabilities.edit_window
    if window is not None and first.posted_at is not None and now - first.posted_at > window:
        return Plan(None, members)
    return Plan(Op.EDIT, members, first.post, first.form)


BACKOFF_START = timedelta(seconds=2)
BACKOFF_CAP = timedelta(minutes=15)


def backoff(attempts: int) -> timedelta:
    """How long a post waits after its `attempts`-th failure without a stated time: doubling from 2 s to 15 min."""
    return min(BACKOFF_START * (1 << min(max(attempts - 1, 0), 20)), BACKOFF_CAP)
