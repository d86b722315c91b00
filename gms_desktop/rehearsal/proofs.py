"""What a headless rehearsal leaves behind: labels as sent, as PDF and as pixels, and the report."""

from __future__ import annotations

from pathlib import Path

from gms_desktop.bench import Bench
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.documents.label_pixels import Form, prove
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.label_press import label_words


def leave_labels(bench: Bench, sent: list[bytes], folder: Path) -> list[Path]:
    """Write each label that the printer received, with its PDF and its pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for place, payload in enumerate(sent, start=1):
        path = folder / f"label-{place:02d}.zpl"
        path.write_bytes(payload)
        made.append(path)
    for label in bench.recorder.read(_labels).result():
        shown = bench.recorder.read(lambda ledger, one=label: label_words(ledger, one)).result()  # type: ignore[misc]
        layout = product_layout(bench.settings.printer.layout)
        (folder / f"{label}.pdf").write_bytes(prove(shown, layout, bench.settings.printer.dpi, Form.PDF).payload)
        (folder / f"{label}.png").write_bytes(prove(shown, layout, bench.settings.printer.dpi).png)
    return made


def _labels(ledger: Ledger) -> list[str]:
    states = (*look_up.UNSETTLED, "verified")
    return [row["id"] for state in states for row in look_up.labels_at_bench(ledger.db, ledger.head.writer, state)]


def leave_report(bench: Bench, folder: Path) -> list[Path]:
    """Write the report of unacceptable specimens as PDF and XLSX."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"unacceptable-specimens.{form}" for form in ("pdf", "xlsx")]
    for path in made:
        path.write_bytes(bench.report_bytes("", "", path.suffix[1:]))
    return made
