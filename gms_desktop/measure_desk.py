"""Measurements as one bench sees them: the screen, and files that come in."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.measure_files import RunFile, read_run_file
from gms_desktop.services import measure_taking, measure_view
from gms_desktop.services.measure_views import MeasureView

if TYPE_CHECKING:
    from devices.measured import DateOrder
    from gms_desktop.bench import Bench
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.services.answers import Answered


class MeasureDesk:
    """The work at measurements at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[MeasureView]:
        """The Measure screen."""
        return self._bench.recorder.read(lambda ledger: measure_view.view(ledger, self._bench.desk, verdict))

    def read(self, path: Path) -> RunFile:
        """Read a file as this bench was told its instruments write; takes seconds, so never on the main thread.

        Raises:
            Refused, Unavailable: when it is no run, or cannot be read.
        """
        return read_run_file(path, self.orders)

    @property
    def orders(self) -> Mapping[str, DateOrder]:
        """In which order each instrument of this bench writes its dates, where it was asked."""
        return {}

    def take(self, file: RunFile) -> Future[Answered]:
        """Open a file for a look at both sides."""

        def taken(ledger: Ledger) -> Answered:
            bench = self._bench
            return bench.answer(ledger, measure_taking.take(ledger, bench.desk, file), None)

        return self._bench.doing(taken)
