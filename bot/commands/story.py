"""`story`: everything known of one story: its dates and links, who told it when, what became of it."""

from __future__ import annotations

from datetime import datetime

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.history import date_facts, link_facts, read_history, read_turns, standing_word, told_words
from bot.commands.nearest import either
from bot.commands.replies import PAGE, blocks, counted, fact, page_note, page_of
from bot.commands.suggest import suggest_stories
from bot.core.messages import Fact, Moment, Section
from bot.core.stories.names import near_numbers, story_id, story_name
from bot.core.text.urls import http_url
from bot.core.weight import Weight
from bot.storage import dossier
from bot.storage.dossier import Matched, StoryView, Telling
from bot.storage.lookup import heads_of


async def run(desk: Desk, call: Call) -> Reply:
    """The story in full."""
    view = await find_story(desk, str(call.arguments["story"]), "story")
    turns = await read_turns(desk, view)
    first = standing_word(turns), Weight(view.weight).word
    story = Section(
        kicker=" · ".join(filter(None, (*first, *(topic.title for topic in view.matched)))),
        title=view.headline,
        url=http_url(view.url) if view.url else None,
        body=told_words(view, turns),
        facts=(*await date_facts(desk, view), *_facts(view), *await link_facts(desk, view)),
        footer=f"Story {story_name(view.id)}",
    )
    lines = read_history(view, turns)
    page = page_of(desk, call, len(lines))
    shown = lines[(page.number - 1) * PAGE : page.number * PAGE]
    note = page_note(page, "entry", "entries") if page.pages > 1 else ""
    over_time = Section(title="Over time", lines=tuple(shown), footer=note)
    sections = (story, over_time) if page.number == 1 else (over_time,)
    return blocks(desk, *sections, choices=(f"why {story_name(view.id)}",), page=page)


async def find_story(desk: Desk, wanted: str, command: str) -> StoryView:
    """The story by id, link or words of its headline. Raises Unclear: none such, or several."""
    number = story_id(wanted.strip("\"“”„'#[]()., "))
    if number is not None:
        view = await dossier.story_view(desk.tx, number, desk.tenant, desk.channel)
        if view is not None:
            if view.asked != view.id:
                other = story_name(view.id)
                desk.asides.append(f"{story_name(view.asked)} is the same story as {other}, and is told there.")
            return view
    if http_url(wanted):
        number = await dossier.story_by_link(desk.tx, desk.tenant, wanted)
        view = await dossier.story_view(desk.tx, number or 0, desk.tenant, desk.channel)
        if view is not None:
            return view
        raise Unclear("No story that is kept has this link.", NOT_KEPT, ("latest",))
    return await _by_words(desk, wanted, command)


NOT_KEPT = "Either no feed that is polled here brought it, or it is older than what is kept."


async def _by_words(desk: Desk, wanted: str, command: str) -> StoryView:
    words = wanted.strip("\"“”„' ").split()
    found = await dossier.stories_by_words(desk.tx, desk.tenant, words, 4)
    if len(found) == 1:
        view = await dossier.story_view(desk.tx, found[0].id, desk.tenant, desk.channel)
        if view is not None:
            return view
    if found:
        choices = tuple(f"{command} {story_name(head.id)}" for head in found[:3])
        said = "; ".join(f"{story_name(head.id)}: {head.headline}" for head in found[:3])
        raise Unclear(f"Several stories have these words. {said}.", f"Write {either(choices)}.", choices)
    said = f'No story that is kept is called "{wanted}", by id or by headline.'
    near = await heads_of(desk.tx, desk.tenant, near_numbers(wanted.strip("\"“”„'#[]()., ")))
    if near:
        choices = tuple(f"{command} {story_name(head.id)}" for head in near[:3])
        shown = "; ".join(f"{story_name(head.id)}: {head.headline}" for head in near[:3])
        raise Unclear(f"{said} Near is {shown}.", f"Did you mean {either(choices)}?", choices)
    raise Unclear(said, NOT_KEPT, ("latest",))


def _facts(view: StoryView) -> list[Fact]:
    facts = [fact("First seen", Moment(min([view.opened_at, *map(_told_at, view.tellings)])))]
    facts.append(fact("Matched", matched_names(view.matched) or "no topic"))
    shown = [showing for showing in view.showings if showing.is_shown]
    facts.append(fact("Shown", f"in {counted(len(shown), 'channel', 'channels')} here"))
    return facts


def _told_at(telling: Telling) -> datetime:
    return min(telling.published or telling.seen, telling.seen)


def matched_names(matched: tuple[Matched, ...]) -> str:
    """The topics and queries, as people call them."""
    return ", ".join(row.title or row.expr for row in matched)


STORY = Command(
    "story",
    "everything known of a story",
    run,
    (
        Parameter("story", "rest", "a story's id, link or headline", required=True, suggest=suggest_stories),
        Parameter("page", "integer", "page of what happened", is_named=True),
    ),
    examples=("story K7Q2", "story K7Q2 page:2"),
)
