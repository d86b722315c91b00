"""Plates of the made-up shift: one planned and made of a rack that was read again, one whose plan was dropped."""

from __future__ import annotations

from typing import Any

from shift import Shift
from shift_racks import draft_bound, draft_moved, draft_rack, draft_read, draft_settled

from gms_desktop.domain.lots import Lot
from gms_desktop.register import lots as register_of_lots
from gms_desktop.register.ledger import Draft

LOT = Lot("09506000134352", "12AB", None).id


def draft_planned(day: Shift, plate: str, wells: list[list[str]], rack: str, read: str | None) -> Draft:
    lot = LOT if register_of_lots.lot(day.ledger.db, LOT) else None
    body: dict[str, Any] = {"plate": plate, "number": 1, "sort": "plate", "type": "", "rows": 8, "columns": 12}
    body |= {"pack": {"name": "plating-national", "version": "2024-11-13", "on": False}, "wells": wells}
    body |= {"others": [["G12", "", "12AB", lot], ["H12", "NTC", "N-7", None]], "racks": [[rack, read]]}
    return Draft("plate.planned", body | {"bench": day.bench})


def draft_made(day: Shift, plate: str, code: str, wells: list[list[str]], rack: str, read: str) -> Draft:
    subjects = [*(f"tube:{one[1]}" for one in wells), f"rack:{rack}"]
    body: dict[str, Any] = {"plate": plate, "code": code, "wells": wells, "racks": [[rack, read]]}
    body |= {"follows": [[one, day.last(one)] for one in subjects], "rests_on": day.last(f"plate:{plate}")}
    return Draft("plate.made", body | {"bench": day.bench})


def draft_dropped(day: Shift, plate: str) -> Draft:
    pen = day.ledger.pen()
    why = day._write(pen, "Dr Ptolemy Fanshawe put the run off", f"plate:{plate}")
    body = {"plate": plate, "reason": why, "rests_on": day.last(f"plate:{plate}"), "bench": day.bench}
    return Draft("plate.plan_dropped", body, pen.values)


def plates(day: Shift) -> dict[str, str]:
    """A plan is dropped, and the same tube planned, read again and plated."""
    specimen = day.receive(day.expect())["specimen"]
    names = {name: day.ledger.identity() for name in ("rack", "read", "tube", "plate", "dropped")}
    rack, read, tube, plate, dropped = names.values()
    day.act(lambda: [draft_rack(day, rack, "SA00000021")])
    day.act(lambda: [draft_bound(day, tube, "FD00000021", specimen)])
    day.act(lambda: [draft_moved(day, tube, rack, "A01")])
    planned = [["A01", tube, rack, "A01", specimen, ""]]
    for one in (dropped, plate):
        day.act(lambda one=one: [draft_planned(day, one, planned, rack, None)])  # type: ignore[misc]
    day.act(lambda: [draft_dropped(day, dropped)])
    day.act(lambda: [draft_read(day, rack, read, [["A01", "FD00000021"]])])
    settled: list[dict[str, str | None]] = [{"well": "A01", "tube": tube, "how": "read"}]
    day.act(lambda: [draft_settled(day, rack, read, settled, [])])
    day.act(lambda: [draft_made(day, plate, "PL-000021", [["A01", tube, rack, "A01"]], rack, read)])
    return names


def discarded(day: Shift, plate: str) -> None:
    """A plate that was made leaves for good."""
    body = {"plate": plate, "reason": "spoiled", "route": "clinical waste", "follows": day.last(f"plate:{plate}")}
    day.act(lambda: [Draft("plate.discarded", body | {"bench": day.bench})])
