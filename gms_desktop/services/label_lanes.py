"""Which sorts of labels come out of which printer of a bench, and how each printer was when it was asked last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.values import PrinterStatus
from gms_desktop.domain.label_sorts import OF_TUBES, LabelSort


@dataclass(frozen=True)
class Lanes:
    """The printers of a bench as its queue sees them.

    Attributes:
        printers: the printer of each sort of labels that one is named for.
        statuses: how each printer was; None for one that was not asked yet.
    """

    printers: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(sorted(OF_TUBES), ""))
    statuses: Mapping[str, PrinterStatus | None] = field(default_factory=dict)

    def status(self, sort: str | None) -> PrinterStatus | None:
        """How the printer of a sort was."""
        return self.statuses.get(self.printers.get(sort or LabelSort.TUBE, ""))

    def beside(self, sort: str | None) -> frozenset[str]:
        """The sorts that come out of the same printer; none where no printer is named for it."""
        printer = self.printers.get(sort or LabelSort.TUBE)
        return frozenset(one for one, at in self.printers.items() if at == printer and printer is not None)
