"""`why`: why a story came here, or why it did not: what it matched, on which words, and who was shown it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.commands.absence import explain_absence, trouble_line
from bot.commands.backtest import words_matched
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.missing import explain_missing
from bot.commands.replies import blocks, counted, fact
from bot.commands.story import find_story
from bot.commands.suggest import suggest_stories
from bot.core.errors import QueryError
from bot.core.messages import Fact, Line, Moment, Section
from bot.core.stories.names import story_name
from bot.core.text.urls import http_url
from bot.core.topics import parse_query
from bot.core.weight import Signs, Weight, reasons, weigh, weightiest
from bot.storage.dossier import Matched, Showing, StoryView, Telling
from bot.storage.troubles import channel_trouble

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts
    from bot.core.topics.document import Document


ALL_WORDS = 20
"""Who asks why is shown all words, within reason; an alert shows four."""

WAITS = {
    "digest": "It waits for the digest, and comes here ",
    "held": "It is held by quiet hours until ",
}


async def run(desk: Desk, call: Call) -> Reply:
    """The reasons, computed again from the story's words; of what is not stored, why it is not."""
    wanted = str(call.arguments["story"])
    try:
        view = await find_story(desk, wanted, "why")
    except Unclear as unclear:
        if unclear.choices != ("latest",):  # several stories are meant
            raise
        return await explain_missing(desk, wanted, unclear)
    here = next((showing for showing in view.showings if showing.channel == desk.channel), None)
    documents = await asyncio.to_thread(lambda: [document_of(telling) for telling in view.tellings])
    concepts = await asyncio.to_thread(desk.concepts)  # the first look at them reads files
    absence = await explain_absence(desk, view, documents) if here is None else None
    answer = absence.line if absence else await _shown(desk, here)
    facts = [*(absence.facts if absence else ()), *(_matched(row, documents, concepts) for row in view.matched)]
    facts.append(fact("Weight", await asyncio.to_thread(weight_words, desk, view, documents)))
    section = Section(
        kicker="Why",
        title=view.headline,
        url=http_url(view.url) if view.url else None,
        body=(answer,),
        facts=tuple(facts),
        footer=f"Story {story_name(view.id)}",
    )
    return blocks(desk, section, choices=_choices(view, here))


async def _shown(desk: Desk, here: Showing | None) -> Line:
    """Shown and when, on its way and what holds it up, or why it never will be."""
    assert here is not None
    if here.is_shown and here.shown_at is not None:
        return ("It was shown here, last written ", Moment(here.shown_at), ".")
    if here.expires_at is not None and here.expires_at <= desk.now:
        return ("It did not come here: it was muted before, refused by the platform, or too late to be of use.",)
    if here.due_at > desk.now:
        return (
            WAITS.get(here.bundle, "It comes here "),
            Moment(here.due_at, "time" if here.bundle == "held" else "both"),
            ".",
        )
    held_up = trouble_line(desk, await channel_trouble(desk.tx, desk.channel))
    return held_up or ("It is on its way: its alert waits to be sent. Write status to see what holds it up.",)


def document_of(telling: Telling) -> Document:
    """A telling as the matcher sees it."""
    from bot.core.topics.document import Document  # here: most commands match nothing

    return Document(telling.title, telling.text, telling.lang, telling.source, telling.tier)


def weight_words(desk: Desk, view: StoryView, documents: Sequence[Document]) -> str:
    """`Urgent, by 6 points: an export ban, announced 3; ... Notable from 4, Urgent from 6.` Reads files at first."""
    from bot.core.actions import find_deeds  # here: most commands match nothing

    grammar = desk.grammar()
    action, stage = weightiest(
        deed for one in view.tellings for deed in find_deeds(one.title, one.text, one.lang or "", grammar)
    )
    on_topics = [row for row in view.matched if row.is_shipped]
    signs = Signs(
        action=action,
        stage=stage,
        is_official=any(telling.tier == 0 for telling in view.tellings),
        sources=len({telling.feed for telling in view.tellings}),
        topics=len(on_topics),
        is_in_title=any(_is_in_title(desk, row, documents) for row in on_topics or view.matched),
        sets_date=bool(view.deadlines),
    )
    weighed = weigh(signs, desk.weights)
    said = reasons(weighed) or "nothing that counts"
    word = Weight(view.weight).word or "none"
    scale = f"Notable from {desk.weights.notable}, Urgent from {desk.weights.urgent}"
    later = "" if weighed.weight == view.weight else " It was weighed when it came, and would be otherwise now."
    return f"{word}, by {counted(weighed.total, 'point', 'points')}: {said}. {scale}.{later}"


def _is_in_title(desk: Desk, row: Matched, documents: Sequence[Document]) -> bool:
    from bot.core.topics.evidence import find_evidence
    from bot.core.topics.judge import is_met

    try:
        query = parse_query(row.expr)
    except QueryError:
        return False
    concepts = desk.concepts()
    met = (document for document in documents if is_met(query, document, concepts.find(document)))
    return any(hit.in_title for document in met for hit in find_evidence(query, document, concepts).hits[:1])


def _matched(row: Matched, documents: list[Document], concepts: Concepts) -> Fact:
    words = words_matched(row.expr, documents, concepts, ALL_WORDS)
    on = f"on {words}" if words else "on words that are no longer in it, or by a query that has changed since"
    mark = "" if row.is_here else ", not followed here"
    return fact(row.title or row.expr, f"{on}{mark}")


def _choices(view: StoryView, here: Showing | None) -> tuple[str, ...]:
    name = story_name(view.id)
    if here is None:
        topics = [row for row in view.matched if row.name and not row.is_here]
        return (*(f"follow {row.name}" for row in topics[:3]), f"story {name}")
    return (f"story {name}",)


WHY = Command(
    "why",
    "why a story came here, or why it did not",
    run,
    (Parameter("story", "rest", "a story's id, link or headline", required=True, suggest=suggest_stories),),
    examples=("why K7Q2", "why https://example.com/news/1"),
)
