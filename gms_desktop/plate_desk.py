"""Plates as one bench sees them, with their index plates and pools."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop import indexing_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_documents, index_files, index_view, plate_view, thing_labels
from gms_desktop.services.plate_views import PlateView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered


class PlateDesk:
    """The work at plates at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[PlateView]:
        """The Plates screen: plans and plates, or index plates and pools."""

        def seen(ledger: Ledger) -> PlateView:
            desk = self._bench.desk
            shown = index_view.view if desk.index.on else plate_view.view
            return shown(ledger, desk, verdict)

        return self._bench.recorder.read(seen)

    def take_indexes(self, name: str, content: bytes) -> Future[Answered]:
        """Read a laboratory's own file of a set of indexes, and ask what the set is called."""

        def taken(ledger: Ledger) -> Answered:
            return self._bench.answer(ledger, index_files.take(ledger, self._bench.desk, name, content), None)

        return self._bench.doing(taken)

    def save_sheet(self, path: Path) -> Verdict:
        """Save the sample sheet that was written last, read it again where it lies, and compare the two."""
        document, name = self._bench.desk.index.sheet
        issued = self._bench.recorder.read(lambda ledger: case_documents.issued(ledger.db, document)).result()
        if issued is None:
            return indexing_words.open_a_pool()
        try:
            content = b"".join(self._bench.file.files.content(issued.body["sha256"]))
            self._bench.exports.save(path, content, "sample-sheet")
            if path.read_bytes() != content:
                return indexing_words.sheet_not_saved(f"{name} was saved, and what lies there differs. Save it again.")
        except (Refused, Unavailable) as fault:
            return indexing_words.sheet_not_saved(str(fault))
        except OSError:
            return indexing_words.sheet_not_saved(f"{name} cannot be saved there. Choose another folder.")
        return indexing_words.sheet_saved(path.name)

    def label(self) -> Future[bytes]:
        """The label of a plate that was made as PDF, its code proved; refused where there is none."""
        return self._bench.recorder.read(lambda ledger: thing_labels.of_plate(ledger.db, self._bench.desk.plate.open))
