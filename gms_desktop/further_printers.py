"""The printers of a bench beside its first: each works off the labels that it is named for, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop.label_routes import printed_by, routes
from gms_desktop.services.label_lanes import Lanes
from gms_desktop.services.label_press import LabelPress, PressTimes
from gms_desktop.services.layout_at_printer import LayoutAtPrinter
from gms_desktop.settings import FIRST_PRINTER

if TYPE_CHECKING:
    from devices.printers.printer import LabelPrinter
    from devices.values import PrinterStatus
    from gms_desktop.recorder import Recorder
    from gms_desktop.settings import PrinterSettings, Settings


@dataclass
class _At:
    said: PrinterSettings
    printer: LabelPrinter
    layouts: LayoutAtPrinter
    press: LabelPress


class FurtherPrinters:
    """The printers that the table ``printers`` of a bench's settings names."""

    def __init__(
        self,
        recorder: Recorder,
        settings: Settings,
        folder: Path,
        done: Callable[[str], None],
        times: PressTimes | None = None,
        secret: Callable[[], bytes] = lambda: b"",
    ) -> None:
        """Have those that the settings name; none is asked before the start.

        Args:
            recorder: the queue is asked and noted through it.
            settings: the bench's.
            folder: the bench's data folder, for a printer that is a folder there.
            done: told when something of a label or a printer changed, on a thread of its own.
            times: how long things are left alone.
            secret: what the benches of the laboratory share.
        """
        self._recorder, self._folder, self._done, self._times = recorder, folder, done, times
        self._secret = secret
        self._at: dict[str, _At] = {}
        self._retired: list[LabelPress] = []
        self._started = False
        self.wear(settings)

    def wear(self, settings: Settings) -> None:
        """Have the printers that the settings name now."""
        for name in [name for name in self._at if name not in settings.printers]:
            gone = self._at.pop(name).press
            gone.retire()
            self._retired.append(gone)
        for name, said in settings.printers.items():
            self._set(name, said, printed_by(settings, name))

    def _set(self, name: str, said: PrinterSettings, layouts: dict[str, str]) -> None:
        at = self._at.get(name)
        if at is not None and at.said == said and at.layouts.layouts == layouts:
            return
        printer = at.printer if at is not None and at.said == said else self._made(name, said)
        laid = LayoutAtPrinter(self._recorder, printer, said, layouts)
        if at is not None:
            self._at[name] = _At(said, printer, laid, at.press)
            at.press.change(printer, laid)
            return
        press = LabelPress(self._recorder, printer, laid, self._done, self._times, self._secret)
        self._at[name] = _At(said, printer, laid, press)
        if self._started:
            press.start()

    def _made(self, name: str, said: PrinterSettings) -> LabelPrinter:
        from gms_desktop.starting import printer_named

        return printer_named(said, name, self._folder)

    def start(self) -> None:
        """Begin with what waits since the application ended."""
        self._started = True
        for at in self._at.values():
            at.press.start()

    def look(self) -> None:
        """Something is to be printed, or may be now."""
        for at in self._at.values():
            at.press.look()

    @property
    def behind(self) -> bool:
        """Whether one of them waits for what is done at the bench."""
        return any(at.press.behind for at in self._at.values())

    def close(self) -> None:
        """Print what may be printed, then end."""
        for at in self._at.values():
            at.press.close()
        for press in self._retired:
            press.close()

    def lanes(self, settings: Settings, first: PrinterStatus | None) -> Lanes:
        """Which labels come out of which printer, and how each was when it was asked last; ``first`` is the first."""
        named = {sort: route.printer for sort, route in routes(settings).items()}
        return Lanes(named, {FIRST_PRINTER: first, **{name: at.press.status for name, at in self._at.items()}})

    def told(self) -> dict[str, tuple[PrinterStatus | None, str]]:
        """How each was when it was asked last, and what its layouts await there."""
        return {name: (at.press.status, at.layouts.unreleased) for name, at in self._at.items()}

    def layouts(self, name: str) -> LayoutAtPrinter | None:
        """What comes out of one of them."""
        return self._at[name].layouts if name in self._at else None
