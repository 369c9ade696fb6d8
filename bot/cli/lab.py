"""`lodewire lab`: the parts of the line on files and lines of one's own.

Runs the same code as the line; touches no database, but for `replay`, which reads it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from bot.cli.replay import replay

Row = Mapping[str, Any]
UNDATED = "1970-01-01"


@click.group()
def lab() -> None:
    """Try the parts on files and lines of your own.

    `feed` reads a file; `replay` the cases that moderators left in the database. The others read JSON lines on standard
    input and write one JSON line for each, keeping `id`.

    \b
    Examples:
      lodewire lab feed saved.xml
      echo '{"id": 1, "title": "China bans gallium exports", "text": "", "lang": "en"}' | lodewire lab topics
    """


lab.add_command(replay)


@lab.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--url", default="http://feed.example/", metavar="URL", help="Where it was fetched; relative links need it."
)
@click.option("--content-type", default="", metavar="TYPE", help="The Content-Type header it came with.")
@click.option(
    "--zone", default=None, metavar="ZONE", help="The time zone of times that state none, such as Asia/Shanghai."
)
def feed(file: Path, url: str, content_type: str, zone: str | None) -> None:
    """Read a feed and print what was found: format, title, items, and problems in words."""
    from bot.core.model import Page
    from bot.feeds.parse import parse

    parsed = parse(Page(url, file.read_bytes(), content_type, zone=zone))
    items = [
        {
            "id": item.guid or item.url,
            "title": item.title,
            "url": item.url,
            "published": item.published.isoformat() if item.published else None,
            "updated": item.updated.isoformat() if item.updated else None,
            "text": item.text,
            "author": item.author,
            "source": item.source,
            "language": item.lang or parsed.lang,
        }
        for item in parsed.items
    ]
    _print({"format": parsed.format, "title": parsed.title, "items": items, "problems": list(parsed.problems)})


@lab.command()
def topics() -> None:
    """Which shipped topics each item matches, and on which words.

    Reads {id, title, text, lang}; writes {id, topics: [{topic, why}]}.
    """
    from bot.app.shipped import shipped_concepts, shipped_topics
    from bot.core.topics.matcher import Document, Matcher, explain

    matcher, names = Matcher(shipped_concepts()), {}
    for number, topic in enumerate(shipped_topics()):
        matcher.add(number, topic.query)
        names[number] = topic.name

    def judge(row: Row) -> Row:
        document = Document(row.get("title") or "", row.get("text") or "", row.get("lang") or "")
        found = matcher.match(document)
        return {"topics": [{"topic": names[n], "why": explain(matcher.evidence(n, document))} for n in found]}

    _each_line(judge)


@lab.command()
def deadlines() -> None:
    """Which dates each text sets, with the sentence that says so.

    Reads {id, published, title, text, lang}; writes {id, deadlines: [{date, time, zone, precision, type, what, who,
    evidence, in_title, start, end, written, confidence, confirmed, reasons}]}; the type `target` is a bare year.
    """
    from bot.core.deadlines import find_deadlines

    def judge(row: Row) -> Row:
        found = find_deadlines(
            row.get("title") or "", row.get("text") or "", _moment(row["published"]), row.get("lang"), with_targets=True
        )
        return {
            "deadlines": [
                {
                    "date": d.due.isoformat(),
                    "time": d.at.isoformat("minutes") if d.at else None,
                    "zone": d.zone,
                    "precision": d.precision,
                    "type": d.type,
                    "what": d.what,
                    "who": d.who,
                    "evidence": d.evidence,
                    "in_title": d.is_in_title,
                    "start": d.start,
                    "end": d.end,
                    "written": d.written,
                    "confidence": d.confidence,
                    "confirmed": d.is_confirmed,
                    "reasons": d.reasons,
                }
                for d in found
            ]
        }

    _each_line(judge)


@lab.command()
def stories() -> None:
    """Which story each item belongs to, in the order given.

    Reads {id, published, outlet, url, title, text, lang}; writes {id, story, why, likeness, follows, merged}; the
    last is a story that was told apart until this item showed that it is the same.
    """
    from bot.app.shipped import shipped_concepts, shipped_events
    from bot.core.stories.grouping import Grouping
    from bot.core.stories.names import story_name
    from bot.core.stories.reading import read_candidate

    grouping, events, concepts = Grouping(shipped_events()), shipped_events(), shipped_concepts()

    def judge(row: Row) -> Row:
        title, text, lang = row.get("title") or "", row.get("text") or "", row.get("lang") or ""
        moment = _moment(row.get("published") or UNDATED)
        one = read_candidate(title, text, lang, moment, row.get("url"), events, concepts)
        found = grouping.place(one)
        number = found.story or len(grouping) + 1
        grouping.add(one, number)
        follows = story_name(found.parent) if found.parent else None
        survivor = min(number, found.also or number)
        if found.also is not None:
            merged = max(number, found.also)
            grouping.merge(merged, survivor)
        said = {"story": story_name(survivor), "why": found.why, "likeness": round(found.likeness, 2)}
        return {**said, "follows": follows, "merged": story_name(merged) if found.also else None}

    _each_line(judge)


@lab.command()
def summary() -> None:
    """The summary of each text, as an alert would carry it.

    Reads {id, title, html, terms, lang}; writes {id, summary}.
    """
    from bot.core.model import TEXT_LIMIT
    from bot.core.summary import summarise
    from bot.core.text.plain import clean_title, plain_text

    def judge(row: Row) -> Row:
        text = plain_text(row.get("html") or row.get("text") or "", TEXT_LIMIT)
        return {"summary": summarise(clean_title(row.get("title") or ""), text, row.get("terms") or ())}

    _each_line(judge)


def _moment(published: str) -> Any:
    from datetime import UTC, datetime

    moment = datetime.fromisoformat(published)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _each_line(judge: Callable[[Row], Row]) -> None:
    if sys.stdin.isatty():
        click.echo("Waiting for lines of JSON; --help shows their form, Ctrl-D ends.", err=True)
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            answer = {"id": row.get("id"), **judge(row)}
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise click.UsageError(f"Line {number} is not what this expects: {error}. See --help.") from error
        _print(answer)


def _print(row: Row) -> None:
    click.echo(json.dumps(row, ensure_ascii=False))
