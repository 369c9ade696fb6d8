"""`story`: everything known of one story: who told it and when, its dates, what it matched, where it was shown."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either
from bot.commands.replies import blocks, counted, fact, linked
from bot.commands.suggest import suggest_stories
from bot.core.messages import Fact, Inline, Line, Moment, Section
from bot.core.stories.alert import due_lines
from bot.core.stories.names import near_numbers, story_id, story_name
from bot.core.summary import summarise
from bot.core.text.urls import http_url
from bot.core.weight import Weight
from bot.storage import dossier
from bot.storage.dossier import Matched, StoryView, Telling
from bot.storage.lookup import heads_of

TELLINGS = 10
TIERS = {0: "official", 1: "wire or major outlet", 2: "trade press or other"}


async def run(desk: Desk, call: Call) -> Reply:
    """The story in full."""
    view = await find_story(desk, str(call.arguments["story"]), "story")
    said = view.summary or summarise(view.headline, view.tellings[0].text if view.tellings else "")
    story = Section(
        kicker=" · ".join(filter(None, (Weight(view.weight).word, *(topic.title for topic in view.matched)))),
        title=view.headline,
        url=http_url(view.url) if view.url else None,
        body=((said,),) if said else (),
        facts=tuple(_facts(desk, view)),
        footer=f"Story {story_name(view.id)}",
    )
    shown = view.tellings[:TELLINGS]
    more = len(view.tellings) - len(shown)
    sources = Section(
        title="Sources over time",
        lines=tuple(map(_telling, shown)),
        footer=f"+{more} more" if more else "",
    )
    return blocks(desk, story, sources, choices=(f"why {story_name(view.id)}",))


async def find_story(desk: Desk, wanted: str, command: str) -> StoryView:
    """The story by id, link or words of its headline. Raises Unclear: none such, or several."""
    number = story_id(wanted.strip("\"“”„'#[]()., "))
    if number is not None:
        view = await dossier.story_view(desk.tx, number, desk.tenant, desk.channel)
        if view is not None:
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


def _facts(desk: Desk, view: StoryView) -> list[Fact]:
    today = desk.now.astimezone(ZoneInfo(desk.zone)).date()
    facts = [Fact("Due", line) for line in due_lines(view.deadlines, today)]
    facts.append(fact("First seen", Moment(view.opened_at)))
    if view.rev > 1 and view.change:
        facts.append(fact("Updated", Moment(view.changed_at), f": {view.change}"))
    edits = sum(telling.edits for telling in view.tellings)
    if edits:
        facts.append(fact("Edits", f"{edits} by its sources"))
    facts.append(fact("Matched", matched_names(view.matched) or "no topic"))
    shown = [showing for showing in view.showings if showing.is_shown]
    facts.append(fact("Shown", f"in {counted(len(shown), 'channel', 'channels')} here"))
    return facts


def matched_names(matched: tuple[Matched, ...]) -> str:
    """The topics and queries, as people call them."""
    return ", ".join(row.title or row.expr for row in matched)


def _telling(telling: Telling) -> Line:
    said: list[Inline] = [Moment(telling.published or telling.seen), " · ", linked(telling.feed, telling.url)]
    if telling.tier in TIERS:
        said.append(f" ({TIERS[telling.tier]})")
    if telling.title:
        said.append(f": {telling.title}")
    return tuple(said)


STORY = Command(
    "story",
    "everything known of a story",
    run,
    (Parameter("story", "rest", "a story's id, link or headline", required=True, suggest=suggest_stories),),
    examples=("story K7Q2",),
)
