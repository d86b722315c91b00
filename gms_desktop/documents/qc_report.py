"""What a QC report says: every value with its unit, its raw cell, what the rules said of it, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.documents.rejection_report import Imprint

RUNS = ("Run", "Instrument", "File", "SHA-256", "Measured", "Taken in", "State")
VALUES = ("Run", "Place", "In the file", "Tube here", "Quantity", "Value", "Raw cell", "What the rules say")
TABLE = (
    *("Run", "Place", "In the file", "Tube here", "Specimen", "Quantity", "Value", "Unit", "Says", "Raw cell"),
    *("Raw unit", "What the rules say", "Concession", "Stands", "Instrument", "Assay", "Measured"),
    *("Operator at the instrument", "Taken in", "Taken in by", "File", "SHA-256", "State of the run", "Flags"),
)
NOTHING = "Nothing was measured."
TRACE_HOW = "Signal against: {across}"
PLOT_HOW = (
    "Each well has its number; the stronger its shade, the higher. A thick line and ! mark a value that fails a rule, "
    "? one that is no plain number."
)


@dataclass(frozen=True, slots=True)
class ReportRun:
    """A run that values of the report are of. ``key`` is its number in this report."""

    key: str
    instrument: str
    assay: str
    file: str
    sha256: str
    measured: str
    measured_by: str
    taken_in: str
    taken_in_by: str
    state: str


@dataclass(frozen=True, slots=True)
class ReportValue:
    """One cell of one position.

    Attributes:
        shown: the value with its unit, or what the cell says instead of one.
        value, unit, says: the same apart, for those who count on.
        differs: the raw cell with its unit where that is not what is shown.
        said: the judgement with rule and version.
        conceded: who let it go on although it fails, why and when; empty where nobody did.
        stands: whether it is what stands for its tube.
    """

    run: str
    place: str
    sample: str
    tube: str
    specimen: str
    quantity: str
    shown: str
    value: str
    unit: str
    says: str
    raw: str
    raw_unit: str
    differs: str
    said: str
    conceded: str
    stands: str
    flags: str


@dataclass(frozen=True, slots=True)
class PlottedWell:
    """A well of the plot: its number as printed, how high it lies from 0 to 1, and a mark beside the number."""

    text: str
    level: float | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PlatePlot:
    """One quantity of one run, well by well."""

    title: str
    rows: int
    columns: int
    wells: tuple[tuple[str, PlottedWell], ...]


@dataclass(frozen=True, slots=True)
class TracePicture:
    """The electropherogram of one position: sizes and signals as the instrument's own program exported them."""

    title: str
    across: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One value of a control: its day, and the rules that it breaks, by name."""

    day: str
    value: float
    broken: str


@dataclass(frozen=True, slots=True)
class ControlPicture:
    """A control's values in the order of time; without mean and spread where nobody set them."""

    title: str
    how: str
    mean: float | None
    sd: float | None
    points: tuple[ControlPoint, ...]

    def at(self, steps: int) -> float:
        """So many standard deviations from the mean."""
        return (self.mean or 0.0) + steps * (self.sd or 0.0)

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest that the chart has room for."""
        ends = [self.at(-4), self.at(4)] if self.mean is not None and self.sd is not None else []
        values = [*(one.value for one in self.points), *ends]
        low, high = min(values), max(values)
        return (low, high) if high > low else (low - 1, high + 1)


@dataclass(frozen=True, slots=True)
class QcReport:
    """The report. ``code`` is printed as Data Matrix: the specimen's number, or the first of the hash of the file."""

    title: str
    code: str
    runs: tuple[ReportRun, ...]
    values: tuple[ReportValue, ...]
    notes: tuple[str, ...] = ()
    plots: tuple[PlatePlot, ...] = ()
    controls: tuple[ControlPicture, ...] = ()
    traces: tuple[TracePicture, ...] = ()


def about(report: QcReport, imprint: Imprint) -> Iterator[tuple[str, str]]:
    """What a workbook says of the report itself."""
    yield from (("Report", report.title), ("Code", report.code), ("Laboratory", imprint.laboratory))
    yield from (("Made at", imprint.made_at), ("Made by", imprint.made_by))
    yield from (("Note", note) for note in report.notes)


def table_rows(report: QcReport) -> Iterator[tuple[str, ...]]:
    """Each value as a row of its own that names its run, file and rule: :data:`TABLE`."""
    runs = {run.key: run for run in report.runs}
    for one in report.values:
        run = runs[one.run]
        yield (
            *(one.run, one.place, one.sample, one.tube, one.specimen, one.quantity, one.value, one.unit, one.says),
            *(one.raw, one.raw_unit, one.said, one.conceded, one.stands, run.instrument, run.assay, run.measured),
            *(run.measured_by, run.taken_in, run.taken_in_by, run.file, run.sha256, run.state, one.flags),
        )
