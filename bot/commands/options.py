"""What a subscription can be told besides its query: a least weight, sources, languages, a role to call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.commands.command import Call, Desk, Parameter, Unclear, Who
from bot.commands.nearest import either, nearest
from bot.commands.outlets import near_sources
from bot.core.errors import CommandError
from bot.core.sources import Filters, Outlet, is_called
from bot.storage.feeds import FeedHealth, list_feeds
from bot.storage.following import Options

WEIGHTS = ("all", "notable", "urgent")
"""A least weight by its word; its place is its number."""

MOST = 10
"""Sources or languages of one subscription."""

LANGUAGES = {
    "en": "English", "ru": "Russian", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish",
    "ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "it": "Italian", "uk": "Ukrainian", "ar": "Arabic",
    "id": "Indonesian", "pl": "Polish", "tr": "Turkish", "nl": "Dutch", "sv": "Swedish", "fi": "Finnish",
    "kk": "Kazakh", "vi": "Vietnamese", "fa": "Persian", "hi": "Hindi",
}  # fmt: skip


async def suggest_sources(desk: Desk, typed: str) -> list[str]:
    """The titles of the feeds polled here, for the last of the names typed so far."""
    titles = [feed.title for feed in await list_feeds(desk.tx, desk.tenant) if feed.title and "," not in feed.title]
    return _completing(typed, titles)


async def suggest_languages(desk: Desk, typed: str) -> list[str]:
    """Languages by their short names, for the last one typed so far; their names find them too."""
    done, _, last = typed.rpartition(",")
    wanted = last.strip().casefold()
    found = [code for code, name in LANGUAGES.items() if f"{code} {name.casefold()}".find(wanted) >= 0]
    return [f"{done.strip()}, {code}" if done.strip() else code for code in found]


def _completing(typed: str, names: Sequence[str]) -> list[str]:
    done, _, last = typed.rpartition(",")
    wanted = last.strip().casefold()
    found = [name for name in dict.fromkeys(names) if wanted in name.casefold()]
    return [f"{done.strip()}, {name}" if done.strip() else name for name in found]


OPTIONS = (
    Parameter(
        "weight", "choice", "urgent: Urgent only; notable: both; all: everything", choices=WEIGHTS, is_named=True
    ),
    Parameter("sources", "text", "only these, such as kremlin, reuters", suggest=suggest_sources, is_named=True),
    Parameter("languages", "text", "only these, such as en, ru", suggest=suggest_languages, is_named=True),
    Parameter("ping", "role", "a role to call with each alert; off for none", is_named=True),
)


async def read_options(desk: Desk, call: Call, old: Options | None = None) -> Options:
    """What a call asks for; what it does not name stays as it was. Raises CommandError for what cannot be had."""
    was, given = old or Options(), call.arguments
    least = WEIGHTS.index(str(given["weight"])) if "weight" in given else was.least
    sources, languages = was.filters.sources, was.filters.languages
    if "sources" in given:
        sources = await _read_sources(desk, str(given["sources"]))
    if "languages" in given:
        languages = tuple(dict.fromkeys(map(_language, _names(str(given["languages"]), "languages"))))
    ping = _read_ping(call) if "ping" in given else was.ping
    return Options(least, Filters(sources, languages), ping)


def _names(typed: str, what: str) -> list[str]:
    """The names between commas; none for `all`."""
    names = [name for part in re.split(r"[,;]", typed) if (name := part.strip().strip("\"'"))]
    if len(names) > MOST:
        raise Unclear(f"{len(names)} {what} are more than the {MOST} that one subscription can have.", "")
    return [] if [name.casefold() for name in names] in (["all"], ["any"], ["off"]) else names


async def _read_sources(desk: Desk, typed: str) -> tuple[str, ...]:
    names = _names(typed, "sources")
    known = await list_feeds(desk.tx, desk.tenant) if names else []
    for name in names:
        require_source(name, known)
    return tuple(dict.fromkeys(names))


def require_source(name: str, known: Sequence[FeedHealth]) -> FeedHealth:
    """The first feed that a name means. Raises Unclear with the nearest ones."""
    for feed in known:
        if is_called(name, Outlet(feed.title, feed.url)):
            return feed
    close = near_sources(name, known)
    todo = f"Did you mean {either(close)}?" if close else "Write feed list for what is polled."
    raise Unclear(f'No feed that is polled here is called "{name}". Nothing was changed.', todo)


def _language(name: str) -> str:
    wanted = name.casefold()
    by_name = {known.casefold(): code for code, known in LANGUAGES.items()}
    code = by_name.get(wanted, wanted.partition("-")[0])
    if code in LANGUAGES or (len(code) in (2, 3) and code.isascii() and code.isalpha()):
        return code
    close = [LANGUAGES[by_name[known]] for known in nearest(wanted, by_name, cutoff=0.7)]
    todo = f"Did you mean {either(close)}?" if close else "Write short names, such as en, ru, zh."
    raise Unclear(f'"{name}" is no language that I know. Nothing was changed.', todo)


def _read_ping(call: Call) -> str:
    """The role's id and its name. A direct chat has no roles, and most platforms have none at all."""
    typed = str(call.arguments["ping"]).strip()
    if typed.casefold() in ("off", "none"):
        return ""
    if not call.where.has_roles or call.arguments.get("where") == "me":
        raise CommandError(
            "There are no roles to call here: that is possible in the channels of a Discord server only. "
            "Nothing was changed.",
            "Leave ping out, and choose with your app's own notification settings who is notified.",
        )
    if not call.who.may(Who.MODERATOR):
        raise CommandError("Calling a role is for moderators to decide. Nothing was changed.", "Leave ping out.")
    match = re.match(r"(?:<@&)?(\d{1,20})>?\s*(.*)", typed)
    if match is None:
        raise CommandError(f'"{typed}" is no role. Nothing was changed.', "Choose one from the list that ping shows.")
    if match[1] == call.where.tenant:
        raise CommandError("Everyone cannot be called. Nothing was changed.", "Choose a role that people can leave.")
    return f"{match[1]} {match[2]}".strip()


def described(options: Options) -> str:
    """`Urgent only, from kremlin or reuters, in en or ru, calls Traders`; "" for a plain subscription."""
    parts = [("", "Notable and Urgent only", "Urgent only")[options.least]]
    if options.filters.sources:
        parts.append(f"from {either(options.filters.sources)}")
    if options.filters.languages:
        parts.append(f"in {either(options.filters.languages)}")
    if options.ping:
        parts.append(f"calls {options.ping.partition(' ')[2] or 'a role'}")
    return ", ".join(filter(None, parts))
