"""The package's own source, parsed once, for the tests of its shape."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "bot"


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: `name` is its path from the repository's root, with slashes."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Its length."""
        return self.text.count("\n")

    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, nested ones too."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    def calls(self) -> list[tuple[str, int]]:
        """The last word of everything called, with its line: `asyncio.sleep(1)` is `sleep`."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        return [(_last_word(node.func), node.lineno) for node in nodes]

    def imports(self) -> list[str]:
        """Every module named in an import, wherever it stands; `from a import b` counts as `a` and `a.b`."""
        names: list[str] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        return names


def _last_word(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@cache
def read_sources(folder: Path = PACKAGE) -> tuple[Source, ...]:
    """All Python files below `folder`, by name."""
    return tuple(_read(path) for path in sorted(folder.rglob("*.py")))


def _read(path: Path) -> Source:
    text = path.read_text("utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))
