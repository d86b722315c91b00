"""Pieces of tissue as rows of the register, and as the rules read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.domain.time_limits import collected
from gms_desktop.domain.tissue.assessment import Assessment
from gms_desktop.domain.tissue.pieces import Piece, Sections, Sort, State, beside, overlapping
from gms_desktop.domain.tissue.times import Moment, Times
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.services.people_words import person


def piece_of(row: Row, parent: str = "") -> Piece:
    """A row as the rules read it; what this version does not know is a section that may not be used."""
    sections = None
    if row["first_section"] is not None:
        sections = Sections(row["first_section"], row["last_section"], Decimal(row["thickness_um"]))
    state = State(row["state"]) if row["state"] in set(State) else State.DISCARDED
    sort = Sort(row["sort"]) if row["sort"] in set(Sort) else Sort.SECTION
    return Piece(
        str(row["number"]), sort, state, parent, sections, stain=row["stain"] or "", imaged=bool(row["imaged"])
    )


def cut_from(db: Database, piece: str) -> list[Piece]:
    """What was ever cut from a piece."""
    return [piece_of(row) for row in tissue_look_up.pieces_of(db, piece)]


def what(row: Row) -> str:
    """A piece in words: its sort, its sections."""
    piece = piece_of(row)
    parts = [
        row["sort"],
        piece.sections.words if piece.sections else "",
        "" if row["state"] == "here" else row["state"],
    ]
    return ", ".join(part for part in parts if part)


def times_of(row: Row) -> Times:
    """What is known of when a piece was taken, and in formalin."""
    return Times(*(_moment(row[name]) for name in ("acquired", "into_formalin", "out_of_formalin")))


def _moment(kept: str | None) -> Moment | None:
    if not kept:
        return None
    said: Mapping[str, Any] = json.loads(kept)
    return Moment(datetime.fromisoformat(said["earliest"]), datetime.fromisoformat(said["latest"]))


def words_of_time(kept: str | None) -> str:
    """A time as it was written; empty where none was stated."""
    return str(json.loads(kept)["words"]) if kept else ""


def as_kept(said: Mapping[str, str]) -> str:
    """A time as the register keeps it."""
    return json.dumps(said, sort_keys=True)


def stated(written: str, time_zone: str, now: datetime) -> dict[str, str] | None:
    """A time from a form as an entry keeps it: its words, and the first and last moment that they can mean.

    None for what cannot be read, never happened, or lies ahead.
    """
    when = collected(written, time_zone)
    if when.earliest is None or when.latest is None or when.earliest > now:
        return None
    return {"words": written.strip(), "earliest": instant(when.earliest), "latest": instant(when.latest)}


def acquired_on(db: Database, row: Row, time_zone: str) -> date | None:
    """The day on which a piece was taken from the patient: as stated here, else as its request's collection says."""
    moment = times_of(row).acquired
    if moment is not None:
        return dates.to_local(moment.latest, time_zone).date()
    specimen = look_up.row(db, "specimen", row["specimen"]) if row["specimen"] else None
    taken = collected(str((specimen or {}).get("collected") or ""), time_zone).latest
    return dates.to_local(taken, time_zone).date() if taken else None


def assessment_of(row: Row, by: str) -> Assessment:
    """A row as the rules read it."""
    return Assessment(
        Decimal(row["neoplastic"]),
        by,
        date.fromisoformat(row["assessed_on"]),
        row["method"],
        row["cellularity"] or "",
        Decimal(row["necrosis"]) if row["necrosis"] else None,
        bool(row["area_marked"]),
        bool(row["macrodissect"]),
        row["slide"] or "",
        bool(row["representative"]),
    )


def same_sections(rows: Sequence[Row]) -> dict[str, list[str]]:
    """For each piece that says it holds a section of another of the same block: the numbers of those others."""
    found: dict[str, list[str]] = {}
    # What was scraped off a slide holds that slide's section: it lies under the slide, not under the block.
    for parent in {row["parent"] for row in rows if row["parent"]}:
        for one, other in overlapping([piece_of(row) for row in rows if row["parent"] == parent]):
            found.setdefault(one.number, []).append(other.number)
            found.setdefault(other.number, []).append(one.number)
    return found


def nearest_stained(db: Database, row: Row) -> tuple[str, int] | None:
    """The stained slide that lies nearest to a cut piece of the same block, and how many sections away it is."""
    mine = piece_of(row)
    if mine.sections is None or mine.stain or not row["parent"]:
        return None
    cut = [one for one in cut_from(db, row["parent"]) if one.stain and one.sort is Sort.SLIDE]
    nearest = next(iter(beside(cut, mine)), None)
    if nearest is None or nearest.sections is None:
        return None
    gap = max(nearest.sections.first - mine.sections.last, mine.sections.first - nearest.sections.last, 0)
    return nearest.number, gap


def surname(db: Database, row: Row) -> str:
    """The surname of whom a piece is of; empty where nobody knows."""
    name = root_specimen(db, row)
    specimen = look_up.row(db, "specimen", name) if name else None
    return person(db, specimen["patient"]).surname if specimen and specimen["patient"] else ""


def root(db: Database, row: Row) -> Row:
    """The piece that arrived, of which another was cut."""
    seen = {row["id"]}
    while row["parent"] and row["parent"] not in seen:
        above = tissue_look_up.piece(db, row["parent"])
        if above is None:
            break
        seen.add(above["id"])
        row = above
    return row


def family(db: Database, row: Row) -> list[Row]:
    """The piece that arrived, and everything that was cut from it and from that again."""
    found = [root(db, row)]
    for one in found:
        found += [each for each in tissue_look_up.pieces_of(db, one["id"]) if each not in found]
    return found


def came_as(db: Database, row: Row) -> str:
    """The type under which a piece was received, as "Frozen tissue": it is kept and sent so; empty for what was cut."""
    specimen = look_up.row(db, "specimen", row["specimen"]) if row["specimen"] else None
    return str(specimen["type"] or "") if specimen else ""


def together(db: Database, row: Row) -> list[Row]:
    """What counts together against a receiver: a block's family, or all of a case that another hospital had cut."""
    found = family(db, row)
    if not piece_of(found[0]).sort.is_cut or not found[0]["tissue_case"]:
        return found
    beside = [one for one in tissue_look_up.pieces_of_case(db, found[0]["tissue_case"]) if came_cut(one)]
    return [each for one in beside for each in family(db, one)]


def came_cut(row: Row) -> bool:
    """Whether a piece arrived as a slide or a tube of scrolls."""
    return bool(row["specimen"]) and piece_of(row).sort.is_cut


def root_specimen(db: Database, row: Row) -> str | None:
    """The specimen that a piece came from, however often it was cut."""
    seen = set[str]()
    while row["specimen"] is None and row["parent"] and row["parent"] not in seen:
        seen.add(row["parent"])
        above = tissue_look_up.piece(db, row["parent"])
        if above is None:
            return None
        row = above
    return str(row["specimen"]) if row["specimen"] else None
