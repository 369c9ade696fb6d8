"""Every command, once, in the order in which `help` shows them."""

from __future__ import annotations

from bot.commands.about import ABOUT
from bot.commands.command import Command
from bot.commands.deadline import DEADLINE
from bot.commands.feed import FEED
from bot.commands.follow import FOLLOW
from bot.commands.following import FOLLOWING
from bot.commands.help import HELP
from bot.commands.latest import LATEST
from bot.commands.opml import OPML
from bot.commands.remind import REMIND
from bot.commands.settings import SETTINGS
from bot.commands.status import STATUS
from bot.commands.story import STORY
from bot.commands.topic import TOPIC
from bot.commands.unfollow import UNFOLLOW
from bot.commands.why import WHY

COMMANDS: tuple[Command, ...] = (
    FOLLOW,
    UNFOLLOW,
    FOLLOWING,
    TOPIC,
    LATEST,
    STORY,
    WHY,
    DEADLINE,
    REMIND,
    FEED,
    OPML,
    SETTINGS,
    STATUS,
    HELP,
    ABOUT,
)
