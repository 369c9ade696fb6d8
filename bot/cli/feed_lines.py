"""How feeds look in a terminal: a line of a list, what one look found, a bar while many are brought in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.core.probe import rhythm_words
from bot.core.text.urls import shown_url

if TYPE_CHECKING:
    from bot.core.probe import Probe
    from bot.storage.feeds import FeedHealth

TITLE_WIDTH = 40
ERROR_WIDTH = 90


def feed_line(feed: FeedHealth) -> str:
    """Number, title, whose, and how it fares."""
    title = feed.title if len(feed.title) <= TITLE_WIDTH else feed.title[: TITLE_WIDTH - 1] + "…"
    return f"{feed.id:>4}  {title:{TITLE_WIDTH}}  {'shared' if feed.is_shared else 'own':6}  {_state(feed)}"


def _state(feed: FeedHealth) -> str:
    if feed.state != "active":
        return feed.state
    if feed.errors:
        times = "once" if feed.errors == 1 else f"{feed.errors} times"
        return f"failed {times}: {feed.error}"[:ERROR_WIDTH]
    if feed.last_ok_at is None:
        return "not read yet"
    news = f", last news {feed.last_new_at:%d %b}" if feed.last_new_at else ""
    return f"read {feed.last_ok_at:%d %b %H:%M} UTC{news}"


def feed_row(feed: FeedHealth) -> dict[str, object]:
    """A feed for a script. The operator's address may hold a secret, and is shown without it."""
    return {
        "id": feed.id,
        "url": shown_url(feed.url) if feed.is_shared else feed.url,
        "title": feed.title,
        "own": not feed.is_shared,
        "state": feed.state,
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
