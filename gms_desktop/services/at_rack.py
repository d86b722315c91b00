"""What a bench remembers between scans at a rack, and may forget in a crash: all that counts is in the register.

The bench has it from its start on: what compares racks is loaded with the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gms_desktop.domain.racks.reads import ByHand


@dataclass(frozen=True)
class Source:
    """What a tube is filled from: its sort, its identity, its number, and the specimen that it comes from.

    ``take``: how much of it goes into the tube, as a figure and its unit; empty: all that is left.
    """

    sort: str
    id: str
    number: str
    specimen: str
    take: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class AtRack:
    """The work at one rack.

    Attributes:
        rack: the rack that is open here; empty where none is.
        source: what was scanned last, whose tube comes next.
        well: the well that is named for a scan by hand.
        unknown: the last code that stands on nothing known: a new rack begins with it.
        purpose: why the rack is read.
        read: the reading that ``by_hand`` belongs to.
        by_hand: what was done by hand since that reading.
        overtaken: a reading after which another was begun that did not come: nothing is compared with it any more.
    """

    rack: str = ""
    source: Source | None = None
    well: str = ""
    unknown: str = ""
    purpose: str = "arriving"
    read: str = ""
    by_hand: ByHand | None = None
    overtaken: str = ""

    def out_of_hand(self) -> AtRack:
        """The rack stays open for whoever signs in; the scans that bind a tube are one person's."""
        return replace(self, source=None, well="")
