"""`lodewire feeds`: the list of feeds by hand, and as OPML."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.feed_lines import columns, feed_list, feed_row, import_progress, show_probe
from bot.cli.options import config_option, json_option, open_settings, run_async
from bot.core.errors import LodewireError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.app.settings import Settings
    from bot.core.model import FeedSpec
    from bot.storage.feeds import FeedHealth

UNSEEN = "They are read at the next poll. What stands on them now is remembered; what comes after is news."


@click.group()
def feeds() -> None:
    """The list of feeds: show it, change it, bring it in and out as OPML.

    What is added here is the terminal's own: its news is shown in this terminal, and in no channel. A list for all is a
    file that the settings name (`feeds = "my.opml"`); `export` writes such a file. Works while Lodewire runs.

    \b
    Examples:
      lodewire feeds add https://example.org/
      lodewire feeds import from-my-reader.opml
      lodewire feeds export my.opml
    """


@feeds.command("list")
@config_option
@json_option
def list_them(config: Path | None, as_json: bool) -> None:
    """Show every feed that is polled for this terminal: whose it is, and how it fares."""
    known = _all(open_settings(config, least="error"))
    if as_json:
        click.echo(json.dumps({"feeds": [feed_row(feed) for feed in known]}, ensure_ascii=False))
        return
    for line in feed_list(known, datetime.now(UTC), columns()):
        click.echo(line)
    if not known:
        click.echo("Those that come along enter with the first `lodewire run`.")


@feeds.command()
@click.argument("url")
@config_option
@click.option("--title", default="", metavar="TITLE", help="What it is called, in place of what it calls itself.")
@click.option("--unseen", is_flag=True, help="Add it without looking at it first.")
@click.option("--full-text", is_flag=True, help="Its items are teasers: read the page behind each new one.")
@json_option
def add(url: str, config: Path | None, title: str, unseen: bool, full_text: bool, as_json: bool) -> None:
    """Add the feed at URL, or the one that the site at URL names, after one look at it.

    \b
    Examples:
      lodewire feeds add https://example.org/news.xml
      lodewire feeds add example.org --title "Example News"
    """
    from bot.app.feedlist import look_at
    from bot.core.model import FeedSpec
    from bot.core.text.urls import http_url

    settings = open_settings(config, least="error")
    address = http_url(url) or http_url(f"https://{url}")
    if address is None:
        raise LodewireError(f"{url!r} is no web address.", "It begins with https:// or http://.")
    probe = None if unseen else run_async(lambda: look_at(settings, address))
    if probe is not None and probe.found:
        for feed in probe.found:
            click.echo(f"  {feed.url}  {feed.title}", err=True)
        raise LodewireError("This site names several feeds; nothing was added.", "Add one of those above.")
    spec = FeedSpec(probe.url if probe else address, title or (probe.title if probe else ""), full_text=full_text)
    added = _add(settings, [spec])
    if as_json:
        click.echo(json.dumps({"url": spec.url, "title": spec.title, "added": bool(added)}, ensure_ascii=False))
        return
    if probe is not None:
        show_probe(probe)
    click.echo(f"Added: {spec.title or spec.url}." if added else "It was on the list already.")


@feeds.command()
@click.argument("feed")
@config_option
@json_option
def remove(feed: str, config: Path | None, as_json: bool) -> None:
    """Take FEED off your own list, by its address, title or number.

    \b
    Example:
      lodewire feeds remove "Example News"
    """
    from bot.app.feedlist import open_list
    from bot.commands.which_feed import find_feed

    settings = open_settings(config, least="error")

    async def take_off() -> FeedHealth:
        async with open_list(settings) as known:
            found = find_feed(await known.all(), feed)
            if found is None:
                raise LodewireError(f"{feed!r} is not on the list.", "`lodewire feeds list` shows what is.")
            if found.is_shared:
                raise LodewireError(f"{found.title} is on the list for all.", "Take it out of the settings' file.")
            await known.remove(found)
            return found

    found = run_async(take_off)
    click.echo(json.dumps({"url": found.url, "removed": True}) if as_json else f"Removed: {found.title}.")


@feeds.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@config_option
@json_option
def bring_in(file: Path, config: Path | None, as_json: bool) -> None:
    """Add every feed of FILE: OPML from any reader, or one address a line.

    Folders are looked into. What is on the list already is left as it is. Ends with 1 where an entry could not be
    taken; the others are added all the same.

    \b
    Examples:
      lodewire feeds import miniflux.opml
      lodewire feeds import addresses.txt --json | tail -n 1
    """
    from bot.app.shipped import read_feeds

    settings = open_settings(config, least="error")
    specs, problems = read_feeds(str(file))
    with import_progress(len(specs), file.name, is_silent=as_json) as told:
        added = _add(settings, specs, told)
    if as_json:
        counts = {"read": len(specs), "added": added, "known": len(specs) - added, "problems": list(problems)}
        click.echo(json.dumps(counts, ensure_ascii=False))
    else:
        _tell_import(file, len(specs), added, problems)
    if problems or not specs:
        sys.exit(1)


@feeds.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@config_option
@click.option("--own", is_flag=True, help="Only what you added, without the list for everybody.")
def bring_out(file: Path | None, config: Path | None, own: bool) -> None:
    """Write the list as OPML to FILE, or to the output. Any reader takes it, and the setting `feeds`.

    \b
    Example:
      lodewire feeds export --own my.opml
    """
    from bot.core.model import FeedSpec
    from bot.feeds.opml import write_opml

    listed = [feed for feed in _all(open_settings(config, least="error")) if not (own and feed.is_shared)]
    known = [feed for feed in listed if not feed.is_page]
    text = write_opml(
        [FeedSpec(feed.url, feed.title, feed.lang, full_text=feed.full_text) for feed in known], "Lodewire"
    )
    if file is None:
        click.echo(text, nl=False)
        return
    if file.exists():
        raise LodewireError(f"{file} is there already.", "Name another file, or move that one away.")
    file.write_text(text, encoding="utf-8")
    pages = f" Watched pages, which no other reader can take: {len(listed) - len(known)}." if listed != known else ""
    click.echo(f"{file}: {_count(len(known))}.{pages}")


def _all(settings: Settings) -> list[FeedHealth]:
    from bot.app.feedlist import open_list

    async def read() -> list[FeedHealth]:
        async with open_list(settings) as known:
            return await known.all()

    return run_async(read)


def _add(settings: Settings, specs: Sequence[FeedSpec], told: Callable[[int], None] = lambda count: None) -> int:
    from bot.app.feedlist import open_list

    async def write() -> int:
        async with open_list(settings) as known:
            return await known.add(specs, told)

    return run_async(write)


def _tell_import(file: Path, read: int, added: int, problems: Sequence[str]) -> None:
    known = f" {read - added} {'was' if read - added == 1 else 'were'} on the list already." if read > added else ""
    click.echo(f"{file}: {_count(read)} read, {added or 'none'} added.{known}")
    for problem in problems:
        click.echo(f"  Left out: {problem}")
    if added:
        click.echo(UNSEEN)


def _count(number: int) -> str:
    return f"{number} feed{'' if number == 1 else 's'}"
