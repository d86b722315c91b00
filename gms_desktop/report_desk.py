"""The report of unacceptable specimens as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop.services import report_files

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def report_bytes(bench: Bench, start: str, end: str, form: str) -> bytes:
    """The report as ``pdf`` or ``xlsx``; takes a second, so never on the main thread."""
    view = bench.report(start, end).result()
    return report_files.issue(bench.recorder, bench.file.files, view, bench.session.operator, form)
