"""A QC report is made: as PDF, workbook and CSV, kept here and recorded as issued, from Measure and from Find."""

from __future__ import annotations

from hashlib import sha256

from gms_desktop import measure_words, words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.qc_report import QcReport
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain.commands import Command
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up, reading_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, kept_files, measure_deciding, measure_on_find, qc_pictures, qc_reports
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"pdf": kept_files.PDF, "xlsx": _XLSX, "csv": "text/csv"}
_RUNS_OFFERED = 8


def is_of_a_run(ledger: Ledger, argument: str) -> bool:
    """Whether the report asked for is a run's, from Measure; else it is of the thing that Find shows."""
    return not argument or reading_look_up.run(ledger.db, argument) is not None


def report(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Make the report of a run, or of a tube or specimen; of several runs it is asked which."""
    if not is_of_a_run(ledger, argument):
        return _of_thing(ledger, desk, argument)
    runs = {row["id"]: row for row in reading_look_up.runs_at(ledger.db, ledger.head.writer, _RUNS_OFFERED)}
    chosen = argument or next((one for one in (answer.choices if answer else ()) if one in runs), "")
    chosen = chosen or (next(iter(runs)) if len(runs) == 1 else "")
    if not runs and not chosen:
        return Outcome(measure_words.nothing_to_report())
    if not chosen:
        choices = tuple(Choice(name, _run_words(row, desk.time_zone)) for name, row in runs.items())
        title = "Of which run is the QC report?"
        question = Question(Command.QC_REPORT, title, choices, many=False, confirm="Make the report")
        return Outcome(words.choose(title, "Choose one."), question=question)
    row = reading_look_up.run(ledger.db, chosen)
    if row is None:
        return Outcome(measure_words.nothing_to_report())
    made = qc_reports.of_run(ledger, row, desk.time_zone)
    made = qc_pictures.with_pictures(ledger.db, desk, made, row)
    rows = reading_look_up.readings_of_run(ledger.db, chosen)
    return _issue(ledger, desk, made, qc_reports.subjects(ledger, f"run:{chosen}", rows))


def _run_words(row: Row, zone: str) -> str:
    return f"{measure_deciding.run_name(row)}, {row['positions']} positions, taken in {local_minute(row['at'], zone)}"


def _of_thing(ledger: Ledger, desk: Desk, argument: str) -> Outcome:
    subject = measure_deciding.subject(ledger.db, argument)
    made = qc_reports.of_item(ledger, subject, desk.time_zone)
    if not made.values:
        return Outcome(measure_words.nothing_to_report())
    things = [subject]
    if subject.startswith("specimen:"):
        things += [one for one, _ in measure_on_find.made_of(ledger.db, argument)]
    rows = [row for one in things for row in reading_look_up.readings_of(ledger.db, one)]
    for run in dict.fromkeys(row["run"] for row in rows):
        found = reading_look_up.run(ledger.db, run)
        if found is not None:
            made = qc_pictures.with_traces(ledger.db, desk, made, found, {row["id"] for row in rows})
    return _issue(ledger, desk, made, qc_reports.subjects(ledger, subject, rows))


def _issue(ledger: Ledger, desk: Desk, made: QcReport, about: list[str]) -> Outcome:
    from gms_desktop.documents.qc_report_pdf import qc_report_pdf
    from gms_desktop.documents.qc_report_table import qc_report_csv, qc_report_xlsx

    if desk.files is None:
        return Outcome(measure_words.no_report("This bench keeps no files"))
    by, drafts = _imprint(ledger, desk), []
    try:
        for form, write in (("pdf", qc_report_pdf), ("xlsx", qc_report_xlsx), ("csv", qc_report_csv)):
            content, document = write(made, by), ledger.identity()
            desk.files().put(content, _TYPES[form], f"document:{document}", kept_files.now(ledger))
            body = {"document": document, "sort": case_documents.QC_REPORT, "form": form, "about": about}
            digest = {"sha256": sha256(content).hexdigest(), "start": None, "end": None}
            drafts.append(Draft("document.issued", body | digest | {"replaces": None, "file": None}, input=desk.told))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(measure_words.no_report(str(fault).rstrip(".")))
    return Outcome(measure_words.report_made(made.title, len(made.values)), tuple(drafts))


def _imprint(ledger: Ledger, desk: Desk) -> Imprint:
    laboratory = look_up.laboratory(ledger.db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    session = look_up.session(ledger.db, desk.place.bench)
    who = name_of(ledger.db, session["operator"]) if session else "the application"
    made_at = local_minute(instant(ledger.clock.now()), desk.time_zone)
    return Imprint(laboratory["name"], made_at, who, bool(laboratory["rehearsal"]))
