"""The sample settings file and the table of settings in config/README.md, made from the models themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from bot.app.reading import SECRET_SUFFIX, hints_of, is_secret, meta_of, model_of
from bot.app.settings import PREFIX, Settings

HEAD = """# Every setting of Lodewire with its default. Delete what you do not change.
# An environment variable wins over this file: {prefix}POLLING__CONNECTIONS=8 sets [polling] connections.
# Keep secrets out of it: a key marked "secret" can be given as KEY_file, naming a file that holds it.
"""


def render_sample() -> str:
    """The whole sample as TOML text; commented, so that saved as it stands it changes nothing."""
    lines = [HEAD.format(prefix=PREFIX)]
    lines += _render_fields(Settings)
    for name, hint in hints_of(Settings).items():
        inner = model_of(hint)
        if inner is not None:
            lines += ["", f"# {(inner.__doc__ or '').splitlines()[0]}", f"[{name}]", *_render_fields(inner)]
    return "\n".join(lines).rstrip() + "\n"


def _render_fields(model: type[msgspec.Struct]) -> Iterator[str]:
    defaults = model()
    for name, hint in hints_of(model).items():
        if model_of(hint) is not None:
            continue
        note = meta_of(hint).description or ""
        secret = f" Secret; or {name}{SECRET_SUFFIX}." if is_secret(hint) else ""
        yield f"# {note}{secret}"
        yield f"# {name} = {json.dumps(getattr(defaults, name), ensure_ascii=False)}"


def render_tables() -> str:
    """Every setting as Markdown tables, one a section, for config/README.md."""
    parts = ["\n".join(_render_rows(Settings))]
    for name, hint in hints_of(Settings).items():
        inner = model_of(hint)
        if inner is not None:
            parts.append(
                "\n".join([f"### [{name}]", "", (inner.__doc__ or "").splitlines()[0], "", *_render_rows(inner)])
            )
    return "\n\n".join(parts) + "\n"


def _render_rows(model: type[msgspec.Struct]) -> Iterator[str]:
    defaults = model()
    yield "| key | default | meaning |"
    yield "|---|---|---|"
    for name, hint in hints_of(model).items():
        if model_of(hint) is None:
            default = json.dumps(getattr(defaults, name), ensure_ascii=False)
            secret = f" Secret; or `{name}{SECRET_SUFFIX}`." if is_secret(hint) else ""
            yield f"| `{name}` | `{default}` | {meta_of(hint).description or ''}{secret} |"
