"""Storage as Find shows it: where a thing stands now and was, how often it was thawed; places and what is in them."""

from __future__ import annotations

from datetime import date

from gms_desktop.domain import dates
from gms_desktop.domain.identifiers import place_code
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, extraction_look_up, look_up, rack_look_up, storage_look_up
from gms_desktop.services import box_check, storage_entry_words, stored_things
from gms_desktop.services.views import Hit

SORT = "place"


def subjects(db: Database, query: str) -> list[str]:
    """The place that has a code."""
    found = place_code.parts(query)
    row = storage_look_up.place_by_code(db, found[0]) if found else None
    return [f"place:{row['id']}"] if row else []


def hit(db: Database, name: str) -> Hit | None:
    """A place as Find lists it."""
    row = storage_look_up.place(db, name)
    if row is None:
        return None
    inside = sum(1 for _ in stored_things.within(db, SORT, name))
    things = f"{inside} thing{'' if inside == 1 else 's'} in it"
    return Hit(f"place:{name}", str(row["name"]), f"{stored_things.place_words(db, name)}: {things}", SORT)


def related(db: Database, sort: str, name: str) -> list[str]:
    """Where a thing, and what was made from it, was kept: subjects of their own."""
    return [f"stored:{thing}" for _, thing, _ in _things(db, sort, name)]


def facts(db: Database, sort: str, name: str) -> tuple[tuple[str, str], ...]:
    """Where a thing and what was made from it stand now, or stood last."""
    if sort == SORT:
        return _of_place(db, storage_look_up.place(db, name))
    made = []
    for kind, thing, title in _things(db, sort, name):
        said = _said(db, kind, thing)
        if said:
            made.append((f"Storage, {title}" if title else "Storage", said))
    return tuple(made)


def _of_place(db: Database, row: Row | None) -> tuple[tuple[str, str], ...]:
    if row is None:
        return ()
    laboratory = look_up.laboratory(db)
    checked = box_check.last(db, row, str(laboratory["time_zone"])) if laboratory else None
    title, found = checked or ("", ())
    said = (
        ("Code", row["code"]),
        ("State", row["state"]),
        ("Last check", title),
        *(("Found then", one) for one in found),
    )
    return tuple((name, str(value)) for name, value in said if value)


def _things(db: Database, sort: str, name: str) -> list[tuple[str, str, str]]:
    """A thing itself, and for a specimen what was poured and extracted from it."""
    if sort in {"eluate", "tube", "pool", "piece", "rack", SORT}:
        return [(sort, name, "")]
    if sort != "specimen":
        return []
    poured = [("aliquot", one["id"], str(one["accession"])) for one in examination_look_up.aliquots_of(db, name)]
    eluates = [("eluate", one["id"], one["accession"]) for one in extraction_look_up.eluates_of(db, name)]
    tubes = [("tube", one["id"], str(one["code"])) for one in rack_look_up.tubes_of_specimen(db, name)]
    return [(sort, name, ""), *poured, *(one for one in eluates if one[2]), *tubes]


def _said(db: Database, sort: str, name: str) -> str:
    row = storage_look_up.stored(db, name)
    stands = _with_its_rack(db, sort, name) or _stands(db, row)
    thaws = row["thaws"] if row else 0
    thawed = f"thawed {thaws} time{'' if thaws == 1 else 's'}" if thaws else ""
    return ", ".join(part for part in (stands, thawed) if part)


def _stands(db: Database, row: Row | None) -> str:
    if row is None or row["state"] is None:
        return ""
    was = stored_things.was(db, row)
    if row["state"] == "in":
        return stored_things.where(db, row) + (f"; before that {was}" if was else "")
    why = storage_entry_words.purpose_words(db, row["reason"])
    if row["state"] == "gone":
        return f"nowhere: discarded ({why}, {row['route']})" + (f", was in {was}" if was else "")
    due = f", back by {dates.display(date.fromisoformat(row['due']))}" if row["due"] else ""
    return f"out: {why}{due}" + (f", was in {was}" if was else "")


def _with_its_rack(db: Database, sort: str, name: str) -> str:
    """A tube in a rack stands where its rack stands."""
    tube = rack_look_up.tube(db, name) if sort == "tube" else None
    if tube is None or not tube["rack"]:
        return ""
    where = _stands(db, storage_look_up.stored(db, tube["rack"]))
    return f"with its rack: {where}" if where else ""
