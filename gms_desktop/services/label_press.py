"""Prints labels off the way of a scan: proved from its pixels, sent once, and what became of it recorded.

A label whose fate is not known is never printed again by itself.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from devices.printers.pace import Pace
from devices.printers.printer import LabelPrinter
from devices.values import PrinterCondition, PrinterStatus, Sent
from gms_desktop.documents.label import LabelTooLong, LabelUnprintable, TubeLabel
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.errors import Refused
from gms_desktop.journal.entry import Entry
from gms_desktop.recorder import Recorder
from gms_desktop.register import examination_look_up, extraction_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import examined, risks
from gms_desktop.services.device_words import printer_to_do
from gms_desktop.services.people_words import person

_SHORT_TYPE = "SEE REQUEST"
_VERDICT_FIRST_SECONDS = 0.06
_PRINTS = frozenset({PrinterCondition.READY})
Done = Callable[[str], None]


class LabelPress:
    """One thread that proves and sends labels, one after the other."""

    def __init__(self, recorder: Recorder, printer: LabelPrinter, dpi: int, layout: str, done: Done) -> None:
        """Start the thread.

        Args:
            recorder: what became of a label is recorded through it.
            printer: where labels go.
            dpi: the printer's resolution.
            layout: name of the label layout.
            done: told the label's id after it was recorded, on this thread; told "" when the printer's state changed.
        """
        self._recorder = recorder
        self._printer = printer
        self._dpi = dpi
        self._layout = layout
        self._done = done
        self._pace = Pace()
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._closing = threading.Event()
        self.status: PrinterStatus | None = None
        self._thread = threading.Thread(target=self._run, name="label press", daemon=True)
        self._thread.start()

    def press(self, label: str) -> None:
        """Print a label that is recorded as intended."""
        self._waiting.put(label)

    def close(self) -> None:
        """Print what waits, then end."""
        self._closing.set()
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        self._ask()
        while True:
            try:
                label = self._waiting.get(timeout=self._pace.pause_s)
            except queue.Empty:
                self._ask()
                continue
            if label is None:
                return
            # The verdict of the scan is painted first: proving a label computes, and would share the processor with it.
            self._closing.wait(_VERDICT_FIRST_SECONDS)
            if self._recorder.read(lambda ledger, one=label: _is_off(ledger, one)).result():  # type: ignore[misc]
                continue
            outcome, detail = self._printed(label)
            recorded: Future[list[Entry]] = self._recorder.write(
                lambda ledger, one=label, what=outcome, why=detail: _record(ledger, one, what, why)  # type: ignore[misc]
            )
            recorded.exception()
            self._done(label)

    def _ask(self) -> None:
        status = self._printer.status()
        changed = self.status is None or printer_to_do(self.status) != printer_to_do(status)
        self.status = status
        self._pace.answered(status.condition)
        if changed:
            self._done("")

    def _printed(self, label: str) -> tuple[str, str]:
        try:
            return self._print(label)
        except Exception as fault:
            # One label that cannot be made must never end the thread that the next ones wait for.
            return Sent.UNKNOWN.value, f"fault in printing: {type(fault).__name__}"

    def _print(self, label: str) -> tuple[str, str]:
        try:
            made = self._recorder.read(lambda ledger: label_words(ledger, label)).result()
            payload, detail = self._proved(made)
        except Refused as fault:
            # Only what sort of refusal it is: its sentence may carry a name.
            return Sent.NOT_SENT.value, type(fault).__name__
        self._ask()
        if self.status is not None and self.status.condition not in _PRINTS:
            return Sent.NOT_SENT.value, f"printer: {self.status.condition.value}"
        sent = self._printer.send(payload)
        return sent.value, detail if sent is Sent.SENT else "the connection to the printer was lost"

    def _proved(self, made: TubeLabel) -> tuple[bytes, str]:
        """The label's bytes; where the name cannot be printed, a label that says where the name stands."""
        # Loaded with the first label: drawing and decoding take a tenth of the bench's start.
        from gms_desktop.documents.label_pixels import prove

        layout = product_layout(self._layout)
        try:
            return prove(made, layout, self._dpi).payload, ""
        except (LabelTooLong, LabelUnprintable):
            plain = replace(made, surname="NAME: SEE REQUEST", forename="", specimen_type=_SHORT_TYPE)
            return prove(plain, layout, self._dpi).payload, "printed without its name, which does not fit this label"


def _is_off(ledger: Ledger, label: str) -> bool:
    """Whether a label that waits to be printed was spoiled or put off meanwhile: it must not come out any more."""
    row = look_up.row(ledger.db, "label", label)
    return row is None or row["state"] != "intended"


def _record(ledger: Ledger, label: str, outcome: str, detail: str) -> list[Entry]:
    return ledger.append([Draft("label.sent", {"label": label, "outcome": outcome, "detail": detail})], None)


def label_words(ledger: Ledger, label: str) -> TubeLabel:
    """What stands on a label.

    Raises:
        Refused: when the label or its specimen is not known any more.
    """
    row = look_up.row(ledger.db, "label", label)
    specimen = look_up.row(ledger.db, "specimen", row["specimen"]) if row else None
    laboratory = look_up.laboratory(ledger.db)
    if row is None or specimen is None or laboratory is None:
        raise Refused(f"Label {label} belongs to nothing that is received. Scan its tube again.")
    who = person(ledger.db, specimen["patient"])
    poured = examination_look_up.aliquot_by_accession(ledger.db, row["accession"])
    poured = poured or extraction_look_up.eluate_by_number(ledger.db, row["accession"])
    found = examined.examined(ledger.db, specimen["id"]).type_found
    return TubeLabel(
        number=poured["accession"] if poured else specimen["accession"],
        surname=who.surname.upper() or "NOT STATED",
        forename=who.forename,
        birth_date=who.born_words,
        specimen_type=poured["material"] if poured else found or specimen["type"],
        priority="URGENT" if specimen["priority"] == "urgent" else "",
        copy=row["copy"],
        rehearsal=bool(laboratory["rehearsal"]),
        hazard=risks.risk_of(ledger.db, specimen).hazard,
        laboratory=laboratory["name"],
    )


def unfinished(ledger: Ledger) -> list[str]:
    """Labels left as intended by an application that ended: whether they were printed is unknown, and said so."""
    rows = look_up.labels_at_bench(ledger.db, ledger.head.writer, "intended")
    for row in rows:
        _record(ledger, row["id"], Sent.UNKNOWN.value, "the application ended before the printer answered")
    return [row["id"] for row in rows]
