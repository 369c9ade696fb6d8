"""`more`: the stories that the last list here counted without naming them. Reads only."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply
from bot.commands.replies import PAGE, blocks, page_note, page_of, story_line
from bot.core.messages import Section, thaw
from bot.core.stories.names import story_name
from bot.storage import outbox, pacing
from bot.storage.lookup import heads_of

NONE = "No message here has more than it shows. Write latest for recent stories."


async def run(desk: Desk, call: Call) -> Reply:
    """A page of them, newest first; what the message itself names is left out."""
    left = await _left(desk)
    heads = {head.id: head for head in await heads_of(desk.tx, desk.tenant, left)}
    rest = [heads[number] for number in sorted(heads, reverse=True)]
    if not rest:
        return blocks(desk, Section(body=((NONE,),)), choices=("latest",))
    page = page_of(desk, call, len(rest))
    lines = tuple(map(story_line, rest[(page.number - 1) * PAGE : page.number * PAGE]))
    title = "More of what came at once"
    return blocks(desk, Section(title=title, lines=lines, footer=page_note(page, "story", "stories")), page=page)


async def _left(desk: Desk) -> list[int]:
    """The stories of the newest list, but for those that it names."""
    post = await pacing.last_list(desk.tx, desk.channel)
    payload = "" if post is None else await pacing.payload_of(desk.tx, desk.channel, post)
    if post is None or not payload:
        return []
    named = {name for name, _ in thaw(payload).picks}
    shown = await outbox.cards_shown_by(desk.tx, desk.channel, post)
    return [card.subject_id for card in shown if story_name(card.subject_id) not in named]


MORE = Command(
    "more",
    "the stories that the last digest or crowded message only counted",
    run,
    (Parameter("page", "integer", "page of the list"),),
    examples=("more", "more page:2"),
)
