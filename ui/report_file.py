"""Saves the report where a person says, as PDF or workbook, off the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.payloads import ReportWanted

if TYPE_CHECKING:
    from gms_desktop.bench import Bench

Run = Callable[[Future[Any], Callable[[Any], None]], None]


def save_report(parent: QWidget, bench: Bench, wanted: ReportWanted, run: Run) -> None:
    """Ask where, make the file on a thread of its own, and say where it is."""
    name = f"unacceptable-specimens-{wanted.start}-to-{wanted.end}.{wanted.form}"
    path, _ = QFileDialog.getSaveFileName(parent, "Save the report", name)
    if path:
        run(write_report(bench, wanted, Path(path)), lambda saved: _told(bench, saved))


def write_report(bench: Bench, wanted: ReportWanted, path: Path) -> Future[Path]:
    """Make the file; the future holds where it is."""
    done: Future[Path] = Future()

    def make() -> None:
        try:
            path.write_bytes(bench.report_bytes(wanted.start, wanted.end, wanted.form))
            done.set_result(path)
        except BaseException as fault:
            done.set_exception(fault)

    threading.Thread(target=make, name="report", daemon=True).start()
    return done


def _told(bench: Bench, path: Path) -> None:
    bench.file.notices.append(f"The report is saved as {path}.")
    bench.changed()
