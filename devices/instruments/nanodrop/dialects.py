"""What each NanoDrop calls its columns."""

from __future__ import annotations

from dataclasses import dataclass

from devices.instruments.headed import Form, ValueColumn
from devices.measured import Analyte

PROTEIN = "NanoDrop 8000 TXT, protein by A280"
"""Its concentrations are of protein. They have a name of their own so that none is ever taken for one of DNA."""


@dataclass(frozen=True)
class Dialect:
    """One generation's file.

    Attributes:
        name: of the dialect.
        instrument: whose it is.
        needs: headings without which it is another's file.
        tells: a pattern that one more heading must match.
        form: which heading means what.
    """

    name: str
    instrument: str
    needs: tuple[str, ...]
    tells: str
    form: Form


_ONE = Form(
    values=(
        ValueColumn(Analyte.CONCENTRATION, pattern=r"nucleic acid ?\(.+\)"),
        ValueColumn(Analyte.A260_280, ("a260/a280",)),
        ValueColumn(Analyte.A260_230, ("a260/a230",)),
        ValueColumn(Analyte.A260, ("a260",)),
        ValueColumn(Analyte.A280, ("a280",)),
    ),
    sample=("sample name",),
    date=("date",),
    lines_apart=False,
)
_2000 = Form(
    values=(
        ValueColumn(Analyte.CONCENTRATION, ("nucleic acid conc.",), unit_column=("unit",)),
        ValueColumn(Analyte.A260_280, ("260/280",)),
        ValueColumn(Analyte.A260_230, ("260/230",)),
        ValueColumn(Analyte.A260, ("a260",)),
        ValueColumn(Analyte.A280, ("a280",)),
    ),
    sample=("sample id",),
    date=("date and time",),
    operator=("user name",),
    assay=("sample type",),
    lines_apart=False,
)
_8000 = Form(
    values=(
        ValueColumn(Analyte.CONCENTRATION, ("conc.",), unit_column=("units",)),
        ValueColumn(Analyte.A260_280, ("260/280",)),
        ValueColumn(Analyte.A260_230, ("260/230",)),
        ValueColumn(Analyte.A260, ("a260",)),
        ValueColumn(Analyte.A280, ("a280", "a280 10mm")),
    ),
    sample=("sample id",),
    plate=("plate id",),
    well=("well",),
    date=("date",),
    time=("time",),
    operator=("user id",),
    assay=("na type",),
)
_EIGHT = Form(
    values=(
        ValueColumn(Analyte.CONCENTRATION, pattern=r"[a-z]+/[a-z]+"),
        ValueColumn(Analyte.A260_280, ("a260/a280",)),
        ValueColumn(Analyte.A260_230, ("a260/a230",)),
        ValueColumn(Analyte.A260, ("a260",)),
        ValueColumn(Analyte.A280, ("a280",)),
    ),
    sample=("sample name",),
    sample_id=("sample id",),
    pedestal=("location",),
    date=("date & time",),
    lines_apart=False,
)
DIALECTS = (
    Dialect(
        "NanoDrop One CSV",
        "NanoDrop One",
        ("date", "sample name", "a260/a280", "a260/a230"),
        r"nucleic acid ?\(.+\)",
        _ONE,
    ),
    Dialect(
        "NanoDrop 2000 TSV",
        "NanoDrop 2000",
        ("sample id", "user name", "date and time", "nucleic acid conc.", "unit", "260/280"),
        r"260/230",
        _2000,
    ),
    Dialect(
        PROTEIN,
        "NanoDrop 8000",
        ("plate id", "well", "sample id", "user id", "date", "time", "conc.", "units"),
        r"a280 10mm",
        _8000,
    ),
    Dialect(
        "NanoDrop 8000 TXT",
        "NanoDrop 8000",
        ("plate id", "well", "sample id", "user id", "date", "time", "conc.", "units"),
        r"cursor .+",
        _8000,
    ),
    Dialect(
        "NanoDrop Eight TXT",
        "NanoDrop Eight",
        ("sample id", "sample name", "date & time", "location"),
        r"[a-z]+/[a-z]+",
        _EIGHT,
    ),
)
