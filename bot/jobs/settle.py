"""What a feed's answer means: which of its items are news, when it is asked again, and what the operator is told.

Decides by the rules of `core`; reads and saves nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from bot.core.articles import ARTICLE_WAIT
from bot.core.cadence import PAGE_FLOOR, lengthen, next_poll, own_interval
from bot.core.errors import FeedError, FeedTrouble
from bot.core.floods import Sight, is_gap, let_in, words_of
from bot.core.identity import Entry, choose_rule, keys_of, tell_apart
from bot.core.intake import Known, Sorted, sort_anew, sort_page
from bot.core.life import ENOUGH_READS, Life, fail, follow, forsake, is_missing, live_on, other_home
from bot.core.model import Item, NotModified, Page, ParsedFeed, Validators
from bot.core.text.repeats import ENOUGH, drop_repeats, find_repeats
from bot.core.text.urls import host_of
from bot.jobs.line import Pace
from bot.jobs.tidings import Notice, tell_flood, tell_hint, tell_move
from bot.storage.hosts import DueFeed
from bot.storage.items import PollResult

NOT_THERE = (404, 410)
HELD_MEMORY = timedelta(days=30)
"""A question that was not answered for so long is asked again with the next flood."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one feed answered: a page that was read, a 304, or an error. `fresh`: items not on the last page."""

    feed: DueFeed
    at: datetime
    page: Page | None = None
    parsed: ParsedFeed | None = None
    not_modified: NotModified | None = None
    error: FeedError | None = None
    fresh: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with its items told apart, once: `rule` is the feed's from now on, `entries` its page by that."""

    answer: Answer
    rule: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer's outcome: what is saved, and what is told with it."""

    result: PollResult
    notices: tuple[Notice, ...] = ()


def tell(answer: Answer) -> Told:
    """Tell an answer's items apart, by its feed's rule or a stricter one that they ask for."""
    feed, rule = answer.feed, answer.feed.life.id_rule
    if answer.parsed is None:
        return Told(answer, rule)
    rule = choose_rule(rule, answer.parsed.items, feed.url, is_first_sight=not feed.is_seeded)
    return Told(answer, rule, tell_apart(answer.parsed.items, rule))


def wanted_keys(told: Told) -> list[int]:
    """The keys by which its items may be known, under the feed's rule and under a new one.

    Nothing is known of a feed that never answered.
    """
    feed, old = told.answer.feed, told.answer.feed.life.id_rule
    if feed.last_ok_at is None:
        return []
    before = () if told.rule == old else (keys_of(item, old) for item in _items(told.answer))
    return list(dict.fromkeys(chain.from_iterable((*before, *(entry.keys for entry in told.entries)))))


def _items(answer: Answer) -> Sequence[Item]:
    return answer.parsed.items if answer.parsed else ()


def unmet_words(told: Told, known: Mapping[int, Mapping[int, Known]]) -> dict[int, int]:
    """The words of a whole page of which no key is known, though its feed is: it may have moved house."""
    parsed, feed = told.answer.parsed, told.answer.feed
    if parsed is None or not feed.is_seeded or parsed.total > len(parsed.items):
        return {}
    met = known.get(feed.id, {})
    return {} if any(key in met for key in wanted_keys(told)) else words_of(parsed.items)


def settle(pace: Pace, told: Told, known: Mapping[int, Known]) -> Settled:
    """What comes of an answer, with what is known under its items' keys."""
    answer = told.answer
    return _settle_failure(pace, answer, answer.error) if answer.error else _settle_success(pace, told, known)


def _settle_success(pace: Pace, told: Told, known: Mapping[int, Known]) -> Settled:
    answer, feed, parsed, was = told.answer, told.answer.feed, told.answer.parsed, told.answer.feed.life
    life = replace(was, failing_since=None, refusals=0, reads=min(was.reads + 1, ENOUGH_READS))
    page: Sorted | None = None
    notices: tuple[Notice, ...] = ()
    if parsed is not None:
        page, life = _sort(pace, told, parsed, known, life)
        notices = tell_flood(feed, page, parsed.total, answer.at) if life.held_at != was.held_at else ()
    life, moved = _follow(answer, page, life)
    life, hinted = _hear_hint(feed, parsed, life)
    fresh = answer.page or answer.not_modified
    hint, skip = _own_wishes(pace, life)
    wait = lengthen(_interval(pace, feed, life, answer.at), hint, timedelta(seconds=fresh.fresh_s if fresh else 0))
    result = PollResult(
        feed=feed.id,
        at=answer.at,
        next_poll_at=next_poll(feed.url, answer.at, wait, skip=skip),
        outcome="not_modified" if answer.not_modified else "fetched",
        validators=_validators(answer),
        body_hash=parsed.body_hash if parsed else None,
        title=parsed.title if parsed else "",
        lang=feed.lang or (parsed.lang if parsed else None),
        page=page,
        window=parsed.window if parsed else "",
        is_whole=parsed is not None and parsed.is_whole,
        is_seeded=feed.is_seeded,
        life=life,
        was=was,
        host=_new_host(feed, life),
        reader=feed.reader,
        articles_until=answer.at + ARTICLE_WAIT if feed.full_text else None,
    )
    return Settled(result, (*notices, *moved, *hinted))


def _own_wishes(pace: Pace, life: Life) -> tuple[timedelta, str]:
    """How seldom, and at which hours not, the feed itself asks to be visited.

    An operator who sets the least interval below its default decides alone; what the server's headers say still holds.
    """
    return (timedelta(seconds=life.hint_s), life.skip) if pace.adapts else (timedelta(0), "")


def _interval(pace: Pace, feed: DueFeed, life: Life, now: datetime) -> timedelta:
    is_gapped = life.is_gapped(now)
    wait = own_interval(
        feed.interval, feed.tier, pace.min_interval, adapts=pace.adapts, rhythm=life.rhythm, is_gapped=is_gapped
    )
    return wait if feed.recipe is None else max(wait, PAGE_FLOOR)


def _sort(pace: Pace, told: Told, parsed: ParsedFeed, known: Mapping[int, Known], life: Life) -> tuple[Sorted, Life]:
    """The page sorted and guarded, and the feed's life after it."""
    answer, feed, rule = told.answer, told.answer.feed, told.rule
    if rule == life.id_rule:
        page = sort_page(told.entries, known)
    else:
        page = sort_anew(told.entries, known, life.id_rule, answer.fresh)
    interval = _interval(pace, feed, life, answer.at)
    sight = Sight(
        answer.at,
        feed.last_ok_at,
        parsed.total,
        feed.is_seeded,
        life.rhythm,
        life.burst,
        pace.flood_limit,
        interval,
        grown=parsed.total - feed.window_length if feed.window else 0,
    )
    page = let_in(page, sight)
    dates = [entry.item.published for entry in page.new if not (entry.is_silent or entry.is_held)]
    life = live_on(life, answer.at, dates, is_first_sight=not feed.is_seeded)
    life = replace(life, id_rule=rule, hint_s=parsed.hint_s, skip=parsed.skip)
    if is_gap(page, sight):
        life = replace(life, gaps=life.gaps + 1, gapped_at=answer.at)
    if any(entry.is_held for entry in page.new):
        is_waiting = life.held_at is not None and answer.at - life.held_at < HELD_MEMORY
        life = replace(life, held_at=life.held_at if is_waiting else answer.at)
    if parsed.is_whole and len(parsed.items) >= ENOUGH:
        life = replace(life, repeats=find_repeats(parsed.items))
    page = _without_repeats(page, life.repeats)
    return page, replace(life, repairs=life.repairs + bool(parsed.problems))


def _without_repeats(page: Sorted, repeats: str) -> Sorted:
    """What is saved, less what the feed puts under each item. The hash of an item's words stays that of all of them."""
    if not repeats:
        return page
    new = tuple(_shortened(entry, repeats) for entry in page.new)
    changed = tuple((number, _shortened(entry, repeats)) for number, entry in page.changed)
    return replace(page, new=new, changed=changed)


def _shortened(entry: Entry, repeats: str) -> Entry:
    return replace(entry, item=replace(entry.item, text=drop_repeats(entry.item.text, repeats)))


def _follow(answer: Answer, page: Sorted | None, life: Life) -> tuple[Life, tuple[Notice, ...]]:
    """The feed's address after its answer's redirects."""
    feed, came = answer.feed, answer.page or answer.not_modified
    if came is None or not came.url:
        return life, ()
    after = follow(life, answer.at, feed.url, came.url, came.moved_to, is_same=_is_same(answer, page))
    return after, tell_move(feed, after, answer.at) if after.address != life.address else ()


def _is_same(answer: Answer, page: Sorted | None) -> bool:
    """Whether what came is the feed that is known: unchanged, partly seen before, or of the same title."""
    parsed, feed = answer.parsed, answer.feed
    if parsed is None or page is None or not feed.is_seeded:
        return True
    return bool(page.known) or parsed.total > len(parsed.items) or (parsed.title != "" and parsed.title == feed.title)


def _hear_hint(feed: DueFeed, parsed: ParsedFeed | None, life: Life) -> tuple[Life, tuple[Notice, ...]]:
    """A feed that says it lives on another host: told once for each such host, and nothing else is done."""
    target = other_home(life, feed.url, parsed.home) if parsed is not None else None
    if target is None or host_of(target) == life.hinted:
        return life, ()
    return replace(life, hinted=host_of(target)), tell_hint(feed, target)


def _new_host(feed: DueFeed, life: Life) -> str | None:
    """The host it belongs to, where that changed."""
    return (life.via or host_of(feed.url)) if life.via != feed.life.via else None


def _settle_failure(pace: Pace, answer: Answer, error: FeedError) -> Settled:
    feed, was, errors = answer.feed, answer.feed.life, answer.feed.errors + 1
    life = fail(was, answer.at, error.trouble.value, error.status)
    moved = forsake(life, feed.url) if error.status in NOT_THERE else None
    is_gone = error.trouble is FeedTrouble.GONE or (error.status == 404 and is_missing(life, answer.at, errors))
    hint, skip = _own_wishes(pace, life)
    wait = lengthen(_interval(pace, feed, life, answer.at), hint)
    wish = error.retry_after
    result = PollResult(
        feed=feed.id,
        at=answer.at,
        next_poll_at=next_poll(
            feed.url,
            answer.at,
            wait,
            errors=errors,
            trouble=error.trouble,
            retry_after=wish,
            skip=skip,
            page=feed.window_length * life.rhythm,
        ),
        outcome="failed",
        validators=None if moved is None or moved.address else Validators(),
        lang=feed.lang,
        is_seeded=feed.is_seeded,
        error_class=error.trouble.value,
        error=str(error),
        errors=errors,
        state="gone" if is_gone and moved is None else "active",
        life=moved or life,
        was=was,
        host=_new_host(feed, moved or life),
    )
    return Settled(result, () if moved is None else tell_move(feed, moved, answer.at))


def _validators(answer: Answer) -> Validators | None:
    """Those of a whole page that was a feed, or newer ones of a 304; none of a cut one; None keeps what is stored."""
    if answer.not_modified:
        return answer.not_modified.validators
    if not answer.page or answer.error:
        return None
    is_cut = answer.parsed is not None and answer.parsed.is_cut
    return Validators() if is_cut else answer.page.validators
