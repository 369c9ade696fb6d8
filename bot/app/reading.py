"""Reading settings: TOML, then the environment, then secrets from files, into frozen models.

An unknown key is an error.

Knows the shape of any model, and no setting by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from bot.core.errors import SettingsError

Table = dict[str, Any]
SECRET_SUFFIX = "_file"

KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
         "object": "a section", "null": "nothing"}  # fmt: skip
"""What a parser calls kinds of values, in words."""


def hints_of(model: type[msgspec.Struct]) -> dict[str, Any]:
    """The annotated types of a model's fields, by name."""
    return get_type_hints(model, include_extras=True)


def model_of(hint: Any) -> type[msgspec.Struct] | None:
    """The model behind a field's type, where the field is a section."""
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return plain if isinstance(plain, type) and issubclass(plain, msgspec.Struct) else None


def meta_of(hint: Any) -> msgspec.Meta:
    """What a field says of itself: description, bounds, whether it is a secret."""
    found = (
        [arg for arg in get_args(hint)[1:] if isinstance(arg, msgspec.Meta)] if get_origin(hint) is Annotated else []
    )
    return found[0] if found else msgspec.Meta()


def is_secret(hint: Any) -> bool:
    """Whether a field's value is never shown, and may be read from a file."""
    return bool((meta_of(hint).extra or {}).get("secret"))


def read_file(path: Path) -> Table:
    """The tables of a TOML file. Raises SettingsError with the file and the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"There is no file {path}.", "Check the path after --config.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", "Mend that line.") from error


def overlay_environment(tables: Table, environment: Mapping[str, str], prefix: str) -> None:
    """Lay `PREFIX_POLLING__CONNECTIONS=8` over the tables; values are read as TOML where they are, else as text."""
    for name, raw in environment.items():
        if not name.startswith(prefix):
            continue
        *sections, key = name[len(prefix) :].lower().split("__")
        table = tables
        for section in sections:
            inner = table.setdefault(section, {})
            if not isinstance(inner, dict):
                raise SettingsError(
                    f"The environment variable {name} names the section {section}, which is no section."
                )
            table = inner
        table[key] = _read_value(raw)


def _read_value(raw: str) -> Any:
    try:
        return tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        return raw


def read_secrets(tables: Table, model: type[msgspec.Struct], where: str) -> None:
    """Replace `token_file = PATH` by the file's first line, for the fields that are secrets."""
    for key, hint in hints_of(model).items():
        inner = model_of(hint)
        if inner is not None and isinstance(tables.get(key), dict):
            read_secrets(tables[key], inner, f"{where} [{key}]")
        elif is_secret(hint) and key + SECRET_SUFFIX in tables:
            path = Path(str(tables.pop(key + SECRET_SUFFIX)))
            try:
                tables[key] = path.read_text(encoding="utf-8").strip()
            except OSError as error:
                words = f"{where}: {key}{SECRET_SUFFIX} names {path}, which cannot be read: {error.strerror}."
                raise SettingsError(words, "Check the path, and who may read it.") from error
            if not tables[key]:
                raise SettingsError(f"{where}: {key}{SECRET_SUFFIX} names {path}, which is empty.", "Put it in there.")


def find_problems(tables: Mapping[str, Any], model: type[msgspec.Struct], where: str) -> Iterator[str]:
    """Every unknown key and every wrong value, each with file, key and the nearest right spelling."""
    hints = hints_of(model)
    for key, value in tables.items():
        if key not in hints:
            yield _unknown(key, hints, where)
            continue
        inner = model_of(hints[key])
        if inner is not None and isinstance(value, dict):
            yield from find_problems(value, inner, f"{where} [{key}]")
            continue
        try:
            msgspec.convert(value, hints[key])
        except msgspec.ValidationError as error:
            shown = "the value" if is_secret(hints[key]) else repr(value)
            yield f"{where}: {key} = {shown} is wrong: {_wrong(key, value, hints[key], error)}"


def _wrong(key: str, value: Any, hint: Any, error: msgspec.ValidationError) -> str:
    """What is wrong with a value, and what to write."""
    section = model_of(hint)
    if section is not None:
        return f"it is a section. Write [{key}], and below it {', '.join(hints_of(section))}."
    said = str(error).split(" - at")[0].lower()
    for plain, words in KINDS.items():
        said = said.replace(f"`{plain}`", words)
    written = _written(key, hint)
    if isinstance(value, dict):
        said, written = f"{key} is no section", f"{written}, and not as a section of its own"
    about = meta_of(hint).description
    return f"{said}.{f' Write {written}.' if written else ''}{f' {about}' if about else ''}"


def _written(key: str, hint: Any) -> str:
    """How a value of this kind is written; nothing for a number."""
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(plain) is Literal:
        return " or ".join(f'"{choice}"' for choice in get_args(plain))
    if get_origin(plain) in (tuple, list):
        return f'{key} = ["...", "..."]'
    return {str: f'{key} = "..."', bool: f"{key} = true or {key} = false"}.get(plain, "")


def _unknown(key: str, hints: Mapping[str, Any], where: str) -> str:
    import difflib

    names = [*hints, *(name + SECRET_SUFFIX for name, hint in hints.items() if is_secret(hint))]
    near = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(names))}."
    return f"{where}: unknown key {key}; {hint}"
