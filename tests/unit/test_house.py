"""The shape of the house: what ARCHITECTURE and the linters cannot hold by themselves."""

from __future__ import annotations

import ast
import importlib.util
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("gms_desktop", "devices", "ui", "resources")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NAMES_THAT_SAY_NOTHING = re.compile(r"manager|helper|util", re.IGNORECASE)
NEVER_SAID = re.compile(r"\b(invalid|please|sorry|oops)\b", re.IGNORECASE)
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)([^\\]*)", re.MULTILINE)

# What a bench PC must not wait for before its first window stands.
DEAR_TO_LOAD = {
    "ui.command": ("PySide6", "sqlalchemy", "pandas", "reportlab"),
    "ui.main_window": ("sqlalchemy", "pandas", "reportlab"),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def lines_of(function: Function) -> int:
    """Lines of code: from ``def`` to the end, without the docstring."""
    words = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    spoken = (words.end_lineno or words.lineno) - words.lineno + 1 if words else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - spoken


def docstrings(tree: ast.Module) -> set[ast.expr]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = (node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body)
    return {statement.value for statement in first if isinstance(statement, ast.Expr)}


def test_no_module_is_longer_than_500_lines() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in (*MODULES, *TESTS)}
    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [f"{place(path)}:{f.lineno} {f.name}" for path in MODULES for f in functions(path) if lines_of(f) > 60]
    assert long == []


def test_half_of_all_functions_are_shorter_than_10_lines() -> None:
    lengths = [lines_of(function) for path in MODULES for function in functions(path)]
    assert statistics.median(lengths) < 10


def test_every_module_is_named_for_what_it_holds() -> None:
    names = [place(path.with_suffix("")) for path in (*MODULES, *TESTS)]
    assert [name for name in names if NAMES_THAT_SAY_NOTHING.search(name)] == []


def test_nothing_waits_on_the_clock_not_even_where_a_linter_was_told_to_look_away() -> None:
    sleeping = [
        f"{place(path)}:{node.lineno}"
        for path in (*MODULES, *TESTS)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Attribute) and node.attr == "sleep" and ast.unparse(node.value) == "time")
        or (isinstance(node, ast.ImportFrom) and node.module == "time" and any(n.name == "sleep" for n in node.names))
    ]
    assert sleeping == []


def test_no_sentence_blames_or_begs() -> None:
    words = ROOT / "gms_desktop" / "words.py"
    if not words.exists():
        pytest.skip("gms_desktop/words.py does not stand yet")
    tree = parsed(words)
    spoken = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    told = [n for n in spoken if n not in docstrings(tree) and NEVER_SAID.search(str(n.value))]
    assert [f"{n.lineno}: {n.value!r}" for n in told] == []


@pytest.mark.parametrize("module", DEAR_TO_LOAD)
def test_the_window_opens_without_loading_what_it_does_not_need(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} does not stand yet")
    asked = f"import sys, {module}; print(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(DEAR_TO_LOAD[module]) & set(done.stdout.split()) == set()


def pins(lock: str) -> dict[str, set[tuple[str, str]]]:
    """Each package of a lock with its versions and their markers."""
    found: dict[str, set[tuple[str, str]]] = {}
    for name, version, marker in PIN.findall(lock_text(lock)):
        found.setdefault(name, set()).add((version, marker.strip()))
    return found


def lock_text(lock: str) -> str:
    return (ROOT / "packaging" / "lock" / f"{lock}.txt").read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return read["project"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("lock", ["dev", "package"])
def test_what_runs_is_what_was_tested_and_what_is_shipped(lock: str) -> None:
    tested = {name: {version for version, _ in of} for name, of in pins(lock).items()}
    for name, of in pins("run").items():
        assert {version for version, _ in of} <= tested[name], name


def test_the_run_lock_holds_all_that_the_project_declares() -> None:
    declared = {re.split(r"[\[<>=~! ]", str(line), maxsplit=1)[0] for line in project()["dependencies"]}
    assert declared | {"hatchling", "editables"} <= set(pins("run"))


@pytest.mark.parametrize("lock", ["run", "dev", "package", "lock"])
def test_a_lock_has_a_hash_for_every_pin_and_names_no_address(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", lock_text(lock), flags=re.MULTILINE)
    assert [block.splitlines()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block] == []
    assert "://" not in lock_text(lock)


def test_the_change_log_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{project()['version']}]" in text
