"""From cards to words: reads what each card is about and composes the message of a post. Saves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.errors import QueryError
from bot.core.messages import Message, Section, freeze
from bot.core.outbox import PendingCard, story_order
from bot.core.stories.alert import Source, StoryState, compose_alert
from bot.core.stories.changes import Said, compose_change, compose_pointer
from bot.core.stories.names import story_name
from bot.core.stories.reminder import compose_reminder
from bot.core.summary import opening_words, summarise
from bot.core.text.urls import http_url
from bot.core.topics import no_concepts, parse_query
from bot.storage import alerts, notes, notices, reminding, turns
from bot.storage.alerts import Followed, StoryRow
from bot.storage.database import Transaction
from bot.storage.outbox import Place

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts
    from bot.core.topics.evidence import Hit

LoadConcepts = Callable[[], "Concepts"]


async def compose(
    tx: Transaction, place: Place, cards: Sequence[PendingCard], now: datetime, concepts: LoadConcepts = no_concepts
) -> str:
    """The frozen message that shows these cards in this channel."""
    today = await asyncio.to_thread(local_date, now, place.zone)  # the first look at a zone reads a file
    sections = tuple([await _section(tx, place, card, today, concepts) for card in sorted(cards, key=story_order)])
    told = [card.subject_id for card in cards if card.subject == "story"]
    calls = [role for story in told for role in await alerts.read_calls(tx, story, place.channel)]
    return freeze(Message(sections, zone=place.zone, calls=tuple(dict.fromkeys(calls))))


def local_date(now: datetime, zone: str) -> date:
    """The day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


async def _section(tx: Transaction, place: Place, card: PendingCard, today: date, concepts: LoadConcepts) -> Section:
    if card.subject == "notice":
        title, body = await notices.read_notice(tx, card.subject_id)
        return Section(kicker="Lodewire", title=title, body=((body,),))
    if card.subject == "deadline":
        occasion = await reminding.read_occasion(tx, card.subject_id)
        assert occasion is not None, "a card of a date goes with its date"
        return compose_reminder(occasion, card.slot, today)
    if card.subject == "reminder":
        return compose_note(await notes.read_note(tx, card.subject_id))
    if card.slot.startswith(turns.CHANGE):
        return await compose_turn(tx, place, card.subject_id, card.slot)
    return await _alert(tx, place, card.subject_id, today, concepts)


def compose_note(note: notes.Note | None) -> Section:
    """A reminder that somebody asked for, in their words."""
    assert note is not None, "a card of a reminder goes with its reminder"
    footer = f"Story {story_name(note.story)}" if note.story else ""
    url = http_url(note.url) if note.url else None
    return Section(kicker="Your reminder", title=note.text or note.headline or "a story", url=url, footer=footer)


async def compose_turn(tx: Transaction, place: Place, story: int, slot: str) -> Section:
    """The short answer that says what became of a story, as it stands now."""
    row = await alerts.read_story(tx, story)
    turn = await turns.turn_at(tx, story, int(slot.removeprefix(turns.CHANGE)), place.tenant)
    said = Said("corrected", row.changed_at, quote=row.change) if turn is None else said_of(turn)
    return compose_change(said, story, row.headline, row.url)


def said_of(turn: turns.Turn) -> Said:
    """A stored turn as alerts tell it."""
    other = None if turn.other is None else (turn.other, turn.headline)
    return Said(turn.kind, turn.at, turn.who, turn.said, turn.url, other)


async def _alert(tx: Transaction, place: Place, story: int, today: date, concepts: LoadConcepts) -> Section:
    row = await alerts.read_story(tx, story)
    heir = await turns.heir_of(tx, story, place.tenant)
    if heir != story:
        other = await alerts.read_story(tx, heir)
        return compose_pointer(heir, other.headline, other.url)
    followed = await alerts.read_followed(tx, story, place.channel)
    numbers = await turns.told_as(tx, story, place.tenant)
    sources = await alerts.read_sources(tx, numbers, place.tenant)
    said = tuple(map(said_of, await turns.turns_of(tx, numbers, place.tenant)))
    state = StoryState(
        id=row.id,
        rev=row.rev,
        headline=row.headline,
        summary=_summary(row, said),
        url=row.url,
        change=row.change,
        changed_at=row.changed_at,
        sources=sources,
        deadlines=await alerts.read_deadlines(tx, story, place.tenant),
        topics=tuple(dict.fromkeys(query.title for query in followed)),
        why=await asyncio.to_thread(reason, followed, row, sources, concepts),  # which may read what concepts are
        weight=row.weight,
        follows=row.parent,
        also=tuple(await turns.also_told_as(tx, story, place.tenant)),
        turns=said,
    )
    return compose_alert(state, today)


def _summary(row: StoryRow, said: Sequence[Said]) -> str:
    """The summary; the beginning of the source's own text where it was withdrawn."""
    if any(one.kind == "summary" for one in said):
        return opening_words(row.text)
    return row.summary or summarise(row.headline, row.text)  # it matched nothing when it came


def reason(followed: Sequence[Followed], row: StoryRow, sources: Sequence[Source], concepts: LoadConcepts) -> str:
    """The words on which the followed queries match, as written; computed again, never stored."""
    from bot.core.topics.document import Document  # here: a round that brings nothing new loads no stemmer
    from bot.core.topics.evidence import explain, find_evidence, gather

    source, tier = (sources[0].title, sources[0].tier) if sources else ("", None)
    document = Document(row.headline, row.text, row.lang, source, tier)
    hits: list[Hit] = []
    for query in followed:
        try:
            hits += find_evidence(parse_query(query.expr), document, concepts()).hits
        except QueryError:
            continue
    return explain(gather(hits))
