"""Racks as one bench sees them: the screen, and readings that come in from a reader or a file."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from devices.values import RackScan
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rack_commands, rack_compared, rack_taking, rack_view
from gms_desktop.services.rack_view import RackView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered


class RackDesk:
    """The work at racks at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[RackView]:
        """The Racks screen."""
        return self._bench.recorder.read(lambda ledger: rack_view.view(ledger, self._bench.desk, verdict))

    def take(self, reading: RackScan) -> Future[Answered]:
        """Take a reading in; answered with what the comparison came to, once the reading is on disk."""

        def taken(ledger: Ledger) -> Answered:
            bench = self._bench
            outcome = rack_taking.take(ledger, bench.desk, reading)
            answered = bench.answer(ledger, outcome, None)
            here = rack_compared.compared(ledger.db, bench.desk.rack) if outcome.drafts else None
            return replace(answered, verdict=rack_commands.read_words(here)) if here else answered

        return self._bench.doing(taken)
