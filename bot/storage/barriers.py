"""What keeps a story from a channel that follows it: weight, filters, mutes. Conditions for routing; makes no card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from bot.core.sources import Outlet, is_called, read_filters
from bot.storage.database import Transaction
from bot.storage.mutes import is_in_force, mutes_source, mutes_story
from bot.storage.readers import FOR_ALL, is_kept_from, own_readers
from bot.storage.schema import channels, feeds, items, matches, mutes, stories, subscriptions

MOST_OUTLETS = 30
"""Outlets of one story that are looked at; a story with more passes by one of the first."""


async def outlets_of(tx: Transaction, story: int, tenant: ColumnElement[Any] | int | None) -> list[Outlet]:
    """Who told a story, each feed and language once, as a tenant hears it; None: whom all hear."""
    query = (
        select(feeds.c.title, feeds.c.url, items.c.lang, feeds.c.lang.label("feed_lang"))
        .join_from(items, feeds, feeds.c.id == items.c.feed)
        .where(items.c.story == story, ~is_kept_from(feeds.c.id, tenant))
        .order_by(items.c.id)
        .limit(MOST_OUTLETS)
    )
    rows = (await tx.execute(query)).all()
    return list(dict.fromkeys(Outlet(row.title, row.url, row.lang or row.feed_lang or "") for row in rows))


async def lets_through(tx: Transaction, story: int, now: datetime) -> ColumnElement[bool]:
    """The condition that a row of `subscriptions` shows a story, whose row is joined, as it stands now."""
    readers = await _tenants_apart(tx, story)
    lets = [_channels_of(readers, are_others=True) & await _lets(tx, story, None, now)]
    lets += [_channels_of([tenant]) & await _lets(tx, story, tenant, now) for tenant in readers]
    is_muted = mutes_story(subscriptions.c.channel, story, now)
    return and_(subscriptions.c.least <= stories.c.weight, or_(*lets), ~is_muted)


async def _tenants_apart(tx: Transaction, story: int) -> list[int]:
    """The tenants that hear a source of a story which not all hear."""
    told = set((await tx.execute(select(items.c.feed).where(items.c.story == story).distinct())).scalars())
    return sorted(FOR_ALL.union(*(await own_readers(tx, told)).values()))


def _channels_of(tenants: Sequence[int], *, are_others: bool = False) -> ColumnElement[bool]:
    """The condition that a row of `subscriptions` is of a channel of these tenants, or of all others."""
    mine = subscriptions.c.channel.in_(select(channels.c.id).where(channels.c.tenant.in_(tenants)))
    return (~mine if tenants else true()) if are_others else mine


async def _lets(tx: Transaction, story: int, tenant: int | None, now: datetime) -> ColumnElement[bool]:
    outlets = await outlets_of(tx, story, tenant)
    return await _passes_filters(tx, story, outlets) & await _hears_sources(tx, story, outlets, now)


def _matching(story: int) -> ColumnElement[bool]:
    return subscriptions.c.query.in_(select(matches.c.query).where(matches.c.story == story))


async def _passes_filters(tx: Transaction, story: int, outlets: Sequence[Outlet]) -> ColumnElement[bool]:
    """Few different filters are in use, so each is judged once, and the subscriptions that have it are left out."""
    query = select(subscriptions.c.filters).where(_matching(story), subscriptions.c.filters != "").distinct()
    stored = (await tx.execute(query)).scalars().all()
    refusing = [filters for filters in stored if not read_filters(filters).passes(outlets)]
    return subscriptions.c.filters.not_in(refusing) if refusing else true()


async def _hears_sources(tx: Transaction, story: int, outlets: Sequence[Outlet], now: datetime) -> ColumnElement[bool]:
    """A channel hears a story where one of those who told it is not muted there."""
    query = (
        select(mutes.c.source)
        .join_from(mutes, subscriptions, subscriptions.c.channel == mutes.c.channel)
        .where(_matching(story), mutes.c.source != "", is_in_force(now))
        .distinct()
    )
    names = (await tx.execute(query)).scalars().all()
    meant = [[name for name in names if is_called(name, outlet)] for outlet in outlets]
    if not meant or not all(meant):
        return true()
    return or_(*(~mutes_source(subscriptions.c.channel, some, now) for some in meant))
