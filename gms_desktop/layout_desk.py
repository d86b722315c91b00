"""Label layouts as one bench sees and tries them: the screen, and a test label off the way of the queue."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from devices.values import PrinterCondition, Sent
from gms_desktop import layout_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.label_routes import routes
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import layout_release, layout_views, rights, site_layouts
from gms_desktop.services.device_words import printer_to_do
from gms_desktop.services.layout_at_printer import LayoutAtPrinter
from gms_desktop.services.layout_views import LabelsView, Looked

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


class LayoutDesk:
    """Label layouts at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, looked: Looked, verdict: Verdict | None = None) -> Future[LabelsView]:
        """The Labels screen for what somebody looks at; the bench's own layout where they chose none."""
        bench = self._bench
        name = looked.name or bench.settings.printer.layout
        head = self._at(name).head

        def seen(ledger: Ledger) -> LabelsView:
            actor = rights.actor(ledger.db, bench.desk.place.bench)
            chosen = Looked(name, looked.number, looked.proposed)
            return layout_views.view(ledger, actor, chosen, head, bench.time_zone, verdict)

        return bench.recorder.read(seen, urgent=False)

    def _at(self, name: str) -> LayoutAtPrinter:
        """The printer that prints a layout; the first one where none is named for it."""
        bench = self._bench
        at = next((route.printer for route in routes(bench.settings).values() if route.layout == name), "")
        return bench.further.layouts(at) or bench.layouts

    def print_test(self, name: str, digest: str) -> Verdict:
        """Print a label whose code is nobody's; asks the printer and waits for it, so never on the main thread."""
        try:
            return self._print_test(name, digest)
        except Refused as fault:
            return layout_words.not_printed(str(fault))

    def _print_test(self, name: str, digest: str) -> Verdict:
        from gms_desktop.documents.label_pixels import prove_data

        bench, at = self._bench, self._at(name)
        laid = bench.recorder.read(lambda ledger: site_layouts.by_hash(ledger.db, name, digest)).result()
        head = at.known()
        if head.told is not None and head.told != head.dpi:
            raise Refused(layout_words.other_printer(head.told, head.dpi))
        code = bench.recorder.read(lambda ledger: layout_release.test_code(ledger.chance)).result()
        payload = prove_data(layout_release.test_data(laid, code), laid.layout, head.dpi).payload
        status = at.printer.status()
        if status.condition is not PrinterCondition.READY:
            raise Refused(f"Its printer: {status.condition.value}. {printer_to_do(status)}")

        def begin(ledger: Ledger) -> None:
            drafts = layout_release.trial(ledger, laid, head, at.printer.name, code=code)
            if drafts:
                ledger.append(drafts, bench.operator_id())

        bench.recorder.write(begin).result()
        sent = at.printer.send(payload)
        bench.note_saved()
        return layout_words.test_sent(code) if sent is not Sent.NOT_SENT else layout_words.not_printed("")
