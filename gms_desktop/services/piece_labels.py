"""Labels of tissue: which sort each piece has, what stands on it, and the intention to print it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.rules import word
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.services import arrive, site_rules, tissue_pieces

if TYPE_CHECKING:
    from gms_desktop.register.ledger import Draft

SUBJECT = "piece"
_SORTS = {
    Sort.BLOCK.value: LabelSort.BLOCK,
    Sort.SLIDE.value: LabelSort.SLIDE,
    Sort.SECTION.value: LabelSort.SLIDE,
}


def sort_of(sort: str) -> LabelSort:
    """The sort of label of a sort of piece: what lies in a tube or a pot has that of a tube."""
    return _SORTS.get(sort, LabelSort.TUBE)


def printed_as(place: arrive.Place, sort: str) -> LabelSort:
    """The sort that a bench prints: a tube's where no printer is named for the piece's own."""
    own = sort_of(sort)
    return own if place.route(own).printer else LabelSort.TUBE


def is_own(row: Row, label: Row) -> bool:
    """Whether a copy of a number's label is of the piece's own sort, and not of the tube or bag that it came in."""
    sort = sort_of(row["sort"])
    return sort is not LabelSort.TUBE and label["sort"] == sort


def draft(
    place: arrive.Place, specimen: str, piece: str, number: str, sort: LabelSort, copy: int, reason: str | None
) -> Draft:
    """The intention to print one copy of the label of a piece.

    Args:
        place: where it is printed.
        specimen: whose material it is.
        piece: its identity.
        number: what stands on the label.
        sort: of the label.
        copy: counted from 1, under the number, whatever the copies are stuck on.
        reason: why it is printed again; None for the first of its sort.
    """
    made = arrive.label_draft(place, specimen, number, copy, reason)
    at = arrive.printed_at(place, sort, number, copy, reason)
    return replace(made, body=made.body | {"sort": sort.value, "subject": f"{SUBJECT}:{piece}"} | at)


def first(db: Database, place: arrive.Place, row: Row) -> Draft | None:
    """The first label of a piece's own sort, where its number stands on one of another sort, as on its pot or bag.

    None where a printer is named for none of its sort, where it has one, where the other is still on its way, and of a
    piece that was cut here, whose label stands on nothing else.
    """
    sort, specimen = sort_of(row["sort"]), tissue_pieces.root_specimen(db, row)
    copies = look_up.labels_of_number(db, row["number"])
    settled = all(one["state"] in {"verified", "spoiled"} for one in copies)
    has = any((one["sort"] or LabelSort.TUBE) == sort for one in copies)
    if has or not settled or specimen is None or not place.route(sort).printer or (row["parent"] and copies):
        return None
    copy = max((int(one["copy"]) for one in copies), default=0) + 1
    return draft(place, specimen, row["id"], row["number"], sort, copy, None)


def data(db: Database, piece: str) -> dict[str, object]:
    """What stands on the label of a block, a slide or a tube of scrolls; nothing of what has no number.

    A slide names the block it was cut from: what a person at the microscope compares. A block names what stands on its
    cassette.
    """
    row = tissue_look_up.piece(db, piece)
    laboratory = look_up.laboratory(db)
    if row is None or laboratory is None or not row["number"]:
        return {}
    said = {"number": row["number"], "block": _block(db, row), "surname": tissue_pieces.surname(db, row)}
    if sort_of(row["sort"]) is LabelSort.SLIDE:
        sections = tissue_pieces.piece_of(row).sections
        stain = word(site_rules.tissue(db).stains, row["stain"]) if row["stain"] else ""
        said |= {"stain": stain, "slide": sections.words if sections else "", "laboratory": laboratory["name"]}
    return {name: value for name, value in said.items() if value}


def of_number(db: Database, number: str) -> tuple[str, str] | None:
    """What the label of a tube says of a piece that was cut under a number: the number and what it is."""
    row = tissue_look_up.piece_by_number(db, number)
    return (str(row["number"]), tissue_pieces.what(row).capitalize()) if row is not None and row["parent"] else None


def _block(db: Database, row: Row) -> str:
    if row["parent"]:
        above = tissue_look_up.piece(db, row["parent"])
        return str(above["number"]) if above else ""
    known = store.private_values(db, [f"{SUBJECT}:{row['id']}"])
    return known.get(row["outside_private"] or "") or ""
