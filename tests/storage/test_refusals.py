"""Every storage operation against a database that is locked, full or closed: a clear error, nothing half-written."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Engine, create_engine, event, func, insert, select, text, true
from sqlalchemy.util import greenlet_spawn

import bot.storage
from bot.core.deadlines import Deadline
from bot.core.errors import StorageBusy, StorageClosed, StorageError, StorageFull
from bot.core.identity import tell_apart
from bot.core.intake import Decision, WaitingItem, sort_page
from bot.core.model import FeedSpec, Item, Topic
from bot.core.outbox import Op
from bot.core.outcomes import Fate
from bot.core.pacing import Digest, Pace, Quiet
from bot.core.stories.gist import Candidate, Gist
from bot.core.stories.joining import Revision
from bot.core.stories.recycled import Told
from bot.core.stories.said import Change
from bot.core.text.index import Phrase
from bot.storage import (
    accounts,
    activity,
    alerts,
    announcements,
    announcing,
    archive,
    articles,
    barriers,
    cases,
    changing,
    dates_gone,
    deadlines,
    dossier,
    feeds,
    fixing,
    floods,
    following,
    fulltext,
    grouping,
    hosts,
    inbox,
    items,
    leases,
    lineage,
    listing,
    live_queries,
    lives,
    lookup,
    matching,
    merging,
    merging_dates,
    mutes,
    notes,
    notices,
    outbox,
    own_dates,
    pacing,
    places,
    prints,
    readers,
    reminding,
    retellings,
    retention,
    settlement,
    shown,
    splitting,
    spoken,
    standings,
    stories,
    taking_over,
    tellings,
    threads,
    topics,
    troubles,
    turns,
    upsert,
)
from bot.storage.articles import WantedArticle
from bot.storage.database import Database, Transaction, read_url
from bot.storage.deadlines import Dated
from bot.storage.items import PollResult
from bot.storage.leases import Holder
from bot.storage.notes import Note
from bot.storage.outbox import Draft, OpenPost, Place
from bot.storage.retellings import Wanted
from bot.storage.schema import metadata
from bot.storage.schema import stories as story_table
from bot.storage.splitting import Speaker, Split
from bot.storage.turns import Turn

NOW = datetime(2025, 11, 4, 9, tzinfo=UTC)
ME = Holder("me", timedelta(minutes=10))
PLACE = Place(1, "console", 1, 1, "UTC")
POST = OpenPost(1, "key-1", Op.POST, PLACE, "{}", (), 1, False, NOW)
LONG = "many words " * 2_000
ITEM = Item("g9", "https://wire.example/9", "Rare earth news 9", LONG)
WAITING = WaitingItem(1, "https://wire.example/1", "Title", LONG, "en", NOW, False)
DEADLINE = Deadline(date(2025, 12, 1), "day", "deadline", "roadmap", "", LONG, 0.9)
DATED = Dated(
    1, 1, DEADLINE.due, "day", "deadline", "roadmap", "", LONG, 0.9, "open", (), None, None, tenant=None, copy_of=None
)
NOTE = Note(1, 1, None, "call", NOW, "", None, is_shown=False)
TOPIC = topics.TopicRow(1, "mine", "Mine", 1, "rare", False)
RARE = Phrase(("rare",))
WORDS = " ".join(f"word{number}" for number in range(4_000))
STORY = {"headline": LONG, "opened_at": NOW, "changed_at": NOW}
EARLY = NOW - timedelta(days=1)
RETOLD = Wanted(1, "earth", "", "")
WANTED = WantedArticle(2, "https://wire.example/2", "earth", "", NOW, 0, 1, None)
RESULT = PollResult(1, NOW, NOW, "fetched", page=sort_page(tell_apart([ITEM]), {}), error=LONG)
CANDIDATE = Candidate(Gist("en", ("earth",), tuple(f"word{number}" for number in range(1_000))), 1.0)
REVISION = Revision(1, 2, LONG, LONG, None, 0, 1, silent=False, change="+1 source", is_announced=True)

TURN = Turn(1, 1, "denied", LONG, NOW, "by Kremlin")
TOLD = Told(1, 1, "rare", LONG, "en", NOW)
SPEAKER = Speaker(1, LONG, LONG, None, "en")


async def second_story(tx: Transaction) -> int:
    """Another story beside the first."""
    return (await upsert.insert_in_order(tx, story_table, [STORY]))[0]


async def merged(tx: Transaction) -> None:
    """Two stories made one."""
    await merging.merge_stories(tx, await second_story(tx), 1, NOW)


OPERATIONS: dict[str, Callable[[Transaction], Awaitable[Any]]] = {
    "announcing.announce": lambda tx: announcing.announce(tx, "story", [(1, "alert", 1)]),
    "accounts.read_sync_token": lambda tx: accounts.read_sync_token(tx, 1),
    "accounts.save_sync_token": lambda tx: accounts.save_sync_token(tx, 1, "s1"),
    "accounts.mark_channel": lambda tx: accounts.mark_channel(tx, 1, "console", "gone"),
    "activity.read_activity": lambda tx: activity.read_activity(tx, NOW),
    "alerts.read_story": lambda tx: alerts.read_story(tx, 1, 1),
    "alerts.read_sources": lambda tx: alerts.read_sources(tx, [1], 1),
    "alerts.read_deadlines": lambda tx: alerts.read_deadlines(tx, 1, 1),
    "alerts.read_followed": lambda tx: alerts.read_followed(tx, 1, 1),
    "alerts.read_calls": lambda tx: alerts.read_calls(tx, 1, 1),
    "announcements.next_announcements": announcements.next_announcements,
    "announcements.route_chunk": lambda tx: announcements.route_chunk(
        tx, announcements.Announcement(1, "story", 1, "alert", 1, 0), NOW
    ),
    "archive.latest_stories": lambda tx: archive.latest_stories(tx, 1, None, 10, 0),
    "archive.count_stories": lambda tx: archive.count_stories(tx, 1, [1]),
    "archive.latest_match": lambda tx: archive.latest_match(tx, 1, 1, NOW),
    "archive.count_matches": lambda tx: archive.count_matches(tx, 1, 1, NOW),
    "archive.has_matches": lambda tx: archive.has_matches(tx, 1),
    "archive.archive_start": archive.archive_start,
    "archive.heads_where": lambda tx: archive.heads_where(tx, 1, true(), 10),
    "matching.save_matches": lambda tx: matching.save_matches(tx, [(1, 2, None), (1, 2, 1)]),
    "deadlines.due_steps": lambda tx: deadlines.due_steps(tx, NOW),
    "deadlines.read_deadline": lambda tx: deadlines.read_deadline(tx, 1),
    "deadlines.all_ladders": deadlines.all_ladders,
    "deadlines.take_step": lambda tx: deadlines.take_step(tx, DATED, "T-7", NOW),
    "deadlines.wait_until": lambda tx: deadlines.wait_until(tx, 1, NOW),
    "deadlines.end_dates": lambda tx: deadlines.end_dates(tx, [1], "withdrawn"),
    "deadlines.answer": lambda tx: deadlines.answer(tx, 1, "met", 1),
    "deadlines.look_anew": lambda tx: deadlines.look_anew(tx, 1, NOW),
    "deadlines.drop_waiting": lambda tx: deadlines.drop_waiting(tx, [1]),
    "deadlines.drop_endings": lambda tx: deadlines.drop_endings(tx, [1]),
    "deadlines.candidates": lambda tx: deadlines.candidates(tx, DATED, NOW),
    "dates_gone.dates_gone": lambda tx: dates_gone.dates_gone(tx, 1, [1], DATED.due_on, DATED.due_on, ()),
    "deadlines.dates_where": lambda tx: deadlines.dates_where(tx, 1, [1], true()),
    "deadlines.dates_of_story": lambda tx: deadlines.dates_of_story(tx, 1, 1),
    "deadlines.dates_between": lambda tx: deadlines.dates_between(tx, 1, [1], DATED.due_on, DATED.due_on),
    "deadlines.set_date": lambda tx: deadlines.set_date(tx, DATED, 1, NOW, state="done"),
    "deadlines.add_date": lambda tx: deadlines.add_date(tx, 1, 1, DATED.due_on, "roadmap", NOW),
    "notes.add_note": lambda tx: notes.add_note(tx, 1, 1, "call", None, NOW, NOW),
    "notes.list_notes": lambda tx: notes.list_notes(tx, 1, NOW),
    "notes.read_note": lambda tx: notes.read_note(tx, 1),
    "notes.put_off": lambda tx: notes.put_off(tx, NOTE, NOW, NOW),
    "notes.remove_note": lambda tx: notes.remove_note(tx, NOTE, NOW),
    "pacing.read_pace": lambda tx: pacing.read_pace(tx, 1),
    "pacing.set_digest": lambda tx: pacing.set_digest(tx, 1, Digest(), NOW),
    "pacing.set_quiet": lambda tx: pacing.set_quiet(tx, 1, Quiet(time(22), time(7)), NOW),
    "pacing.set_flood": lambda tx: pacing.set_flood(tx, 1, 3),
    "pacing.retime": lambda tx: pacing.retime(tx, 1, NOW),
    "pacing.count_waiting": lambda tx: pacing.count_waiting(tx, 1),
    "pacing.begin_next_digest": lambda tx: pacing.begin_next_digest(tx, 1, Pace(Digest(), next_digest_at=NOW), NOW),
    "pacing.pass_digests": lambda tx: pacing.pass_digests(tx, NOW),
    "pacing.hold": lambda tx: pacing.hold(tx, [1], "held", NOW),
    "pacing.drop_unwanted": lambda tx: pacing.drop_unwanted(tx, 1, [(1, 1)], NOW),
    "pacing.recent_alerts": lambda tx: pacing.recent_alerts(tx, 1),
    "pacing.open_roll": lambda tx: pacing.open_roll(tx, 1, NOW),
    "pacing.count_lists": lambda tx: pacing.count_lists(tx, 1, "digest", NOW),
    "pacing.payload_of": lambda tx: pacing.payload_of(tx, 1, 1),
    "pacing.last_list": lambda tx: pacing.last_list(tx, 1),
    "listing.read_entries": lambda tx: listing.read_entries(tx, 1, 1, [1]),
    "listing.read_dates_ahead": lambda tx: listing.read_dates_ahead(tx, 1, 1, NOW.date()),
    "places.set_channel": lambda tx: places.set_channel(tx, 1, zone="UTC", ladder="7"),
    "places.ladder_of": lambda tx: places.ladder_of(tx, 1),
    "places.read_manner": lambda tx: places.read_manner(tx, 1),
    "places.set_manner": lambda tx: places.set_manner(tx, 1, "compact", "ru"),
    "spoken.speakers_in": lambda tx: spoken.speakers_in(tx, [1], "ru", 1),
    "reminding.drop_told": lambda tx: reminding.drop_told(tx, 1, NOW),
    "reminding.route_step": lambda tx: reminding.route_step(tx, 1, "T-7", 0, 10, NOW),
    "reminding.count_shown": reminding.count_shown,
    "reminding.read_occasion": lambda tx: reminding.read_occasion(tx, 1, 1),
    "retellings.claim_story": lambda tx: retellings.claim_story(tx, NOW, EARLY, EARLY, 5),
    "retellings.keep_retelling": lambda tx: retellings.keep_retelling(tx, RETOLD, LONG, "", NOW),
    "articles.want_articles": lambda tx: articles.want_articles(tx, [2], NOW, NOW + timedelta(minutes=10)),
    "articles.claim_article": lambda tx: articles.claim_article(tx, NOW, NOW),
    "articles.next_article_at": lambda tx: articles.next_article_at(tx, NOW),
    "articles.has_wanted": articles.has_wanted,
    "articles.drop_late": lambda tx: articles.drop_late(tx, NOW),
    "articles.rest_host": lambda tx: articles.rest_host(tx, 1, NOW),
    "articles.rest_host_named": lambda tx: articles.rest_host_named(tx, LONG[:900], NOW, NOW),
    "articles.put_off_article": lambda tx: articles.put_off_article(tx, 2, NOW, 1),
    "articles.settle_article": lambda tx: articles.settle_article(tx, WANTED, LONG),
    "barriers.outlets_of": lambda tx: barriers.outlets_of(tx, 1, 1),
    "barriers.lets_through": lambda tx: barriers.lets_through(tx, 1, NOW),
    "dossier.has_active_feed": lambda tx: dossier.has_active_feed(tx, 1, 1),
    "dossier.waiting_by_link": lambda tx: dossier.waiting_by_link(tx, 1, "https://wire.example/1"),
    "dossier.waiting_by_words": lambda tx: dossier.waiting_by_words(tx, 1, ["rare"]),
    "dossier.may_see": lambda tx: dossier.may_see(tx, 1, 1),
    "dossier.story_view": lambda tx: dossier.story_view(tx, 1, 1, 1),
    "dossier.story_by_link": lambda tx: dossier.story_by_link(tx, 1, "https://wire.example/1"),
    "dossier.stories_by_words": lambda tx: dossier.stories_by_words(tx, 1, ["rare"], 5),
    "feeds.sync_operator_feeds": lambda tx: feeds.sync_operator_feeds(
        tx, [FeedSpec(f"https://host{n}.example/{LONG[:3000]}") for n in range(20)], NOW
    ),
    "feeds.add_feed": lambda tx: feeds.add_feed(tx, 1, FeedSpec("https://new.example/" + LONG[:9000]), NOW),
    "feeds.remove_feed": lambda tx: feeds.remove_feed(tx, 1, 1, NOW),
    "feeds.list_feeds": lambda tx: feeds.list_feeds(tx, 1),
    "feeds.set_paused": lambda tx: feeds.set_paused(tx, None, 1, NOW, is_paused=True),
    "feeds.has_other_users": lambda tx: feeds.has_other_users(tx, 1, 1),
    "feeds.count_feeds": lambda tx: feeds.count_feeds(tx, 1),
    "following.follow": lambda tx: following.follow(tx, 2, 1, LONG, None, NOW),
    "following.reopen": lambda tx: following.reopen(tx, 1, NOW),
    "following.set_options": lambda tx: following.set_options(tx, 1, 1, following.Options(least=2)),
    "following.set_query": lambda tx: following.set_query(tx, 1, 1, 2, LONG),
    "following.subscriptions_of": lambda tx: following.subscriptions_of(tx, 1, 1),
    "following.unfollow": lambda tx: following.unfollow(tx, 1, 1),
    "following.list_following": lambda tx: following.list_following(tx, 1, NOW),
    "following.count_subscriptions": lambda tx: following.count_subscriptions(tx, 1),
    "following.show_proof": lambda tx: following.show_proof(tx, 1, 2, 1, NOW),
    "following.has_followers": lambda tx: following.has_followers(tx, 1, "x"),
    "floods.list_held": floods.list_held,
    "floods.accept_held": lambda tx: floods.accept_held(tx, 1, NOW),
    "floods.skip_held": lambda tx: floods.skip_held(tx, 1, NOW),
    "fulltext.index_items": lambda tx: fulltext.index_items(tx, [(1, WORDS)]),
    "hosts.ensure_hosts": lambda tx: hosts.ensure_hosts(tx, [f"{LONG[:900]}{n}" for n in range(20)], NOW),
    "hosts.sync_gaps": lambda tx: hosts.sync_gaps(tx, {f"{LONG[:900]}{n}": timedelta(1) for n in range(20)}, NOW),
    "hosts.overdue_feeds": lambda tx: hosts.overdue_feeds(tx, NOW),
    "hosts.put_off": lambda tx: hosts.put_off(tx, [(1, NOW)]),
    "hosts.claim_hosts": lambda tx: hosts.claim_hosts(tx, ME, NOW, 5),
    "hosts.release_hosts": lambda tx: hosts.release_hosts(tx, ME, [(1, NOW)]),
    "grouping.read_gists": lambda tx: grouping.read_gists(tx, 0, NOW),
    "grouping.save_gists": lambda tx: grouping.save_gists(tx, [(1, 1, NOW, CANDIDATE)]),
    "grouping.forget_gists": lambda tx: grouping.forget_gists(tx, NOW),
    "grouping.read_standings": lambda tx: grouping.read_standings(tx, [1]),
    "grouping.revise_stories": lambda tx: grouping.revise_stories(tx, [REVISION], NOW),
    "grouping.save_parents": lambda tx: grouping.save_parents(tx, {1: 2}),
    "hosts.next_ready": lambda tx: hosts.next_ready(tx, NOW, NOW),
    "hosts.release_all": lambda tx: hosts.release_all(tx, ME),
    "hosts.make_all_due": lambda tx: hosts.make_all_due(tx, NOW),
    "hosts.watching_since": hosts.watching_since,
    "inbox.enter_event": lambda tx: inbox.enter_event(tx, 1, LONG[:2000], NOW),
    "inbox.keep_reply": lambda tx: inbox.keep_reply(tx, 1, "event", LONG),
    "items.known_keys": lambda tx: items.known_keys(tx, {1: [1, 2, 3]}),
    "items.known_words": lambda tx: items.known_words(tx, {1: [1, 2, 3]}),
    "items.save_polls": lambda tx: items.save_polls(tx, [RESULT]),
    "leases.sign_on": lambda tx: leases.sign_on(tx, Holder(LONG, None), NOW),
    "leases.renew": lambda tx: leases.renew(tx, ME, NOW),
    "leases.sign_off": lambda tx: leases.sign_off(tx, Holder("nobody", None)),
    "leases.require_alive": lambda tx: leases.require_alive(tx, ME, NOW),
    "leases.take": lambda tx: leases.take(tx, "other", ME, NOW),
    "leases.require_fence": lambda tx: leases.require_fence(tx, "intake", ME, 1),
    "lookup.search_stories": lambda tx: lookup.search_stories(tx, 1, RARE, NOW, 10),
    "lookup.count_found": lambda tx: lookup.count_found(tx, 1, RARE, NOW),
    "lookup.candidate_texts": lambda tx: lookup.candidate_texts(tx, 1, RARE, NOW, 10),
    "lookup.matching_texts": lambda tx: lookup.matching_texts(tx, 1, 1, NOW, 10),
    "lookup.recent_texts": lambda tx: lookup.recent_texts(tx, RARE, NOW, 10),
    "lookup.heads_of": lambda tx: lookup.heads_of(tx, 1, [1]),
    "mutes.mute": lambda tx: mutes.mute(tx, 1, mutes.Subject(1, "", LONG), None, NOW, NOW),
    "mutes.list_mutes": lambda tx: mutes.list_mutes(tx, 1, NOW),
    "mutes.end_mute": lambda tx: mutes.end_mute(tx, 1, 1),
    "mutes.forget_mutes": lambda tx: mutes.forget_mutes(tx, NOW),
    "mutes.count_mutes": lambda tx: mutes.count_mutes(tx, 1, NOW),
    "notices.tell": lambda tx: notices.tell(tx, 1, "trouble", "title", LONG, NOW),
    "notices.read_notice": lambda tx: notices.read_notice(tx, 1),
    "outbox.claim_open_post": lambda tx: outbox.claim_open_post(tx, ME, NOW, [1]),
    "outbox.claim_channel": lambda tx: outbox.claim_channel(tx, ME, NOW, [1], NOW),
    "outbox.pending_cards": lambda tx: outbox.pending_cards(tx, 1, NOW, NOW),
    "outbox.bundled_cards": lambda tx: outbox.bundled_cards(tx, 1, "digest", NOW),
    "outbox.cards_shown_by": lambda tx: outbox.cards_shown_by(tx, 1, 1),
    "outbox.revisions_of": lambda tx: outbox.revisions_of(tx, [1]),
    "outbox.remote_ids_of": lambda tx: outbox.remote_ids_of(tx, 1),
    "outbox.make_post": lambda tx: outbox.make_post(
        tx, ME, Place(2, "other", 1, 1, "UTC"), Draft("key-2", Op.POST, LONG, None, ((1, 1),)), NOW
    ),
    "outbox.count_pending": lambda tx: outbox.count_pending(tx, NOW),
    "places.ensure_account": lambda tx: places.ensure_account(tx, "console", LONG[:2000]),
    "places.ensure_tenant": lambda tx: places.ensure_tenant(tx, 1, LONG[:2000]),
    "places.ensure_channel": lambda tx: places.ensure_channel(tx, 1, LONG[:2000], NOW),
    "places.ensure_person": lambda tx: places.ensure_person(tx, "console", LONG[:2000]),
    "places.find_place": lambda tx: places.find_place(tx, 1, "console", "console"),
    "places.find_channel": lambda tx: places.find_channel(tx, "console", LONG[:2000], NOW),
    "places.channel_view": lambda tx: places.channel_view(tx, 1),
    "retention.forget_chunk": lambda tx: retention.forget_chunk(tx, NOW),
    "retention.forget_keys": lambda tx: retention.forget_keys(tx, NOW),
    "shown.stories_by_key": lambda tx: shown.stories_by_key(tx, 1, "key-1"),
    "shown.dates_of_post": lambda tx: shown.dates_of_post(tx, 1, "key", ""),
    "shown.headlines_of": lambda tx: shown.headlines_of(tx, [1]),
    "shown.stories_by_message": lambda tx: shown.stories_by_message(tx, 1, "remote-1"),
    "settlement.settle_shown": lambda tx: settlement.settle_shown(tx, ME, POST, [LONG[:2000]], NOW),
    "settlement.settle_nothing": lambda tx: settlement.settle_nothing(tx, [(1, 1)], NOW),
    "settlement.settle_later": lambda tx: settlement.settle_later(tx, ME, POST, in_doubt=True, error=LONG),
    "settlement.rest_channel": lambda tx: settlement.rest_channel(tx, 1, NOW),
    "settlement.rest_account": lambda tx: settlement.rest_account(tx, 1, NOW),
    "settlement.settle_rejected": lambda tx: settlement.settle_rejected(tx, ME, POST, NOW, LONG),
    "settlement.settle_gone": lambda tx: settlement.settle_gone(tx, ME, POST, NOW, LONG),
    "standings.own_channels": standings.own_channels,
    "standings.read_standings": standings.read_standings,
    "standings.note_troubles": lambda tx: standings.note_troubles(tx, [(1, "gone")], NOW),
    "stories.count_waiting": stories.count_waiting,
    "stories.waiting_items": lambda tx: stories.waiting_items(tx, 10, NOW),
    "tellings.save_tellings": lambda tx: tellings.save_tellings(tx, {1: ()}),
    "tellings.items_with_dates": lambda tx: tellings.items_with_dates(tx, [1]),
    "tellings.open_dates": lambda tx: tellings.open_dates(tx, [1]),
    "tellings.settle_dates": lambda tx: tellings.settle_dates(tx, {1: []}, {1}, NOW),
    "lineage.lineages": lambda tx: lineage.lineages(tx, [1], 1),
    "lives.unread_stories": lives.unread_stories,
    "lives.words_of": lambda tx: lives.words_of(tx, (1, 2)),
    "lives.note_read": lambda tx: lives.note_read(tx, 1),
    "lives.dates_akin": lambda tx: lives.dates_akin(tx, 1),
    "lives.sure_days": lambda tx: lives.sure_days(tx, 1),
    "lives.confirm": lambda tx: lives.confirm(tx, DATED, NOW),
    "lives.apply_fate": lambda tx: lives.apply_fate(tx, DATED, Fate("met", 1), NOW),
    "lives.note_change": lambda tx: lives.note_change(tx, 1, [Change("agreed")], NOW),
    "live_queries.note_change": live_queries.note_change,
    "live_queries.read_version": live_queries.read_version,
    "live_queries.live_numbers": live_queries.live_numbers,
    "live_queries.is_live": lambda tx: live_queries.is_live(tx, 1),
    "live_queries.read_expressions": lambda tx: live_queries.read_expressions(tx, [1]),
    "stories.save_decisions": lambda tx: stories.save_decisions(
        tx, [Decision(WAITING, "Headline", LONG, (1,), (DEADLINE,))], NOW
    ),
    "stories.taken_after": lambda tx: stories.taken_after(tx, 0),
    "topics.intern_query": lambda tx: topics.intern_query(tx, " OR ".join(f"word{n}" for n in range(40))),
    "stories.topic_queries": stories.topic_queries,
    "topics.make_topic": lambda tx: topics.make_topic(tx, 1, topics.OwnTopic("mine", LONG, 1)),
    "topics.change_topic": lambda tx: topics.change_topic(tx, 1, TOPIC, 2),
    "topics.remove_topic": lambda tx: topics.remove_topic(tx, 1, TOPIC),
    "topics.followers_of": lambda tx: topics.followers_of(tx, 1, TOPIC),
    "topics.shipped_names": topics.shipped_names,
    "topics.count_own": lambda tx: topics.count_own(tx, 1),
    "topics.query_expr": lambda tx: topics.query_expr(tx, 1),
    "topics.sync_shipped": lambda tx: topics.sync_shipped(tx, [Topic("new", LONG, "germanium")]),
    "topics.list_topics": lambda tx: topics.list_topics(tx, 1),
    "topics.find_topic": lambda tx: topics.find_topic(tx, 1, "new"),
    "troubles.channel_trouble": lambda tx: troubles.channel_trouble(tx, 1),
    "cases.keep_case": lambda tx: cases.keep_case(tx, 1, 1, "split", "chen", LONG, {1: 1, 2: 2}, NOW),
    "cases.read_cases": cases.read_cases,
    "cases.undo_case": lambda tx: cases.undo_case(tx, 1, 1, "split", NOW),
    "changing.route_change": lambda tx: changing.route_change(tx, 1, 1, 0, 10, NOW),
    "fixing.is_seen_elsewhere": lambda tx: fixing.is_seen_elsewhere(tx, [1], 1),
    "fixing.retract": lambda tx: fixing.retract(tx, 1, 1, NOW),
    "fixing.withdraw_summary": lambda tx: fixing.withdraw_summary(tx, 1, 1, NOW),
    "fixing.merge_for_all": lambda tx: fixing.merge_for_all(tx, 2, 1, NOW),
    "fixing.merge_here": lambda tx: fixing.merge_here(tx, 1, 1, 1, NOW),
    "fixing.last_fix": lambda tx: fixing.last_fix(tx, 1, 1),
    "fixing.undo": lambda tx: fixing.undo(tx, TURN, 1, NOW),
    "fixing.queries_of": lambda tx: fixing.queries_of(tx, 1),
    "fixing.read_speakers": lambda tx: fixing.read_speakers(tx, [1]),
    "merging.merge_stories": merged,
    "merging_dates.merge_dates": lambda tx: merging_dates.merge_dates(tx, 1, 1, NOW),
    "prints.save_prints": lambda tx: prints.save_prints(tx, {1: list(range(500))}),
    "prints.told_before": lambda tx: prints.told_before(tx, [1], 1, NOW),
    "prints.save_repeats": lambda tx: prints.save_repeats(tx, {2: TOLD}),
    "splitting.split_story": lambda tx: splitting.split_story(tx, Split(1, (1,), SPEAKER, SPEAKER, (1,)), NOW),
    "taking_over.take_over_cards": lambda tx: taking_over.take_over_cards(tx, "story", 1, 2, NOW, 3),
    "threads.linked_stories": lambda tx: threads.linked_stories(tx, 1, 1),
    "turns.note_turns": lambda tx: turns.note_turns(tx, [TURN]),
    "turns.read_outlet": lambda tx: turns.read_outlet(tx, 1),
    "turns.tell_turn": lambda tx: turns.tell_turn(tx, TURN, "denied by Kremlin"),
    "turns.has_moved_date": lambda tx: turns.has_moved_date(tx, 1, NOW),
    "turns.raise_story": lambda tx: turns.raise_story(tx, 1, {"change": LONG}),
    "turns.raise_alerts": lambda tx: turns.raise_alerts(tx, 1, [1]),
    "turns.turns_of": lambda tx: turns.turns_of(tx, [1], 1),
    "turns.turn_at": lambda tx: turns.turn_at(tx, 1, 1, 1),
    "turns.take_back": lambda tx: turns.take_back(tx, 1, NOW),
    "turns.raise_heirs": lambda tx: turns.raise_heirs(tx, 1),
    "turns.heir_of": lambda tx: turns.heir_of(tx, 1, 1),
    "turns.told_as": lambda tx: turns.told_as(tx, 1, 1),
    "turns.told_alone": lambda tx: turns.told_alone(tx, 1, 1),
    "readers.own_readers": lambda tx: readers.own_readers(tx, [1]),
    "readers.own_stories": lambda tx: readers.own_stories(tx, [1]),
    "readers.own_stories_since": lambda tx: readers.own_stories_since(tx, EARLY),
    "readers.count_sources": lambda tx: readers.count_sources(tx, 1, 1),
    "own_dates.add_for": lambda tx: own_dates.add_for(tx, 1, [1], [DEADLINE], NOW),
    "own_dates.leave_all": lambda tx: own_dates.leave_all(tx, {1: [1, 2]}),
    "own_dates.stand_for": lambda tx: own_dates.stand_for(tx, [1]),
    "turns.also_told_as": lambda tx: turns.also_told_as(tx, 1, 1),
    "upsert.execute_rows": lambda tx: upsert.execute_rows(tx, insert(story_table), [STORY]),
    "upsert.insert_in_order": lambda tx: upsert.insert_in_order(tx, story_table, [STORY]),
}  # fmt: skip


def public_operations() -> set[str]:
    """Every public function of bot.storage that takes an open transaction."""
    found = set()
    for module in pkgutil.iter_modules(bot.storage.__path__):
        if module.name in ("schema", "migrations", "transaction"):
            continue
        source = import_module(f"bot.storage.{module.name}")
        for name, function in inspect.getmembers(source, inspect.iscoroutinefunction):
            if not name.startswith("_") and function.__module__ == source.__name__:
                found.add(f"{module.name}.{name}")
    return found


def test_every_operation_is_tried() -> None:
    """The table above holds every storage operation; a new one must be added to it."""
    assert public_operations() == set(OPERATIONS)


@pytest_asyncio.fixture
async def stocked(database_url: str) -> str:
    """A database with a row of each kind that the operations need."""
    database = await Database.open(database_url)
    async with database.write() as tx:
        await leases.sign_on(tx, ME, NOW)
        await leases.take(tx, "intake", ME, NOW)
        account = await places.ensure_account(tx, "console", "console")
        tenant = await places.ensure_tenant(tx, account, "console")
        for name in ("console", "other"):
            await places.ensure_channel(tx, tenant, name, NOW)
        await places.ensure_person(tx, "console", "chen")
        await feeds.sync_operator_feeds(tx, [FeedSpec("https://wire.example/feed.xml")], NOW)
        query = await topics.intern_query(tx, "rare")
        await topics.intern_query(tx, "earth")
        await following.follow(tx, query, 1, "rare", None, NOW)
        await items.save_polls(
            tx, [PollResult(1, NOW, NOW, "fetched", page=sort_page(tell_apart([Item("g1", None, "rare")]), {}))]
        )
        waiting = await stories.waiting_items(tx, 5, NOW)
        await stories.save_decisions(tx, [Decision(waiting[0], "rare", "", (query,))], NOW)
        await deadlines.add_date(tx, 1, tenant, DATED.due_on, "roadmap", NOW)
        page = sort_page(tell_apart([Item("g2", None, "earth")]), {})
        await items.save_polls(tx, [PollResult(1, NOW, NOW, "fetched", page=page)])
        await announcements.route_chunk(tx, announcements.Announcement(1, "story", 1, "alert", 1, 0), NOW)
        await notices.tell(tx, 2, "first", "title", "body", NOW)
        await inbox.enter_event(tx, 1, "event", NOW)
        await outbox.make_post(tx, ME, PLACE, Draft("key-1", Op.POST, "{}", None, ((1, 1),)), NOW)
    await database.close()
    return database_url


def count_rows(engine: Engine) -> dict[str, int]:
    """The rows of each table."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


async def refused_by(database: Database, wanted: type[StorageError], *, must: bool) -> list[str]:
    """Run every operation, each in a transaction of its own; those that were refused. Another error fails the test."""
    refused = []
    engine = create_engine(read_url(database.url))
    for name, operation in OPERATIONS.items():
        before = None if wanted is StorageBusy else count_rows(engine)
        try:
            async with database.write() as tx:
                await operation(tx)
                if not must:
                    raise Undo
        except wanted as error:
            refused.append(name)
            assert error.todo
            assert before is None or count_rows(engine) == before, f"{name} left half of its rows"
        except Undo:
            continue
    engine.dispose()
    return refused


class Undo(Exception):
    """Takes back an operation that had room enough."""


@pytest.mark.asyncio
async def test_every_operation_works(stocked: str) -> None:
    """On a healthy database each operation of the table does its work."""
    database = await Database.open(stocked)
    assert await refused_by(database, StorageError, must=False) == []
    await database.close()


@contextmanager
def all_locked(url: str) -> Iterator[None]:
    """Another connection that holds every lock there is."""
    engine = create_engine(read_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("BEGIN EXCLUSIVE"))
        else:
            names = ", ".join(table.name for table in metadata.sorted_tables)
            connection.execute(text("BEGIN"))
            connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
        yield
        connection.execute(text("ROLLBACK"))
    engine.dispose()


@pytest.mark.asyncio
@pytest.mark.timeout(60)
async def test_a_locked_database(stocked: str) -> None:
    """Locked by somebody else: each operation is refused as busy, within the time it was given."""
    database = await Database.open(stocked, busy_timeout_s=0.03)
    with all_locked(stocked):
        assert set(await refused_by(database, StorageBusy, must=True)) == set(OPERATIONS)
    async with database.write() as tx:
        assert await leases.take(tx, "intake", ME, NOW) == 1
    await database.close()


@pytest.mark.asyncio
async def test_a_closed_database(stocked: str) -> None:
    """Closed: each operation says so."""
    database = await Database.open(stocked)
    await database.close()
    assert set(await refused_by(database, StorageClosed, must=True)) == set(OPERATIONS)


def fill_sqlite(database: Database) -> None:
    """Leave no free page, and let the file not grow by one."""
    engine = create_engine(read_url(database.url))
    with engine.connect() as connection:
        connection.execute(text("VACUUM"))
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    engine.dispose()

    @event.listens_for(database.engine, "connect")
    def stop_growth(dbapi: Any, record: Any) -> None:
        dbapi.execute(f"PRAGMA max_page_count={pages}")


def fill_postgres(database: Database) -> None:
    """Let the server refuse each written row with its own code for a full disk; a real one cannot be had in a test."""
    engine = create_engine(read_url(database.url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        body = "BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END"
        connection.execute(text(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"))
        for table in metadata.sorted_tables:
            connection.execute(
                text(f"CREATE TRIGGER full_disk AFTER INSERT ON {table.name} FOR EACH ROW EXECUTE FUNCTION full_disk()")
            )
    engine.dispose()


WRITES_MUCH = {
    "feeds.sync_operator_feeds", "feeds.add_feed", "following.follow", "fulltext.index_items", "inbox.keep_reply",
    "items.save_polls", "leases.sign_on", "notices.tell", "outbox.make_post", "settlement.settle_later",
    "stories.save_decisions", "topics.sync_shipped", "upsert.execute_rows", "upsert.insert_in_order",
}  # fmt: skip


@pytest.mark.asyncio
async def test_a_full_database(stocked: str) -> None:
    """Full: whatever needs room is refused whole, with what to do; the rest goes on."""
    database = await Database.open(stocked)
    is_sqlite = database.is_sqlite
    await greenlet_spawn(database.engine.dispose)
    (fill_sqlite if is_sqlite else fill_postgres)(database)
    refused = set(await refused_by(database, StorageFull, must=False))
    wanted = WRITES_MUCH if is_sqlite else WRITES_MUCH - {"inbox.keep_reply", "settlement.settle_later"}
    assert wanted <= refused
    async with database.read() as tx:
        assert len(await feeds.list_feeds(tx, 1)) == 1
    await database.close()
