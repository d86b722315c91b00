"""Storage in the made-up shift: places, a specimen put away, moved, taken out and thawed, a freezer out of order."""

from __future__ import annotations

from shift import Shift

from gms_desktop.register.ledger import Draft


def draft_place(day: Shift, place: str, kind: str, within: str | None, number: str) -> Draft:
    size = 9 if kind == "box" else None
    body = {"place": place, "code": f"L/{number}", "kind": kind, "name": f"{kind} {number}", "within": within}
    body |= {"frozen": kind == "freezer", "rows": size, "columns": size, "bench": day.bench}  # type: ignore[dict-item]
    return Draft("place.registered", body)


def _follows(day: Shift, *subjects: str) -> list[list[str | None]]:
    return [[one, day.last(one)] for one in subjects]


def draft_put(day: Shift, sort: str, item: str, place: str, position: str | None, former: str | None = None) -> Draft:
    known = [f"stored:{item}", *(f"place:{one}" for one in dict.fromkeys((place, former)) if one)]
    body = {"item": item, "sort": sort, "place": place, "position": position, "former": former, "thawed": False}
    return Draft("stored.put_away", body | {"how": "scanned", "bench": day.bench, "follows": _follows(day, *known)})


def draft_out(day: Shift, sort: str, item: str, former: str, position: str | None) -> Draft:
    body = {"item": item, "sort": sort, "former": former, "position": position, "reason": "work", "due": "2026-11-25"}
    follows = _follows(day, f"stored:{item}", f"place:{former}")
    return Draft("stored.taken_out", body | {"thawed": True, "bench": day.bench, "follows": follows})


def draft_label(day: Shift, place: str) -> Draft:
    """The label of a place, which holds no one patient's material."""
    body = {"label": f"place:{place}.1", "sort": "place", "subject": f"place:{place}", "specimen": None, "copy": 1}
    rest = {"accession": "L/box", "reason": None, "printer": "Plates", "layout": "place-12x76", "bench": day.bench}
    return Draft("label.intended", body | rest)


def storage(day: Shift, racked: dict[str, str]) -> dict[str, str]:
    """A box with a specimen goes to another freezer and is taken out; the rack stands in the first."""
    names = {name: day.ledger.identity() for name in ("room", "cold", "other", "box")}
    specimen = racked["specimen"]
    for place, kind, within in (("room", "room", None), ("cold", "freezer", "room"), ("other", "freezer", "room")):
        day.act(lambda p=place, k=kind, w=within: [draft_place(day, names[p], k, names.get(w or ""), p)])  # type: ignore[misc]
    day.act(lambda: [draft_place(day, names["box"], "box", names["cold"], "box")])
    day.act(lambda: [draft_label(day, names["box"])])
    day.act(lambda: [draft_put(day, "specimen", specimen, names["box"], "A01")])
    found = {"kind": "extra", "positions": ["C01"], "things": ["a tube"], "where": ""}
    for findings in ([found], []):
        seen = {"place": names["box"], "seen": [["A01", specimen], ["B01", ""]], "findings": findings}
        day.act(lambda seen=seen: [Draft("place.checked", seen | {"bench": day.bench})])  # type: ignore[misc]
    day.act(lambda: [draft_put(day, "rack", racked["rack"], names["cold"], None)])
    day.act(lambda: [Draft("place.stopped", {"place": names["cold"], "bench": day.bench})])
    day.act(lambda: [draft_put(day, "place", names["box"], names["other"], None, names["cold"])])
    day.act(lambda: [Draft("place.restored", {"place": names["cold"], "bench": day.bench})])
    thawed = {"items": [["specimen", specimen]], "with": f"place:{names['box']}", "bench": day.bench}
    day.act(lambda: [draft_out(day, "place", names["box"], names["other"], None), Draft("stored.thawed", thawed)])
    day.act(lambda: [draft_out(day, "specimen", specimen, names["box"], "A01")])
    return names | {"specimen": specimen}
