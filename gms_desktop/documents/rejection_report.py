"""What the report of unacceptable specimens is printed from, and the words on it (service specification lines 413-417).

The report's values are those of ``services.views.ReportView``, described here by their shape since services stand on
documents. No rate is reckoned here and no threshold set: both come in words, with the source of the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

COLUMNS = ("Requestor", "Location", "Received", "Unacceptable", "Rate", "Error rate", "Reasons")
TITLE = "Unacceptable specimens"
REHEARSAL = "REHEARSAL: made-up patients, not for use"
OUTSIDE = "Outside the rates: EQA, control, validation and research material"
OUTSIDE_COLUMNS = ("Material", "Received")
HIGH = "high"
NO_ROWS = "No requestor sent a specimen that counts in this period."
NOTHING_OUTSIDE = "None in this period."
NO_THRESHOLD = "Threshold for a high error rate: not set by this laboratory."


QC_TITLE = "Rejection and failed QC by specimen type and requestor"
QC_HOW = "Failed is of the specimens of which a rule said something; what stands for their tubes counts."
QC_COLUMNS = ("Specimen type", "Requestor", "Rejected", "Measured", "Failed QC", "Conceded")


class QcRow(Protocol):
    """One specimen type from one requestor."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def requestor(self) -> str: ...  # noqa: D102
    @property
    def rejected(self) -> str: ...  # noqa: D102
    @property
    def measured(self) -> str: ...  # noqa: D102
    @property
    def failed(self) -> str: ...  # noqa: D102
    @property
    def conceded(self) -> str: ...  # noqa: D102


class Row(Protocol):
    """One requestor at one location."""

    @property
    def requestor(self) -> str: ...  # noqa: D102
    @property
    def location(self) -> str: ...  # noqa: D102
    @property
    def received(self) -> int: ...  # noqa: D102
    @property
    def unacceptable(self) -> int: ...  # noqa: D102
    @property
    def rate(self) -> str: ...  # noqa: D102
    @property
    def reasons(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102
    @property
    def high(self) -> bool: ...  # noqa: D102


class Report(Protocol):
    """The report, as the service made it."""

    @property
    def heading(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> str: ...  # noqa: D102
    @property
    def end(self) -> str: ...  # noqa: D102
    @property
    def threshold(self) -> str: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[Row]: ...  # noqa: D102
    @property
    def total_received(self) -> int: ...  # noqa: D102
    @property
    def total_unacceptable(self) -> int: ...  # noqa: D102
    @property
    def outside(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102
    @property
    def problems(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def qc(self) -> Sequence[QcRow]: ...  # noqa: D102


@dataclass(frozen=True)
class Imprint:
    """Who made a document where and when, in words; times are the laboratory's local time."""

    laboratory: str
    made_at: str
    made_by: str
    rehearsal: bool = False


def period(report: Report) -> str:
    """The period in words."""
    return f"Period: {report.start} to {report.end}"


def made(imprint: Imprint) -> str:
    """When and by whom it was made, in words."""
    return f"Made {imprint.made_at} by {imprint.made_by}"


def totals(report: Report) -> str:
    """The counts of the whole period in words."""
    return f"Received {report.total_received}, of which unacceptable {report.total_unacceptable}."


def error_rate(row: Row) -> str:
    """The word for a requestor whose error rate is above the threshold; nothing for another."""
    return HIGH if row.high else ""


def qc_cells(row: QcRow) -> tuple[str, ...]:
    """A row of :data:`QC_COLUMNS`."""
    return row.kind, row.requestor, row.rejected, row.measured, row.failed, row.conceded


def reason_lines(row: Row) -> list[str]:
    """Each reason with its count."""
    return [f"{reason}: {count}" for reason, count in row.reasons]
