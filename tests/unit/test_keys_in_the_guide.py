"""Every key that the guides, the safety file or the README name is one that something answers to."""

from __future__ import annotations

import re
from pathlib import Path

from gms_desktop.cli import make_app
from ui.actions import ACTS, COMMANDS, JOBS

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"\b(?:(?:Ctrl|Shift)[+ ])+(?:F\d{1,2}|[A-Z])\b|(?<![\w+-])F(?:1[0-2]|[1-9])\b(?!/)")


def test_every_key_that_the_guide_names_does_something() -> None:
    known = {one.key for one in (*COMMANDS.values(), *ACTS.values(), *(job.binding for job in JOBS))}
    folders = (ROOT / "docs" / "guide", ROOT / "docs" / "administrator", ROOT / "docs" / "safety")
    pages = [ROOT / "README.md", *(page for folder in folders for page in sorted(folder.glob("*.md")))]
    named = {(page.name, key.replace(" ", "+")) for page in pages for key in KEY.findall(page.read_text("utf-8"))}
    assert len(named) > 80
    assert {(page, key) for page, key in named if key not in known} == set()


def test_every_button_of_the_acceptance_page_stands_on_a_screen_under_that_name() -> None:
    page = (ROOT / "docs" / "administrator" / "acceptance.md").read_text("utf-8")
    named = set(re.findall(r"\*\*([A-Z][^*.]+)\*\*", page.partition("| | Step |")[2]))
    sources = [path.read_text("utf-8") for folder in ("ui", "gms_desktop") for path in (ROOT / folder).rglob("*.py")]
    assert len(named) > 7
    assert {name for name in named if not any(f'"{name}"' in source for source in sources)} == set()


def test_every_command_of_the_acceptance_page_is_one() -> None:
    page = (ROOT / "docs" / "administrator" / "acceptance.md").read_text("utf-8")
    named = set(re.findall(r"`gms-desktop ([a-z-]+)", page))
    assert {"verify", "doctor", "restore"} <= named
    known = {command.name for command in make_app().registered_commands}
    assert named <= known
