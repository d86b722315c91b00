"""What every label printer can do."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from devices.printers.identity import PrinterIdentity
from devices.values import PrinterStatus, Sent


class LabelPrinter(Protocol):
    """A printer of labels. No method raises for a printer that is away: it says so."""

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        ...

    def status(self) -> PrinterStatus:
        """The printer's condition now; asked each time, never remembered."""
        ...

    def send(self, label: bytes) -> Sent:
        """Give the printer one or more whole labels. ``sent`` is no proof of printing: only the scanned label is."""
        ...


@runtime_checkable
class SaysWhatItIs(Protocol):
    """A printer that may say which model it is, and at which resolution it prints."""

    def identify(self) -> PrinterIdentity | None:
        """Which model stands there now; None when it does not say."""
        ...
