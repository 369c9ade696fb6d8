"""`search`: stories by their words, in any language, newest first. Reads only."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import nearest
from bot.commands.replies import PAGE, blocks, page_note, page_of, story_line
from bot.core.messages import Section
from bot.core.text.index import Phrase, Wanted, join, wanted_words
from bot.storage import lookup

DAYS = 90
"""How far back is looked, unless said: as long as stories are kept by default."""

FOUR = 4
NEAR = 0.85
"""How like a mineral's name a word must be to be taken for it, misspelt."""


async def run(desk: Desk, call: Call) -> Reply:
    """A page of stories that have all of the words."""
    words, days = str(call.arguments["words"]), int(call.arguments.get("days", DAYS))
    wanted = wanted_words(words)
    if wanted is None:
        raise Unclear(f"There are no letters or digits in: {words}", "Write words, such as search gallium export.")
    since = desk.now - timedelta(days=days)
    total = await lookup.count_found(desk.tx, desk.tenant, wanted, since)
    beginnings = _as_beginnings(wanted) if not total else None
    if beginnings is not None and (total := await lookup.count_found(desk.tx, desk.tenant, beginnings, since)):
        wanted = beginnings
    else:
        beginnings = None
    page = page_of(desk, call, total)
    if not total:
        if meant := await asyncio.to_thread(_respelt, desk, words):
            said = f'No story of the last {days} days has the words "{words}".'
            raise Unclear(said, f"Did you mean search {meant}?", (f"search {meant}",))
        said = f"No story of the last {days} days has these words: {words}"
        hint = "Fewer words find more; dyspros* finds what begins so."
        return blocks(desk, Section(body=((said,), (hint,))), choices=(f"try {words}", "latest"))
    heads = await lookup.search_stories(desk.tx, desk.tenant, wanted, since, PAGE, (page.number - 1) * PAGE)
    note = (("No story has exactly these words; these have words that begin so.",),) if beginnings else ()
    section = Section(
        title=f"Stories with: {words}",
        body=note,
        lines=tuple(map(story_line, heads)),
        footer=page_note(page, "story", "stories"),
    )
    return blocks(desk, section, page=page)


def _respelt(desk: Desk, words: str) -> str:
    """The words with those of them put right that are nearly a mineral's name; "" where none is. Reads files."""
    minerals = desk.concepts().known.get("mineral", ())
    right = [word if not word.isalpha() else (nearest(word, minerals, 1, NEAR) or [word])[0] for word in words.split()]
    return "" if list(map(str.casefold, right)) == words.casefold().split() else " ".join(right)


def _as_beginnings(wanted: Wanted) -> Wanted | None:
    """The same words as beginnings of words, for endings that change; None where they are too short for it."""
    if isinstance(wanted, Phrase):
        is_long = len(wanted.words[-1]) >= FOUR and not wanted.is_prefix
        return Phrase(wanted.words, is_prefix=True) if is_long else None
    parts = [_as_beginnings(part) for part in wanted.parts]
    if not any(parts):
        return None
    return join(type(wanted), (new or old for new, old in zip(parts, wanted.parts, strict=True)))


SEARCH = Command(
    "search",
    "stories with these words",
    run,
    (
        Parameter("words", "rest", 'words in any language, "a phrase", or a beginning*', required=True),
        Parameter("days", "integer", f"how far back, {DAYS} unless said"),
        Parameter("page", "integer", "page of the list", is_named=True),
    ),
    examples=("search gallium export", 'search "permanent magnet" 7', "search 稀土"),
)
