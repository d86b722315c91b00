"""What may be discarded, worked out when somebody asks: from all that is stored, by the laboratory's own table."""

from __future__ import annotations

from datetime import datetime

from gms_desktop.domain import dates
from gms_desktop.domain.disposal import Item, Proposal, propose
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    afterwards_look_up,
    consignment_look_up,
    examination_look_up,
    extraction_look_up,
    look_up,
    rack_look_up,
    storage_look_up,
    volume_look_up,
)
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import batches, case_list, plate_plan, rights, site_rules, volume_left

# As the table of retention names them; an aliquot is of its own material.
_SPECIMEN, _DNA = "specimen", "dna"


def proposal(ledger: Ledger) -> Proposal:
    """What may be discarded today, and why each other thing stays."""
    db, zone = ledger.db, _zone(ledger.db)
    rows = {row["id"]: row for row in (*storage_look_up.every_stored(db), *storage_look_up.out(db, _MOST_OUT))}
    for subject in volume_look_up.emptied(db):
        sort, _, name = subject.partition(":")
        known = storage_look_up.stored(db, name)
        # What was never put away stands on the list all the same, once somebody said that it is empty.
        if known is None:
            rows[name] = {"id": name, "sort": sort}
    items = [item for row in rows.values() if (item := _item(db, row, zone)) is not None]
    return propose(items, site_rules.retention(db), rights.laboratory_day(ledger))


# What is out with somebody counts for what is the last of its kind.
_MOST_OUT = 10_000


def _zone(db: Database) -> str:
    laboratory = look_up.laboratory(db)
    return str(laboratory["time_zone"]) if laboratory else "Europe/London"


def _item(db: Database, row: Row, zone: str) -> Item | None:
    match row["sort"]:
        case "specimen":
            thing, specimen = None, look_up.row(db, "specimen", row["id"])
            kind, since = _SPECIMEN, specimen["received_at"] if specimen else None
        case "aliquot":
            thing = examination_look_up.aliquot(db, row["id"])
            specimen = look_up.row(db, "specimen", thing["specimen"]) if thing else None
            kind, since = str(thing["material"]) if thing else "", thing["at"] if thing else None
        case "tube":
            thing = rack_look_up.tube(db, row["id"])
            specimen = look_up.row(db, "specimen", thing["specimen"]) if thing and thing["specimen"] else None
            kind, since = material_in(db, thing), thing["at"] if thing else None
        case "eluate":
            thing = extraction_look_up.eluate(db, row["id"])
            specimen = look_up.row(db, "specimen", thing["specimen"]) if thing else None
            kind, since = str(thing["material"]).casefold() if thing else "", thing["at"] if thing else None
        case _:
            return None
    if specimen is None or since is None:
        return None
    return Item(
        code=row["id"],
        kind=kind,
        subject=str(specimen["patient"]),
        since=dates.to_local(datetime.fromisoformat(since), zone).date(),
        held=specimen["outcome"] in (None, "on hold"),
        in_dispute=_in_dispute(db, row, specimen),
        reserved=_reserved(db, row, specimen),
        empty=_empty(db, row),
        when_empty=row["sort"] == "eluate",
        away=_away(db, row, thing),
        at_work=_at_work(db, row, specimen),
        sort=row["sort"],
    )


def _away(db: Database, row: Row, thing: Row | None) -> bool:
    """Whether a consignment holds it, by itself or with its rack."""
    rack = thing["rack"] if thing is not None and row["sort"] == "tube" else None
    held = ((row["sort"], row["id"]), *((("rack", rack),) if rack else ()))
    return any(consignment_look_up.packed_in(db, sort, name) is not None for sort, name in held)


def _at_work(db: Database, row: Row, specimen: Row) -> bool:
    """Whether it stands in a batch that has not ended, or a plate is planned from it."""
    if row["sort"] == "tube":
        plate = plate_plan.on_plate(db, row["id"])
        return plate is not None and plate["state"] == "planned"
    placed = extraction_look_up.positions_of_specimen(db, specimen["id"])
    mine = {one["batch"] for one in placed if one["source"] == row["id"] and one["state"] == "placed"}
    under_way = (extraction_look_up.batch(db, batch) for batch in mine)
    return any(batch is not None and batch["state"] not in batches.OVER for batch in under_way)


def _empty(db: Database, row: Row) -> bool:
    left = volume_left.left(db, f"{row['sort']}:{row['id']}") if row["sort"] in volume_left.SORTS else None
    return left is not None and left.emptied


def material_in(db: Database, tube: Row | None) -> str:
    """What a FluidX tube holds, as the table of retention names it: its eluate's material, which may be RNA."""
    eluate = extraction_look_up.eluate(db, tube["source"]) if tube and tube["source_sort"] == "eluate" else None
    return str(eluate["material"]).casefold() if eluate else _DNA


def _in_dispute(db: Database, row: Row, specimen: Row) -> bool:
    subjects = (f"specimen:{specimen['id']}", f"{row['sort']}:{row['id']}", f"stored:{row['id']}")
    return any(case_list.held(db, one) is not None for one in subjects)


def _reserved(db: Database, row: Row, specimen: Row) -> bool:
    """Whether somebody keeps it: what is kept of a specimen keeps what was made from it, where no aliquot is named."""
    kept = afterwards_look_up.reservations(db, specimen["id"])
    return any(one["aliquot"] in (None, row["id"]) for one in kept)
