"""Before a plate gets its code: every rack that fills it was read since the plan, and was saved whole for plating."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from gms_desktop.domain.plates.contents import Buffer, Content, Control, Plate, Tube
from gms_desktop.domain.plates.last_read import Stop, before_code
from gms_desktop.domain.racks.saving import Purpose, Saving, may_save
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.services import lots, rack_compared
from gms_desktop.services.at_rack import AtRack


def plate_of(db: Database, row: Row) -> Plate:
    """A plate as it was planned."""
    wells: dict[str, Content] = {}
    for one in plate_look_up.wells(db, row["id"]):
        if one["tube"]:
            wells[one["well"]] = Tube(_code(db, one["tube"]), one["participant"], one["family"], row["type"])
        else:
            wells[one["well"]] = _other(one)
    return Plate(row["number"], row["type"], wells, shape=Shape(row["rows"], row["columns"]))


def _other(well: Row) -> Control | Buffer:
    lot, lot_id = well["lot"], well["lot_id"] or ""
    return Control(well["control"], lot, lot_id) if well["control"] else Buffer(lot, lot_id)


def lot_in_the_way(db: Database, plates: Iterable[Plate], day: date) -> str:
    """Why a control's or buffer's lot may not be used on a day; empty where each may."""
    others = {one.lot_id for plate in plates for one in plate.wells.values() if isinstance(one, Control | Buffer)}
    told = [lots.may_be_used(db, lot, day) for lot in sorted(others) if lot]
    return next((one.sentence for one in told if one is not None and one.kind is VerdictKind.REFUSED), "")


def sources(db: Database, row: Row) -> dict[str, tuple[str, str]]:
    """The rack and well of each tube, by their codes, as the plan took them."""
    planned = [one for one in plate_look_up.wells(db, row["id"]) if one["tube"]]
    racks = {one["rack"]: _rack_code(db, one["rack"]) for one in planned}
    return {_code(db, one["tube"]): (racks[one["rack"]], one["source_well"]) for one in planned}


def stops(db: Database, row: Row) -> tuple[Stop, ...]:
    """What is in the way of giving a planned plate its code."""
    read = {}
    for rack, before in racks_of(row):
        here = rack_look_up.rack(db, rack)
        saving = _read_again(db, here, before) if here is not None else None
        if here is not None and saving is not None:
            read[str(here["code"])] = saving
    return before_code(plate_of(db, row), sources(db, row), read)


def racks_of(row: Row) -> list[tuple[str, str | None]]:
    """Each source rack of a plate, with its newest reading when the plan was made."""
    return [(rack, read) for rack, read in json.loads(row["racks"])]


def _read_again(db: Database, rack: Row, before: str | None) -> Saving | None:
    """What may be saved of the newest reading for plating; None where there is none since the plan."""
    if not rack["read"] or rack["read"] == before:
        return None
    if rack["settled"] == rack["read"]:
        if rack["settled_for"] != Purpose.PLATING:
            return None
        tubes = {one["well"]: one["code"] for one in rack_look_up.tubes_in_rack(db, rack["id"])}
        return Saving(tubes, ())
    here = rack_compared.compared(db, AtRack(rack=rack["id"], purpose=Purpose.PLATING.value))
    return may_save(here.comparison, Purpose.PLATING) if here is not None else None


def _code(db: Database, tube: str) -> str:
    row = rack_look_up.tube(db, tube)
    return str(row["code"]) if row else tube


def _rack_code(db: Database, rack: str) -> str:
    row = rack_look_up.rack(db, rack)
    return str(row["code"]) if row else rack
