"""Prints labels off the way of a scan: in order, each proved from its pixels, sent once, and what became of it noted.

Labels wait in the register, not here: while the printer stands they stay where they are, and come out in order once it
is back. A label whose fate is not known is never printed again by itself.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from devices.printers.pace import Pace
from devices.printers.printer import LabelPrinter
from devices.values import PrinterCondition, PrinterStatus, Sent
from gms_desktop.documents.label import LabelTooLong, LabelUnprintable, TubeLabel
from gms_desktop.domain import label_queue as rule
from gms_desktop.domain.label_sorts import OF_TUBES, LabelSort
from gms_desktop.errors import Refused
from gms_desktop.recorder import Recorder
from gms_desktop.register import examination_look_up, extraction_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import examined, label_queue, piece_labels, risks
from gms_desktop.services.device_words import printer_to_do, resolution_to_do
from gms_desktop.services.layout_at_printer import LayoutAtPrinter
from gms_desktop.services.people_words import person
from gms_desktop.services.site_layouts import Laid

_log = logging.getLogger(__name__)
_SHORT_TYPE = "SEE REQUEST"
_WITHOUT_NAME = "printed without its name, which does not fit this label"
_AWAY = frozenset({PrinterCondition.SILENT, PrinterCondition.UNREACHABLE})
_PASSED_ON = Sent.SENT, Sent.UNKNOWN
Done = Callable[[str], None]


@dataclass(frozen=True)
class PressTimes:
    """How long the press leaves things alone, in seconds.

    Attributes:
        verdict_first_s: before a label is made: the verdict of its scan is painted first, and shares the processor.
        printing_s: a label takes about that long to come out; a printer is not believed to be done sooner.
        looks: how often it is asked after a label, that long apart, whether the label is out.
        waiting_s: at most, between two questions, while labels wait for the printer.
        closing_s: how long labels that wait may still come out once the application is told to end.
    """

    verdict_first_s: float = 0.06
    printing_s: float = 1.0
    looks: int = 5
    waiting_s: float = 30.0
    closing_s: float = 5.0


@dataclass(frozen=True)
class _Made:
    """A label as it is sent.

    Attributes:
        payload: its bytes.
        laid: the layout that they were made by.
        detail: what is not on it as it should be.
    """

    payload: bytes
    laid: Laid
    detail: str = ""


class LabelPress:
    """One thread that works the queue of a bench off.

    Args:
        recorder: the queue is asked and noted through it.
        printer: where labels go.
        layouts: the layout in force at this printer, and whether a label of it may come out there.
        done: told the label's id after it was recorded, on this thread; told "" when the printer's state changed.
        times: how long things are left alone.
        secret: what the benches of the laboratory share: the codes of badges are made of it.
    """

    def __init__(
        self,
        recorder: Recorder,
        printer: LabelPrinter,
        layouts: LayoutAtPrinter,
        done: Done,
        times: PressTimes | None = None,
        secret: Callable[[], bytes] = lambda: b"",
    ) -> None:
        self._recorder, self._secret = recorder, secret
        self._printer = printer
        self._layouts = layouts
        self._wanted = printer, layouts
        self._done = done
        self._times = times or PressTimes()
        self._pace = Pace()
        self._woken, self._closing = threading.Event(), threading.Event()
        self._waits = False
        self._looks = 0
        self._end_by = math.inf
        self._out: dict[str, float] = {}
        self._to_note: list[Callable[[Ledger], None]] = []
        self._status: PrinterStatus | None = None
        # Whether the queue waits for a label of another patient: what is done at the bench may let it go on.
        self.behind = False
        self._thread = threading.Thread(target=self._run, name="label press", daemon=True)

    @property
    def status(self) -> PrinterStatus | None:
        """How the printer was when it was asked last; None for one that was not asked yet."""
        return self._status if self._wanted[0] is self._printer else None

    def start(self) -> None:
        """Begin with what waits since the application ended."""
        self._woken.set()
        self._thread.start()

    def look(self) -> None:
        """Something is to be printed, or may be now: ask the printer at once, whatever the pause."""
        self._woken.set()

    def change(self, printer: LabelPrinter, layouts: LayoutAtPrinter) -> None:
        """Labels go to another printer from now on; one that is being sent still goes to the former."""
        self._wanted = printer, layouts
        self._woken.set()

    def retire(self) -> None:
        """No label goes there any more: what waits waits for the printer that the settings name now."""
        self._end_by = 0.0
        self._closing.set()
        self._woken.set()

    def close(self) -> None:
        """Print what may be printed, then end; what must wait waits for the next start."""
        self._end_by = time.monotonic() + self._times.closing_s
        self._closing.set()
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            woken = self._woken.wait(self._pause_s())
            self._woken.clear()
            if woken:
                self._closing.wait(self._times.verdict_first_s)
            try:
                self._work_off()
            except Exception:
                # The thread that the next labels wait for must not end.
                _log.exception("the print queue could not go on")
                self._waits = True
            if self._closing.is_set():
                return

    def _turn_to_the_wanted(self) -> None:
        """Take the printer that the settings name now; of what the former one took, this one can say nothing."""
        printer, layouts = self._wanted
        if printer is not self._printer:
            self._status, self._pace = None, Pace()
            self._out.clear()
        self._printer, self._layouts = printer, layouts

    def _pause_s(self) -> float:
        if self._out and self._looks < self._times.looks:
            return self._times.printing_s
        return min(self._pace.pause_s, self._times.waiting_s) if self._waits else self._pace.pause_s

    def _work_off(self) -> None:
        """Send what may be sent, in order, until one must wait; where nothing is sent, ask the printer how it is."""
        self._note_late()
        self._turn_to_the_wanted()
        self._waits, asked = False, False
        while not self._waits and time.monotonic() < self._end_by:
            self._turn_to_the_wanted()
            turn = self._recorder.read(partial(label_queue.turn, sorts=self._sorts)).result()
            self.behind = turn is not None and bool(turn.behind)
            if turn is None or turn.behind:
                break
            if not asked:
                self._layouts.ask_anew()
            self._waits, asked = not self._press(turn.label), True
        if not asked and not self._closing.is_set():
            self._ask()

    def _press(self, label: str) -> bool:
        """Send one label; False when the printer takes none now."""
        self._ask()
        if self._status is None or self._status.condition is not PrinterCondition.READY:
            return False
        try:
            made = self._made(label)
        except Exception as fault:
            # One label that cannot be made must not keep the others. Of its fault only the sort is kept: its sentence
            # may carry a name.
            why = type(fault).__name__
            self._note(label, lambda ledger: label_queue.cannot_be_made(ledger, label, why))
            return True
        if self._layouts.stops(label, made.laid):
            # Whatever is scanned next may let it go on.
            self._status, self.behind = replace(self._status, condition=PrinterCondition.NOT_RELEASED), True
            self._done("")
            return False
        if not self._recorder.write(lambda ledger: label_queue.begun(ledger, label, self._sorts)).result():
            return True
        sent, why = self._sent(made)
        if sent in _PASSED_ON:
            self._out[label], self._looks = time.monotonic(), 0
        by = label_queue.Printed(self._printer.name, made.laid)
        self._note(label, lambda ledger: label_queue.ended(ledger, label, sent, why, by))
        return sent in _PASSED_ON

    def _sent(self, made: _Made) -> tuple[Sent, str]:
        try:
            sent = self._printer.send(made.payload)
        except Exception as fault:
            # A driver that fails in a way nobody foresaw: bytes may have left.
            return Sent.UNKNOWN, f"fault in printing: {type(fault).__name__}"
        return sent, made.detail if sent is Sent.SENT else ""

    @property
    def _sorts(self) -> frozenset[str]:
        """What comes out of this printer: another one's labels are not its own, nor wait for them."""
        return frozenset(self._layouts.layouts)

    def _made(self, label: str) -> _Made:
        sort, told = self._recorder.read(partial(_contents, label=label, secret=self._secret)).result()
        return self._proved(told, sort) if isinstance(told, TubeLabel) else self._proved_data(told, sort)

    def _note(self, label: str, what: Callable[[Ledger], None]) -> None:
        """Record what became of a label; what cannot be recorded now is kept, and the label is not touched again."""
        try:
            self._recorder.write(what).result()
        except Exception:
            # A full disk: the label stays "sending", which is never sent again.
            self._to_note.append(what)
        self._done(label)

    def _note_late(self) -> None:
        while self._to_note:
            self._recorder.write(self._to_note[0]).result()
            self._to_note.pop(0)

    # The printer

    def _ask(self) -> None:
        asked, before = time.monotonic(), self._layouts.unreleased
        try:
            status = self._known(self._printer.status())
        except Exception as fault:
            # A driver that fails in a way nobody foresaw: the screen says so.
            status = PrinterStatus(PrinterCondition.FAULT, b"", datetime.now(UTC), detail=type(fault).__name__)
        changed = self._status is None or printer_to_do(self._status) != printer_to_do(status)
        changed = changed or before != self._layouts.unreleased
        self._status = status
        self._looks += 1
        self._pace.answered(status.condition)
        self._see_what_is_out(status, asked)
        if changed:
            self._done("")

    def _known(self, status: PrinterStatus) -> PrinterStatus:
        """The printer's status; a printer for which these labels are not made is none that may print them."""
        before = self._layouts.identity
        self._layouts.seen(status)
        who = self._layouts.identity
        if before is not None and who != before:
            self._out.clear()
        other = resolution_to_do(who, self._layouts.head.dpi) if who else ""
        if status.condition is not PrinterCondition.READY or not other:
            return status
        return replace(status, condition=PrinterCondition.OTHER_RESOLUTION, detail=other)

    def _see_what_is_out(self, status: PrinterStatus, asked: float) -> None:
        """Of a printer that holds no label any more, each that it took is out; one that was away may have lost some."""
        if status.condition in _AWAY:
            self._out.clear()
        ready = status.condition is PrinterCondition.READY
        if not rule.all_out(ready, status.holds):
            return
        out = [label for label, sent in self._out.items() if asked - sent >= self._times.printing_s]
        if out and self._is_another():
            self._out.clear()
            return
        for label in out:
            del self._out[label]
        if out:
            self._recorder.write(lambda ledger: label_queue.printed(ledger, out)).result()
            self._done(out[-1])

    def _is_another(self) -> bool:
        """Whether another printer stands there than the one that took the labels, as far as it says who it is."""
        before = self._layouts.identity
        self._layouts.ask_anew()
        self._layouts.known()
        return before is not None and self._layouts.identity != before

    def _proved_data(self, data: Mapping[str, object], sort: str) -> _Made:
        from gms_desktop.documents.label_data import taken
        from gms_desktop.documents.label_pixels import prove_data

        laid, dpi = self._layouts.laid(sort), self._layouts.head.dpi
        for said in (data, *_plainer(data)):
            try:
                payload = prove_data(taken(laid.layout, said), laid.layout, dpi).payload
            except (LabelTooLong, LabelUnprintable) as fault:
                too_much = fault
            else:
                return _Made(payload, laid, "" if said is data else _WITHOUT_NAME)
        raise too_much

    def _proved(self, label: TubeLabel, sort: str) -> _Made:
        """The label's bytes; where the name cannot be printed, a label that says where the name stands."""
        # Loaded with the first label: drawing and decoding take a tenth of the bench's start.
        from gms_desktop.documents.label_pixels import prove

        laid, dpi = self._layouts.laid(sort), self._layouts.head.dpi
        try:
            return _Made(prove(label, laid.layout, dpi).payload, laid)
        except (LabelTooLong, LabelUnprintable):
            plain = replace(label, surname="NAME: SEE REQUEST", forename="", specimen_type=_SHORT_TYPE)
            return _Made(prove(plain, laid.layout, dpi).payload, laid, _WITHOUT_NAME)


def _plainer(data: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """What is printed on a patient's material where its name, or what a sender wrote on it, cannot be."""
    if "surname" not in data:
        return ()
    named = {**data, "surname": _SHORT_TYPE}
    return named, {name: value for name, value in named.items() if name != "block"}


def _contents(ledger: Ledger, label: str, secret: Callable[[], bytes]) -> tuple[str, TubeLabel | Mapping[str, object]]:
    """The sort of a label, and what stands on it."""
    row = look_up.row(ledger.db, "label", label)
    if row is None or row["sort"] is None or row["sort"] in OF_TUBES:
        return (row["sort"] if row and row["sort"] else LabelSort.TUBE), label_words(ledger, label)
    from gms_desktop.services import thing_labels

    return row["sort"], thing_labels.data_of(ledger.db, row, secret())


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
    own = (poured["accession"], poured["material"]) if poured else piece_labels.of_number(ledger.db, row["accession"])
    found = examined.examined(ledger.db, specimen["id"]).type_found
    return TubeLabel(
        number=own[0] if own else specimen["accession"],
        surname=who.surname.upper() or "NOT STATED",
        forename=who.forename,
        birth_date=who.born_words,
        specimen_type=own[1] if own else found or specimen["type"],
        priority="URGENT" if specimen["priority"] == "urgent" else "",
        copy=row["copy"],
        rehearsal=bool(laboratory["rehearsal"]),
        hazard=risks.risk_of(ledger.db, specimen).hazard,
        laboratory=laboratory["name"],
    )
