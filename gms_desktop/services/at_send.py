"""What a bench remembers between scans at send-aways, and may forget in a crash: all that counts is in the register."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AtSend:
    """The work at a consignment.

    Attributes:
        consignment: the one that is open here; empty where none is.
        container: the bag or box that the next thing goes into, as ``BOX-01``; empty for none.
        item: what was scanned last: it may be taken out, or said to have been left behind.
        sort: what sort of thing that is.
        without: why the consignment goes without somebody who belongs in it, after the entry that it stood at then.
        incoming: the import of a consignment that was sent to us and is in view; empty where none is.
    """

    consignment: str = ""
    container: str = ""
    item: str = ""
    sort: str = ""
    incoming: str = ""
    without: tuple[str, str] = ("", "")
