"""How feeds look in a terminal: a line of a list, what one look found, a bar while many are brought in."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len, set_cell_size

from bot.commands.feed_health import condition, describe, in_order, summary
from bot.core.messages import line_text
from bot.core.probe import rhythm_words
from bot.core.text.urls import shown_url

if TYPE_CHECKING:
    from bot.core.probe import Probe
    from bot.storage.feeds import FeedHealth

TITLE_WIDTH = 40
NARROW = 100  # columns from which on there is room for a whole title
DECIDED = {"held", "gone", "never", "silent", "paused"}


def feed_list(known: Sequence[FeedHealth], now: datetime, width: int | None) -> Iterator[str]:
    """A feed a line, which goes on under itself in a terminal of `width` columns; whole where it is None, as in a pipe.

    In the end the counts, and where it is written what the lines say may be written.
    """
    room = TITLE_WIDTH if width is None or width >= NARROW else TITLE_WIDTH // 2
    room = min(room, max((cell_len(feed.title) for feed in known), default=0))
    for feed in in_order(known):
        title = feed.title if width is None and cell_len(feed.title) > room else _fit(feed.title, room)
        head = f"{feed.id:>4}  {title}  {'shared' if feed.is_shared else 'own':6}  "
        yield wrap(head, line_text(describe(feed, now, may_decide=True), "UTC"), width)
    own = sum(not feed.is_shared for feed in known)
    yield wrap("", f"{summary(known)} {own or 'None'} of them your own." if known else "No feed is on the list.", width)
    if any(condition(feed) in DECIDED for feed in known):
        yield wrap("", "What a line says to write is written in `lodewire chat`.", width)


def _fit(title: str, room: int) -> str:
    """In so many columns: a Chinese letter takes two."""
    return set_cell_size(title, room) if cell_len(title) <= room else f"{set_cell_size(title, room - 1)}…"


def wrap(head: str, words: str, width: int | None) -> str:
    """A line that goes on under the begin of `words`."""
    if width is None:
        return head + words
    indent = cell_len(head)
    first, *rest = textwrap.wrap(words, max(width - indent, 20), break_on_hyphens=False) or [""]
    return f"\n{' ' * indent}".join([head + first, *rest])


def columns() -> int | None:
    """How wide the terminal is; None where the output is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def feed_row(feed: FeedHealth) -> dict[str, object]:
    """A feed for a script. The operator's address may hold a secret, and is shown without it."""
    return {
        "id": feed.id,
        "url": shown_url(feed.url) if feed.is_shared else feed.url,
        "title": feed.title,
        "own": not feed.is_shared,
        "state": feed.state,
        "health": condition(feed),
        "moved_to": shown_url(feed.address) if feed.address else None,
        "errors": feed.errors,
        "error": feed.error,
        "last_ok_at": feed.last_ok_at.isoformat() if feed.last_ok_at else None,
        "last_new_at": feed.last_new_at.isoformat() if feed.last_new_at else None,
    }


def show_probe(probe: Probe) -> None:
    """What one look at a feed found."""
    rhythm = rhythm_words(probe.dates, datetime.now(UTC)) or "rhythm not known yet"
    click.echo(f"{probe.title or shown_url(probe.url)}: {probe.lang or 'no language stated'}, {rhythm}. Latest:")
    for item in probe.latest:
        click.echo(f"  {item.title or item.url or 'Untitled'}")


@contextmanager
def import_progress(total: int, label: str, *, is_silent: bool) -> Iterator[Callable[[int], None]]:
    """To be called with the size of each part that is done: a bar in a terminal, lines elsewhere; standard error."""
    if is_silent or total == 0:
        yield lambda count: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(label, total=total)
            yield lambda count: progress.advance(task, count)
    else:
        done = 0

        def tell(count: int) -> None:
            nonlocal done
            done += count
            click.echo(f"{label}: {done} of {total}", err=True)

        yield tell
