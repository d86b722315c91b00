"""The report on the supply chain never takes silence for an all-clear."""

from __future__ import annotations

from typing import Any

import supply


def library(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0", **more}


def test_a_service_that_is_not_reached_is_said_and_never_counted_as_nothing_found() -> None:
    nobody = {"dependencies": [library("alembic", skip_reason="not found"), library("rich", skip_reason="not found")]}
    answers: list[dict[str, Any] | None] = [None, {"dependencies": []}, nobody]
    for said in answers:
        assert supply.weaknesses(said) == [
            "pip-audit: the service of known weaknesses was NOT REACHED. Nothing is known of any library."
        ]


def test_a_library_that_could_not_be_looked_up_is_named() -> None:
    said = {"dependencies": [library("alembic", vulns=[]), library("rich", skip_reason="not found")]}
    lines = supply.weaknesses(said)
    assert lines[0] == "pip-audit: 1 of 2 libraries were looked up."
    assert lines[1].endswith("nothing is known of them: rich")
    assert lines[2] == "  No known weakness among these."


def test_a_known_weakness_is_told_with_the_version_that_mends_it() -> None:
    weak = library("alembic", vulns=[{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}])
    assert supply.weaknesses({"dependencies": [weak]})[1] == "  alembic 1.0: PYSEC-2026-1, mended in 1.1"


def test_a_finding_in_our_code_that_nobody_looked_at_is_listed_with_its_place() -> None:
    found = {
        "test_id": "B602",
        "filename": "ui/new.py",
        "line_number": 7,
        "issue_text": "a shell is started",
        "issue_severity": "HIGH",
    }
    lines = supply.patterns({"results": [found]}, supply.looked_at())
    assert lines == [
        "bandit: 1 findings, 1 that nobody has looked at.",
        "  ui/new.py:7 B602 a shell is started (HIGH)",
    ]
    assert supply.patterns({"results": [found]}, {"B602": {"files": {"ui/new.py": 1}}})[0].endswith(
        "0 that nobody has looked at."
    )


def test_every_finding_that_stays_has_its_reason() -> None:
    assert [name for name, said in supply.looked_at().items() if len(said["why"]) < 7 or not said["files"]] == []
