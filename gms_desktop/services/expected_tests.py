"""Checks the tests that are asked for against the Test Directory: those of a file, and one that a person enters."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from gms_desktop.domain.findings import Severity, SeverityProfile
from gms_desktop.domain.test_directory import TestFinding, normalised
from gms_desktop.exchange.expected import ExpectedRow, Reading, RefusedRow, RowProblem
from gms_desktop.journal.database import Database
from gms_desktop.services import site_rules
from gms_desktop.services.test_directory import told


@dataclass(frozen=True)
class Entered:
    """A test as a person entered it.

    Attributes:
        code: as the directory writes it.
        problem: why the laboratory's rules do not take it; empty where they do.
        odd: what is odd about it all the same.
    """

    code: str
    problem: str = ""
    odd: str = ""


def entered(db: Database, written: str) -> Entered:
    """A test of a request that is amended or added on, by the edition in force: as strict as for a new one."""
    code = normalised(written)
    said = told(db, code)
    if said is None or said.finding is None:
        return Entered(code)
    severity = site_rules.severities(db).find(said.finding.odd.value, code).severity
    if severity is Severity.BLOCK:
        return Entered(code, problem=said.finding.sentence)
    return Entered(code, odd="" if severity is Severity.NOTE else said.finding.sentence)


def checked(db: Database, reading: Reading, profile: SeverityProfile) -> Generator[None, None, Reading]:
    """A file of requests with a finding on each row whose test the directory does not have. Gives way at each code."""
    found: dict[str, TestFinding | None] = {}
    for code in dict.fromkeys(row.test for row in reading.rows if row.test):
        said = told(db, code)
        found[code] = said.finding if said else None
        yield
    if not any(found.values()):
        return reading
    outcomes = [_with(row, found.get(row.test), profile) for row in reading.rows]
    kept = tuple(row for row in outcomes if isinstance(row, ExpectedRow))
    refused = [row for row in outcomes if isinstance(row, RefusedRow)]
    return replace(reading, rows=kept, refused=tuple(sorted((*reading.refused, *refused), key=lambda row: row.row)))


def _with(row: ExpectedRow, finding: TestFinding | None, profile: SeverityProfile) -> ExpectedRow | RefusedRow:
    if finding is None or any(one.reason_code == finding.odd.value for one in row.findings):
        return row
    severity = profile.find(finding.odd.value, row.test).severity
    if severity is Severity.NOTE:
        return row
    column = next((name for name, cell in row.raw.items() if cell.strip() == row.test), "test")
    blocks = severity is Severity.BLOCK
    findings = (*row.findings, RowProblem(row.row, column, row.test, finding.odd.value, finding.sentence, blocks))
    return RefusedRow(row.row, findings, row.raw) if blocks else replace(row, findings=findings)
