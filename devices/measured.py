"""What measuring instruments hand over: every cell with its raw text, its unit and what it says, and no judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Says(StrEnum):
    """What an instrument's cell says of a quantity. Only ``number`` is a measured value.

    ``below`` and ``above``: the value is the limit that was given (``<0.5``), where one was; ``not readable``: there
    is text, and nobody can say which number it stands for.
    """

    NUMBER = "number"
    BELOW = "below"
    ABOVE = "above"
    OUT_OF_RANGE = "out of range"
    NOT_AVAILABLE = "not available"
    UNDETERMINED = "undetermined"
    BLANK = "blank"
    NOT_READABLE = "not readable"


class Analyte(StrEnum):
    """What was measured, in the field's own words."""

    CONCENTRATION = "concentration"
    ASSAY_TUBE_CONCENTRATION = "concentration in the assay tube"
    MOLARITY = "molarity"
    A260 = "A260"
    A280 = "A280"
    A260_280 = "A260/280"
    A260_230 = "A260/230"
    DIN = "DIN"
    RIN = "RIN"
    GQN = "GQN"
    RQN = "RQN"
    DV200 = "DV200"
    RRNA_RATIO = "rRNA ratio"
    AVERAGE_SIZE = "average size"
    PEAK_SIZE = "peak size"
    PERCENT_OF_TOTAL = "% of total"
    VOLUME = "volume"
    TOTAL = "total amount"
    MASS = "mass"
    FLUORESCENCE = "fluorescence"
    ABSORBANCE = "absorbance"
    CT = "Ct"
    BACKGROUND = "background"


@dataclass(frozen=True)
class Quantity:
    """One cell of an instrument's file.

    Attributes:
        analyte: what was measured.
        says: what the cell says.
        value: in ``unit``; the limit for below and above; none for everything else.
        unit: the one unit that this analyte has here (``ng/uL``); empty for a ratio.
        raw: the cell as it stands in the file.
        raw_unit: the unit as the file has it, before any conversion; empty where it names none.
        column: the heading, or the tag, as it is written.
        part: which peak, region or smear of the sample it belongs to, with its bounds; empty for the whole sample.
    """

    analyte: Analyte
    says: Says
    value: Decimal | None
    unit: str
    raw: str
    raw_unit: str
    column: str
    part: str = ""

    def __post_init__(self) -> None:
        limit = self.says in {Says.BELOW, Says.ABOVE}
        if not limit and (self.says is Says.NUMBER) != (self.value is not None):
            raise ValueError("a quantity has a value when its cell says a number, and only then")


class DateOrder(StrEnum):
    """In which order a file writes its dates. ``undecided``: nothing in it tells day from month."""

    YEAR_FIRST = "year first"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class OwnTime:
    """A time as an instrument writes it: its own clock, no zone.

    Attributes:
        raw: the words of the file.
        local: the moment on the instrument's clock, without a zone; none where it is not to be decided.
        order: the order of the date.
        decided_by: what decided that order, in words: ``a day above 12 in this file``, ``the run id 2023-11-04``.
    """

    raw: str
    local: datetime | None
    order: DateOrder
    decided_by: str


class Role(StrEnum):
    """What stands in a position of a run, as far as the file says."""

    SAMPLE = "sample"
    BLANK = "blank"
    STANDARD = "standard"
    LADDER = "ladder"
    CONTROL = "control"


@dataclass(frozen=True)
class Measured:
    """All that a run says of one position.

    Attributes:
        line: where it stands in the file: its line or block, counted from one.
        sample: the sample's name as written; often a tube's code, and never taken for one here.
        sample_id: a second name or number, where the file has one.
        plate: the plate's name or code as written.
        well: ``A01``; empty where the file names none.
        raw_well: the position as written.
        role: what it is.
        at: when it was measured.
        assay: the assay, where it is said by sample.
        quantities: each cell that was read.
        flags: the instrument's own alerts and remarks, as written.
    """

    line: int
    sample: str
    quantities: tuple[Quantity, ...]
    sample_id: str = ""
    plate: str = ""
    well: str = ""
    raw_well: str = ""
    role: Role = Role.SAMPLE
    at: OwnTime | None = None
    assay: str = ""
    flags: tuple[str, ...] = ()


class RunDefect(StrEnum):
    """What is odd about a run's file. None is put right: what it touches is marked and named."""

    CUT = "cut off"
    CELL_NOT_READABLE = "a cell that is no number"
    UNIT_NOT_KNOWN = "a unit that is not known"
    UNITS_DISAGREE = "two units for one value"
    DATE_UNDECIDED = "day and month not to be told apart"
    DATES_DISAGREE = "dates of two orders"
    WELL_TWICE = "one well twice"
    WELL_NOT_READABLE = "a position that is none"
    LINE_NOT_UNDERSTOOD = "a line not understood"
    ROW_SHORT = "a row with fewer cells than the others"
    DECIMALS_UNDECIDED = "point and comma not to be told apart"


@dataclass(frozen=True)
class RunFinding:
    """One odd thing: the lines it touches and the file's own text."""

    defect: RunDefect
    lines: tuple[int, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class InstrumentRun:
    """What one run of a measuring instrument says. A file with two runs gives two.

    Attributes:
        instrument: its kind: ``NanoDrop One``.
        dialect: which of its files this is: ``NanoDrop One CSV``.
        measured: each position, in the file's order.
        unread: the columns or tags that nothing was read from, as written.
        findings: what is odd.
        model, serial, software, operator, run_id, assay: as the file says, empty where it does not.
        at: when the run was, where the file says it once for all.
    """

    instrument: str
    dialect: str
    measured: tuple[Measured, ...]
    unread: tuple[str, ...] = ()
    findings: tuple[RunFinding, ...] = ()
    model: str = ""
    serial: str = ""
    software: str = ""
    operator: str = ""
    run_id: str = ""
    assay: str = ""
    at: OwnTime | None = None


class RunRefusal(StrEnum):
    """Why a file that is of an instrument's sort gives no run at all."""

    CUT = "cut off"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TAPES_DISAGREE = "tape numbers disagree"
    NOTHING_MEASURED = "nothing measured"
    MACROS = "carries macros or links"
    HEADING_TWICE = "two columns of one name"


@dataclass(frozen=True)
class RefusedRun:
    """A file that an instrument's reader knows and will not take, and why."""

    instrument: str
    dialect: str
    why: RunRefusal
    detail: str = ""
