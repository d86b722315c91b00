"""What an entry states that takes a match back: a reading was never of the tube that it was recorded for."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind


def taken_back(body: Body) -> Premises:
    """A reading waits for its tube again; the one it was taken from keeps in its history that it was there."""
    reading, item = f"reading:{body['reading']}", f"{body['item']['sort']}:{body['item']['id']}"
    rests = (f"last:{reading}", body["rests_on"])
    return Premises((reading, item), requires=(exists(reading), exists(item), rests))


ROWS = (kind("reading.taken_back", Nature.DECISION, "reading item corrected reason rests_on bench", taken_back),)
