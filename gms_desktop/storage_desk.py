"""Storage as one bench sees it."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services import storage_view, thing_labels
from gms_desktop.services.storage_view import StorageView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


class StorageDesk:
    """The work at storage at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[StorageView]:
        """The Storage screen."""
        return self._bench.recorder.read(lambda ledger: storage_view.view(ledger, self._bench.desk, verdict))

    def label(self) -> Future[bytes]:
        """The label of the open place as PDF, its code proved; refused where there is none."""
        return self._bench.recorder.read(
            lambda ledger: thing_labels.of_place(ledger.db, self._bench.desk.storage.place)
        )
