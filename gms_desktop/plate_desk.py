"""Plates as one bench sees them."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services import plate_view, thing_labels
from gms_desktop.services.plate_views import PlateView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


class PlateDesk:
    """The work at plates at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[PlateView]:
        """The Plates screen."""
        return self._bench.recorder.read(lambda ledger: plate_view.view(ledger, self._bench.desk, verdict))

    def label(self) -> Future[bytes]:
        """The label of a plate that was made as PDF, its code proved; refused where there is none."""
        return self._bench.recorder.read(lambda ledger: thing_labels.of_plate(ledger.db, self._bench.desk.plate.open))
