"""Reading a file of expected requests: which layout claims it, and what it says."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gms_desktop.domain.findings import WARN_ONLY, SeverityProfile
from gms_desktop.exchange import dwgs, gel1004
from gms_desktop.exchange.consignments import as_expected
from gms_desktop.exchange.expected import ExpectedRow, FileProblem, Reading, RefusedRow, RowProblem
from gms_desktop.exchange.fhir import order
from gms_desktop.exchange.layout import Layout
from gms_desktop.exchange.mapped import layout_of
from gms_desktop.exchange.rows import read_row
from gms_desktop.exchange.text_table import TextTable, read_table

LAYOUTS = (dwgs.LAYOUT, gel1004.LAYOUT)

_MOST_NAMED = 12


def read(
    name: str, content: bytes, mapping: Mapping[str, object] | None = None, profile: SeverityProfile = WARN_ONLY
) -> Reading:
    """Read a file of expected requests. Every row is read; nothing stops at the first problem.

    Args:
        name: the file's name, kept for the record.
        content: the file's bytes.
        mapping: the laboratory's own column mapping (see ``mapped``), tried before the published layouts.
        profile: how grave each identifier finding is at this laboratory.

    Returns:
        The rows that can be expected, those that cannot, and what is wrong with the file.

    Raises:
        MappingError: the mapping itself cannot be used. Nothing in the file raises.
    """
    digest = hashlib.sha256(content).hexdigest()
    for form in (as_expected, order):
        if form.is_one(content):
            made = form.table_of(content)
            blank = Reading(name, form.LAYOUT.name, (), (), made.problems, (), digest, len(content), "utf-8")
            return _read_rows(blank, form.LAYOUT, made, profile) if made.readable else blank
    layouts = LAYOUTS if mapping is None else (layout_of(mapping), *LAYOUTS)
    table = read_table(content)
    blank = Reading(name, "", (), (), table.problems, (), digest, len(content), table.encoding)
    layout = next((each for each in layouts if not each.lacks(table.header)), None)
    if layout is None:
        unknown = () if not table.header else (FileProblem("layout-unknown", _misses(layouts, table.header)),)
        return replace(blank, file_problems=(*table.problems, *unknown))
    known = replace(blank, layout=layout.name, columns_unread=layout.unread(table.header))
    return _read_rows(known, layout, table, profile) if table.readable else known


def _read_rows(blank: Reading, layout: Layout, table: TextTable, profile: SeverityProfile) -> Reading:
    outcomes = [read_row(layout, table.header, row, profile) for row in table.rows]
    drafts = [each for each in outcomes if isinstance(each, ExpectedRow)]
    crossed = _by_row(problem for check in layout.cross_checks for problem in check(drafts))
    complete = [_with(each, crossed.get(each.row, [])) for each in outcomes]
    about_file = tuple(problem for check in layout.file_checks for problem in check(drafts))
    return replace(
        blank,
        rows=tuple(each for each in complete if isinstance(each, ExpectedRow)),
        refused=tuple(each for each in complete if isinstance(each, RefusedRow)),
        file_problems=(*table.problems, *_absent(layout, table.header), *about_file),
    )


def _by_row(problems: Iterable[RowProblem]) -> Mapping[int, list[RowProblem]]:
    rows: dict[int, list[RowProblem]] = defaultdict(list)
    for problem in problems:
        rows[problem.row].append(problem)
    return rows


def _with(outcome: ExpectedRow | RefusedRow, crossed: Sequence[RowProblem]) -> ExpectedRow | RefusedRow:
    if isinstance(outcome, RefusedRow):
        return outcome
    findings = (*outcome.findings, *crossed)
    if any(finding.blocks for finding in findings):
        return RefusedRow(outcome.row, findings, outcome.raw)
    return replace(outcome, findings=findings)


def _absent(layout: Layout, header: Sequence[str]) -> tuple[FileProblem, ...]:
    absent = layout.absent(header)
    return (FileProblem("columns-absent", _named(absent), blocks=False),) if absent else ()


def _named(columns: Sequence[str]) -> str:
    more = len(columns) - _MOST_NAMED
    shown = ", ".join(columns[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _misses(layouts: Sequence[Layout], header: Sequence[str]) -> str:
    found = f"Columns found: {_named([name or '(no heading)' for name in header])}."
    return " ".join([found, *(f"{each.name} needs also: {_named(each.lacks(header))}." for each in layouts)])
