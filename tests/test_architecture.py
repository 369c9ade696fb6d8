"""The house rules that a machine can hold: floors, sizes, names, and where time is spent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from statistics import median

import pytest

from tests.sources import PACKAGE, ROOT, read_sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
PLATFORMS = PACKAGE / "chat"

# Waiting and starting tasks happens here only: elsewhere it would be a second system of retries and timers.
WAITING = {"sleep", "create_task", "ensure_future", "TaskGroup", "add_job"}
MAY_WAIT = (
    "bot/app/runner.py", "bot/app/schedule.py", "bot/jobs/poll.py", "bot/jobs/articles.py", "bot/chat/*/client.py",
    "bot/demo/*", "bot/storage/transaction.py",
)  # fmt: skip

VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
HEAVY = {"discord", "nio", "alembic", "matplotlib"}


def run(*program: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONWARNINGS": "", "COLUMNS": "120"}
    return subprocess.run(
        program, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def require_success(*program: str) -> None:
    done = run(*program)
    assert done.returncode == 0, f"{' '.join(program)}\n{done.stdout}{done.stderr}"


@pytest.mark.timeout(120)
def test_imports_point_downward() -> None:
    """cli > demo > app > chat > commands | jobs > storage | feeds > core, and what each may import from outside."""
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True, no_logo=True))"
    require_success(sys.executable, "-c", code)


@pytest.mark.timeout(300)
def test_types_are_strict() -> None:
    """mypy --strict finds nothing."""
    require_success(sys.executable, "-m", "mypy")


def test_lint_is_clean() -> None:
    """ruff's rules hold, in code and tests."""
    require_success(sys.executable, "-m", "ruff", "check", "bot", "tests")


def test_format_is_clean() -> None:
    """ruff would lay out no file differently."""
    require_success(sys.executable, "-m", "ruff", "format", "--check", "bot", "tests")


def test_every_module_says_what_it_is() -> None:
    """A module opens with a docstring."""
    assert [] == [source.name for source in read_sources() if not (source.tree.body and _docstring(source.text))]


def _docstring(text: str) -> bool:
    return text.lstrip().startswith(('"""', 'r"""'))


def test_files_and_functions_are_short() -> None:
    """No file over 300 lines, no function over 40 but a migration's, which is a list; medians: `pytest -rP`."""
    files = {source.name: source.lines for source in read_sources()}
    functions = {
        f"{source.name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for source in read_sources()
        if not source.name.startswith("bot/storage/migrations/")
        for node in source.functions()
    }
    print(f"{len(files)} files, median {median(files.values()):.0f} lines, longest {max(files.values())}")
    print(
        f"{len(functions)} functions, median {median(functions.values()):.0f} lines, longest {max(functions.values())}"
    )
    assert {} == {name: size for name, size in files.items() if size > LONGEST_FILE}
    assert {} == {name: size for name, size in functions.items() if size > LONGEST_FUNCTION}


def test_waiting_has_its_places() -> None:
    """`sleep`, tasks and timers appear in the runner, the schedule, poll, platform clients and the demo only."""
    assert [] == [
        f"{source.name}:{line} {name}"
        for source in read_sources()
        if not any(fnmatch(source.name, pattern) for pattern in MAY_WAIT)
        for name, line in source.calls()
        if name in WAITING
    ]


def test_names_say_something() -> None:
    """No drawer for odds and ends."""
    paths = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts]
    assert [] == [str(path) for path in paths if path.name.split(".")[0] in VAGUE]


def test_every_folder_of_code_is_a_package() -> None:
    """A folder without __init__.py would escape the floors."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [] == sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists())


def _platforms() -> list[str]:
    return sorted(path.parent.name for path in PLATFORMS.glob("*/client.py"))


def test_every_platform_stands_alone() -> None:
    """A platform is in the contract of independence, and only chat/registry imports it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [independent] = [contract["modules"] for contract in contracts if contract["type"] == "independence"]
    assert sorted(independent) == [f"bot.chat.{name}" for name in _platforms()]
    inside = re.compile(rf"bot\.chat\.({'|'.join(_platforms())})\b")
    assert [] == [
        f"{source.name} imports {module}"
        for source in read_sources()
        for module in source.imports()
        if (match := inside.match(module))
        and source.name != "bot/chat/registry.py"
        and not source.name.startswith(f"bot/chat/{match[1]}/")
    ]


def test_a_platform_has_the_three_names() -> None:
    """client (sends), inbound (hears), render (pure)."""
    wanted = {"client.py", "inbound.py", "render.py"}
    assert _platforms()
    assert [] == [name for name in _platforms() if not wanted <= {path.name for path in (PLATFORMS / name).iterdir()}]


def test_heavy_libraries_wait_until_used() -> None:
    """Starting the program imports no platform library, no migrations, no pictures."""
    code = f"import sys, bot.cli; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = run(sys.executable, "-c", code)
    assert (0, "") == (done.returncode, done.stdout.strip()), done.stderr


def test_no_file_names_a_machine() -> None:
    """No home folder and no working folder of whoever wrote the code."""
    machine = re.compile(r"/(?:home|Users)/[a-z]\w+/|/root/|" + re.escape(str(Path.home())) + "/")
    assert [] == [source.name for source in read_sources() if machine.search(source.text)]
