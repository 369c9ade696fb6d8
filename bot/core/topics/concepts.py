"""Named expressions that queries may speak of: `mineral:gallium`, `action:export-ban`, `topic:rare_earths`.

Each is written in the query language and looked for once in a document, before the queries that name it. What they are
is data; this knows no mineral and reads no file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from bot.core.errors import QueryError
from bot.core.topics.document import Document
from bot.core.topics.fields import CONCEPTS
from bot.core.topics.index import Index
from bot.core.topics.judge import feature_key
from bot.core.topics.parser import parse_query
from bot.core.topics.query import Feature, Or, Query, atoms_of

ANY = "any"


class Concepts:
    """What queries may speak of by name.

    `expressions`: from `field:value` to a query, written or read already, which may name other concepts; `groups`: from
    `field:value` to the `field:value` of its members, any of which will do. Of each field `any` stands for all. Raises
    QueryError, which says in which concept.
    """

    def __init__(
        self, expressions: Mapping[str, str | Query] | None = None, groups: Mapping[str, Collection[str]] | None = None
    ) -> None:
        expressions, groups = expressions or {}, groups or {}
        self.known = _values((*expressions, *groups))
        self._queries = {name: _read(name, expr, self.known) for name, expr in expressions.items()}
        self._queries |= {name: _any_of(name, members, self._queries | dict.fromkeys(groups))
                          for name, members in groups.items()}  # fmt: skip
        for field in self.known:
            mine = [name for name in expressions if name.startswith(f"{field}:")]
            self._queries[f"{field}:{ANY}"] = _any_of(f"{field}:{ANY}", mine, expressions)
        self._file()

    def _file(self) -> None:
        """Make an index for each layer."""
        self._names: list[list[str]] = []
        self._layers: list[Index] = []
        for names in _layers(self._queries):
            index = Index()
            for number, name in enumerate(names):
                index.add(number, self._queries[name])
            self._layers.append(index)
            self._names.append(names)

    def find(self, document: Document) -> frozenset[str]:
        """The concepts in a document's opening, as `field:value`; worked out once."""
        known = document.found.get(self)
        if known is None:
            found: set[str] = set()
            for index, names in zip(self._layers, self._names, strict=True):
                found.update([names[number] for number in index.match(document.opening, found)])
            known = document.found[self] = frozenset(found)
        return known

    def part(self, names: Iterable[str]) -> Concepts:
        """Those of these names (`field:value`), with all they are made of: found as they are here, and sooner."""
        part, waiting = Concepts(), [name for name in names if name in self._queries]
        while waiting:
            name = waiting.pop()
            if name not in part._queries:
                part._queries[name] = self._queries[name]
                waiting += _needed(self._queries[name]) & self._queries.keys()
        part.known = _values(part._queries)
        part._file()
        return part

    def query(self, feature: Feature) -> Query | None:
        """What a concept is looked for by, or None where there is no such concept."""
        return self._queries.get(feature_key(feature))


def _values(names: Iterable[str]) -> dict[str, frozenset[str]]:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        field, _, value = name.partition(":")
        if field not in CONCEPTS or not value:
            raise QueryError(f"{name} is no name of a concept", 0, f"Begin it with {': or '.join(CONCEPTS)}:")
        values[field].add(value)
    return {field: frozenset(found) for field, found in values.items()}


def _read(name: str, expr: str | Query, known: Mapping[str, Collection[str]]) -> Query:
    if not isinstance(expr, str):
        return expr
    try:
        return parse_query(expr, {field: known.get(field, ()) for field in CONCEPTS})
    except QueryError as error:
        raise QueryError(f"{name}: {error.message}", error.position, error.todo) from error


def _any_of(name: str, members: Collection[str], known: Collection[str]) -> Query:
    for member in members:
        if member not in known:
            raise QueryError(f"{name}: there is no {member}", 0)
    parts = tuple(Feature(*member.split(":", 1)) for member in members)
    if not parts:
        raise QueryError(f"{name}: the group is empty", 0)
    return parts[0] if len(parts) == 1 else Or(parts)


def _needed(query: Query) -> set[str]:
    """What a query speaks of by name."""
    return {feature_key(atom) for atom in atoms_of(query) if isinstance(atom, Feature)}


def _layers(queries: Mapping[str, Query]) -> list[list[str]]:
    """The names in layers: each needs only what is in the layers before it. Raises QueryError for a circle."""
    needs = {name: _needed(query) & queries.keys() for name, query in queries.items()}
    layers: list[list[str]] = []
    done: set[str] = set()
    while len(done) < len(needs):
        ready = [name for name, needed in needs.items() if name not in done and needed <= done]
        if not ready:
            name = min(needs.keys() - done)
            raise QueryError(f"{name} is looked for by itself, by way of {min(needs[name] - done)}", 0)
        layers.append(ready)
        done.update(ready)
    return layers


NO_CONCEPTS = Concepts()
