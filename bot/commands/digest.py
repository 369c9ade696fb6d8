"""`digest` and `quiet`: alerts that wait for an hour of their own, or for the end of the night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.replies import blocks, counted, fact
from bot.commands.target import require_moderator
from bot.core.messages import Fact, Line, Moment, Section
from bot.core.pacing import Digest, Pace, Quiet, quiet_until, read_digest, read_quiet
from bot.storage import pacing

Read = TypeVar("Read", Digest, Quiet)

URGENT = Parameter(
    "urgent", "choice", "what is Urgent: passes at once, or waits", choices=("pass", "wait"), is_named=True
)
EMPTY = "One with nothing to say is not sent."


async def run_digest(desk: Desk, call: Call) -> Reply:
    """Show when the digest comes, or change it."""
    pace = await pacing.read_pace(desk.tx, desk.channel)
    if not call.arguments:
        return await _show_digest(desk, call, pace, "")
    _require_may(call)
    typed = str(call.arguments.get("when", pace.digest.written() if pace.digest else ""))
    if not typed:
        raise Unclear("There is no digest yet.", "Say when: digest daily 08:00", ("digest daily 08:00",))
    chosen = _read(
        read_digest, typed, "digest daily 08:00, digest weekly mon 08:00, or digest off", "digest daily 08:00"
    )
    if chosen is not None:
        chosen = replace(chosen, urgent_passes=_passes(call, pace.digest, chosen))
    held = await pacing.count_waiting(desk.tx, desk.channel)
    await pacing.set_digest(desk.tx, desk.channel, chosen, desk.now)
    pace = await pacing.read_pace(desk.tx, desk.channel)
    return await _show_digest(desk, call, pace, _changed(held) if chosen is None else "Changed. It holds from now on.")


async def run_quiet(desk: Desk, call: Call) -> Reply:
    """Show the quiet hours, or change them."""
    pace = await pacing.read_pace(desk.tx, desk.channel)
    if not call.arguments:
        return await _show_quiet(desk, call, pace, "")
    _require_may(call)
    typed = str(call.arguments.get("hours", pace.quiet.written() if pace.quiet else ""))
    if not typed:
        raise Unclear("There are no quiet hours yet.", "Say which: quiet 22:00-07:00", ("quiet 22:00-07:00",))
    chosen = _read(read_quiet, typed, "quiet 22:00-07:00, or quiet off", "quiet 22:00-07:00")
    if chosen is not None:
        chosen = replace(chosen, urgent_passes=_passes(call, pace.quiet, chosen))
    held = 0 if pace.digest else await pacing.count_waiting(desk.tx, desk.channel)
    await pacing.set_quiet(desk.tx, desk.channel, chosen, desk.now)
    pace = await pacing.read_pace(desk.tx, desk.channel)
    return await _show_quiet(desk, call, pace, _changed(held) if chosen is None else "Changed. It holds from now on.")


def _require_may(call: Call) -> None:
    require_moderator(
        call,
        f"How often this {call.where.noun} is told",
        "is for its moderators to say",
        "In a direct chat with me you choose for yourself.",
    )


def _read(read: Callable[[str], Read | None], typed: str, examples: str, choice: str) -> Read | None:
    try:
        return read(typed)
    except ValueError as error:
        raise Unclear(
            f'"{typed}" cannot be read: {error}. Nothing was changed.', f"Write: {examples}.", (choice,)
        ) from error


def _passes(call: Call, before: Digest | Quiet | None, chosen: Digest | Quiet) -> bool:
    """As said now, with the hour or by name; else as it was."""
    said = call.arguments.get("urgent")
    if said is None:
        return chosen.urgent_passes or (before is not None and before.urgent_passes)
    return said == "pass"


def _changed(held: int) -> str:
    was = counted(held, "story that was held", "stories that were held")
    return f"Changed. The {was} {'comes' if held == 1 else 'come in one message'} now." if held else "Changed."


async def _show_digest(desk: Desk, call: Call, pace: Pace, note: str) -> Reply:
    facts = [fact("Digest", f"{pace.digest.said()}, {pace.zone}" if pace.digest else "off: each alert comes by itself")]
    if pace.digest and pace.next_digest_at:
        held = await pacing.count_waiting(desk.tx, desk.channel)
        waiting = f", with {counted(held, 'story', 'stories')} so far" if held else f". {EMPTY}"
        facts += [fact("Next", Moment(pace.next_digest_at), waiting), _urgent(pace.digest)]
    choices = ("digest off", f"digest urgent:{'wait' if pace.digest.urgent_passes else 'pass'}") if pace.digest else (
        "digest daily 08:00", "digest weekly mon 08:00")  # fmt: skip
    return _said(desk, f"Digest of this {call.where.noun}", note, facts, choices)


async def _show_quiet(desk: Desk, call: Call, pace: Pace, note: str) -> Reply:
    facts = [fact("Quiet hours", f"{pace.quiet.said()}, {pace.zone}" if pace.quiet else "none")]
    if pace.quiet:
        facts += [_urgent(pace.quiet), fact("Reminders", "come at their own hour all the same")]
        until = quiet_until(pace.quiet, pace.zone, desk.now)
        if until is not None:
            held = await pacing.count_waiting(desk.tx, desk.channel)
            facts.append(
                fact("Now", "quiet until ", Moment(until, "time"), f"; {counted(held, 'story', 'stories')} held")
            )
    if pace.quiet and pace.digest:
        facts.append(fact("Digest", f"{pace.digest.said()} all the same"))
    choices = ("quiet off", f"quiet urgent:{'wait' if pace.quiet.urgent_passes else 'pass'}") if pace.quiet else (
        "quiet 22:00-07:00",)  # fmt: skip
    return _said(desk, f"Quiet hours of this {call.where.noun}", note, facts, choices)


def _urgent(chosen: Digest | Quiet) -> Fact:
    return fact("Urgent stories", "come at once" if chosen.urgent_passes else "wait, too")


def _said(desk: Desk, title: str, note: str, facts: list[Fact], choices: tuple[str, ...]) -> Reply:
    body: tuple[Line, ...] = ((note,),) if note else ()
    return blocks(desk, Section(title=title, body=body, facts=tuple(facts)), choices=choices)


DIGEST = Command(
    "digest",
    "alerts together, once a day or a week",
    run_digest,
    (Parameter("when", "rest", "daily 08:00, weekly mon 08:00, or off"), URGENT),
    examples=("digest daily 08:00", "digest weekly mon 08:00 urgent:pass", "digest off"),
)

QUIET = Command(
    "quiet",
    "hours without alerts: what comes then waits for the morning",
    run_quiet,
    (Parameter("hours", "rest", "such as 22:00-07:00; or off"), URGENT),
    examples=("quiet 22:00-07:00", "quiet 22:00-07:00 urgent:pass", "quiet off"),
)
