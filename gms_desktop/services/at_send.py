"""What a bench remembers between scans at send-aways, and may forget in a crash: all that counts is in the register."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class AtPlaces:
    """The receivers in view.

    Attributes:
        code: the one that is chosen; empty where none is.
        drafted: the whole set as changed at this bench and not proposed yet; empty where nothing is.
        seen: the SHA-256 of the proposal that was in view.
    """

    code: str = ""
    drafted: str = ""
    seen: str = ""


@dataclass(frozen=True)
class AtSend:
    """The work at a consignment.

    Attributes:
        consignment: the one that is open here; empty where none is.
        container: the bag or box that the next thing goes into, as ``BOX-01``; empty for none.
        item: what was scanned last: it may be taken out, or said to have been left behind.
        sort: what sort of thing that is.
        without: why the consignment goes without somebody who belongs in it, after the entry that it stood at then.
        places: the receivers, where they are in view instead of a consignment.
        incoming: the import of a consignment that was sent to us and is in view; empty where none is.
    """

    consignment: str = ""
    container: str = ""
    item: str = ""
    sort: str = ""
    incoming: str = ""
    without: tuple[str, str] = ("", "")
    places: AtPlaces | None = None

    def out_of_hand(self) -> AtSend:
        """The same for whoever comes next: the consignment stays open, what another changed of receivers is gone."""
        return replace(self, places=None)
