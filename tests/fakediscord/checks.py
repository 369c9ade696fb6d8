"""Whether Discord would take a request: the reduced official description, and the limits that it does not state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).with_name("schema.json")
CONTENT, EMBED_SUM, COMMAND_SUM = 2_000, 6_000, 8_000
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
SENT_BY_LIBRARY = {"tts"}  # in edits, too, where Discord has no use for it
LINK, BUTTON, MENU, ROW = 5, 2, 3, 1


@cache
def _description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return found


@cache
def _validator(route: str) -> Draft202012Validator | None:
    body = _description()["routes"][route]["body"]
    return Draft202012Validator({**body, "$defs": _description()["$defs"]}) if body else None


def find_violations(route: str, query: dict[str, str], body: Any) -> list[str]:
    """Everything that is wrong with a request, in words; a route that is not in use yet is wrong, too."""
    if route not in _description()["routes"]:
        return [f"{route} is not among the routes in use: add it to reduce_schema.py"]
    known = _description()["routes"][route]["query"]
    found = [f"unknown query parameter {name}" for name in query if name not in known]
    validator = _validator(route)
    if validator is not None:
        found += [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(body)]
    if isinstance(body, dict):
        found += _strange_keys(route, body)
        message = body.get("data", body) if route.startswith("POST /interactions") else body
        if "messages" in route or body.get("type") in (4, 7):
            found += list(_message(message, is_new=route.startswith("POST")))
    if route.startswith("PUT") and isinstance(body, list):
        found += [trouble for command in body for trouble in _command(command)]
    return found


def find_file_violations(body: Any, files: Mapping[str, bytes]) -> list[str]:
    """Each file of a message is announced by its number, with a name and a description; no embed shows another."""
    message = body.get("data", body) if isinstance(body, dict) else {}
    announced = message.get("attachments", []) if isinstance(message, dict) else []
    told = {f"files[{one.get('id')}]": one for one in announced}
    found = [f"{name} is not announced" for name in files.keys() - told.keys()]
    found += [f"{name} is announced and not sent" for name in told.keys() - files.keys()]
    found += [f"{name}: no description" for name, one in told.items() if not one.get("description")]
    found += [f"{name}: description too long" for name, one in told.items() if len(one.get("description") or "") > 1024]
    names = {one.get("filename") for one in announced}
    for embed in message.get("embeds", []) if isinstance(message, dict) else []:
        shown = embed.get("image", {}).get("url", "")
        if shown.startswith("attachment://") and shown.removeprefix("attachment://") not in names:
            found.append(f"{shown} is no file of the message")
    return found


def _strange_keys(route: str, body: dict[str, Any]) -> list[str]:
    """The description lets unknown keys pass; Discord ignores them, which is never what was meant."""
    reference = _description()["routes"][route]["body"]
    name = str(reference.get("$ref", "")).rsplit("/", 1)[-1]
    known = _description()["$defs"].get(name, {}).get("properties")
    return [f"unknown key {key}" for key in body if known and key not in {*known, *SENT_BY_LIBRARY}]


def _message(message: dict[str, Any], *, is_new: bool) -> Iterator[str]:
    content, embeds = message.get("content") or "", message.get("embeds") or []
    if len(content) > CONTENT:
        yield f"content has {len(content)} characters"
    if (total := sum(map(embed_length, embeds))) > EMBED_SUM:
        yield f"embeds have {total} characters in all"
    if is_new and not content.strip() and not any(map(embed_length, embeds)):
        yield "the message is empty"
    addresses = [embed["url"] for embed in embeds if embed.get("url")]
    if len(set(addresses)) < len(addresses):
        yield "of two embeds with one address only the first is shown"
    yield from _components(message.get("components") or [])
    allowed = message.get("allowed_mentions")
    if not isinstance(allowed, dict):
        yield "allowed_mentions is not stated: words of a feed may notify people"
    elif any(name in allowed.get("parse", []) and allowed.get(name) for name in ("users", "roles")):
        yield "allowed_mentions parses and lists the same kind"


def embed_length(embed: dict[str, Any]) -> int:
    """What Discord counts of an embed: edges are trimmed first."""
    words = [embed.get("title"), embed.get("description"), embed.get("footer", {}).get("text")]
    words += [embed.get("author", {}).get("name")]
    words += [part for field in embed.get("fields", ()) for part in (field.get("name"), field.get("value"))]
    return sum(len((word or "").strip()) for word in words)


def _components(rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) > 5:
        yield f"{len(rows)} rows"
    buttons = [button for row in rows for button in row.get("components", ())]
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(set(ids)) < len(ids):
        yield "two components have one custom_id"
    for row in rows:
        if row.get("type") != ROW or not 1 <= len(row.get("components", ())) <= 5:
            yield "a row holds one to five buttons"
        if any(one.get("type") == MENU for one in row.get("components", ())) and len(row["components"]) > 1:
            yield "a menu has a row of its own"
    for button in buttons:
        if button.get("type") == MENU:
            values = [option["value"] for option in button["options"]]
            if len(set(values)) < len(values) or not values:
                yield "a menu without options, or with one twice"
            continue
        is_link = button.get("style") == LINK
        if button.get("type") != BUTTON or is_link != ("url" in button) or is_link == ("custom_id" in button):
            yield "a button has a url and the link style, or a custom_id and another"
        if not button.get("label"):
            yield "a button without words"


def _command(command: dict[str, Any], depth: int = 0) -> Iterator[str]:
    if not COMMAND_NAME.fullmatch(command["name"]) or command["name"] != command["name"].lower():
        yield f"{command['name']} is no name of a command"
    options = command.get("options") or []
    names = [option["name"] for option in options]
    if len(set(names)) < len(names) or len(names) > 25:
        yield f"{command['name']}: options repeat, or are too many"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield f"{command['name']}: a required option stands behind one that is not"
    for option in options:
        if option.get("choices") and option.get("autocomplete"):
            yield f"{option['name']}: choices and autocomplete exclude each other"
        yield from _command(option, depth + 1)
    if depth == 0 and (size := command_length(command)) > COMMAND_SUM:
        yield f"{command['name']} has {size} characters in all"


def command_length(command: dict[str, Any]) -> int:
    """What Discord counts of a command: names, descriptions and choices of all that is in it."""
    own = len(command["name"]) + len(command.get("description", ""))
    own += sum(len(str(choice["name"])) + len(str(choice["value"])) for choice in command.get("choices") or ())
    return own + sum(map(command_length, command.get("options") or ()))
