"""Plates as Find shows them: what became of a plate, its files, and in which plates a tube went."""

from __future__ import annotations

from datetime import datetime

from gms_desktop.domain import dates
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, plate_look_up, rack_look_up
from gms_desktop.services import storage_entry_words
from gms_desktop.services.people import name_of
from gms_desktop.services.views import Hit

SORT = "plate"


def subjects(db: Database, query: str) -> list[str]:
    """The plate that has a code."""
    row = plate_look_up.plate_by_code(db, query.strip())
    return [f"plate:{row['id']}"] if row else []


def hit(db: Database, plate: str) -> Hit | None:
    """A plate as Find lists it."""
    row = plate_look_up.plate(db, plate)
    if row is None:
        return None
    tubes = sum(1 for one in plate_look_up.wells(db, plate) if one["tube"])
    name = row["code"] or f"{row['number']}, {row['state']}"
    return Hit(f"plate:{plate}", f"Plate {name}", f"{tubes} tube{'' if tubes == 1 else 's'}", "plate")


def facts(db: Database, sort: str, name: str) -> tuple[tuple[str, str], ...]:
    """Where the tubes of a plate stand on it; in which plates a tube, or a tube of a specimen, went."""
    if sort == SORT:
        return _of_plate(db, name)
    if sort == "tube":
        return tuple(("On plate", said) for said in _plates(db, name, ""))
    if sort == "specimen":
        tubes = rack_look_up.tubes_of_specimen(db, name)
        return tuple(("On plate", said) for one in tubes for said in _plates(db, one["id"], f", tube {one['code']}"))
    return ()


def _of_plate(db: Database, plate: str) -> tuple[tuple[str, str], ...]:
    row = plate_look_up.plate(db, plate)
    if row is None:
        return ()
    why = row["reason_private"]
    said = store.private_values(db, [f"plate:{row['id']}"]).get(why, "") if why else ""
    dropped = f"plan dropped: {said}" if said else "plan dropped"
    held = f"carried out: its tubes were moved into holding rack {row['code']}"
    state = {"planned": "planned, not made", "dropped": dropped, "held": held, "discarded": _discarded(db, row)}
    return (
        ("Plate is", state.get(row["state"], "made")),
        *((one["well"], _held(db, one) + _why_out(db, one)) for one in plate_look_up.wells(db, plate)),
    )


def _discarded(db: Database, row: Row) -> str:
    """That a plate is gone: why, by which route, who, when."""
    if row["state"] != "discarded":
        return ""
    laboratory = look_up.laboratory(db)
    zone = str(laboratory["time_zone"]) if laboratory else "Europe/London"
    at = dates.display_minute(dates.to_local(datetime.fromisoformat(row["discarded_at"]), zone))
    why = storage_entry_words.purpose_words(db, row["discard_reason"])
    return f"discarded: {why}, {row['route']}, {name_of(db, row['discarded_by'])}, {at}"


def _held(db: Database, well: Row) -> str:
    if not well["tube"]:
        return f"{well['control'] or 'buffer'}, lot {well['lot']}" if well["lot"] else well["control"] or "buffer"
    tube = rack_look_up.tube(db, well["tube"])
    specimen = look_up.row(db, "specimen", tube["specimen"]) if tube and tube["specimen"] else None
    number = specimen["accession"] if specimen else "a specimen that is not known here"
    return f"tube {tube['code'] if tube else 'not known here'}, DNA of {number}"


def _why_out(db: Database, well: Row) -> str:
    why = well["left_out_private"]
    said = store.private_values(db, [f"plate:{well['plate']}"]).get(why, "") if why else ""
    return f", left out of the worklists: {said or 'reason erased'}" if why else ""


def _plates(db: Database, tube: str, more: str) -> list[str]:
    found = []
    for well in plate_look_up.wells_of_tube(db, tube):
        row = plate_look_up.plate(db, well["plate"])
        if row is not None and row["state"] in {"made", "discarded"}:
            out = ", left out of its worklists" if well["left_out_private"] else ""
            out += ", discarded since" if row["state"] == "discarded" else ""
            found.append(f"{row['code']}, {well['well']}{out}{more}")
        elif row is not None and row["state"] == "planned":
            found.append(f"planned: plate {row['number']}, {well['well']}{more}")
    return found
