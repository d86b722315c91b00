"""A kit whose lot is entered, and a further one of it with another date: every kind of entry about lots."""

from __future__ import annotations

from shift import Shift

from gms_desktop.domain.lots import Lot
from gms_desktop.register.ledger import Draft


def lots(day: Shift) -> None:
    """Two kits of one lot, which is released for use and later withdrawn."""
    for expiry in ("2027-12-31", "2027-11-30"):
        body = {
            "lot": Lot("09506000134352", "12AB", None).id,
            "gtin": "09506000134352",
            "number": "12AB",
            "expiry": expiry,
            "serial": "XYZ",
            "count": None,
            "additional": None,
            "elements": [["01", "09506000134352"], ["17", expiry[2:].replace("-", "")], ["10", "12AB"]],
            "unread": [],
            "words": None,
            "bench": day.bench,
        }
        day.act(lambda body=body: [Draft("lot.entered", body)])
    lot, pen = Lot("09506000134352", "12AB", None).id, day.ledger.pen()
    test = day._write(pen, "Ten samples of lot 11ZZ beside it: the same", f"lot:{lot}")
    released = {"lot": lot, "words": "Extraction kit", "note": test, "rests_on": day.last(f"lot:{lot}")}
    day.act(lambda: [Draft("lot.released", released | {"bench": day.bench}, pen.values)])
    pen = day.ledger.pen()
    why = day._write(pen, "The maker called it back", f"lot:{lot}")
    ended = {"lot": lot, "how": "withdrawn", "note": why, "bench": day.bench}
    day.act(lambda: [Draft("lot.ended", ended, pen.values)])
