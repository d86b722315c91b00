"""FluidX tubes and racks of the made-up shift: bound, put into a rack, read, settled, measured, discarded, released."""

from __future__ import annotations

from shift import Shift

from gms_desktop.register.ledger import Draft

VOLUME = {"value": "50", "unit": "uL", "raw": "50", "how": "nominal"}


def draft_bound(day: Shift, tube: str, code: str, specimen: str) -> Draft:
    body = {"tube": tube, "code": code, "specimen": specimen, "source": {"sort": "specimen", "id": specimen}}
    return Draft("tube.bound", body | {"volume": VOLUME, "bench": day.bench})


def draft_rack(day: Shift, rack: str, code: str) -> Draft:
    return Draft("rack.registered", {"rack": rack, "code": code, "rows": 8, "columns": 12, "bench": day.bench})


def draft_moved(day: Shift, tube: str, rack: str | None, well: str | None, former: str | None = None) -> Draft:
    known = [f"tube:{tube}", *(f"rack:{one}" for one in dict.fromkeys((rack, former)) if one)]
    body = {"tube": tube, "rack": rack, "well": well, "former": former, "how": "hand", "bench": day.bench}
    return Draft("tube.moved", body | {"follows": [[subject, day.last(subject)] for subject in known]})


def draft_read(day: Shift, rack: str, read: str, wells: list[list[str]]) -> Draft:
    said = {"reader": "Rack reader", "dialect": "D1", "shape": [8, 12], "tells_empty": False, "own_time": ""}
    said |= {"rack_id": ["read", "SA00000001", "header", "SA00000001"], "wells": wells, "findings": []}
    return Draft("rack.read", {"rack": rack, "read": read, "reading": said, "raw": "", "bench": day.bench})


def draft_settled(day: Shift, rack: str, read: str, wells: list[dict[str, str | None]], left: list[str]) -> Draft:
    body = {"rack": rack, "read": read, "purpose": "arriving", "wells": wells, "left": left, "bench": day.bench}
    return Draft("rack.settled", body | {"rests_on": day.last(f"rack:{rack}"), "follows": []})


def draft_taken(day: Shift, sort: str, name: str, ul: str, target: str | None = None) -> Draft:
    body = {"item": {"sort": sort, "id": name}, "volume": VOLUME | {"value": ul, "raw": ul, "how": "stated"}}
    return Draft("volume.taken", body | {"target": target, "job": "by hand", "bench": day.bench})


def draft_emptied(day: Shift, sort: str, name: str) -> Draft:
    pen = day.ledger.pen()
    reason = day._write(pen, "Held against the light", f"{sort}:{name}")
    body = {"item": {"sort": sort, "id": name}, "reason": reason, "bench": day.bench}
    return Draft("container.emptied", body, pen.values)


def racks(day: Shift) -> dict[str, str]:
    """Two tubes of one specimen in a rack, swapped and read; one is discarded, a third was bound by mistake."""
    specimen = day.receive(day.expect())["specimen"]
    names = {name: day.ledger.identity() for name in ("rack", "read", "first", "second", "third")} | {
        "specimen": specimen
    }
    day.act(lambda: [draft_rack(day, names["rack"], "SA00000001")])
    for place, name in enumerate(("first", "second", "third"), start=1):
        day.act(lambda name=name, place=place: [draft_bound(day, names[name], f"FD0000000{place}", specimen)])  # type: ignore[misc]
    for well, name in (("A01", "first"), ("B01", "second")):
        day.act(lambda name=name, well=well: [draft_moved(day, names[name], names["rack"], well)])  # type: ignore[misc]
    read = [["A01", "FD00000002"], ["B01", "FD00000001"], ["C01", "no read"]]
    day.act(lambda: [draft_read(day, names["rack"], names["read"], read)])
    swapped = [
        {"well": "A01", "tube": names["second"], "how": "read"},
        {"well": "B01", "tube": names["first"], "how": "read"},
    ]
    day.act(lambda: [draft_settled(day, names["rack"], names["read"], swapped, [])])  # type: ignore[arg-type]
    stated = {"tube": names["first"], "volume": VOLUME | {"value": "48.5", "how": "measured"}, "reason": "measured"}
    day.act(lambda: [Draft("tube.volume_stated", stated | {"bench": day.bench})])
    for body in (draft_taken(day, "tube", names["first"], "10"), draft_emptied(day, "tube", names["second"])):
        day.act(lambda body=body: [body])  # type: ignore[misc]
    gone = {"item": names["second"], "sort": "tube", "reason": "spoiled", "route": "clinical waste"}
    day.act(lambda: [Draft("material.discarded", gone | {"bench": day.bench})])
    pen = day.ledger.pen()
    why = day._write(pen, "Dr Ptolemy Fanshawe's was scanned", f"tube:{names['third']}")
    mistaken = {"tube": names["third"], "code": "FD00000003", "reason": why, "never_held_liquid": True}
    rests = {"rests_on": day.last(f"tube:{names['third']}"), "bench": day.bench}
    day.act(lambda: [Draft("tube.bind_released", mistaken | rests, pen.values)])
    return names
