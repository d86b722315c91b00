"""Two files saved in the made-up shift, one in the exports folder and one elsewhere; the first is gone later."""

from __future__ import annotations

from shift import Shift

from gms_desktop.domain.exports import Place
from gms_desktop.services import exported


def exports(day: Shift) -> None:
    """A table saved twice, under a name that a person gave it; the time of the first is over."""
    with day.db.write():
        name = "Featherstonehaugh, Wilhelmina.csv"
        said = exported.note_saved(day.ledger, name, Place.OURS, "table", (120, "0" * 64), 7, day.operator)
        exported.note_saved(day.ledger, f"/media/{name}", Place.ELSEWHERE, "table", (120, "0" * 64), 7, day.operator)
    with day.db.write():
        exported.note_removed(day.ledger, *said, "expired", None)
