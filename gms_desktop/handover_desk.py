"""The shift handover as one bench sees it: the screen, and the sheet as a PDF."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import handover_view, rights
from gms_desktop.services.handover import Around
from gms_desktop.services.handover_view import HandoverView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


class HandoverDesk:
    """The handover at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None, *, fresh: bool = False) -> Future[HandoverView]:
        """The Handover screen; ``fresh`` makes a new sheet, also where one waits to be taken over."""

        def seen(ledger: Ledger) -> HandoverView:
            actor = rights.actor(ledger.db, self._bench.desk.place.bench)
            return handover_view.view(ledger, actor, self._around(), self._bench.time_zone, verdict, fresh=fresh)

        # A long sheet takes a tenth of a second: scans go first.
        return self._bench.recorder.read(seen, urgent=False)

    def _around(self) -> Around:
        bench, strip = self._bench, self._bench.strip()
        joined, state = bench.hub.line() is not None, bench.hub.state
        return Around(
            bench=bench.settings.bench,
            by=bench.session.operator.name if bench.session.operator else "",
            devices=strip.devices,
            shared=strip.saved if joined else "",
            waiting=state.waiting if state is not None else 0,
        )

    def pdf(self, shown: HandoverView) -> bytes:
        """The sheet in view as a PDF; takes a second, so never on the main thread."""
        from gms_desktop.documents.handover_pdf import handover_pdf

        return handover_pdf(shown.sheet, shown.signatures)
