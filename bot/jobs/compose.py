"""From cards to words: reads what each card is about and composes the message of a post. Saves nothing.

Our own words are in the channel's language. The news stays in its sources': of those as good as the best one, the
channel reads the first that speaks its language. A change of style or language so shows with the next alert, and in
a living one with its next edit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.errors import QueryError
from bot.core.messages import Message, Section, freeze
from bot.core.outbox import PendingCard, story_order
from bot.core.stories.alert import SHORT_SUMMARY, Source, StoryState, compose_alert
from bot.core.stories.changes import Said, compose_change, compose_pointer
from bot.core.stories.names import story_name
from bot.core.stories.reminder import compose_reminder
from bot.core.stories.said import change_words
from bot.core.summary import LIMIT, OPENING, opening_words, summarise
from bot.core.text.urls import http_url
from bot.core.tongue import Tongue
from bot.core.topics import no_concepts, parse_query
from bot.locale import tongue_of
from bot.storage import alerts, notes, notices, reminding, spoken, turns
from bot.storage.alerts import Followed, StoryRow
from bot.storage.database import Transaction
from bot.storage.outbox import Place
from bot.storage.spoken import Spoken

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts
    from bot.core.topics.evidence import Hit

LoadConcepts = Callable[[], "Concepts"]


async def compose(
    tx: Transaction, place: Place, cards: Sequence[PendingCard], now: datetime, concepts: LoadConcepts = no_concepts
) -> str:
    """The frozen message that shows these cards in this channel."""
    today = await asyncio.to_thread(local_date, now, place.zone)  # the first look at a zone reads a file
    here = _Here(place, today, await asyncio.to_thread(tongue_of, place.lang), concepts)
    sections = tuple([await _section(tx, here, card) for card in sorted(cards, key=story_order)])
    told = [card.subject_id for card in cards if card.subject == "story"]
    calls = [role for story in told for role in await alerts.read_calls(tx, story, place.channel)]
    return freeze(Message(sections, zone=place.zone, calls=tuple(dict.fromkeys(calls)), lang=here.tongue.lang))


@dataclass(frozen=True, slots=True)
class _Here:
    """What holds where it is shown: the channel, its day, its language, and what queries may speak of."""

    place: Place
    today: date
    tongue: Tongue
    concepts: LoadConcepts


def local_date(now: datetime, zone: str) -> date:
    """The day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


async def _section(tx: Transaction, here: _Here, card: PendingCard) -> Section:
    if card.subject == "notice":
        title, body = await notices.read_notice(tx, card.subject_id)
        return Section(kicker="Lodewire", title=title, body=((body,),))
    if card.subject == "deadline":
        occasion = await reminding.read_occasion(tx, card.subject_id, here.place.tenant)
        assert occasion is not None, "a card of a date goes with its date"
        return compose_reminder(occasion, card.slot, here.today, here.tongue)
    if card.subject == "reminder":
        return compose_note(await notes.read_note(tx, card.subject_id), here.tongue)
    if card.slot.startswith(turns.CHANGE):
        return await _turn(tx, here, card.subject_id, card.slot)
    return await _alert(tx, here, card.subject_id)


def compose_note(note: notes.Note | None, tongue: Tongue) -> Section:
    """A reminder that somebody asked for, in their words."""
    assert note is not None, "a card of a reminder goes with its reminder"
    footer = tongue.say("Story {name}", name=story_name(note.story)) if note.story else ""
    title = note.text or note.headline or tongue.say("a story")
    return Section(
        kicker=tongue.say("Your reminder"), title=title, url=http_url(note.url) if note.url else None, footer=footer
    )


async def _turn(tx: Transaction, here: _Here, story: int, slot: str) -> Section:
    """The short answer that says what became of a story, as it stands now."""
    row = (await _read_story(tx, here, story))[0]
    turn = await turns.turn_at(tx, story, int(slot.removeprefix(turns.CHANGE)), here.place.tenant)
    said = (
        Said("corrected", row.changed_at, quote=change_words(row.change, here.tongue))
        if turn is None
        else said_of(turn)
    )
    return compose_change(said, story, row.headline, row.url, here.tongue)


def said_of(turn: turns.Turn) -> Said:
    """A stored turn as alerts tell it."""
    other = None if turn.other is None else (turn.other, turn.headline)
    return Said(turn.kind, turn.at, turn.who, turn.said, turn.url, other)


async def _read_story(tx: Transaction, here: _Here, story: int) -> tuple[StoryRow, ...]:
    """A story as it reads here: in the words of a source as good as its lead that speaks the channel's language, if
    there is one, before those of its lead."""
    row = await alerts.read_story(tx, story, here.place.tenant)
    speaker = (await spoken.speakers_in(tx, [story], here.place.lang, here.place.tenant)).get(story)
    return (row,) if speaker is None else (_in_words_of(row, speaker), row)


def _in_words_of(row: StoryRow, speaker: Spoken) -> StoryRow:
    headline = speaker.headline or row.headline
    return replace(row, headline=headline, summary="", text=speaker.text, url=speaker.url, lang=speaker.lang)


async def _alert(tx: Transaction, here: _Here, story: int) -> Section:
    place = here.place
    rows = await _read_story(tx, here, story)
    heir = await turns.heir_of(tx, story, place.tenant)
    if heir != story:
        other = (await _read_story(tx, here, heir))[0]
        return compose_pointer(heir, other.headline, other.url, here.tongue)
    followed = await alerts.read_followed(tx, story, place.channel, here.tongue.lang)
    numbers = await turns.told_as(tx, story, place.tenant)
    sources = await alerts.read_sources(tx, numbers, place.tenant)
    why, terms = await asyncio.to_thread(find_reason, followed, rows, sources, here.concepts)  # it may read files
    row, became = rows[0], await turns.turns_of(tx, numbers, place.tenant)
    said, latest = tuple(map(said_of, became)), turns.latest_here(became, row.changed_at)
    state = StoryState(
        id=row.id,
        rev=row.rev,
        headline=row.headline,
        summary=await asyncio.to_thread(_summary, row, said, place.style, terms),
        url=row.url,
        change=latest.said if latest else row.change,
        changed_at=latest.at if latest else row.changed_at,
        sources=sources,
        deadlines=await alerts.read_deadlines(tx, story, place.tenant),
        topics=tuple(dict.fromkeys(query.title for query in followed)),
        why=why,
        weight=row.weight,
        follows=row.parent,
        also=tuple(await turns.also_told_as(tx, story, place.tenant)),
        turns=said,
    )
    return compose_alert(state, here.today, place.style, here.tongue)


def _summary(row: StoryRow, said: Sequence[Said], style: str, terms: Sequence[str]) -> str:
    """The summary, shorter in a compact alert; the beginning of the source's own text where it was withdrawn."""
    is_short = style == "compact"
    if any(one.kind == "summary" for one in said):
        return opening_words(row.text, SHORT_SUMMARY if is_short else OPENING)
    if row.summary and not (is_short and len(row.summary) > SHORT_SUMMARY):
        return row.summary
    source = row.summary or row.text  # it matched nothing when it came, or another source speaks here
    return summarise(row.headline, source, terms, SHORT_SUMMARY if is_short else LIMIT)


def find_reason(
    followed: Sequence[Followed], rows: Sequence[StoryRow], sources: Sequence[Source], concepts: LoadConcepts
) -> tuple[str, tuple[str, ...]]:
    """Why a story is told: the words on which the followed queries match, as they are shown, and each as written.

    Of the first of its tellings in which there are any. Computed again each time, never stored.
    """
    from bot.core.topics.document import Document  # here: a round that brings nothing new loads no stemmer
    from bot.core.topics.evidence import explain, find_evidence, gather

    source, tier = (sources[0].title, sources[0].tier) if sources else ("", None)
    hits: list[Hit] = []
    for row in rows:
        document = Document(row.headline, row.text, row.lang, source, tier)
        for query in followed:
            with suppress(QueryError):
                hits += find_evidence(parse_query(query.expr), document, concepts()).hits
        if hits:
            break
    found = gather(hits)
    return explain(found), tuple(dict.fromkeys(hit.quote for hit in found.hits))
