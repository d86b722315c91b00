"""The safety file: its hazards and threats, the tests that they name, and the pages that are written of them.

``python3 dev.py safety`` runs every test that is named and writes the pages with what came of it;
``tests/safety/test_safety_file.py`` holds the names to what is there.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
FOLDER = TESTS.parent / "docs" / "safety"
# Words of DCB0129's own scale of severity.
SEVERITIES = ("catastrophic", "major", "considerable", "significant", "minor")


@dataclass(frozen=True)
class Control:
    """What stands between a cause and its harm, and the tests that prove it: ``file::function`` below ``tests``."""

    what: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A hazard or a threat with its facts in the order in which its page tells them."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    controls: tuple[Control, ...]


def _controls(table: dict[str, object]) -> tuple[Control, ...]:
    listed = table["control"]
    assert isinstance(listed, list)
    return tuple(Control(one["what"], tuple(one["tests"])) for one in listed)


def hazards(folder: Path = FOLDER) -> tuple[Item, ...]:
    """The hazards of ``hazards.toml``."""
    tables = tomllib.loads((folder / "hazards.toml").read_text("utf-8"))["hazard"]
    return tuple(
        Item(
            one["id"],
            one["title"],
            (
                ("Harm", one["harm"]),
                ("Severity, proposed", one["severity"]),
                ("Likelihood and risk left", "for the clinical safety officer"),
                ("Causes", "; ".join(one["causes"])),
                ("At the site", one["site"]),
                *((("What is left", one["left"]),) if "left" in one else ()),
            ),
            _controls(one),
        )
        for one in tables
    )


def threats(folder: Path = FOLDER) -> tuple[Item, ...]:
    """The threats of ``threats.toml``."""
    tables = tomllib.loads((folder / "threats.toml").read_text("utf-8"))["threat"]
    return tuple(
        Item(one["id"], one["title"], (("Who", one["who"]), ("What is left", one["left"])), _controls(one))
        for one in tables
    )


def named(items: Sequence[Item]) -> Iterator[str]:
    """Every test that is named, once."""
    yield from dict.fromkeys(test for item in items for control in item.controls for test in control.tests)


def missing(items: Sequence[Item], tests: Path = TESTS) -> list[str]:
    """Tests that are named and that nobody runs: not there, or skipped, or left out of the whole run."""
    run: dict[str, set[str]] = {}
    lacking = []
    for test in named(items):
        path, _, function = test.partition("::")
        if path not in run:
            run[path] = _run_in(tests / path)
        if function not in run[path]:
            lacking.append(test)
    return lacking


def _run_in(path: Path) -> set[str]:
    """The test functions of a file that every run of the tests runs."""
    if not path.is_file():
        return set()
    functions = [one for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)]
    return {one.name for one in functions if not any(_keeps_out(mark) for mark in one.decorator_list)}


def _keeps_out(mark: ast.expr) -> bool:
    said = ast.unparse(mark)
    return any(word in said for word in ("mark.skip(", "mark.xfail", "mark.soak", "mark.benchmark")) or said.endswith(
        "mark.skip"
    )


def page(title: str, about: str, items: Sequence[Item]) -> str:
    """A page of the safety file, in Markdown."""
    lines = [f"# {title}", "", about, ""]
    for item in items:
        lines += [f"## {item.id}: {item.title}", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {said} |" for name, said in item.facts]
        lines += ["", "| Control | Proved by |", "|---|---|"]
        lines += [f"| {one.what} | {'<br>'.join(f'`{test}`' for test in one.tests)} |" for one in item.controls]
        lines.append("")
    return "\n".join(lines)


_TEMPLATE = (
    "**A template.** It was written by the makers and has no standing until a clinical safety officer has gone through "
    "it and signed. "
)
PAGES = {
    "hazard-log.md": (
        "Hazard log",
        _TEMPLATE + "Written from `hazards.toml` by `python3 dev.py safety`, which runs every test that it names.",
        hazards,
    ),
    "threat-model.md": (
        "Threat model",
        "Written from `threats.toml` by `python3 dev.py safety`, which runs every test that it names.",
        threats,
    ),
}


def pages(folder: Path = FOLDER) -> dict[str, str]:
    """Every page, by its file's name."""
    return {name: page(title, about, read(folder)) for name, (title, about, read) in PAGES.items()}


def main() -> int:
    """Run the tests that are named, then write the pages."""
    items = (*hazards(), *threats())
    if lacking := missing(items):
        sys.stdout.write("Named and not run:\n" + "\n".join(lacking) + "\n")
        return 1
    failed = [folder for folder, tests in _by_folder(named(items)).items() if _fail(tests)]
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"Tests failed in: {', '.join(failed)}\n" if failed else "Every control is proved.\n")
    return 1 if failed else 0


def _by_folder(tests: Iterable[str]) -> dict[str, list[str]]:
    """The tests of each folder: modules of two folders may have one name, and are run apart."""
    found: dict[str, list[str]] = {}
    for test in tests:
        found.setdefault(test.partition("/")[0], []).append(str(TESTS / test))
    return found


def _fail(tests: Sequence[str]) -> bool:
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *tests], check=False).returncode != 0


if __name__ == "__main__":
    sys.exit(main())
