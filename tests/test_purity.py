"""Core computes: time, chance, ids and text come in as arguments, values go out."""

from __future__ import annotations

import ast

from tests.sources import PACKAGE, Source, read_sources

CORE = PACKAGE / "core"
CLOCKS = {"now", "utcnow", "today", "localtime", "monotonic", "perf_counter"}
WORLD = {"open", "print", "input", "breakpoint", "exec", "eval", "__import__", "getLogger"}
WAITS = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)


def _found(names: set[str]) -> list[str]:
    return [f"{source.name}:{line} {name}" for source in _core() for name, line in source.calls() if name in names]


def _core() -> tuple[Source, ...]:
    sources = read_sources(CORE)
    assert sources
    return sources


def test_core_reads_no_clock() -> None:
    """The same arguments give the same answer on any day: `now` is an argument."""
    assert [] == _found(CLOCKS)


def test_core_touches_nothing() -> None:
    """No files, no console, no log."""
    assert [] == _found(WORLD)


def test_core_asks_no_network() -> None:
    """Taking an address apart is computing; `urllib.request` is not. The contracts in pyproject.toml hold the rest."""
    asking = {"urllib.request", "urllib.robotparser"}
    assert [] == [source.name for source in _core() if asking & set(source.imports())]


def test_core_waits_for_nothing() -> None:
    """No async in core: who calls it decides where it runs."""
    assert [] == [
        f"{source.name}:{node.lineno}"
        for source in _core()
        for node in ast.walk(source.tree)
        if isinstance(node, WAITS)
    ]


def test_core_keeps_no_state() -> None:
    """No `global` and no `nonlocal`: nothing is remembered between calls but what is returned."""
    assert [] == [
        f"{source.name}:{node.lineno}"
        for source in _core()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Global | ast.Nonlocal)
    ]
