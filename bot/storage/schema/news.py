"""Processes, the outside world of feeds, and what the news is about.

States are short words, explained where they stand.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Table, Text

from bot.storage.schema.columns import flag, metadata, number, partial, row_id, to_row, words
from bot.storage.types import Hash, Id, UtcTime, Words

# Processes. A row `process:<holder>` lives while its process renews it; other leases belong to a holder.
leases = Table(
    "leases", metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("until", UtcTime, nullable=False),
    number("fence"),
)  # fmt: skip

# The outside world of feeds. Politeness lives on the host, across processes.
hosts = Table(
    "hosts", metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("ready_at", UtcTime, nullable=False),
    Column("gap_s", Float),  # null: the setting's gap
    Column("holder", Text),
)  # fmt: skip

feeds = Table(
    "feeds", metadata,
    row_id(),
    Column("url", Text, nullable=False, unique=True),
    to_row("host", "hosts.id", cascade=False),
    words("title"),
    Column("lang", Text),
    number("tier", 2),
    Column("zone", Text),
    number("interval_s"),
    Column("next_poll_at", UtcTime, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Hash),
    Column("reader", Hash),  # who read the last page: validators and hashes are worth something to the same reader
    words("window"),  # hashes of the raw items of the last page, as hex
    Column("whole_at", UtcTime),  # when every item of a page was last read
    words("id_rule", "guid+link"),  # name, or name@version: core/identity
    Column("seeded_at", UtcTime),  # null: the next page is its first sight, and silent
    Column("error_class", Text),
    words("error"),
    number("errors"),  # in a row
    Column("last_ok_at", UtcTime),
    Column("last_new_at", UtcTime),
    words("state", "active"),  # active | paused: by all its users | unused | gone
    number("rhythm_s"),  # the usual time between two arrivals; 0: not known
    Column("newest_at", UtcTime),
    number("gaps"),  # times that items came and went unseen
    Column("gapped_at", UtcTime),
    Column("held_at", UtcTime),  # since when items of it wait for the operator's word
    number("burst"),  # as many at once as the operator let pass
    number("reads"),  # successful polls, up to the few that matter
    number("repairs"),  # pages that had to be mended
    words("failures"),  # since ever, by class: `5xx 3, dns 1`
    Column("failing_since", UtcTime),
    number("hint_s"),  # the interval that the document asks for
    words("skip"),  # hours and days without visits: `0,1|5,6`
    Column("moved_to", Text),  # the target of a permanent redirect, not yet proven
    Column("moved_since", UtcTime),
    Column("address", Text),  # asked in place of `url`, since it moved
    words("via"),  # the host that answers, where it is not that of `url`
    words("repeats"),  # hashes of lines that stand in most of its items
    words("hinted"),  # the other host on which it says it lives, once that was told
    number("refusals"),  # 401 and 403 in a row, up to the few that matter
    words("recipe"),  # by which a web page is read, as JSON; "": it is a feed
    words("trouble"),  # what was told of it and is not over
    Column("trouble_at", UtcTime),
    flag("full_text"),  # its items are teasers: the page behind each new one is read
    partial("ix_feeds_due", "host", "next_poll_at", where="state = 'active'"),
    partial("ix_feeds_next", "next_poll_at", where="state = 'active'"),
)  # fmt: skip

item_keys = Table(
    "item_keys", metadata,
    Column("feed", Id, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("key_hash", Hash, primary_key=True),
    Column("item", Id),  # no foreign key: a key outlives its item
    Column("last_seen", UtcTime, nullable=False),
)  # fmt: skip

items = Table(
    "items", metadata,
    row_id(),
    to_row("feed", "feeds.id"),
    Column("link_hash", Hash),
    Column("url", Text),
    words("title"),
    words("text"),
    Column("lang", Text),
    Column("published_at", UtcTime),
    words("date_said"),  # its date as it was published, for whoever learns to read it better
    Column("seen_at", UtcTime, nullable=False, index=True),
    Column("content_hash", Hash, nullable=False),
    number("edits"),
    Column("story", Id, index=True),
    flag("silent"),  # of a feed's first sight
    words("state", "new"),  # new | changed | taken | held
    Column("repeats", Id),  # the item whose old words it brings again as new
    Column("copy_of", Id),  # the item as one tenant sees it, in a story of its own
    partial("ix_items_held", "feed", where="state = 'held'"),
    partial("ix_items_waiting", "silent", "id", where="state <> 'taken'"),
)  # fmt: skip

# What is wanted beside a feed's own words: intake leaves an item alone while it has a row here that is not over.
articles = Table(
    "articles", metadata,
    Column("item", Id, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    to_row("host", "hosts.id", cascade=False),
    Column("due_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),  # then the item goes on with the text it has
    number("tries"),
    Index("ix_articles_host", "host"),
)  # fmt: skip

# What was looked through by intake, to be found by its words; on SQLite the table `item_index` follows it by triggers.
item_words = Table(
    "item_words", metadata,
    Column("item", Id, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Words, nullable=False),
)  # fmt: skip

# What is compared with what comes: an item as grouping reads it, in the order in which items were taken in.
gists = Table(
    "gists", metadata,
    row_id(),
    Column("item", Id, ForeignKey("items.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("story", Id, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),  # published, or taken in where that is earlier
    Column("link", Hash, nullable=False),
    Column("title", Hash, nullable=False),
    words("sketch"),  # as hex
    words("gist"),
)  # fmt: skip

# What the news is about.
stories = Table(
    "stories", metadata,
    row_id(),
    number("rev", 1),
    words("headline"),
    words("summary"),
    words("change"),  # what the last revision changed, in a few words
    Column("url", Text),
    Column("lang", Text),
    Column("parent", Id),
    Column("merged_into", Id),
    Column("lead", Id),  # the item that speaks for it: headline, summary and link are its
    number("weight"),  # 0, 1 Notable, 2 Urgent: core/weight
    flag("silent"),
    Column("opened_at", UtcTime, nullable=False, index=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime),
    Column("tenant", Id),  # for whom alone it was split off; null: for all
    partial("ix_stories_merged", "merged_into", where="merged_into IS NOT NULL"),
)  # fmt: skip

# What became of a story after it was told, in the order in which it happened.
turns = Table(
    "turns", metadata,
    row_id(),
    to_row("story", "stories.id"),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE")),  # for whom alone it holds; null: for all
    number("rev"),  # the story's revision that shows it
    words("kind"),  # edit | official | denied | corrected | retracted | merged | split | summary
    words("said"),  # what changed, or the sentence that says so
    words("who"),  # whose word it is
    Column("item", Id),
    Column("other", Id),  # the other story
    Column("at", UtcTime, nullable=False),
    Column("undone_at", UtcTime),
    Index("ix_turns_story", "story", "rev"),
    Index("ix_turns_other", "other"),
)  # fmt: skip

# What people set right, kept whole, so that it can be tried again on a better program.
cases = Table(
    "cases", metadata,
    row_id(),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
    Column("story", Id, nullable=False),
    words("kind"),  # retract | split | merge | summary
    words("person"),
    words("said"),  # as it was typed
    words("summary"),
    words("news"),  # the items as JSON
    Column("made_at", UtcTime, nullable=False),
    Column("undone_at", UtcTime),
    Index("ix_cases_story", "story"),
)  # fmt: skip

# A few smallest hashes of each item's word pairs, by which old words under a new date are known again.
prints = Table(
    "prints", metadata,
    Column("hash", Hash, primary_key=True),
    Column("item", Id, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True, index=True),
)  # fmt: skip

# What a language model was asked to say shorter, and what of it is shown; "": nothing.
retellings = Table(
    "retellings", metadata,
    Column("story", Id, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    words("summary"),  # the story's own, for which it was asked
    words("told"),
    Column("asked_at", UtcTime, nullable=False, index=True),
)  # fmt: skip

queries = Table(
    "queries", metadata,
    row_id(),
    words("expr"),
    Column("expr_hash", Hash, nullable=False, unique=True),
)  # fmt: skip

# How often something changed of which a process keeps a copy: see `live_queries`.
versions = Table(
    "versions", metadata,
    Column("name", Text, primary_key=True),
    number("number"),
)  # fmt: skip

matches = Table(
    "matches", metadata,
    Column("story", Id, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("query", Id, ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("feed", Id),  # a tenant's own, by whose items alone it matches; null: it does for all
)  # fmt: skip

# The dates that each item tells; those of a story are held together, and make its rows of `deadlines`.
tellings = Table(
    "tellings", metadata,
    Column("item", Id, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("type", Text, primary_key=True, server_default=""),
    words("what"),
    Column("confidence", Float, nullable=False),
)  # fmt: skip

deadlines = Table(
    "deadlines", metadata,
    row_id(),
    to_row("story", "stories.id"),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE")),  # whose moderators set it; null: the text did
    Column("copy_of", Id),  # the date in place of which the tenant sees this one
    Column("due_on", Date, nullable=False),
    Column("due_time", Text),  # `17:00`, in `due_zone`, where the text says so
    Column("due_zone", Text),
    words("precision", "day"),
    words("type", "deadline"),
    words("what"),
    words("who"),
    words("evidence"),
    Column("confidence", Float, nullable=False),
    number("rev", 1),
    words("state", "open"),  # open | met | missed | silent | moved | withdrawn | aside | denied | done | dismissed
    Column("replaced_by", Id),  # the date it was moved to
    Column("answered_by", Id),  # the story that tells what came of it
    Column("told_by", Id),  # a later story that set this day in place of the one in the story's own text
    words("steps"),  # the slots of what was announced of it, as words
    Column("said_at", UtcTime),  # when this day was said, where that was not with the story's first text
    Column("next_step_at", UtcTime),  # null: nothing is left to say
    number("sources", 1),  # how many of the story's sources say so
    words("sayings"),  # where its sources name other days: who says which, see core/agreeing
    Index("ix_deadlines_story", "story"),
    partial("ix_deadlines_next", "next_step_at", where="next_step_at IS NOT NULL"),
    partial("uq_deadlines_told", "story", "due_on", "type", where="tenant IS NULL", unique=True),
    Index("ix_deadlines_tenant", "tenant", "copy_of"),
    Index("ix_deadlines_due", "due_on"),
    partial("ix_deadlines_open", "due_on", where="state = 'open'"),
)  # fmt: skip
