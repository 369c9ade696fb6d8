"""`fix`: a moderator sets a story right, in the open: retract, split, merge, a wrong summary; and takes it back.

What is set right holds here alone where others were shown the story, too. Each is kept as a case to learn from.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either, nearest
from bot.commands.parting import part
from bot.commands.replies import blocks
from bot.commands.story import find_story
from bot.commands.suggest import suggest_stories
from bot.commands.target import require_moderator
from bot.core.messages import Section
from bot.core.stories.names import story_name
from bot.storage import cases, fixing
from bot.storage.dossier import StoryView, Telling

WHAT = ("retract", "split", "merge", "wrong summary", "undo")
KINDS = {"retract": "retract", "split": "split", "merge": "merge", "wrong summary": "summary", "summary": "summary",
         "wrong": "summary", "undo": "undo"}  # fmt: skip
HERE = "This holds here alone; the story's other readers see what they saw."
FOR_ALL = "Nobody else was shown it, so it holds for all."


async def run(desk: Desk, call: Call) -> Reply:
    """Set a story right."""
    require_moderator(call, "Setting a story right")
    what = str(call.arguments["what"]).casefold()
    more = str(call.arguments.get("which", "")).strip()
    kind = KINDS.get(what)
    if kind is None:
        close = nearest(what, WHAT, 1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise Unclear(f'A story can be fixed with {either(WHAT)}, not "{what}".{meant}', "Nothing was changed.")
    view = await find_story(desk, str(call.arguments["story"]), "story")
    if kind == "undo":
        return await _undo(desk, view)
    if kind == "split":
        return await _split(desk, call, view, more)
    if kind == "merge":
        return await _merge(desk, call, view, more)
    return await _withdraw(desk, call, view, kind)


async def _withdraw(desk: Desk, call: Call, view: StoryView, kind: str) -> Reply:
    """Take back the story, or its summary, here."""
    if kind == "retract":
        await fixing.retract(desk.tx, view.id, desk.tenant, desk.now)
        said = "Retracted. The alert here says so, an answer under it, too, and nobody here is reminded of its dates."
    else:
        await fixing.withdraw_summary(desk.tx, view.id, desk.tenant, desk.now)
        said = "The summary is withdrawn. The alert here has the source's own words in its place."
    await _keep(desk, call, view, kind, {telling.item: 1 for telling in view.tellings})
    return _done(desk, view, said, HERE, f"fix {story_name(view.id)} undo")


async def _split(desk: Desk, call: Call, view: StoryView, more: str) -> Reply:
    """Give some of its news a story of their own."""
    leaving = _choose(view, more)
    elsewhere = await fixing.is_seen_elsewhere(desk.tx, [view.id], desk.tenant)
    await _keep(desk, call, view, "split", {one.item: 2 if one in leaving else 1 for one in view.tellings})
    number = await part(desk, view, leaving, desk.tenant if elsewhere else None)
    name = story_name(number)
    said = f"Split: {_named(leaving)} went to the story {name}, which is told as new wherever it is wanted."
    back = f"fix {story_name(view.id)} merge {name}"
    return _done(desk, view, said, HERE if elsewhere else FOR_ALL, back, f"story {name}")


def _choose(view: StoryView, more: str) -> list[Telling]:
    """The tellings meant, by their numbers in `story` or by their outlets. Raises Unclear: none, or all."""
    words = [word.strip("#.\"' ") for word in more.replace(" and ", ",").split(",")]
    if all(word.isdecimal() for word in more.replace(",", " ").split()):
        words = more.replace(",", " ").split()
    found = [one for at, one in enumerate(view.tellings, 1) if _is_meant(one, at, words)]
    name = story_name(view.id)
    if not found or len(found) == len(view.tellings):
        which = "None of its sources is meant by that" if not found else "That would leave nothing of it"
        listed = "; ".join(f"{at} {one.feed}: {one.title}" for at, one in enumerate(view.tellings[:5], 1))
        what = "Its sources" if len(view.tellings) > 1 else "Its only source"
        raise Unclear(
            f"{which}. Nothing was changed. {what}: {listed}.",
            f"Write those that belong to another story, by number, for example: fix {name} split 2",
            (f"story {name}",),
        )
    return found


def _is_meant(telling: Telling, at: int, words: Sequence[str]) -> bool:
    return any(str(at) == word or (word and word.casefold() == telling.feed.casefold()) for word in words)


async def _merge(desk: Desk, call: Call, view: StoryView, more: str) -> Reply:
    """Show two stories as one: the older."""
    if not more:
        name = story_name(view.id)
        raise Unclear(
            "Which story is the same? Nothing was changed.", f"Write its id, for example: fix {name} merge 7B2C"
        )
    other = await find_story(desk, more, "story")
    if other.id == view.id:
        raise Unclear(f"Both are the story {story_name(view.id)} already. Nothing was changed.")
    survivor, merged = sorted((view, other), key=lambda one: one.id)
    elsewhere = await fixing.is_seen_elsewhere(desk.tx, [view.id, other.id], desk.tenant)
    parts = {one.item: 1 for one in survivor.tellings} | {one.item: 2 for one in merged.tellings}
    await _keep(desk, call, survivor, "merge", parts)
    kept, gone = story_name(survivor.id), story_name(merged.id)
    if elsewhere:
        await fixing.merge_here(desk.tx, merged.id, survivor.id, desk.tenant, desk.now)
        back = f"fix {kept} undo"
    else:
        await fixing.merge_for_all(desk.tx, merged.id, survivor.id, desk.now)
        back = f"fix {kept} split, with the numbers of its sources that do not belong"
    said = f"Merged: {gone} is told as {kept}, {survivor.headline}. Its alert points there."
    return _done(desk, survivor, said, HERE if elsewhere else FOR_ALL, back)


async def _undo(desk: Desk, view: StoryView) -> Reply:
    """Take back the last thing that was set right of a story here."""
    name = story_name(view.id)
    fix = await fixing.last_fix(desk.tx, view.id, desk.tenant)
    if fix is None:
        raise Unclear(
            f"Nothing was set right of {name} here that can be taken back at a word. Nothing was changed.",
            f"What was merged is parted by: fix {name} split 2; what was split is joined by: fix {name} merge 7B2C",
            (f"story {name}",),
        )
    await fixing.undo(desk.tx, fix, desk.tenant, desk.now)
    kind = {"retracted": "retract", "merged": "merge"}.get(fix.kind, fix.kind)
    await cases.undo_case(desk.tx, view.id, desk.tenant, kind, desk.now)
    done = {"retract": "The story stands again", "merge": "Both stories are told apart again"}
    return _done(desk, view, f"{done.get(kind, 'The summary stands again')}; its alert here says so.", "", "")


async def _keep(desk: Desk, call: Call, view: StoryView, kind: str, parts: dict[int, int]) -> None:
    said = " ".join(str(value) for value in call.arguments.values())
    await cases.keep_case(desk.tx, view.id, desk.tenant, kind, call.who.remote_id, said, parts, desk.now)


def _named(tellings: Sequence[Telling]) -> str:
    return ", ".join(dict.fromkeys(one.feed for one in tellings))


def _done(desk: Desk, view: StoryView, said: str, scope: str, back: str, *choices: str) -> Reply:
    lines = (said, scope, f"To take it back, write: {back}" if back else "")
    section = Section(title=view.headline, body=tuple((line,) for line in lines if line),
                      footer=f"Story {story_name(view.id)}")  # fmt: skip
    return blocks(desk, section, choices=(*choices, f"story {story_name(view.id)}"))


async def _suggest_what(desk: Desk, typed: str) -> list[str]:
    return [one for one in WHAT if one.startswith(typed.casefold().strip())]


FIX = Command(
    "fix",
    "set a story right: retract, split, merge, wrong summary, undo",
    run,
    (
        Parameter("story", "text", "a story's id", required=True, suggest=suggest_stories),
        Parameter("what", "text", "retract, split, merge, wrong summary or undo", required=True, suggest=_suggest_what),
        Parameter("which", "rest", "for split: its sources' numbers or names; for merge: the other story"),
    ),
    examples=(
        "fix K7Q2 retract",
        "fix K7Q2 split 2 4",
        "fix K7Q2 merge 7B2C",
        "fix K7Q2 wrong summary",
        "fix K7Q2 undo",
    ),
)
