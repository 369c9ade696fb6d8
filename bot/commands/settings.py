"""`settings`: what holds for this channel: zone, language, how much an alert says, reminders, pace."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from zoneinfo import ZoneInfo, available_timezones

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear, Who
from bot.commands.nearest import either, nearest
from bot.commands.options import LANGUAGES as NAMES
from bot.commands.replies import blocks, fact
from bot.core.errors import CommandError
from bot.core.messages import Section
from bot.core.pacing import FLOOD, MOST_FLOOD
from bot.core.reminders import LADDER, read_ladder
from bot.core.stories.alert import STYLES
from bot.core.tongue import LANGUAGES
from bot.storage import deadlines, pacing, places

DAYS = ",".join(map(str, LADDER))
CHANGED = "Changed. It holds from now on; what is shown already stays as it is."
MANNER = {"style", "language"}
SAYS = {"full": "every source, the reason, what came before", "compact": "a short summary, one line of sources"}
"""What an alert of each style says."""


async def run(desk: Desk, call: Call) -> Reply:
    """Show the settings, or change those that are given."""
    given = call.arguments
    if not given:
        return await _show(desk, call, desk.zone, ())
    if not call.where.is_direct and not call.who.may(Who.MODERATOR):
        raise CommandError(
            f"The settings of this {call.where.noun} are for its moderators to change.", "Nothing was changed."
        )
    zone, ladder, flood = (given.get(name) for name in ("zone", "reminders", "flood"))
    chosen = desk.zone if zone is None else await asyncio.to_thread(_read_zone, str(zone))  # it reads files
    if ladder is not None:
        _check_ladder(str(ladder))
    if flood is not None:
        await pacing.set_flood(desk.tx, desk.channel, _read_flood(str(flood)))
    await places.set_channel(desk.tx, desk.channel, zone=chosen, ladder=None if ladder is None else str(ladder))
    if ladder is not None:
        await deadlines.look_anew(desk.tx, desk.channel, desk.now)
    if zone is not None:
        await pacing.retime(desk.tx, desk.channel, desk.now)
    notes = [] if MANNER.issuperset(given) else [CHANGED]
    return await _show(desk, call, chosen, (*notes, *await _set_manner(desk, call)))


async def _set_manner(desk: Desk, call: Call) -> list[str]:
    """Change style and language where they are given; what that means, in sentences."""
    if not MANNER & call.arguments.keys():
        return []
    style, lang = await places.read_manner(desk.tx, desk.channel)
    style, lang = str(call.arguments.get("style", style)), str(call.arguments.get("language", lang))
    await places.set_manner(desk.tx, desk.channel, style, lang)
    notes = ["Changed. It holds from the next alert on; one that stands here changes with its next edit."]
    if "language" in call.arguments:
        name = NAMES[lang]
        notes.append(
            f"Alerts and reminders are in {name}. News stays in its sources' own words: of sources that are as good as "
            f"the best, one that writes in {name} speaks first."
        )
        if lang != "en":
            notes.append("Commands, digests and other lists still answer in English.")
    return notes


async def _show(desk: Desk, call: Call, zone: str, notes: Sequence[str]) -> Reply:
    ladder = read_ladder(await places.ladder_of(desk.tx, desk.channel))
    days = ", ".join(str(day) if day else "the day itself" for day in ladder)
    pace = await pacing.read_pace(desk.tx, desk.channel)
    style, lang = await places.read_manner(desk.tx, desk.channel)
    crowd = f"more than {pace.flood} alerts an hour become one message" if pace.flood else "each alert stands alone"
    facts = (
        fact("Zone", zone),
        fact("Language", f"{NAMES.get(lang, lang)} ({lang})"),
        fact("Style", f"{style}: {SAYS[style]}"),
        fact("Reminders", f"days before a date: {days}" if days else "off"),
        fact("Flood", crowd),
        fact("Digest", pace.digest.said() if pace.digest else "off"),
        fact("Quiet hours", pace.quiet.said() if pace.quiet else "none"),
    )
    section = Section(
        title=f"Settings of this {'chat' if call.where.is_direct else call.where.noun}",
        body=tuple((note,) for note in notes),
        facts=facts,
    )
    other = "full" if style == "compact" else "compact"
    choices = (
        "settings zone: Europe/Berlin",
        f"settings style {other}",
        f"settings reminders: {DAYS}",
        "digest",
        "quiet",
    )
    return blocks(desk, section, choices=choices)


def _read_flood(typed: str) -> int:
    """How many alerts an hour stand alone; 0 for `off`: all do. Raises Unclear."""
    most = 0 if typed.casefold() == "off" else int(typed) if typed.isdecimal() else -1
    if not 0 <= most <= MOST_FLOOD:
        raise Unclear(
            f'"{typed}" is no number of alerts an hour that can be kept to. Nothing was changed.',
            f"Write a number up to {MOST_FLOOD}, or off to let each alert stand alone.",
            (f"settings flood:{FLOOD}",),
        )
    return most


def _read_zone(typed: str) -> str:
    """The zone's own name, however it was typed. Raises Unclear with the nearest."""
    known = {name.casefold(): name for name in available_timezones()}
    wanted = typed.replace(" ", "_").casefold()
    if wanted in known:
        return ZoneInfo(known[wanted]).key
    cities = {name.rpartition("/")[2].casefold(): name for name in known.values()}
    if wanted in cities:
        return cities[wanted]
    close = tuple(f"settings zone: {cities[city]}" for city in nearest(wanted, cities))
    todo = f"Did you mean {either(close)}?" if close else "Write it like Europe/Berlin or Asia/Tokyo."
    raise Unclear(f'There is no zone "{typed}".', todo, close)


def _check_ladder(typed: str) -> None:
    try:
        read_ladder(typed)
    except ValueError as error:
        raise Unclear(
            f'"{typed}" cannot be read: {error}.', "Write off for no reminders.", (f"settings reminders: {DAYS}",)
        ) from error


SETTINGS = Command(
    "settings",
    "zone, language, style and pace of this channel",
    run,
    (
        Parameter("zone", "text", "a zone, such as Europe/Berlin, or a city"),
        Parameter("language", "choice", "in which alerts and reminders are", choices=LANGUAGES, is_named=True),
        Parameter("style", "choice", "how much an alert says", choices=STYLES, is_named=True),
        Parameter("flood", "text", f"alerts an hour that stand alone, such as {FLOOD}; or off", is_named=True),
        Parameter("reminders", "rest", f"days before a date, such as {DAYS}; or off"),
    ),
    examples=(
        "settings",
        "settings zone: Europe/Berlin",
        "settings style compact",
        "settings language de",
        "settings reminders: 14,3,0",
        "settings flood:20",
    ),
    has_pairs=True,
)
