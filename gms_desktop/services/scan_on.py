"""Which job answers a scan: that of the screen it was made on."""

from __future__ import annotations

from devices.values import Scan
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import layout_release, receive
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved

_OF_THINGS = frozenset({"racks", "plates", "storage", "send_away"})
_OF_A_LETTER = "GMSM/"


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan, screen: str) -> Outcome:
    """Answer a scan on a screen; what no screen has a job of its own for is of reception.

    A test label is known wherever it is scanned, and a label that is scanned back may release its layout.
    """
    outcome = layout_release.scanned(ledger, said) or _on_screen(ledger, desk, code, said, screen)
    if screen in _OF_THINGS:
        from gms_desktop.services import thing_label_commands

        outcome = thing_label_commands.beside(ledger, outcome, said, screen)
    return layout_release.beside(ledger, outcome, said)


def _on_screen(ledger: Ledger, desk: Desk, code: Resolved, said: Scan, screen: str) -> Outcome:
    if said.text.startswith(_OF_A_LETTER) and not desk.question:
        from gms_desktop.services import send_series

        # The file that a letter carries is put together wherever its codes are scanned.
        if (of_letter := send_series.scanned(desk, said.text)) is not None:
            return of_letter
    if screen == "racks":
        from gms_desktop.services import rack_scans

        return rack_scans.scan(ledger, desk, code, said)
    if screen == "extract":
        from gms_desktop.services import extract_scans

        return extract_scans.scan(ledger, desk, code, said)
    if screen == "plates":
        from gms_desktop.services import index_scans, plate_scans

        of_indexes = desk.index.on or index_scans.is_known(ledger.db, said.text)
        scanned = index_scans.scan if of_indexes else plate_scans.scan
        return scanned(ledger, desk, code, said)
    if screen == "measure":
        from gms_desktop.services import measure_scans

        return measure_scans.scan(ledger, desk, code, said)
    if screen == "tissue":
        from gms_desktop.services import tissue_scans

        return tissue_scans.scan(ledger, desk, code, said)
    if screen == "storage":
        from gms_desktop.services import storage_scans

        return storage_scans.scan(ledger, desk, code, said)
    if screen == "send_away":
        from gms_desktop.services import send_scans

        return send_scans.scan(ledger, desk, code, said)
    return receive.scan(ledger, desk, code, said)
