"""What a headless rehearsal leaves behind of the bench's documents: report, worklists and handover sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gms_desktop.bench import Bench
from gms_desktop.handover_desk import HandoverDesk
from gms_desktop.kept_copies import save_file
from gms_desktop.records_desk import RecordsDesk
from gms_desktop.report_desk import report_bytes
from gms_desktop.services.handover_view import HandoverView
from gms_desktop.services.kept_files import Wanted


def leave_report(bench: Bench, folder: Path) -> list[Path]:
    """Write the report of unacceptable specimens as PDF and XLSX."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"unacceptable-specimens.{form}" for form in ("pdf", "xlsx")]
    for path in made:
        path.write_bytes(report_bytes(bench, "", "", path.suffix[1:]))
    return made


def leave_kept(bench: Bench, code: str, folder: Path) -> list[Path]:
    """Write a copy of each file kept of a plate or tube, as Find saves it: worklists, QC reports."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for line in bench.find(code).result().files:
        made.append(folder / line.file)
        save_file(bench, Wanted(line.sha256, line.subject, line.came_in_at), made[-1])
    return made


def leave_handover(bench: Bench, shown: HandoverView, folder: Path) -> Path:
    """Write the handover sheet as PDF, with the names under it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "handover.pdf"
    path.write_bytes(HandoverDesk(bench).pdf(shown))
    return path


def leave_records(bench: Bench, program: Sequence[str], folder: Path) -> list[Path]:
    """Write what an inspector asks for while the bench works: its audit trail, and the proof of its file.

    Another process makes the proof; without a program to start it is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    desk = RecordsDesk(bench, program)
    made = [folder / f"audit-trail.{form}" for form in ("csv", "pdf")]
    for path in made:
        path.write_bytes(desk.trail({}, path.suffix[1:]))
    if program:
        made.append(folder / "proof.pdf")
        made[-1].write_bytes(desk.proof())
    return made
