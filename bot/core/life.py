"""How a feed fares: its rhythm, gaps, troubles and address. Pure: what is stored comes in, what is new comes out.

The fields of `Life` are columns of `feeds`, by the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from bot.core.identity import GUID_LINK
from bot.core.text.urls import host_of, http_url

GAP_MEMORY = timedelta(days=7)
"""How long a gap keeps a feed's interval short."""

MOVE_PROOF = timedelta(days=7)
"""How long a permanent redirect must lead to the same feed before its target is asked instead."""

MISSING_FOR = timedelta(days=7)
MISSING_TIMES = 6
"""A feed that is not found so long and so often is gone."""

ENOUGH_READS = 3
ENOUGH_REFUSALS = 3
REFUSED = (401, 403)
SILENT_TIMES = 5
LEAST_SILENCE = timedelta(days=4)  # a weekend and a holiday are no silence
GRAIN = timedelta(minutes=1)  # items nearer to each other came together
STEP = 0.1
LONGEST_RHYTHM = timedelta(days=60)
FEWEST_DATES = 5


@dataclass(frozen=True, slots=True)
class Life:
    """What is remembered of a feed beside its items, and changed by what it answers."""

    id_rule: str = GUID_LINK
    rhythm_s: int = 0  # the usual time between two arrivals; 0: not known
    newest_at: datetime | None = None  # the latest date met, or first sight where undated
    gaps: int = 0  # times that items came and went unseen
    gapped_at: datetime | None = None
    held_at: datetime | None = None  # since when items wait for the operator's word
    burst: int = 0  # as many at once as the operator let pass
    reads: int = 0  # successful polls, counted up to ENOUGH_READS
    repairs: int = 0  # pages that had to be mended
    failures: str = ""  # by class: `5xx 3, dns 1`
    failing_since: datetime | None = None
    hint_s: int = 0  # the interval that the document asks for
    skip: str = ""  # hours and days without visits
    moved_to: str | None = None  # the target of a permanent redirect, not yet proven
    moved_since: datetime | None = None
    address: str | None = None  # asked in place of `url`, since it moved
    via: str = ""  # the host that answers, where it is not that of `url`
    repeats: str = ""  # hashes of lines that stand in most of its items
    hinted: str = ""  # the other host that it says it lives on, once that was told
    refusals: int = 0  # answers in a row that let nobody like us in: 401 and 403

    @property
    def rhythm(self) -> timedelta:
        """The usual time between two arrivals; 0 where it is not known."""
        return timedelta(seconds=self.rhythm_s)

    def is_gapped(self, now: datetime) -> bool:
        """Whether items came and went unseen lately."""
        return self.gapped_at is not None and now - self.gapped_at < GAP_MEMORY


def live_on(life: Life, now: datetime, dates: Sequence[datetime | None], *, is_first_sight: bool) -> Life:
    """After items with these dates arrived: the rhythm steps towards the median of the gaps (a tracked quantile)."""
    known = sorted(date or now for date in dates)
    if not known:
        return life
    newest = max(known[-1], life.newest_at or known[-1])
    if is_first_sight:
        return replace(life, newest_at=newest, rhythm_s=_seconds(median_gap([date for date in dates if date])))
    gap = newest - (life.newest_at or newest)
    if gap < GRAIN:
        return replace(life, newest_at=newest)
    step = life.rhythm * (1 + STEP if gap > life.rhythm else 1 - STEP) if life.rhythm_s else gap
    return replace(life, newest_at=newest, rhythm_s=_seconds(step))


def median_gap(dates: Iterable[datetime]) -> timedelta:
    """The median time between arrivals; 0 where there are too few to say."""
    ordered = sorted(dates)
    gaps = [later - earlier for earlier, later in pairwise(ordered) if later - earlier >= GRAIN]
    return sorted(gaps)[len(gaps) // 2] if len(gaps) + 1 >= FEWEST_DATES else timedelta(0)


def _seconds(span: timedelta) -> int:
    return int(min(span, LONGEST_RHYTHM) / timedelta(seconds=1))


def fail(life: Life, now: datetime, trouble: str, status: int | None = None) -> Life:
    """After a failure of this class; `status`: the server's answer, if there was one. One that does not answer has
    neither refused us again nor let us in."""
    counts = {name: int(count) for name, count in (part.rsplit(" ", 1) for part in life.failures.split(", ") if part)}
    counts[trouble] = counts.get(trouble, 0) + 1
    words = ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    refusals = life.refusals if status is None else min(life.refusals + 1, ENOUGH_REFUSALS) * (status in REFUSED)
    return replace(life, failures=words, failing_since=life.failing_since or now, refusals=refusals)


def is_missing(life: Life, now: datetime, errors: int) -> bool:
    """Whether a feed that is not found again has been so for long enough to be gone."""
    return errors >= MISSING_TIMES and life.failing_since is not None and now - life.failing_since >= MISSING_FOR


def follow(life: Life, now: datetime, url: str, found: str, moved_to: str | None, *, is_same: bool) -> Life:
    """After an answer from `found`; `moved_to`: where permanent redirects led to; `is_same`: it is the feed we know.

    The target is asked in the feed's place once it was the same feed for a week; at once where it is the same address
    over TLS.
    """
    via = host_of(found)
    life = replace(life, via="" if via == host_of(url) else via)
    asked = life.address or url
    if moved_to is None or moved_to == asked:
        return replace(life, moved_to=None, moved_since=None)
    if moved_to != life.moved_to or not is_same:
        life = replace(life, moved_to=moved_to, moved_since=now)
    is_proven = life.moved_since is not None and now - life.moved_since >= MOVE_PROOF
    return _settle_there(life, url) if is_same and (is_proven or _is_secured(asked, moved_to)) else life


def other_home(life: Life, url: str, home: str) -> str | None:
    """The address on another host where a feed says that it lives; None where it says nothing or what cannot be so.

    Nobody follows it: it is often that of a copy or of the publisher's own machines.
    """
    target = http_url(home)
    if target is None or not _is_name(host_of(target)):
        return None
    near = {_bare_host(address) for address in (url, life.address or url)} | {life.via.removeprefix("www.")}
    return None if _bare_host(target) in near else target


def _is_name(host: str) -> bool:
    """Whether it can be a name of the open Internet: no address by numbers, and none of a machine next door."""
    _, dot, last = host.strip(".").rpartition(".")
    return bool(dot) and not last.isdecimal()


def _bare_host(url: str) -> str:
    return host_of(url).removeprefix("www.")


def forsake(life: Life, url: str) -> Life | None:
    """After the address in use is gone: the one it pointed to, or the one before it; None where there is neither."""
    if life.moved_to:
        return _settle_there(life, url)
    return replace(life, address=None, via="") if life.address else None


def _settle_there(life: Life, url: str) -> Life:
    target = life.moved_to or url
    via = "" if host_of(target) == host_of(url) else host_of(target)
    return replace(life, address=None if target == url else target, via=via, moved_to=None, moved_since=None)


def _is_secured(old: str, new: str) -> bool:
    """Whether `new` is `old` over TLS."""
    before, after = urlsplit(old), urlsplit(new)
    same = (before.hostname, before.path or "/", before.query) == (after.hostname, after.path or "/", after.query)
    return same and (before.scheme, after.scheme) == ("http", "https")


@dataclass(frozen=True, slots=True)
class Standing:
    """A feed as its keeper should know it."""

    life: Life
    state: str
    error_class: str | None
    last_ok_at: datetime | None
    last_new_at: datetime | None


def trouble_of(feed: Standing, told: str = "") -> str:
    """What somebody has to know of a feed: gone, blocked, never (had items), silent, or "" where it is well.

    While it fails otherwise nothing can be said: it stays at what was told.
    """
    life = feed.life
    if feed.state == "gone":
        return "gone"
    if feed.error_class is not None:
        return "blocked" if feed.error_class == "blocked" or life.refusals >= ENOUGH_REFUSALS else told
    if feed.last_new_at is None:
        return "never" if life.reads >= ENOUGH_READS else ""
    if feed.last_ok_at is None or not life.rhythm_s:
        return ""
    quiet_for = feed.last_ok_at - max(feed.last_new_at, life.newest_at or feed.last_new_at)  # while we looked
    return "silent" if quiet_for > max(SILENT_TIMES * life.rhythm, LEAST_SILENCE) else ""
