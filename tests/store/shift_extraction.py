"""Extraction in the made-up shift: a batch filled, run, a blank over its limit, a release, eluates out and pooled."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.domain.lots import Lot
from gms_desktop.register.ledger import Draft

PROTOCOL = {"code": "dna-blood", "version": "EXAMPLE-1", "words": "DNA from blood", "yields": "DNA", "rows": 8}
PROTOCOL |= {"columns": 12, "needs": ["Extraction kit"], "blanks": 1, "elution": "50"}
VOLUME = {"value": "50", "unit": "µl", "raw": "50", "how": "nominal"}


def draft_begun(day: Shift, batch: str, number: str) -> Draft:
    given = {"value": "200", "unit": "µl", "raw": "200 µl"}
    body = {"batch": batch, "number": number, "protocol": PROTOCOL, "instrument": "Robot 1", "input": given}
    return Draft("extraction.begun", body | {"bench": day.bench})


def of_batch(day: Shift, batch: str, kind: str, **more: Any) -> Draft:
    return Draft(kind, {"batch": batch, "follows": day.last(f"extraction:{batch}"), "bench": day.bench} | more)


def draft_placed(day: Shift, batch: str, position: str, specimen: dict[str, Any] | None) -> Draft:
    source = {"sort": "specimen", "id": specimen["specimen"]} if specimen else None
    said = {"role": "specimen" if specimen else "blank", "code": specimen["number"] if specimen else ""}
    about = {"source": source, "specimen": specimen["specimen"] if specimen else None, "repeats": None, "lot": None}
    return of_batch(day, batch, "extraction.placed", position=position, **said, **about)


def draft_eluate(day: Shift, batch: str | None, eluate: str, number: str | None, **more: Any) -> Draft:
    follows = day.last(f"extraction:{batch}") if batch else None
    body = {"eluate": eluate, "accession": number, "batch": batch, "position": None, "material": "DNA"}
    return Draft("eluate.made", body | {"volume": VOLUME, "follows": follows, "bench": day.bench} | more)


def extraction(day: Shift) -> dict[str, str]:
    """A batch of three, one of which came to nothing; the eluates of the others, of one specimen, are pooled."""
    one, other = (day.receive(day.expect()) for _ in range(2))
    day.decide(one)
    names = {name: day.ledger.identity() for name in ("batch", "first", "second", "pool")}
    names |= {"specimen": one["specimen"], "other": other["specimen"]}
    batch = names["batch"]
    day.act(lambda: [draft_begun(day, batch, day.ledger.next_number("Z"))])
    for position, specimen in (("A01", one), ("B01", other), ("C01", one), ("D01", None)):
        day.act(lambda position=position, specimen=specimen: [draft_placed(day, batch, position, specimen)])  # type: ignore[misc]
    for stood, to in (("B01", "E01"), ("E01", "B01")):
        moved = {"position": stood, "to": to, "specimen": other["specimen"]}
        day.act(lambda moved=moved: [of_batch(day, batch, "extraction.moved", **moved)])  # type: ignore[misc]
    lot = Lot("09506000134352", "12AB", None).id
    day.act(lambda: [of_batch(day, batch, "extraction.lot_used", lot=lot, of="Extraction kit")])
    day.act(lambda: [of_batch(day, batch, "extraction.started")])
    day.act(lambda: [of_batch(day, batch, "extraction.ended")])
    nothing = {"position": "B01", "specimen": other["specimen"], "reason": "Clotted or blocked", "again": True}
    day.act(lambda: [of_batch(day, batch, "extraction.failed", **nothing)])
    over = {"position": "D01", "value": "0.4", "unit": "ng/µl", "most": "0.1", "over": True, "rules": "L-1"}
    day.act(lambda: [of_batch(day, batch, "extraction.blank_measured", **over)])
    day.act(lambda: [_released(day, batch)])
    for position, name in (("A01", "first"), ("C01", "second")):
        day.act(lambda position=position, name=name: [_out(day, names, position, name)])  # type: ignore[misc]
    measured = {"eluate": names["first"], "volume": VOLUME | {"value": "48.5", "how": "measured"}, "bench": day.bench}
    day.act(lambda: [Draft("eluate.measured", measured)])
    parents = [{"sort": "eluate", "id": names[name]} for name in ("first", "second")]
    pooled = {"parents": parents, "specimen": one["specimen"]}
    day.act(lambda: [draft_eluate(day, None, names["pool"], day.ledger.next_number("Z"), **pooled)])
    return names


def given_up(day: Shift) -> dict[str, str]:
    """A batch of two: one is taken out of it, then the batch is dropped."""
    one, other = (day.receive(day.expect()) for _ in range(2))
    names = {"batch": day.ledger.identity(), "one": one["specimen"], "other": other["specimen"]}
    batch, reason = names["batch"], {"code": "mistake", "words": "Scanned or begun by mistake"}
    for specimen in (one, other):
        day.decide(specimen)
    day.act(lambda: [draft_begun(day, batch, day.ledger.next_number("Z"))])
    for position, specimen in (("A01", one), ("B01", other)):
        day.act(lambda position=position, specimen=specimen: [draft_placed(day, batch, position, specimen)])  # type: ignore[misc]
    out = {"position": "A01", "specimen": names["one"], "reason": reason, "again": True}
    day.act(lambda: [of_batch(day, batch, "extraction.taken_out", **out)])
    gone = {"specimens": [names["other"]], "again": [names["other"]], "reason": reason}
    day.act(lambda: [of_batch(day, batch, "extraction.dropped", **gone)])
    return names


def _released(day: Shift, batch: str) -> Draft:
    pen = day.ledger.pen()
    reason = day._write(pen, "The blank was measured twice", f"extraction:{batch}")
    body = {"batch": batch, "reason": reason, "rests_on": day.last(f"extraction:{batch}"), "bench": day.bench}
    return Draft("extraction.released", body, pen.values)


def _out(day: Shift, names: dict[str, str], position: str, name: str) -> Draft:
    parents = [{"sort": "specimen", "id": names["specimen"]}]
    number = day.ledger.next_number("Z")
    more = {"position": position, "parents": parents, "specimen": names["specimen"]}
    return draft_eluate(day, names["batch"], names[name], number, **more)
