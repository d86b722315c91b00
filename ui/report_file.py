"""Saves the report where a person says, as PDF or workbook, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from devices.folder_reasons import of_folder
from gms_desktop.errors import Refused, Unavailable
from ui import words
from ui.exports_folder import proposed
from ui.papers import Paper
from ui.payloads import ReportWanted
from ui.program import this_program

OF_PERIODS = ("turnaround", "workload", "qc-trend", "exports")

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def report_job(
    parent: QWidget, bench: Bench, wanted: ReportWanted, told: Callable[[int], object]
) -> Callable[[], Path] | None:
    """Ask where; what makes the file there, or None when the person thought better of it."""
    if wanted.sort:
        return _period_job(parent, bench, wanted, told)
    name = f"unacceptable-specimens-{wanted.start}-to-{wanted.end}.{wanted.form}"
    path, _ = QFileDialog.getSaveFileName(parent, "Save the report", proposed(name))
    return partial(write_report, bench, wanted, Path(path)) if path else None


def proof_paper(bench: Bench) -> Paper:
    """The proof of this bench's file; it is made when somebody looks at it."""
    from gms_desktop.records_desk import RecordsDesk

    desk = RecordsDesk(bench, this_program())
    return Paper(words.PROOF_FILE, desk.proof, words.PROOF_WAIT, desk)


def report_papers(bench: Bench, wanted: ReportWanted) -> tuple[Paper, ...]:
    """Every report of a period as a paper; each is made, kept and issued when somebody turns to it."""
    from gms_desktop.services.audit_files import SORT as AUDIT

    period = f"{wanted.start}-to-{wanted.end}"
    of_each = ((sort, replace(wanted, sort=sort)) for sort in OF_PERIODS)
    return (
        Paper(f"unacceptable-specimens-{period}.pdf", partial(_unacceptable, bench, wanted)),
        *(Paper(f"{sort}-{period}.pdf", partial(_of_period, bench, one)) for sort, one in of_each),
        Paper(f"{AUDIT}-{period}.pdf", partial(_audit, bench, wanted)),
    )


def _audit(bench: Bench, wanted: ReportWanted) -> bytes:
    from gms_desktop.records_desk import RecordsDesk

    return RecordsDesk(bench, this_program()).trail({"from": wanted.start, "to": wanted.end}, "pdf")


def _unacceptable(bench: Bench, wanted: ReportWanted) -> bytes:
    from gms_desktop.report_desk import report_bytes

    return report_bytes(bench, wanted.start, wanted.end, "pdf")


def _of_period(bench: Bench, wanted: ReportWanted) -> bytes:
    from gms_desktop.period_desk import PeriodDesk

    return PeriodDesk(bench).issue(wanted.sort, wanted.start, wanted.end, "pdf")[1]


def _period_job(
    parent: QWidget, bench: Bench, wanted: ReportWanted, told: Callable[[int], object]
) -> Callable[[], Path] | None:
    name = f"{wanted.sort}-{wanted.start}-to-{wanted.end}.pdf"
    path, _ = QFileDialog.getSaveFileName(parent, "Save the report", proposed(name), words.REPORT_FORMS)
    return partial(write_period_report, bench, wanted, Path(path), told) if path else None


def write_period_report(
    bench: Bench, wanted: ReportWanted, path: Path, told: Callable[[int], object] = lambda _done: None
) -> Path:
    """Make a report of a period as the file's name ends; keep it; takes a moment, so never on the main thread.

    Raises:
        Refused: it cannot be told for this period, or the name ends otherwise.
        Unavailable: when it cannot be written there.
    """
    from gms_desktop.period_desk import PeriodDesk

    form = path.suffix.lower().removeprefix(".")
    if form not in {"pdf", "csv", "xlsx"}:
        raise Refused(words.REPORT_ENDS_OTHERWISE.format(name=path.name))
    _, made = PeriodDesk(bench).issue(wanted.sort, wanted.start, wanted.end, form, told)
    try:
        bench.exports.save(path, made, wanted.sort)
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return path


def nipt_folder(parent: QWidget, month: str) -> Path | None:
    """Ask for the folder of a month's NIPT files; None when the person thought better of it."""
    path = QFileDialog.getExistingDirectory(parent, words.NIPT_FOLDER.format(month=month), proposed())
    return Path(path) if path else None


def write_report(bench: Bench, wanted: ReportWanted, path: Path) -> Path:
    """Make the file; takes a second, so never on the main thread.

    Raises:
        Unavailable: when it cannot be written there.
    """
    from gms_desktop.report_desk import report_bytes

    made = report_bytes(bench, wanted.start, wanted.end, wanted.form)
    try:
        bench.exports.save(path, made, "unacceptable-specimens")
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return path


def cannot_save(path: Path, fault: OSError) -> Unavailable:
    """A file that another program holds open, a folder without write access, a disk that is away or full."""
    return Unavailable(words.CANNOT_SAVE.format(path=path, why=of_folder(fault)))
