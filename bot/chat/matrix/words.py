"""Which messages are meant for us, and what they say without our name before it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

FALLBACK = re.compile(r"\A(?:> ?[^\n]*\n)+\n?")
"""The quoted lines that older clients put before an answer."""

Content = Mapping[str, Any]


def command_text(content: Content, me: str, names: Iterable[str], prefix: str) -> str | None:
    """The command in a message of a room: after the prefix, after our name, or with us mentioned. None: not for us."""
    body = spoken(content)
    if body is None:
        return None
    for start in (prefix, *names):
        said = after(start, body)
        if said is not None:
            return said
    # An answer to one of our alerts mentions us by itself: whoever comments on the news asks for nothing.
    if me in mentioned(content) and not is_answer(content):
        return body
    return None


def spoken(content: Content) -> str | None:
    """The words of a message that a person wrote. None for notices, pictures and corrections of earlier messages."""
    body, relation = content.get("body"), relation_of(content)
    if content.get("msgtype") != "m.text" or not isinstance(body, str) or relation.get("rel_type") == "m.replace":
        return None
    return (FALLBACK.sub("", body, count=1) if is_answer(content) else body).strip()


def after(start: str, body: str) -> str | None:
    """What follows a word at the beginning: `!news help`, `Lodewire: help`, `@lodewire:example.org help`."""
    if not start:
        return None
    match = re.match(rf"@?{re.escape(start)}(?:[:,]\s*|\s+|$)", body, re.IGNORECASE)
    return body[match.end() :].strip() if match else None


def mentioned(content: Content) -> frozenset[str]:
    """Who is called by name."""
    mentions = content.get("m.mentions")
    users = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    return frozenset(user for user in users if isinstance(user, str)) if isinstance(users, list) else frozenset()


def relation_of(content: Content) -> Content:
    """How a message hangs on another."""
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, Mapping) else {}


def is_answer(content: Content) -> bool:
    """Whether it answers a message, beyond standing in its thread."""
    relation = relation_of(content)
    is_fallback = relation.get("rel_type") == "m.thread" and relation.get("is_falling_back") is True
    return "m.in_reply_to" in relation and not is_fallback


def thread_of(content: Content) -> str:
    """The event that opens the thread in which a message stands, or ""."""
    relation = relation_of(content)
    root = relation.get("event_id")
    return root if relation.get("rel_type") == "m.thread" and isinstance(root, str) else ""
