"""What the documents say is so: commands run as written, links lead somewhere, named commands exist.

The one test that goes to the package registry: it installs the program as a newcomer does, from a copy of the tree.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.sources import ROOT

README = ROOT / "README.md"
FENCE = re.compile(r"^```(?:sh|bash|shell|console)\s*\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)
ANY_FENCE = re.compile(r"^```.*?^```\s*$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
NAMED = re.compile(r"\blodewire ([a-z][a-z-]*)")
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", ".hypothesis", "*.egg-info", "*.db*")
LONGEST_S = 280


def shell_blocks(text: str) -> list[str]:
    """The commands of each shell block; of a `console` block the lines after `$`, as its other lines are answers."""
    return [_without_prompts(block) for block in FENCE.findall(text)]


def _without_prompts(block: str) -> str:
    lines = block.splitlines(keepends=True)
    typed = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return "".join(typed or lines)


@cache
def _tracked() -> tuple[str, ...] | None:
    """The files of a fresh clone; None where the tree is no clone or git is absent."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return None
    listing = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(name for name in names if name and (ROOT / name).is_file())


def _copy_tree(target: Path) -> None:
    tracked = _tracked()
    if tracked is None:
        shutil.copytree(ROOT, target, ignore=LEFT_OUT)
        return
    for name in tracked:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)


def _newcomer(home: Path) -> dict[str, str]:
    """An environment with an empty home, outside any virtual environment, that keeps only pip's settings and cache."""
    private = ("LODEWIRE", "XDG_", "PYTEST", "VIRTUAL_ENV", "PYTHON", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(private)}
    search = [part for part in kept["PATH"].split(os.pathsep) if Path(part) != Path(sys.prefix) / "bin"]
    kept |= {"HOME": str(home), "PATH": os.pathsep.join(search)}
    real = Path.home()
    kept.setdefault("PIP_CACHE_DIR", str(real / ".cache" / "pip"))
    for settings in (real / ".config" / "pip" / "pip.conf", real / ".pip" / "pip.conf"):
        if settings.is_file():
            kept.setdefault("PIP_CONFIG_FILE", str(settings))
    return kept


@pytest.mark.timeout(LONGEST_S + 20)
def test_the_readme_runs_as_written(tmp_path: Path) -> None:
    """Each shell block of README.md runs in a fresh copy of the tree, with an empty home; but the one for the tests."""
    blocks = [block for block in shell_blocks(README.read_text("utf-8")) if "pytest" not in block]
    assert any("lodewire demo" in block for block in blocks)
    copy, home = tmp_path / "lodewire", tmp_path / "home"
    home.mkdir()
    _copy_tree(copy)
    script = "set -euo pipefail\n" + "\n".join(blocks)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=copy,
        env=_newcomer(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=LONGEST_S,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-6_000:]
    assert "Traceback" not in done.stdout


def test_ci_runs_the_readmes_own_command() -> None:
    """`.ci/run` takes the block that contains pytest out of README.md: there is exactly one."""
    [block] = [block for block in shell_blocks(README.read_text("utf-8")) if "pytest" in block]
    shown = subprocess.run([ROOT / ".ci" / "run", "--show"], capture_output=True, text=True, check=True)
    assert block == shown.stdout


def _documents() -> list[Path]:
    tracked = _tracked()
    if tracked is not None:
        return [ROOT / name for name in tracked if name.endswith(".md")]
    return [path for path in ROOT.rglob("*.md") if not any(part.startswith(".") for part in path.parts)]


def test_links_lead_to_files() -> None:
    """Every relative link of every document resolves, inside the tree."""
    assert README in _documents()
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in _documents()
        for target in _relative_links(ANY_FENCE.sub("", document.read_text("utf-8")))
        if not _resolves(document.parent / target)
    ]
    assert [] == broken


def _relative_links(text: str) -> list[str]:
    targets = [first or second for first, second in LINK.findall(text)]
    paths = [target.partition("#")[0] for target in targets if not re.match(r"[a-z][a-z0-9+.-]*:", target)]
    return [path for path in paths if path]


def _resolves(path: Path) -> bool:
    tracked = _tracked()
    if not path.exists() or not path.resolve().is_relative_to(ROOT):
        return False
    name = path.resolve().relative_to(ROOT).as_posix()
    return tracked is None or any(one == name or one.startswith(f"{name}/") or name == "." for one in tracked)


def test_named_commands_exist() -> None:
    """Every `lodewire <command>` in a document is one: it has a help page."""
    texts = [document.read_text("utf-8") for document in _documents()]
    code = [part for text in texts for part in (*ANY_FENCE.findall(text), *re.findall(r"`[^`\n]+`", text))]
    commands = sorted({name for part in code for name in NAMED.findall(part)})
    assert "demo" in commands
    assert [] == [name for name in commands if not _has_help(name)]


def _has_help(command: str) -> bool:
    asked = [sys.executable, "-m", "bot", command, "--help"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode == 0
