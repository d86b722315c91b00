"""Extraction as Find shows it: eluates and batches, and the line from a specimen through its eluates to its tubes."""

from __future__ import annotations

from gms_desktop.domain.extraction import Role
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, rack_look_up
from gms_desktop.services import batches, eluates, extract_scans, rack_scans, scrolls_extracted, volume_left
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.views import Hit

SORTS = frozenset({"eluate", "extraction"})
Facts = tuple[tuple[str, str], ...]


def subjects(db: Database, code: Resolved) -> list[str]:
    """The eluate or the batch that has one of our numbers."""
    row = extraction_look_up.eluate_by_number(db, code.code)
    if row is not None:
        return [f"eluate:{row['id']}"]
    batch = extraction_look_up.batch_by_number(db, code.code)
    return [f"extraction:{batch['id']}"] if batch else []


def hit(db: Database, sort: str, name: str) -> Hit | None:
    """An eluate or a batch as Find lists it."""
    if sort == "eluate":
        row = extraction_look_up.eluate(db, name)
        made = (f"Eluate {eluates.named(db, row)}", eluates.what(db, row)) if row else None
        return Hit(f"eluate:{name}", *made, "eluate") if made else None
    here = batches.load(db, name)
    if here is None:
        return None
    detail = f"{here.row['words']}, {extract_scans.state_words(here)}"
    return Hit(f"extraction:{name}", f"Batch {here.row['number']}", detail, "batch")


def facts(db: Database, sort: str, name: str) -> Facts:
    """What is known of an eluate, a batch, the eluates of a specimen, or what stands behind a tube."""
    if sort == "specimen":
        return tuple(("Eluate", _line(db, row)) for row in extraction_look_up.eluates_of(db, name))
    if sort == "piece":
        made = (extraction_look_up.eluate(db, one) for one in scrolls_extracted.eluates_of(db, name))
        return tuple(("Eluate", _line(db, row)) for row in made if row is not None)
    if sort == "extraction":
        return _of_batch(db, name)
    if sort == "tube":
        tube = rack_look_up.tube(db, name)
        name = tube["source"] if tube and tube["source_sort"] == "eluate" else ""
    row = extraction_look_up.eluate(db, name) if name and sort in {"eluate", "tube"} else None
    if row is None:
        return ()
    volume = f"{row['volume']} {row['volume_unit']}, {row['volume_how']}" if row["volume"] else ""
    said = (("Eluate", _line(db, row)), ("Eluted in", volume), *_behind(db, row))
    left = volume_left.facts(db, f"eluate:{name}") if sort == "eluate" else ()
    return (*((label, value) for label, value in said if value), *left)


def _line(db: Database, row: Row) -> str:
    """An eluate with what it was made of before it and the tubes that it went into after it."""
    tubes = [
        f"tube {one['code']} ({rack_scans.where(db, one) or 'in no rack'})"
        for one in rack_look_up.tubes_of_specimen(db, row["specimen"])
        if (one["source_sort"], one["source"]) == ("eluate", row["id"]) and one["state"] != "released"
    ]
    into = f", into {', '.join(tubes)}" if tubes else ""
    number = f"{row['accession']}: " if row["accession"] else ""
    return f"{number}{eluates.what(db, row)}{into}"


def _behind(db: Database, row: Row) -> Facts:
    """The blanks and the lots of the batches that an eluate came out of; a pool has those of all its parents."""
    if not row["batch"]:
        parents = extraction_look_up.parents(db, row["id"])
        made_of = [extraction_look_up.eluate(db, one["parent"]) for one in parents if one["sort"] == "eluate"]
        return tuple(dict.fromkeys(fact for one in made_of if one is not None for fact in _behind(db, one)))
    here = batches.load(db, row["batch"])
    return _blanks_and_lots(here) if here else ()


def _blanks_and_lots(here: batches.OpenBatch) -> Facts:
    number = here.row["number"]
    blanks = [one for one in here.positions.values() if one["role"] == Role.BLANK.value]
    measured = ", ".join(f"{one['position']} {_measured(one)}" for one in blanks)
    lots = ", ".join(f"{one.of} {one.lot}" for one in here.lots)
    held = "a blank is over its limit" if here.held else ""
    said = (("Blank", measured and f"batch {number}: {measured}"), ("Lots", lots), ("Held", held))
    return tuple((label, value) for label, value in said if value)


def _measured(blank: Row) -> str:
    return f"{blank['measured']} {blank['measured_unit']}" if blank["measured"] else "not measured"


def _of_batch(db: Database, name: str) -> Facts:
    here = batches.load(db, name)
    if here is None:
        return ()
    row = here.row
    said = (
        ("Protocol", f"{row['words']} ({row['version']})"),
        ("State", extract_scans.state_words(here)),
        ("Instrument", row["instrument"] or "not stated"),
        *_blanks_and_lots(here),
        *((position, _said(one)) for position, one in sorted(here.positions.items())),
    )
    return tuple(said)


def _said(row: Row) -> str:
    why = f"came to nothing: {row['reason']}" if row["state"] == "failed" else ""
    return ", ".join(filter(None, (row["code"] or row["role"], why, "scanned out" if row["eluate"] else "")))
