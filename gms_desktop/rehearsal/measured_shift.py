"""The rehearsal's measurements: a made-up Qubit exports a run into its watched folder, and a tube is weighed.

The file has a Qubit 4's own columns, the balance speaks its own bytes; the numbers and the rule are EXAMPLES.
"""

from __future__ import annotations

import threading
from pathlib import Path

from devices.clock import Deadline
from gms_desktop.domain.commands import Command
from gms_desktop.instrument_folder import Looked
from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal.shift import WAIT_S, Shift
from gms_desktop.services import site_rules
from gms_desktop.services.answers import Answered

_HEADINGS = (
    "Run ID,Assay Name,Test Name,Test Date,Qubit® tube conc.,Units,Original sample conc.,Units,Sample Volume (µL),"
    "Dilution Factor"
)
_RULES = """
name = "qc-limits"
version = "EXAMPLE-rehearsal"
effective = "2026-01-01"
source = "EXAMPLE of the rehearsal: made up, no recommendation"
[[rule]]
name = "EXAMPLE eluate"
version = "1"
[[rule.limit]]
of = "concentration"
min = "10"
max = "200"
unit = "ng/uL"
method = "Qubit"
[[rule.limit]]
of = "mass"
min = "0.010"
max = "5"
unit = "g"
method = "Balance"
[[control]]
name = "QC1"
lot = "EXAMPLE-1"
of = "concentration"
min = "9"
max = "11"
unit = "ng/uL"
"""
_VALUES = ("50.2", "48.9", "7.3")
_LOOK_S = 0.05
_FORMS = 3


def measured(shift: Shift, eluate: str, tubes: tuple[str, ...]) -> None:
    """QC from the folder, judged by the EXAMPLE rule; then one eluate is weighed.

    Raises:
        RuntimeError: when a step does not come out as it should.
    """
    shift.screen = "measure"
    shift.bench.recorder.write(lambda ledger: _approved(ledger, shift)).result(WAIT_S)
    desk = MeasureDesk(shift.bench)
    _from_the_folder(shift, desk, tubes)
    _weighed(shift, desk, eluate)
    for code, words in ((tubes[0], "concentration 50.2 ng/µL, meets rule"), (tubes[2], "below minimum 10 ng/µL")):
        _found(shift, code, words)
    _found(shift, eluate, "mass 1.2345 g, meets rule")
    shift.painted("measure")
    _reported(shift, tubes[2])


def _approved(ledger: Ledger, shift: Shift) -> None:
    operator = shift.bench.operator_id()
    if operator is None:
        raise RuntimeError("nobody is signed in who could approve the rules")
    ledger.append([site_rules.approval(_RULES, "qc-limits", operator)], operator)


def _from_the_folder(shift: Shift, desk: MeasureDesk, tubes: tuple[str, ...]) -> None:
    """A letter and a run come; the letter is left, the run is offered, saved, and never offered again."""
    folder = Path(shift.bench.settings.instruments.folders[0].path)
    (folder / "letter.txt").write_text("Dear colleague, the Qubit was cleaned.\n", encoding="utf-8")
    rows = [("QC1", "10.1"), *zip(tubes, _VALUES, strict=True)]
    (folder / "run-17.csv").write_text("\n".join((_HEADINGS, *(_row(*one) for one in rows))) + "\n", encoding="utf-8")
    looked = _came(desk)
    shift.tell("The Qubit's folder is looked at")
    for one in looked.came:
        shift.tell(f"    {one.folder}: {one.path.name} is offered.")
    for words in looked.left:
        shift.tell(f"    {words}")
    if [one.path.name for one in looked.came] != ["run-17.csv"] or len(looked.left) != 1:
        raise RuntimeError(f"one run and one letter were expected: {looked}")
    answered = desk.take(desk.read(looked.came[0].path)).result(WAIT_S)
    _told(shift, "The run is opened: both sides stand beside each other", answered, "Look at both sides")
    shift.painted("measure-run")
    _went(shift.command(Command.SAVE_RUN, "The run is saved"), "Saved")
    if desk.came().came:
        raise RuntimeError("a file that was taken in was offered again")
    _told(shift, "The same file once more", desk.take(desk.read(folder / "run-17.csv")).result(WAIT_S), "Taken in")


def _row(sample: str, concentration: str) -> str:
    return f"2026-11-23_094054,1x dsDNA HS,{sample},2026-11-23 09:40:54,251.0,ng/mL,{concentration},ng/µL,1,200"


def _came(desk: MeasureDesk) -> Looked:
    """Looks until the folder has something to offer: a file counts once it has lain still."""
    deadline, pause = Deadline(WAIT_S), threading.Event()
    while not (looked := desk.came()).came and not deadline.passed():
        pause.wait(_LOOK_S)
    return looked


def _weighed(shift: Shift, desk: MeasureDesk, eluate: str) -> None:
    """Overloaded first, then at rest."""
    assert shift.balance is not None
    _went(shift.scan(eluate, "An eluate is scanned to be weighed"), "Tube")
    shift.balance.suffer(overload=True)
    _told(shift, "It is weighed beside its rack", desk.weigh(*desk.ask_balance()).result(WAIT_S), "Not weighed")
    shift.balance.lay("12.5000")
    _told(shift, "Its empty vessel on the pan", desk.tare(*desk.ask_tare()).result(WAIT_S), "Tared")
    shift.balance.fill("1.2345")
    _told(shift, "With what it holds", desk.weigh(*desk.ask_balance()).result(WAIT_S), "Weighed")


def _found(shift: Shift, code: str, words: str) -> None:
    said = [value for label, value in shift.bench.find(code).result(WAIT_S).facts if label == "Measured"]
    shift.tell(f"What was measured of {code}?")
    for one in said:
        shift.tell(f"    {one}")
    if not any(words in one for one in said):
        raise RuntimeError(f"{words} was expected of {code}: {said}")


def _reported(shift: Shift, code: str) -> None:
    """The QC report of the run is made in each of its forms, and stands with the tubes that are in it."""
    _went(shift.command(Command.QC_REPORT, "The QC report is made"), "Report made")
    kept = [one.file for one in shift.bench.find(code).result(WAIT_S).files]
    if len(kept) != _FORMS:
        raise RuntimeError(f"a report as PDF, workbook and CSV was expected: {kept}")


def _told(shift: Shift, what: str, answered: Answered, title: str) -> None:
    shift.tell(f"{what}\n    {answered.verdict.title}. {answered.verdict.sentence}")
    _went(answered, title)


def _went(answered: Answered, title: str) -> None:
    if not answered.verdict.title.startswith(title):
        raise RuntimeError(f"{title} was expected: {answered.verdict.title}. {answered.verdict.sentence}")
