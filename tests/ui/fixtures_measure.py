"""Made-up runs for the Measure screen: a file with findings, one matched by its order, readings that wait."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import limit_words, measure_words, table_words, weight_words
from gms_desktop.documents.qc_report import ControlPicture, ControlPoint, PlatePlot, PlottedWell
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits_text import UNITS
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.measure_views import FirstRows, MeasureView, ReadingLine
from gms_desktop.services.views import Choice, Offer, Question

_ASIDE = Offer(Command.RUN_ASIDE, "Put aside")


def _known(place: int, value: str) -> ReadingLine:
    code = f"FD200246{19 + place}"
    said = "meets rule EXAMPLE eluate v3"
    whose = f"ZK7Q{place:04d}3, EDTA blood, by its code"
    return ReadingLine(f"0/{place}", code, code, whose, f"concentration {value} ng/µL", said, VerdictKind.MATCHES)


_CONTROL = ControlPicture(
    "Control QC1, lot L77, Qubit: concentration ng/µL",
    f"{measure_words.control_against('10', '0.4', 'ng/µL', '9 to 11 ng/uL')} "
    + measure_words.breaks("23-Nov-2026, 14: 1-2s, 1-3s"),
    10.0,
    0.4,
    tuple(
        ControlPoint(f"{day}-Nov-2026", value, "1-2s, 1-3s" if value > 11 else "")
        for day, value in ((19, 10.1), (20, 9.7), (21, 10.3), (22, 9.9), (23, 14.0))
    ),
)
FILE = MeasureView(
    controls=(_CONTROL,),
    heading="Save the run as held",
    verdict=measure_words.held_file(
        "run-2026-11-23.csv", "Control QC1, lot L77: concentration above maximum, 14 ng/µL, expected 9 to 11 ng/uL"
    ),
    file="run-2026-11-23.csv",
    lines=(
        ReadingLine(
            "",
            "QC1 (control)",
            "",
            "",
            "concentration 14 ng/µL",
            "above maximum, expected 9 to 11 ng/µL",
            VerdictKind.REFUSED,
        ),
        *(_known(place, value) for place, value in enumerate(("50.2", "48.9", "61"))),
        ReadingLine(
            "0/4",
            "FD20024699",
            "FD20024699",
            "ZK7Q00883, EDTA blood, by its code",
            "concentration < 0.5 ng/µL",
            "concentration below minimum 10 ng/µL of rule EXAMPLE eluate v3",
            VerdictKind.REFUSED,
        ),
        ReadingLine(
            "0/5",
            "second elution",
            "its name is no tube here: it waits for a tube",
            "",
            "concentration 12.4 ng/µL",
            "",
            VerdictKind.ATTENTION,
        ),
    ),
    notes=(
        "Control QC1, lot L77: concentration above maximum, 14 ng/µL, expected 9 to 11 ng/uL",
        "Line 7: A value cannot be read (Original sample conc.: 12,4x). Nothing is taken from this cell.",
        "Not read: Std 1 RFU, Std 2 RFU, Excitation, Emission, Green RFU.",
    ),
    offers=(
        Offer(Command.SAVE_RUN, "Save 6 readings", usual=True),
        Offer(Command.NAME_READING, "Scan the next one's tube"),
        _ASIDE,
    ),
)
BY_ORDER = MeasureView(
    heading="Compare both sides",
    verdict=measure_words.in_order("SA00000017", 3),
    file="plate-reader.xlsx",
    lines=tuple(
        ReadingLine(
            f"0/{place}",
            f"{well}  Sample {place + 1}",
            f"FD200246{19 + place}",
            f"ZK7Q{place:04d}3, EDTA blood, by the order of the run: compare",
            f"concentration {value} ng/µL",
            "no rule",
            VerdictKind.ATTENTION,
        )
        for place, (well, value) in enumerate((("A01", "12"), ("B01", "18.4"), ("C01", "22.05")))
    ),
    offers=(
        Offer(Command.RUN_SEEN, "Both sides agree", usual=True),
        Offer(Command.RUN_ORDER, "By well or by order"),
        _ASIDE,
    ),
    plot=PlatePlot(
        "concentration, ng/µL",
        8,
        12,
        (
            ("A01", PlottedWell("12", 0.0)),
            ("B01", PlottedWell("18.4", 0.64, "!")),
            ("C01", PlottedWell("22.05", 1.0)),
            ("D01", PlottedWell("<0.5", None, "?")),
        ),
    ),
)
_WAITS = tuple(
    ReadingLine(
        f"r{place}",
        sample,
        "waits for its tube",
        "Qubit, run-2026-11-23.csv, 23-Nov-2026 09:12",
        f"concentration {value} ng/µL",
        "",
        VerdictKind.ATTENTION,
        chosen=place == 1,
    )
    for place, (sample, value) in enumerate((("second elution", "12.4"), ("no name", "88.1")))
)
_RUNS = (
    ReadingLine(
        "",
        "Qubit  2026-11-23",
        "6 positions, run-2026-11-23.csv",
        "23-Nov-2026 09:12",
        "",
        "held; Control QC1, lot L77: concentration above maximum, “14 ng/µL”, expected 9 to 11 ng/µL",
        VerdictKind.REFUSED,
    ),
    ReadingLine("", "Qubit Flex  131222-164034", "6 positions, flex.csv", "22-Nov-2026 16:40", "", ""),
)
WAITING = MeasureView(
    heading="Scan its tube",
    verdict=measure_words.scan_for("no name", ""),
    lines=_WAITS,
    lines_title=measure_words.WAITING,
    runs=_RUNS,
    offers=(_ASIDE, Offer(Command.RELEASE_RUN, "Release the held run")),
)
BALANCE = replace(
    WAITING,
    heading=measure_words.BEGIN,
    verdict=None,
    has_balance=True,
    offers=(
        Offer(Command.NAME_READING, "Scan a tube for a reading that waits"),
        Offer(Command.RELEASE_RUN, "Release the held run"),
        Offer(Command.QC_REPORT, "QC report of a run"),
        Offer(Command.HOLD_RUN, "Hold a run"),
        Offer(Command.SHOW_LIMITS, "Limits"),
        Offer(Command.SHOW_TABLES, "Own tables"),
    ),
)
ON_PAN = replace(
    BALANCE,
    heading=weight_words.lay_it_on("FD20024619"),
    verdict=weight_words.tared("FD20024619", "1.2345 g", "0.0000 g"),
    on_pan="FD20024619",
)
ASKED = MeasureView(
    heading=measure_words.BEGIN,
    verdict=measure_words.release_why(
        "run 2026-11-23 of Qubit",
        "Control QC1, lot L77: concentration above maximum, “14 ng/µL”, expected 9 to 11 ng/µL",
    ),
    lines=_WAITS[:1],
    lines_title=measure_words.WAITING,
    question=Question(
        Command.RELEASE_RUN,
        "Release run 2026-11-23 of Qubit?",
        comment_label=measure_words.WHY_RELEASE,
        confirm="Release this run",
    ),
)
LIMITS = MeasureView(
    heading=limit_words.LOOK,
    verdict=limit_words.changes(2, 87, 30, done=True),
    lines=(
        ReadingLine(
            "0|3|EXAMPLE eluate",
            "concentration 10 to 200 ng/µL",
            "EDTA blood; every test",
            "EXAMPLE, no recommendation",
            "by Qubit",
            "EXAMPLE eluate v3, from 01-Nov-2026",
            VerdictKind.MATCHES,
        ),
        ReadingLine(
            "0|4|EXAMPLE eluate",
            "concentration 20 to 200 ng/µL",
            "EDTA blood; R208.1, R210.2; for EXAMPLE WGS laboratory",
            "EXAMPLE letter of 1 November",
            "by Qubit",
            "EXAMPLE eluate v4, from 01-Dec-2026, not proposed yet",
            VerdictKind.ATTENTION,
        ),
    ),
    lines_title=limit_words.IN_FORCE,
    columns=limit_words.COLUMNS,
    opens=Command.CHANGE_LIMIT,
    runs=tuple(
        ReadingLine(
            "",
            f"FD200246{place}",
            f"ZK7Q{place}883, EDTA blood",
            f"concentration {value} ng/µL",
            "",
            limit_words.changes_to("concentration meets", "concentration below minimum"),
            VerdictKind.ATTENTION,
        )
        for place, value in ((19, "12.4"), (24, "18"))
    ),
    side_title=limit_words.WHOM,
    offers=(
        Offer(Command.PROPOSE_LIMITS, "Propose the change", usual=True),
        Offer(Command.CHANGE_LIMIT, "One more limit"),
        Offer(Command.CHANGE_CONTROL, "A control's range"),
        Offer(Command.TAKE_LIMIT_OUT, "Take a limit out"),
        _ASIDE,
    ),
)
LIMIT_ASKED = replace(
    LIMITS,
    heading=limit_words.HEADING,
    verdict=limit_words.fill_in(),
    lines=LIMITS.lines[:1],
    runs=(),
    question=Question(
        Command.CHANGE_LIMIT,
        limit_words.asks("EXAMPLE eluate"),
        tuple(Choice(of.value, f"{of.value} {unit}".strip()) for of, unit in UNITS.items()),
        many=False,
        fields=limit_words.FIELDS[1:],
        confirm="Look whom it changes",
        values=(("types", "EDTA blood"), ("min", "10"), ("max", "200"), ("unit", "ng/µL")),
        chosen=("concentration",),
    ),
)
_ROWS = (
    ("FD20024619", "03/04/2026 09:30", "12,5", "ng/ml", "A. Person"),
    ("FD20024620", "03/04/2026 09:32", "<0,5", "ng/ml", "A. Person"),
    ("FD20024621", "03/04/2026 09:34", "=C2*2", "ng/ml", "A. Person"),
)
_MEANT = ("the sample's name or code", "the day, or day and time", "concentration", "the unit of the values beside it")
TABLE = MeasureView(
    heading=table_words.POINT,
    verdict=table_words.column_said("Conc", "concentration"),
    lines=tuple(
        ReadingLine(
            str(place),
            heading,
            meant,
            "",
            " | ".join(row[place] for row in _ROWS),
            "unit of “Unit”" if heading == "Conc" else "",
            VerdictKind.MATCHES if meant != table_words.NOT_READ else None,
        )
        for place, (heading, meant) in enumerate(
            zip(("Tube", "Measured", "Conc", "Unit", "Who"), (*_MEANT, table_words.NOT_READ), strict=True)
        )
    ),
    lines_title="picogreen.csv",
    columns=table_words.POINT_COLUMNS,
    opens=Command.TABLE_COLUMN,
    notes=(
        "Line 6: A value cannot be read (Conc: =C2*2). Nothing is taken from this cell.",
        "Not read: Who.",
    ),
    runs=tuple(
        ReadingLine("", row[0], f"concentration {said}, from “{row[2]} ng/ml”", f"from “{row[1]}”", "", "")
        for row, said in zip(_ROWS, ("0.0125 ng/µL", "< 0.0005 ng/µL", "not readable"), strict=True)
    ),
    side_title=table_words.READ_SO,
    offers=(
        Offer(Command.TABLE_COLUMN, "Say what this column is", usual=True),
        Offer(Command.PROPOSE_TABLE, "Propose this table"),
        Offer(Command.TABLE_HEADINGS, "Headings elsewhere"),
        Offer(Command.TABLE_READS, "Numbers and dates"),
        _ASIDE,
    ),
    takes_table=True,
    first_rows=FirstRows(
        ("Tube", "Measured", "Conc", "Unit", "Who"),
        ("sample", "day", "concentration, unit of “Unit”", "unit", table_words.NOT_READ),
        _ROWS,
        4,
    ),
)
TABLE_ASKED = replace(
    TABLE,
    verdict=table_words.choose(),
    question=Question(
        Command.TABLE_COLUMN,
        table_words.asks("Who"),
        tuple(Choice(code, label[:1].upper() + label[1:]) for code, label in table_words.PLACES.items()),
        many=False,
        confirm="It is this",
        subject="4",
    ),
)
