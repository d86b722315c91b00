"""What a bench remembers between scans at storage, and may forget in a crash: all that counts is in the register."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AtStorage:
    """The work at storage.

    Attributes:
        place: the place that is open here; empty where none is.
        position: the position of it that was scanned.
        item: what was scanned without a place, or stands in the open place already: it may be taken out.
        sort: what sort of thing that is.
        disposal: whether the list of what may be discarded is in view.
        checking: whether the open box is being checked: a scan says what stands in it, and moves nothing.
        seen: positions that were looked at with what stands in each; empty where nothing does.
    """

    place: str = ""
    position: str = ""
    item: str = ""
    sort: str = ""
    disposal: bool = False
    checking: bool = False
    seen: tuple[tuple[str, str], ...] = ()
