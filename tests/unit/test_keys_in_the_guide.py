"""Every key that the guide or the README names is one that something answers to."""

from __future__ import annotations

import re
from pathlib import Path

from ui.actions import ACTS, COMMANDS, JOBS

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"\b(?:(?:Ctrl|Shift)[+ ])+(?:F\d{1,2}|[A-Z])\b|(?<![\w+-])F(?:1[0-2]|[1-9])\b(?!/)")


def test_every_key_that_the_guide_names_does_something() -> None:
    known = {one.key for one in (*COMMANDS.values(), *ACTS.values(), *(job.binding for job in JOBS))}
    pages = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
    named = {(page.name, key.replace(" ", "+")) for page in pages for key in KEY.findall(page.read_text("utf-8"))}
    assert len(named) > 80
    assert {(page, key) for page, key in named if key not in known} == set()
