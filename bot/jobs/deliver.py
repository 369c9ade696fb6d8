"""Deliver: let each channel catch up with its cards. Claim -> send -> settle, one post of one channel a run.

The only caller of a platform's `send`. A post is saved, in doubt, before it is sent; whoever meets one in doubt looks
first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.errors import DeliveryError, Gone, LodewireError, Rejected, RetryLater
from bot.core.messages import as_text, thaw
from bot.core.outbox import Finding, Op, Outgoing, PendingCard, backoff, plan, story_order
from bot.jobs.line import Line, Platform, Report
from bot.jobs.pacing import slow_down
from bot.locale import tongue_of
from bot.storage import notices, outbox, settlement
from bot.storage.database import Transaction, require_outside_transaction
from bot.storage.outbox import OpenPost, Place

log = logging.getLogger(__name__)


async def deliver(line: Line) -> Report:
    """Bring one channel one post further. `more` says whether it is worth asking again at once."""
    report = Report()
    post = await _claim(line, report)
    if post is None:
        return report
    report.more = True
    outcome = await _attempt(line, post, report)
    try:
        async with line.database.write() as tx:
            await _settle(line, tx, post, outcome, report)
    except BaseException:
        line.orphans.add(post.id)  # its end is not saved: it is claimed anew, and looked for before it is sent
        raise
    line.orphans.discard(post.id)
    return report


async def _claim(line: Line, report: Report) -> OpenPost | None:
    now = line.now()
    async with line.database.write() as tx:
        post = await outbox.claim_open_post(tx, line.holder, now, line.platforms.keys(), line.orphans)
        if post is not None:
            return post
        place = await outbox.claim_channel(tx, line.holder, now, line.platforms.keys(), now - line.pace.edit_interval)
        return None if place is None else await _make(line, tx, place, now, report)


async def _make(line: Line, tx: Transaction, place: Place, now: datetime, report: Report) -> OpenPost | None:
    """Plan a channel's next post and save it as begun."""
    able, between = line.platforms[place.account].capabilities, line.pace.edit_interval
    cards = await outbox.pending_cards(tx, place.channel, now, now - between)
    paced = await slow_down(tx, place.channel, cards, able, between, now)
    planned = plan(paced.cards, able, now, paced.rolling)
    if planned is None:
        report.more = bool(cards)  # they wait now, and another channel may have work
        return None
    chosen = sorted((card for card in paced.cards if card.id in planned.cards), key=story_order)
    if planned.op is None:
        await _show_nothing(tx, chosen, now, report)
        return None
    if planned.form:
        from bot.jobs.listing import write_list  # here: most posts are no list

        written = await write_list(tx, place, planned, chosen, able, now)
        if written.is_same:
            await _show_nothing(tx, chosen, now, report)
            return None
        payload, fitting = written.payload, written.cards
    else:
        payload, fitting = await _compose_fitting(line, tx, place, planned.op, chosen, now)
    revisions = await outbox.revisions_of(tx, fitting)
    form = planned.form if planned.op is Op.POST else ""
    draft = outbox.Draft(line.new_key(), planned.op, payload, planned.of_post, revisions, form)
    return await outbox.make_post(tx, line.holder, place, draft, now)


async def _show_nothing(tx: Transaction, cards: Sequence[PendingCard], now: datetime, report: Report) -> None:
    """Nothing is left to show of these, or nothing of it would look different: they count as shown."""
    await settlement.settle_nothing(tx, [(card.id, card.want_rev) for card in cards], now)
    report.more = True


async def _compose_fitting(
    line: Line, tx: Transaction, place: Place, op: Op, chosen: list[PendingCard], now: datetime
) -> tuple[str, frozenset[int]]:
    """The frozen message of the first cards that fit into one, at least one, and which they are."""
    most = line.platforms[place.account].capabilities.characters
    while True:
        from bot.jobs.compose import compose  # here: most rounds post nothing

        payload = await compose(tx, place, chosen, now, line.concepts)
        if op is Op.EDIT or len(chosen) == 1 or len(as_text(thaw(payload))) <= most:
            return payload, frozenset(card.id for card in chosen)
        chosen = chosen[:-1]


async def _attempt(line: Line, post: OpenPost, report: Report) -> tuple[str, ...] | DeliveryError:
    """Send, or find out that it was sent before. Errors travel on as values."""
    require_outside_transaction("sending a post")
    platform = line.platforms[post.place.account]
    outgoing = Outgoing(post.key, post.op, post.place.remote_id, thaw(post.payload), post.of)
    await asyncio.to_thread(tongue_of, outgoing.message.lang)  # the first look reads a file, and drawing has no thread
    try:
        if post.was_in_doubt:
            found = await _look(line, platform, post, outgoing, report)
            if found is not None:
                return found
        return await (platform.edit(outgoing) if post.op is Op.EDIT else platform.send(outgoing))
    except DeliveryError as error:
        return error
    except Exception as error:  # one platform's surprise must not end the others
        log.exception("Sending the post %s failed unexpectedly.", post.key)
        return RetryLater(f"Sending failed in a way nobody foresaw: {type(error).__name__}.")


async def _look(
    line: Line, platform: Platform, post: OpenPost, outgoing: Outgoing, report: Report
) -> tuple[str, ...] | None:
    """The ids of a post that was made although no answer came; None: send it (again)."""
    if line.now() - post.made_at < platform.capabilities.resend_window:
        return None
    found = await platform.find(outgoing, post.made_at)
    if found.finding is Finding.FOUND:
        report.counts["posts_found"] += 1
        return found.remote_ids
    if found.finding is Finding.CANNOT_TELL:
        report.counts["posts_sent_blind"] += 1
        log.warning("Cannot tell whether the post %s was made before; it is sent once more.", post.key)
    return None


async def _settle(
    line: Line, tx: Transaction, post: OpenPost, outcome: tuple[str, ...] | DeliveryError, report: Report
) -> None:
    now = line.now()
    if isinstance(outcome, RetryLater):
        await _settle_later(line, tx, post, outcome, now)
        report.counts["posts_later"] += 1
    elif isinstance(outcome, Rejected):
        is_final = await settlement.settle_rejected(tx, line.holder, post, now, str(outcome))
        report.counts["posts_rejected"] += 1
        if is_final:
            await _tell_operator(line, tx, f"rejected:{post.id}", "A post was refused for good", outcome, now)
    elif isinstance(outcome, Gone):
        await settlement.settle_gone(tx, line.holder, post, now, str(outcome))
        report.counts["channels_gone"] += 1
        await _tell_operator(line, tx, f"gone:{post.place.channel}", "A channel is closed to us", outcome, now)
    elif isinstance(outcome, tuple):
        await settlement.settle_shown(tx, line.holder, post, outcome, now)
        report.counts["posts_edited" if post.op is Op.EDIT else "posts_sent"] += 1


async def _settle_later(line: Line, tx: Transaction, post: OpenPost, outcome: RetryLater, now: datetime) -> None:
    wait = outcome.after if outcome.after is not None else backoff(post.attempts)
    log.warning("The post %s waits %.0f s: %s", post.key, wait / timedelta(seconds=1), outcome)
    await settlement.settle_later(tx, line.holder, post, in_doubt=outcome.in_doubt, error=str(outcome))
    if outcome.todo:  # somebody has to act: told once a week, however often it is tried
        where = f"{outcome.scope}:{post.place.account if outcome.scope == 'account' else post.place.channel}"
        await _tell_operator(line, tx, f"later:{where}:{now:%G-W%V}", "Posts wait for you", outcome, now)
    if outcome.scope == "account":
        await settlement.rest_account(tx, post.place.account, now + wait)
    else:
        await settlement.rest_channel(tx, post.place.channel, now + wait)


async def _tell_operator(
    line: Line, tx: Transaction, key: str, title: str, error: LodewireError, now: datetime
) -> None:
    log.error("%s: %s", title, error)
    await notices.tell(tx, line.operator_channel, key, title, str(error), now)
