"""What a headless rehearsal leaves behind of the bench's documents: the report as PDF and workbook."""

from __future__ import annotations

from pathlib import Path

from gms_desktop.bench import Bench


def leave_report(bench: Bench, folder: Path) -> list[Path]:
    """Write the report of unacceptable specimens as PDF and XLSX."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"unacceptable-specimens.{form}" for form in ("pdf", "xlsx")]
    for path in made:
        path.write_bytes(bench.report_bytes("", "", path.suffix[1:]))
    return made
