"""A report over a period as tables: what is shown, printed and written as a table is one and the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.documents.qc_report import ControlPicture
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint

Cell = str | int
NOTHING = "Nothing in this period."
MISSING = "–"
"""Where a number stands in the other rows."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table. A cell that is a number stays one in a workbook; each other is text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    how: str = ""


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A report.

    Attributes:
        sort: of the document, for what is recorded of it.
        title: what the paper is called.
        heading: what it comes to, in words.
        start: the first day, as ISO text or as it was typed.
        end: the last one.
        notes: what it rests on.
        problems: why it cannot be told; then it has no table.
        pictures: its courses, drawn on paper alone; their numbers stand in the tables.
    """

    sort: str
    title: str
    heading: str
    start: str
    end: str
    tables: tuple[ReportTable, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    pictures: tuple[ControlPicture, ...] = ()


def about(report: PeriodReport, imprint: Imprint, code: str) -> Iterator[tuple[str, str]]:
    """What a table says of itself."""
    if imprint.rehearsal:
        yield "Rehearsal", REHEARSAL
    yield from (("Report", report.title), ("Result", report.heading), ("From", report.start), ("To", report.end))
    yield from (("Rests on", note) for note in report.notes)
    yield from (("Laboratory", imprint.laboratory), ("Made at", imprint.made_at), ("Made by", imprint.made_by))
    yield "Document", code
