"""Saves the audit trail where a person says, off the main thread; that it was saved is an entry itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from gms_desktop.services.audit_files import SORT, sort_of
from ui import words
from ui.exports_folder import proposed
from ui.payloads import AuditWanted
from ui.program import this_program
from ui.report_file import cannot_save

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def audit_job(parent: QWidget, bench: Bench, wanted: AuditWanted) -> Callable[[], Path] | None:
    """Ask where; what makes the file there, or None when the person thought better of it."""
    days = "-to-".join(day for day in (wanted.asked.get("from"), wanted.asked.get("to")) if day)
    name = f"{SORT}-{days}.pdf" if days else f"{SORT}.pdf"
    path, _ = QFileDialog.getSaveFileName(parent, "Save the audit trail", proposed(name), words.AUDIT_FORMS)
    return partial(write_audit, bench, wanted, Path(path)) if path else None


def write_audit(bench: Bench, wanted: AuditWanted, path: Path) -> Path:
    """Make the audit trail as the file's name ends, and save it; takes a moment, so never on the main thread.

    Raises:
        Refused: what is asked for is not there, or the name ends otherwise.
        Unavailable: when it cannot be written there.
    """
    from gms_desktop.records_desk import RecordsDesk

    made = RecordsDesk(bench, this_program()).trail(wanted.asked, path.suffix.lower().removeprefix("."))
    try:
        bench.exports.save(path, made, sort_of(wanted.asked))
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return path
