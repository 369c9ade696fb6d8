"""What a moderator sets right of a story, as rows that hold for one tenant alone; what others see stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, select, update

from bot.core.stories.names import story_name
from bot.core.stories.said import Change, write_changes
from bot.storage.alert_cards import is_alert
from bot.storage.database import Transaction
from bot.storage.deadlines import dates_of_story, set_date
from bot.storage.live_queries import MOVED_ITEMS, note_change
from bot.storage.merging import merge_stories
from bot.storage.readers import is_kept_from
from bot.storage.schema import cards, channels, deadlines, feeds, items, matches, queries, stories, turns
from bot.storage.splitting import Speaker
from bot.storage.taking_over import take_over_cards
from bot.storage.turns import Turn, holds_for, note_turns, raise_alerts, read_turn, take_back, tell_turn

A_MODERATOR = write_changes(Change("moderator"))


async def is_seen_elsewhere(tx: Transaction, numbers: Collection[int], tenant: int) -> bool:
    """Whether another tenant was given one of these stories, or one of them is this tenant's own."""
    others = select(1).select_from(cards.join(channels, channels.c.id == cards.c.channel))
    own = select(1).where(stories.c.id.in_(numbers), stories.c.tenant.is_not(None))
    found = exists(others.where(is_alert(), cards.c.subject_id.in_(numbers), channels.c.tenant != tenant)) | exists(own)
    return bool((await tx.execute(select(found))).scalar())


async def retract(tx: Transaction, story: int, tenant: int, now: datetime) -> None:
    """Take a story back here: its alerts say so, with an answer under each, and nobody is reminded of its dates."""
    await tell_turn(tx, Turn(story, 0, "retracted", "", now, A_MODERATOR), "", [tenant])
    mine = select(deadlines.c.id).where(deadlines.c.story == story)
    here = select(channels.c.id).where(channels.c.tenant == tenant)
    waiting = cards.c.subject == "deadline", cards.c.subject_id.in_(mine), cards.c.shown_rev == 0
    await tx.execute(update(cards).where(*waiting, cards.c.channel.in_(here)).values(expires_at=cards.c.due_at))


async def withdraw_summary(tx: Transaction, story: int, tenant: int, now: datetime) -> None:
    """Let the source's own words stand in place of the summary here."""
    rev = await raise_alerts(tx, story, [tenant])
    said = "summary withdrawn by a moderator"
    await note_turns(tx, [Turn(story, rev, "summary", said, now, A_MODERATOR, tenant=tenant)])


async def merge_for_all(tx: Transaction, merged: int, survivor: int, now: datetime) -> None:
    """Merge two stories that nobody else was given."""
    await merge_stories(tx, merged, survivor, now)
    await note_change(tx, MOVED_ITEMS)


async def merge_here(tx: Transaction, merged: int, survivor: int, tenant: int, now: datetime) -> None:
    """Show one story as another here: its alerts point at it, or become its where the channel had none.

    A day that both set is reminded of once.
    """
    rev = await raise_alerts(tx, survivor, [tenant])
    old = await raise_alerts(tx, merged, [tenant])
    here = cards.c.channel.in_(select(channels.c.id).where(channels.c.tenant == tenant))
    await take_over_cards(tx, "story", merged, survivor, now, rev, here)
    both = [
        Turn(merged, old, "merged", f"merged into {story_name(survivor)}", now, other=survivor, tenant=tenant),
        Turn(
            survivor,
            rev,
            "edit",
            write_changes(Change("merged", name=story_name(merged)), Change("moderator")),
            now,
            tenant=tenant,
        ),
    ]
    await note_turns(tx, both)
    days = {(one.due_on, one.precision) for one in await dates_of_story(tx, survivor, tenant) if one.state == "open"}
    for dated in await dates_of_story(tx, merged, tenant):
        if dated.state == "open" and (dated.due_on, dated.precision) in days:
            await set_date(tx, dated, tenant, now, state="dismissed", next_step_at=None)


async def last_fix(tx: Transaction, story: int, tenant: int) -> Turn | None:
    """The last thing that this tenant's moderators set right of a story and that can be taken back, or None."""
    kinds = turns.c.kind.in_(("retracted", "summary", "merged"))
    mine = (turns.c.story == story) | ((turns.c.other == story) & (turns.c.kind == "merged"))
    query = select(turns, stories.c.url, stories.c.headline).join_from(turns, stories, stories.c.id == turns.c.story)
    query = query.where(mine, kinds, turns.c.tenant == tenant, holds_for(tenant)).order_by(turns.c.id.desc()).limit(1)
    row = (await tx.execute(query)).first()
    return None if row is None else read_turn(row)


async def undo(tx: Transaction, fix: Turn, tenant: int, now: datetime) -> None:
    """Take back what was set right: the alerts say what they said before."""
    await take_back(tx, fix.number, now)
    for story in filter(None, (fix.story, fix.other)):
        rev = await raise_alerts(tx, story, [tenant])
        await note_turns(tx, [Turn(story, rev, "edit", "a moderator took that back", now, tenant=tenant)])


async def queries_of(tx: Transaction, story: int) -> list[tuple[int, str]]:
    """Every query that a story matches, whosever it is: number and expression."""
    query = select(queries.c.id, queries.c.expr).join(matches, matches.c.query == queries.c.id)
    rows = await tx.execute(query.where(matches.c.story == story).order_by(queries.c.id))
    return [(row.id, row.expr) for row in rows.all()]


async def read_speakers(tx: Transaction, numbers: Sequence[int]) -> list[Speaker]:
    """These items as each would speak for a story, without a summary; the best first: of feeds that all hear, by tier,
    then the first."""
    query = (
        select(items, feeds.c.tier)
        .join_from(items, feeds, feeds.c.id == items.c.feed)
        .where(items.c.id.in_(numbers))
        .order_by(is_kept_from(feeds.c.id, None), feeds.c.tier, items.c.id)
    )
    return [
        Speaker(row.id, row.title or row.url or "Untitled", "", row.url, row.lang or "", row.text)
        for row in (await tx.execute(query)).all()
    ]
