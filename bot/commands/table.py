"""Every command, once, in the order in which `help` shows them."""

from __future__ import annotations

from bot.commands.about import ABOUT
from bot.commands.command import Command
from bot.commands.deadline import DEADLINE
from bot.commands.digest import DIGEST, QUIET
from bot.commands.feed import FEED
from bot.commands.fix import FIX
from bot.commands.follow import FOLLOW
from bot.commands.following import FOLLOWING
from bot.commands.help import HELP
from bot.commands.latest import LATEST
from bot.commands.more import MORE
from bot.commands.mute import MUTE
from bot.commands.opml import OPML
from bot.commands.remind import REMIND
from bot.commands.search import SEARCH
from bot.commands.settings import SETTINGS
from bot.commands.status import STATUS
from bot.commands.story import STORY
from bot.commands.topic import LIST, SHOW
from bot.commands.topic_edit import ADD, EDIT, REMOVE
from bot.commands.trend import TREND
from bot.commands.trying import TRY
from bot.commands.unfollow import UNFOLLOW
from bot.commands.why import WHY

TOPIC = Command("topic", "what can be followed", subcommands=(LIST, SHOW, ADD, EDIT, REMOVE))

COMMANDS: tuple[Command, ...] = (
    FOLLOW,
    UNFOLLOW,
    FOLLOWING,
    TOPIC,
    TRY,
    SEARCH,
    LATEST,
    TREND,
    MORE,
    STORY,
    WHY,
    MUTE,
    DEADLINE,
    REMIND,
    DIGEST,
    QUIET,
    FIX,
    FEED,
    OPML,
    SETTINGS,
    STATUS,
    HELP,
    ABOUT,
)
