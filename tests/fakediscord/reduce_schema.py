"""Makes `schema.json` out of Discord's official OpenAPI description: the routes in use, their types and limits.

`python -m tests.fakediscord.reduce_schema PATH_TO_OPENAPI`. The description is at github.com/discord/discord-api-spec,
`specs/openapi.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).with_name("schema.json")
ROUTES = (
    ("get", "/users/@me"),
    ("get", "/oauth2/applications/@me"),
    ("post", "/users/@me/channels"),
    ("get", "/channels/{channel_id}"),
    ("get", "/channels/{channel_id}/messages"),
    ("post", "/channels/{channel_id}/messages"),
    ("patch", "/channels/{channel_id}/messages/{message_id}"),
    ("get", "/guilds/{guild_id}"),
    ("get", "/guilds/{guild_id}/members/{user_id}"),
    ("put", "/applications/{application_id}/commands"),
    ("post", "/interactions/{interaction_id}/{interaction_token}/callback"),
    ("patch", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
)
KEPT = {
    "type", "properties", "items", "required", "enum", "const", "maxLength", "minLength", "maxItems", "minItems",
    "maximum", "minimum", "pattern", "anyOf", "oneOf", "allOf", "$ref", "additionalProperties",
}  # fmt: skip
UNUSED = (
    "Container", "Section", "TextDisplay", "MediaGallery", "Separator", "File", "Poll", "Modal", "UserSelect",
    "RoleSelect", "MentionableSelect", "ChannelSelect", "Label", "Thumbnail", "Sticker", "Attachment", "TextInput",
    "Checkbox", "Radio", "Theme", "SKU",
)  # fmt: skip
"""Parts of a name: of what can be sent in a message, these kinds are not."""


def reduce_schema(whole: dict[str, Any]) -> dict[str, Any]:
    """Each route's parameters and body, with the schemas they need. A number may be sent as one, or as a string."""
    schemas = whole["components"]["schemas"]
    needed: dict[str, Any] = {}
    routes = {f"{method.upper()} {path}": _route(whole["paths"][path], method) for method, path in ROUTES}
    waiting = list(_names(routes))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = _slim(schemas[name])
            waiting += _names(needed[name])
    needed["SnowflakeType"] = {"type": ["string", "integer"], "pattern": needed["SnowflakeType"]["pattern"]}
    return {"routes": routes, "$defs": dict(sorted(needed.items()))}


def _route(path: dict[str, Any], method: str) -> dict[str, Any]:
    operation = path[method]
    parameters = [*path.get("parameters", ()), *operation.get("parameters", ())]
    query = {one["name"]: _slim(one["schema"]) for one in parameters if one["in"] == "query"}
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {"query": query, "body": _slim(body) if body else None}


def _slim(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_slim(one) for one in schema if not _is_unused(one)]
    if not isinstance(schema, dict):
        return schema
    slim: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            slim[key] = {name: _slim(one) for name, one in value.items() if not _is_unused(one)}
        elif key in KEPT:
            is_schema = key in ("items", "anyOf", "oneOf", "allOf", "additionalProperties")
            slim[key] = _slim(value) if is_schema else value
    if "$ref" in slim:
        slim["$ref"] = f"#/$defs/{slim['$ref'].rsplit('/', 1)[1]}"
    for union in ("oneOf", "anyOf"):  # an enum of described constants is a plain enum
        if union in slim and all(set(one) <= {"const"} for one in slim[union]):
            slim["enum"] = [one["const"] for one in slim.pop(union)]
    return slim


def _is_unused(schema: Any) -> bool:
    name = schema.get("$ref", "").rsplit("/", 1)[-1] if isinstance(schema, dict) else ""
    return any(part in name for part in UNUSED)


def _names(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for one in schema for name in _names(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].rsplit("/", 1)[1]] if isinstance(schema.get("$ref"), str) else []
    return own + [name for value in schema.values() for name in _names(value)]


if __name__ == "__main__":
    reduced = reduce_schema(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    OUTPUT.write_text(json.dumps(reduced, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{OUTPUT}: {len(reduced['routes'])} routes, {len(reduced['$defs'])} schemas")
