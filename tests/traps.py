"""Small feeds of every format, to be spoilt in tests, and `lab_feed`, which reads them as the command does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from click.testing import CliRunner

from bot.cli.lab import lab

URL = "https://feed.example/news/feed.xml"

RSS_090 = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    "<channel><title>Ores</title></channel><item><title>Gallium</title><link>https://a.example/1</link></item></rdf:RDF>"
)
RSS_10 = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>Ores</title></channel>'
    '<item rdf:about="https://a.example/1"><title>Gallium</title><link>https://a.example/1</link></item></rdf:RDF>'
)
ATOM_03 = (
    '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Ores</title><entry><title>Gallium</title>'
    '<link rel="alternate" type="text/html" href="https://a.example/1"/><id>urn:1</id></entry></feed>'
)
ATOM_10 = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Ores</title><entry><title>Gallium</title>'
    '<link href="https://a.example/1"/><id>urn:1</id></entry></feed>'
)
JSON_1 = (
    '{"version": "https://jsonfeed.org/version/1", "title": "Ores", '
    '"items": [{"id": "1", "title": "Gallium", "url": "https://a.example/1"}]}'
)
JSON_11 = JSON_1.replace("version/1", "version/1.1")


def rss(*items: str, head: str = "", version: str = "2.0", encoding: str = "") -> str:
    """An RSS document of these items' insides."""
    label = f' encoding="{encoding}"' if encoding else ""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"{label}?><rss version="{version}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Ores</title>{head}{inner}</channel></rss>"
    )


def dated(moment: str) -> list[str]:
    """The same moment in each place where a format keeps it."""
    atom, end = "</id></entry>", "</link></item>"
    return [
        RSS_10.replace(end, f"</link><dc:date>{moment}</dc:date></item>"),
        ATOM_03.replace(atom, f"</id><issued>{moment}</issued></entry>"),
        ATOM_03.replace(atom, f"</id><modified>{moment}</modified></entry>"),
        ATOM_10.replace(atom, f"</id><published>{moment}</published></entry>"),
        ATOM_10.replace(atom, f"</id><updated>{moment}</updated></entry>"),
        JSON_1.replace('"id"', f'"date_published": "{moment}", "id"'),
        JSON_11.replace('"id"', f'"date_modified": "{moment}", "id"'),
    ]


def lab_feed(folder: Path, body: str | bytes, content_type: str = "", zone: str | None = None) -> dict[str, Any]:
    """What the command prints of a file."""
    path = folder / "feed.xml"
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    words = ["feed", str(path), "--url", URL, "--content-type", content_type, *(("--zone", zone) if zone else ())]
    done = CliRunner().invoke(lab, words, catch_exceptions=False)
    assert 0 == done.exit_code, done.output
    read: dict[str, Any] = msgspec.json.decode(done.stdout)
    return read
