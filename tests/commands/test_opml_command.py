"""opml: a place's own list, out as lines and in again elsewhere."""

from __future__ import annotations

import pytest

from bot.commands.limits import Limits
from bot.core.messages import as_text
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, OTHER, open_newsroom

pytestmark = pytest.mark.asyncio


async def test_what_is_exported_is_imported(database: Database, clock: Clock) -> None:
    """Copied from one place into another: the same feeds with their titles; the operator's are not among them."""
    room = await open_newsroom(database, clock)
    assert "no feeds of its own yet" in await room.said("opml")
    await room.said("feed add https://a.example/feed.xml?x=1 Paper A")
    await room.said("feed add https://b.example/ Blatt B: Erze")
    said = await room.said("opml export")
    assert "https://a.example/feed.xml?x=1 # Paper A" in said
    assert "wire.example" not in said
    assert "2 feeds are added. They are read within minutes" in await room.said(f"opml import {said}", CHEN, OTHER)
    assert said == await room.said("opml export", CHEN, OTHER)
    again = await room.said(f"opml import {said} https://wire.example/feed.xml", CHEN, OTHER)
    assert "0 feeds are added. 3 were polled here already." in again


async def test_opml_is_pasted_too(database: Database, clock: Clock) -> None:
    """A short text with its titles."""
    room = await open_newsroom(database, clock)
    text = '<opml><body><outline text="A B" xmlUrl="https://a.example/"/><outline xmlUrl="ftp://x/"/></body></opml>'
    reply = await room.ask(f"opml import {text}")
    assert "1 feed is added." in as_text(reply.message)
    assert "has no web address: ftp://x/" in as_text(reply.message)
    assert "A B · own" in await room.said("feed list")


async def test_there_is_only_so_much_room(database: Database, clock: Clock) -> None:
    """The limit of a place holds; what finds no room is counted."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1000, feeds=1))
    said = await room.said("opml import https://a.example/ https://b.example/ mailto:x")
    assert "1 feed is added. 1 finds no room: 1 own feeds are allowed." in said
    assert "No web address: mailto:x" in said


async def test_import_is_for_moderators_and_addresses(database: Database, clock: Clock) -> None:
    """Words alone are told to be none."""
    room = await open_newsroom(database, clock)
    assert "is for moderators" in await room.said("opml import https://a.example/", ANA)
    assert "There is no web address in this." in await room.said("opml import all of them")
