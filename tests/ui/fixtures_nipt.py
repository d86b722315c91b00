"""Made-up views of NIPT, as the services paint them: the questions on Find, and a month on Reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fixtures_views import FIND

from gms_desktop import nipt_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Acceptance, Outcome
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange import ncardrs
from gms_desktop.services import nipt_result_fields
from gms_desktop.services.nipt_views import MeasureLine, NiptLine, NiptReportView
from gms_desktop.services.views import Banner, Choice, Offer, Question

NUMBER = "26K7Q0051B"
MOTHER = Banner(
    role="Proband",
    name="LINDGREN, Elin",
    born="05-May-1992",
    nhs_number="999 000 0115",
    hospital_number="RR8 6610004",
)

FIND_NIPT = replace(
    FIND,
    heading=f"{NUMBER}: tube of LINDGREN, Elin",
    query=NUMBER,
    hits=(),
    banner=MOTHER,
    facts=(
        ("Specimen type", "Blood in NIPT tube"),
        ("NIPT", "NIPT screening, repeat of 26K7Q0044F: previous sample did not produce a result after testing"),
        ("NIPT tests for", "T21/T13/T18"),
        ("NIPT judged", "Sample accepted"),
        ("NIPT outcome", "awaited"),
    ),
    timeline=(),
    files=(),
    offers=(
        Offer(Command.NIPT_FORM, "NIPT form states"),
        Offer(Command.NIPT_JUDGE, f"Judge NIPT {NUMBER}"),
        Offer(Command.NIPT_RESULT, f"NIPT outcome of {NUMBER}"),
        Offer(Command.UNDO, "Take back: NIPT sample judged: sample accepted"),
    ),
)

RESULT = replace(
    FIND_NIPT,
    question=Question(
        Command.NIPT_RESULT,
        f"NIPT screening {NUMBER}: result",
        fields=nipt_result_fields.fields(Outcome.RESULT, Acceptance.ACCEPTED, codes.TRISOMIES),
        confirm="Record this outcome",
        problems=(nipt_words.problem(nipt_words.FRACTION_UNREADABLE),),
        values=(("result T21", "2"), ("result T18", "2"), ("result T13", "2"), ("fraction", "8.5")),
    ),
    verdict=Verdict(VerdictKind.ATTENTION, "There is a problem", nipt_words.problem(nipt_words.FRACTION_UNREADABLE)),
)

NO_RESULT = replace(
    FIND_NIPT,
    question=Question(
        Command.NIPT_RESULT,
        f"NIPT screening {NUMBER}: no result. Why is there none?",
        tuple(Choice(code, said) for code, said in codes.NO_RESULT_REASONS.items()),
        many=False,
        fields=nipt_result_fields.fields(Outcome.NO_RESULT, Acceptance.ACCEPTED, codes.TRISOMIES),
        confirm="Record this outcome",
        chosen=("4",),
    ),
)

ALIKE = "physical receipt and booking in alike"
COVERED = nipt_words.covered(date(2024, 1, 1), date(2027, 12, 31))
_SHOWN = "acceptable 90.0 %, achievable 95.0 %: EXAMPLE"
REPORT = NiptReportView(
    heading=nipt_words.month_heading(2, 120, "Oct 2026"),
    month="2026-10",
    before="2026-09",
    after="2026-11",
    totals="Screening file: 118 samples     R445 file: 2 samples",
    measures=(
        MeasureLine(
            "S02  Timely receipt of NIPT sample", "Oct 2026", "counted from physical receipt", "112 of 120", "93.3 %",
            "acceptable", _SHOWN,
        ),
        MeasureLine(
            "S02  Timely receipt of NIPT sample", "Oct 2026", "counted from booking in", "104 of 120", "86.6 %",
            "below acceptable", _SHOWN,
        ),
        MeasureLine(
            "S03  Turnaround time of NIPT", "Oct 2026", ALIKE, "101 of 116", "87.0 %", "acceptable",
            "acceptable 85.0 %, achievable 95.0 %: EXAMPLE",
        ),
        MeasureLine(
            "S06  Turnaround time of QF-PCR after NIPT", "2026-27 Q3, Oct to Dec 2026", ALIKE, "7 of 8",
            "87.5 %", "below acceptable", _SHOWN, "Not final: some may still be in time.",
        ),
    ),
    lines=(
        NiptLine(
            "Screening file, row 14", "26K7Q0040N", "HUB ID", "put right first",
            "HUB ID is empty, and the table makes it mandatory.", first=True,
        ),
        NiptLine(
            "Screening file, row 31", "26K7Q0041Z", "NHS NUMBER", "put right first",
            "NHS NUMBER or forename, surname and postcode are missing, or the birth date is.", first=True,
        ),
        NiptLine(
            "Screening file, row 40", NUMBER, "WEIGHT", "check", "WEIGHT is empty, and the table asks for it."
        ),
        NiptLine(
            "No file", "26K7Q0062C", "", "check", "Left out: rejected, and no repeat was requested."
        ),
        NiptLine("S02, booked in", "26K7Q0044F", "", "not in time", "Later than the limit."),
    ),
    notes=(
        "R445 is kept apart: 2 samples of it not counted by S02 and S03.",
        "The file, S02 and S03: submitted 15-Nov-2026 to 21-Nov-2026.",
        f"Bank holidays of England and Wales are loaded for {COVERED}; published at www.gov.uk/bank-holidays.",
        ncardrs.STATEMENT,
    ),
)  # fmt: skip

REFUSED = replace(
    REPORT,
    heading="No NIPT sample stands in the file of Jan 2028",
    month="2028-01",
    totals="Screening file: 0 samples     R445 file: 0 samples",
    measures=(
        MeasureLine(
            "S02  Timely receipt of NIPT sample", "Jan 2028", level="not computed",
            remark="The calendar is not loaded for 01-Jan-2028: it covers the years 2024 to 2027 (01-Jan-2024 to "
            "31-Dec-2027). Approve a longer one: gms-desktop site-rule bank-holidays.",
        ),
        *REPORT.measures[2:],
    ),
    lines=(),
)  # fmt: skip
