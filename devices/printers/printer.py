"""What every label printer can do."""

from __future__ import annotations

from typing import Protocol

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
