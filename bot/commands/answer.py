"""From a call to a reply: who may, how often, once. One write transaction holds a command's effects and its inbox row.

Never raises on purpose: whatever happens, the person gets a sentence, and the log the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from bot.commands.arguments import check_arguments
from bot.commands.command import (
    About,
    Asker,
    Call,
    Command,
    Desk,
    Outside,
    Place,
    Reply,
    Study,
    Unclear,
    find_command,
)
from bot.commands.limits import Limits
from bot.commands.nearest import nearest
from bot.commands.pace import Pace
from bot.commands.replies import plain, refusal, with_asides
from bot.commands.table import COMMANDS
from bot.commands.typed import read_call
from bot.core.errors import CommandError, StorageError
from bot.core.probe import Probe
from bot.core.topics import no_concepts
from bot.core.trend import Trend
from bot.core.trial import Trial
from bot.core.weight import Weights, no_grammar
from bot.storage import inbox, places
from bot.storage.database import Database, Transaction, require_outside_transaction

if TYPE_CHECKING:
    from bot.core.actions import Grammar
    from bot.core.topics.concepts import Concepts

log = logging.getLogger(__name__)

SUGGESTIONS = 25

Found = Probe | Trial | Trend | CommandError | None


@dataclass(frozen=True, slots=True)
class Office:
    """What answering needs, made once by `app`. `wake` is called after a commit, as a card may be due."""

    database: Database
    now: Callable[[], datetime]
    limits: Limits
    pace: Pace
    about: About
    table: tuple[Command, ...] = COMMANDS
    wake: Callable[[], None] = lambda: None
    operators: frozenset[str] = frozenset()  # `platform:remote id`
    outside: Outside | None = None
    concepts: Callable[[], Concepts] = no_concepts
    weights: Weights = field(default_factory=Weights)
    grammar: Callable[[], Grammar] = no_grammar

    def knows(self, who: Asker) -> Asker:
        """The asker, as operator where the settings say so."""
        return replace(who, is_operator=True) if f"{who.platform}:{who.remote_id}" in self.operators else who


def open_office(
    database: Database,
    now: Callable[[], datetime],
    limits: Limits | None = None,
    about: About | None = None,
    wake: Callable[[], None] = lambda: None,
    operators: Iterable[str] = (),
    outside: Outside | None = None,
    concepts: Callable[[], Concepts] = no_concepts,
    weights: Weights | None = None,
    grammar: Callable[[], Grammar] = no_grammar,
) -> Office:
    """An office with the shipped table. `operators`: `platform:remote id` of each. No `outside`: no site is asked."""
    allowed = limits or Limits()
    pace, chosen = Pace(allowed.commands_per_minute), frozenset(operators)
    office = Office(database, now, allowed, pace, about or About(), COMMANDS, wake, chosen, outside, concepts)
    return replace(office, weights=weights or Weights(), grammar=grammar)


async def answer_text(office: Office, text: str, who: Asker, where: Place, event: str | None, account: int) -> Reply:
    """Answer what a person typed."""
    try:
        call = read_call(text, who, where, office.table)
    except CommandError as error:
        return refusal(error, where.zone)
    return await answer(office, call, event, account)


async def answer(office: Office, call: Call, event: str | None, account: int) -> Reply:
    """Carry a call out and say what came of it.

    `event` is the platform's id of what the person did: seen again, nothing is run and the first reply is given.
    None: the platform never repeats itself.
    """
    try:
        found = await _look_ahead(office, call, account)
        async with office.database.write() as tx:
            reply = await _answer_once(office, tx, call, event, Asking(account, found))
    except StorageError as error:
        log.warning("The command %s could not be carried out: %s", " ".join(call.command), error)
        return plain("The database is busy or out of reach, so nothing was changed. Send it again in a minute.")
    except Exception:
        log.exception("The command %s failed.", " ".join(call.command))
        return plain(
            "This failed for a reason nobody foresaw. Nothing was changed, and the operator's log has the details."
        )
    office.wake()
    return reply


@dataclass(frozen=True, slots=True)
class Asking:
    """With which login it was asked, and what was found outside for it: a refusal is said where it belongs."""

    account: int
    found: Found = None


async def _look_ahead(office: Office, call: Call, account: int) -> Found:
    """What the command's `ahead` or `study` finds. Nothing is looked at for a call that will be refused."""
    command, who = find_command(office.table, call.command), office.knows(call.who)
    if command is None or not who.may(command.who) or not (command.ahead or command.study):
        return None
    if not call.who.is_operator and office.pace.is_full((who.platform, who.remote_id), office.now()):
        return None
    require_outside_transaction("looking outside")
    try:
        checked = Call(call.command, check_arguments(command, call.command, call.arguments), who, call.where)
        if command.study is not None:
            return await _study(office, checked, command.study, account)
        return await command.ahead(office.outside, checked) if command.ahead and office.outside else None
    except CommandError as error:
        return error


async def _study(office: Office, call: Call, study: Study, account: int) -> Found:
    async with office.database.read() as tx:
        tenant, channel = await places.find_place(tx, account, call.where.tenant, call.where.channel)
        return await study(_desk(office, tx, call, (account, tenant, channel), call.where.zone), call)


async def _answer_once(office: Office, tx: Transaction, call: Call, event: str | None, asking: Asking) -> Reply:
    if event is None:
        return await _answer_or_refuse(office, tx, call, asking)
    stored = await inbox.enter_event(tx, asking.account, event, office.now())
    if stored is not None:
        return msgspec.json.decode(stored, type=Reply)
    reply = await _answer_or_refuse(office, tx, call, asking)
    await inbox.keep_reply(tx, asking.account, event, msgspec.json.encode(reply).decode())
    return reply


async def _answer_or_refuse(office: Office, tx: Transaction, call: Call, asking: Asking) -> Reply:
    """A refusal undoes what its command had written, and is an answer like any other."""
    try:
        if not call.who.is_operator:  # who sits at the console pipes in as much as they like
            office.pace.take((call.who.platform, call.who.remote_id), office.now())
        async with tx.begin_nested():
            return await _run(office, tx, call, asking)
    except CommandError as error:
        return refusal(error, call.where.zone)


async def _run(office: Office, tx: Transaction, call: Call, asking: Asking) -> Reply:
    command = _choose(office, call)
    who = office.knows(call.who)
    if not who.may(command.who):
        raise CommandError(
            f'"{" ".join(call.command)}" is for {command.who}s. Nothing was changed.', "Ask one of them, or write help."
        )
    assert command.run is not None
    arguments = check_arguments(command, call.command, call.arguments)
    if isinstance(asking.found, CommandError):
        raise asking.found
    desk = await _open_desk(office, tx, call, asking.account)
    desk = _with_found(desk, asking.found)
    return with_asides(desk, await command.run(desk, Call(call.command, arguments, who, call.where)))


def _with_found(desk: Desk, found: Probe | Trial | Trend | None) -> Desk:
    if isinstance(found, Trial):
        return replace(desk, trial=found)
    return replace(desk, trend=found) if isinstance(found, Trend) else replace(desk, found=found)


def _choose(office: Office, call: Call) -> Command:
    command = find_command(office.table, call.command)
    if command is None or command.run is None:
        names = [entry.name for entry in office.table]
        close = tuple(nearest(call.command[0], names)) if call.command else ()
        raise Unclear(f'There is no command "{" ".join(call.command)}".', "Write help for a list.", close or ("help",))
    return command


async def _open_desk(office: Office, tx: Transaction, call: Call, account: int) -> Desk:
    where, now = call.where, office.now()
    tenant = await places.ensure_tenant(tx, account, where.tenant, where.zone)
    person = None
    if where.is_direct:
        person = await places.ensure_person(tx, call.who.platform, call.who.remote_id)
    channel, _ = await places.ensure_channel(tx, tenant, where.channel, now, person)
    view = await places.channel_view(tx, channel)
    zone = view.zone if view else where.zone
    await asyncio.to_thread(ZoneInfo, zone)  # the first look at a zone reads a file
    return _desk(office, tx, call, (account, tenant, channel), zone)


def _desk(office: Office, tx: Transaction, call: Call, place: tuple[int, int, int], zone: str) -> Desk:
    who = office.knows(call.who)
    desk = Desk(tx, office.now(), *place, zone, office.limits, office.about, office.table, who.is_operator)
    return replace(desk, concepts=office.concepts, weights=office.weights, grammar=office.grammar)


async def suggest(office: Office, call: Call, parameter: str, typed: str, account: int) -> list[str]:
    """Values for an argument that is being typed; none where the person may not use the command. Reads only."""
    command = find_command(office.table, call.command)
    wanted = next((entry for entry in command.parameters if entry.name == parameter), None) if command else None
    if command is None or wanted is None or not office.knows(call.who).may(command.who):
        return []
    if wanted.suggest is None:
        return [choice for choice in wanted.choices if choice.startswith(typed.casefold())]
    try:
        async with office.database.read() as tx:
            tenant, channel = await places.find_place(tx, account, call.where.tenant, call.where.channel)
            desk = _desk(office, tx, call, (account, tenant, channel), call.where.zone)
            return list(await wanted.suggest(desk, typed))[:SUGGESTIONS]
    except StorageError as error:
        log.warning("No suggestions for %s: %s", parameter, error)
        return []
