"""`why`: why a story came here, or why it did not: what it matched, on which words, and who was shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.backtest import words_matched
from bot.commands.command import Call, Command, Desk, Parameter, Reply
from bot.commands.replies import blocks, fact, linked
from bot.commands.story import find_story
from bot.commands.suggest import suggest_stories
from bot.core.messages import Fact, Line, Moment, Section
from bot.core.stories.names import story_name
from bot.storage.dossier import Matched, Showing, StoryView, Telling

if TYPE_CHECKING:
    from bot.core.topics.document import Document


async def run(desk: Desk, call: Call) -> Reply:
    """The reasons, computed again from the story's words."""
    view = await find_story(desk, str(call.arguments["story"]), "why")
    here = next((showing for showing in view.showings if showing.channel == desk.channel), None)
    documents = [_document(telling) for telling in view.tellings]
    section = Section(
        kicker="Why",
        title=view.headline,
        body=(_answer(desk, view, here), (linked("Open the story", view.url),))
        if view.url
        else (_answer(desk, view, here),),
        facts=tuple(_matched(desk, row, documents) for row in view.matched),
        footer=f"Story {story_name(view.id)}",
    )
    return blocks(desk, section, choices=_choices(view, here))


def _answer(desk: Desk, view: StoryView, here: Showing | None) -> Line:
    """One sentence: shown here and when, on its way, or the first reason why not."""
    if here is not None:
        return _shown(desk, here)
    followed = [row for row in view.matched if row.is_here]
    if not view.matched:
        return ("It did not come here: it matches no topic, and no query followed here.",)
    if not followed:
        return ("It did not come here: nobody here follows what it matches.",)
    if view.silent:
        return (
            "It did not come here: it stood on its feed when the feed was first read, and such stories are remembered "
            "in silence.",
        )
    since = min((row.since for row in followed if row.since is not None), default=None)
    if since is not None and since > view.opened_at:
        return ("It did not come here: it is older than the subscription, which began ", Moment(since), ".")
    return ("It matches and is on its way: its alert is about to be made.",)


def _shown(desk: Desk, here: Showing) -> Line:
    if here.is_shown and here.shown_at is not None:
        return ("It was shown here, last written ", Moment(here.shown_at), ".")
    if here.expires_at is not None and here.expires_at <= desk.now:
        return ("It did not come here: its alert was refused by the platform, or came too late to be of use.",)
    if here.due_at > desk.now:
        return ("It comes here ", Moment(here.due_at), ".")
    return ("It is on its way: its alert waits to be sent. Write status to see what holds it up.",)


def _document(telling: Telling) -> Document:
    from bot.core.topics.document import Document  # here: most commands match nothing

    return Document(telling.title, telling.text, telling.lang, telling.source, telling.tier)


def _matched(desk: Desk, row: Matched, documents: list[Document]) -> Fact:
    words = words_matched(row.expr, documents, desk.concepts())
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
    examples=("why K7Q2",),
)
