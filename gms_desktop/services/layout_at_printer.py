"""The layouts of a printer at a bench: which texts are in force, which model stands there, and what may come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from devices.printers.identity import PrinterIdentity
from devices.printers.printer import LabelPrinter, SaysWhatItIs
from devices.values import PrinterCondition, PrinterStatus
from gms_desktop import layout_words
from gms_desktop.documents.label_form import LayoutUnfit
from gms_desktop.domain.label_sorts import OF_TUBES, LabelSort
from gms_desktop.recorder import Recorder
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import layout_release, site_layouts
from gms_desktop.services.layout_release import Head
from gms_desktop.services.site_layouts import Laid
from gms_desktop.settings import PrinterSettings

_AWAY = frozenset({PrinterCondition.SILENT, PrinterCondition.UNREACHABLE})
T = TypeVar("T")


class LayoutAtPrinter:
    """One bench's layouts at one printer; only the thread that prints calls what asks the printer.

    Attributes:
        printer: where labels go.
        layouts: the name of the layout of each sort of labels that comes out there.
        head: what is known of it; ``identity``: as it told it.
        unreleased: what Devices say of a layout of which nothing was scanned back there; empty where it prints freely.
    """

    def __init__(
        self,
        recorder: Recorder,
        printer: LabelPrinter,
        said: PrinterSettings,
        layouts: Mapping[str, str] | None = None,
    ) -> None:
        """Know nothing of the printer yet but what the settings say of it.

        Args:
            recorder: asked for the layouts and their release.
            printer: where labels go.
            said: name of the layout, resolution that labels are made for, model of a printer that does not tell it.
            layouts: what comes out there; None for the labels of tubes, in the layout that ``said`` names.
        """
        self._recorder, self.printer = recorder, printer
        of_tubes = {sort.value: said.layout for sort in sorted(OF_TUBES)}
        self.layouts: dict[str, str] = of_tubes if layouts is None else dict(layouts)
        self.head = Head(said.model, said.dpi)
        self._named, self._asked = said.model, False
        self.identity: PrinterIdentity | None = None
        self.unreleased = ""

    def laid(self, sort: str = LabelSort.TUBE) -> Laid:
        """The layout in force for a sort of labels.

        Raises:
            LayoutUnfit: there is none of the name in the settings.
        """
        return self._read(lambda ledger: site_layouts.in_force(ledger.db, self.layouts[sort]))

    def ask_anew(self) -> None:
        """A printer may be changed for another without ever being seen away: the next question asks who it is, too."""
        self._asked = False

    def seen(self, status: PrinterStatus) -> None:
        """The printer was asked how it is: whatever comes back after it was away may be another one."""
        if status.condition in _AWAY:
            self._asked = False
        elif status.condition is PrinterCondition.READY:
            self._look()

    def stops(self, label: str, laid: Laid) -> str:
        """Why a label of a layout may not come out now; empty when it may, which is recorded where it is the first."""
        if self._read(_rehearses):
            return ""
        head = self.known()

        def begin(ledger: Ledger) -> str:
            why = layout_release.stops(ledger.db, laid, head, label, ledger.head.writer)
            drafts = [] if why else layout_release.trial(ledger, laid, head, self.printer.name, label=label)
            if drafts:
                ledger.append(drafts, None)
            return why

        # Nearly always it is released, and nothing is written.
        if self._read(partial(_prints_on, laid=laid, head=head)):
            self.unreleased = ""
            return ""
        return self._recorder.write(begin).result()

    def known(self) -> Head:
        """What stands at the cable; a printer that tells its model is asked once after it came."""
        if not self._asked and isinstance(self.printer, SaysWhatItIs):
            # An answer that is lost once makes no other printer of it.
            told = self.printer.identify() or self.printer.identify()
            model = told.model if told is not None else self._named
            dpi, serial = (told.dpi, told.serial) if told is not None else (None, "")
            self.head = Head(model, self.head.dpi, dpi, serial)
            # One that is not the right one may be changed for the right one at any time.
            self.identity, self._asked = told, self.head.fits
        return self.head

    def _look(self) -> None:
        head = self.known()
        if self._read(_rehearses):
            return
        said = (self._read(partial(_unreleased, name=name, head=head)) for name in dict.fromkeys(self.layouts.values()))
        self.unreleased = " ".join(filter(None, said))

    def _read(self, ask: Callable[[Ledger], T]) -> T:
        return self._recorder.read(ask).result()


def _unreleased(ledger: Ledger, name: str, head: Head) -> str:
    try:
        laid = site_layouts.in_force(ledger.db, name)
    except LayoutUnfit as fault:
        return str(fault)
    if not layout_release.is_released(ledger.db, laid, head):
        return layout_words.on_devices(name, head.words)
    former = layout_release.former_here(ledger.db, laid, head, ledger.head.writer)
    return layout_words.another_here(name, former, head.serial) if former else ""


def _prints_on(ledger: Ledger, laid: Laid, head: Head) -> bool:
    """Whether labels follow each other there, and nothing about the printer is to be noted."""
    db, bench = ledger.db, ledger.head.writer
    return layout_release.prints_freely(db, laid, head, bench) and layout_release.is_noted(db, laid, head, bench)


def _rehearses(ledger: Ledger) -> bool:
    laboratory = look_up.laboratory(ledger.db)
    return bool(laboratory and laboratory["rehearsal"])
