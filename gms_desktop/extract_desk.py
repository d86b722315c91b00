"""Extraction as one bench sees it: the screen, and the position file of its robot."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from gms_desktop import extract_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import batch_sheets, batches, extract_view, position_files
from gms_desktop.services.extract_view import ExtractView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


class ExtractDesk:
    """The work at extraction batches at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._placed: Verdict | None = None

    def view(self, verdict: Verdict | None = None) -> Future[ExtractView]:
        """The Extract screen."""
        return self._bench.recorder.read(lambda ledger: extract_view.view(ledger, self._bench.desk, verdict))

    def position_file(self) -> Future[bytes]:
        """What the robot reads, proved to say what the batch says; refused where nothing is placed."""

        def written(ledger: Ledger) -> bytes:
            here = batches.at_bench(ledger.db, self._bench.desk.extract.batch)
            if here is None:
                raise Refused(extract_words.no_batch().sentence)
            self._placed = extract_words.positions_written(here.row["number"], len(here.positions))
            return position_files.written(ledger.db, here)

        return self._bench.recorder.read(written)

    def sheet(self) -> Future[bytes]:
        """The sheet of the open batch as PDF, its code proved; refused where nothing is placed."""

        def made(ledger: Ledger) -> bytes:
            from gms_desktop.documents.batch_sheet import batch_sheet

            here = batches.at_bench(ledger.db, self._bench.desk.extract.batch)
            if here is None:
                raise Refused(extract_words.no_batch().sentence)
            self._placed = extract_words.sheet_written(here.row["number"])
            return batch_sheet(batch_sheets.sheet_of(ledger, here, self._bench.desk.place.bench))

        return self._bench.recorder.read(made)

    def written(self) -> Verdict | None:
        """What is said once the file is on disk."""
        return self._placed

    def compare(self, content: bytes) -> Future[Verdict]:
        """What a robot's own file says beside the batch."""

        def compared(ledger: Ledger) -> Verdict:
            here = batches.at_bench(ledger.db, self._bench.desk.extract.batch)
            return position_files.compared(ledger.db, here, content) if here else extract_words.no_batch()

        return self._bench.recorder.read(compared)
