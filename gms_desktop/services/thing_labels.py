"""Labels of plates, places, tissue, boxes, badges, cards: what stands on each, and as PDF.

Others join by a line in ``_OF`` and ``_SORTS``: queue, printers and reprints know only the sort.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from gms_desktop import label_file_words
from gms_desktop.domain import dates
from gms_desktop.domain.label_sorts import LAYOUTS, LabelSort, stuck_on
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, plate_look_up, rack_look_up, storage_look_up, tissue_look_up
from gms_desktop.services import badge_labels, card_labels, parcel_labels, piece_labels, stored_things

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DPI = 300
Data = dict[str, object]


def sort_of(db: Database, subject: str) -> LabelSort | None:
    """The sort of label that is stuck on a subject; None for what has no label of its own here."""
    sort, _, name = subject.partition(":")
    if sort == piece_labels.SUBJECT:
        row = tissue_look_up.piece(db, name)
        return piece_labels.sort_of(row["sort"]) if row else None
    return parcel_labels.sort_of(name) if sort == parcel_labels.SUBJECT else _SORTS.get(sort)


def code_of(db: Database, subject: str) -> str:
    """What its label carries; empty where it has no code yet, or is not known."""
    data = _data(db, subject)
    return str(data.get("code") or data["number"]) if data else ""


def data_of(db: Database, label: Row, secret: bytes) -> Data:
    """What stands on one copy of a label.

    Args:
        db: the database.
        label: the copy.
        secret: of the laboratory: the code of a badge is made of it.

    Raises:
        Refused: what it is stuck on is not known any more.
    """
    data = _data(db, stuck_on(label["id"], label["subject"]))
    if not data:
        raise Refused(label_file_words.gone(label["accession"]))
    if label["sort"] == LabelSort.BADGE:
        data["code"] = badge_labels.code(secret, label["id"])
    return data | {"copy": int(label["copy"]), "rehearsal": bool(_laboratory(db)["rehearsal"])}


def of_plate(db: Database, plate: str) -> bytes:
    """The label of a plate that was made, as PDF.

    Raises:
        Refused: it has no code yet, or the label cannot be made.
    """
    return as_pdf(db, f"plate:{plate}" if plate else "", label_file_words.PLATE_FIRST)


def of_place(db: Database, place: str) -> bytes:
    """The label of a place of storage, as PDF.

    Raises:
        Refused: no place is open, or the label cannot be made.
    """
    return as_pdf(db, f"place:{place}" if place else "", label_file_words.PLACE_FIRST)


def as_pdf(db: Database, subject: str, first: str) -> bytes:
    """The label of a thing as PDF, proved.

    Args:
        db: the database.
        subject: what it is stuck on; empty for nothing.
        first: what is said where nothing is in view, or it has no label yet.

    Raises:
        Refused: that, or the label cannot be made.
    """
    # Drawing and decoding are loaded with the first label.
    from gms_desktop.documents.label_data import taken
    from gms_desktop.documents.label_pixels import Form, prove_data
    from gms_desktop.services import site_layouts

    data, sort = _data(db, subject), sort_of(db, subject)
    if not data or sort is None:
        raise Refused(first)
    layout = site_layouts.in_force(db, LAYOUTS[sort]).layout
    said = taken(layout, data | {"rehearsal": bool(_laboratory(db)["rehearsal"])})
    return prove_data(said, layout, _DPI, Form.PDF).payload


def refused(db: Database, subject: str, layout: str) -> str:
    """Why the label of a thing cannot be made as it stands now; empty when it can."""
    from gms_desktop.documents.label import LabelRefused
    from gms_desktop.documents.label_data import taken
    from gms_desktop.documents.label_drawing import draw_data
    from gms_desktop.documents.label_form import LayoutUnfit
    from gms_desktop.services import site_layouts

    try:
        form = site_layouts.in_force(db, layout).layout
        draw_data(taken(form, _data(db, subject)), form, _DPI)
    except (LabelRefused, LayoutUnfit) as fault:
        return str(fault)
    return ""


def _data(db: Database, subject: str) -> Data:
    sort, _, name = subject.partition(":")
    return _OF[sort](db, name) if sort in _OF else {}


def _of_plate(db: Database, plate: str) -> Data:
    row = plate_look_up.plate(db, plate)
    if row is None or not row["code"]:
        return {}
    return {"code": row["code"], "name": f"Plate {row['number']}", "made": _day(db, row["made_at"])}


def _of_place(db: Database, place: str) -> Data:
    row = storage_look_up.place(db, place)
    if row is None:
        return {}
    where = stored_things.place_words(db, row["within"]) if row["within"] else ""
    return {"code": row["code"], "name": row["name"], "where": where}


def _of_rack(db: Database, rack: str) -> Data:
    row = rack_look_up.rack(db, rack)
    if row is None:
        return {}
    return {"code": row["code"], "name": f"Rack of {row['rows'] * row['columns']}", "made": _day(db, row["at"])}


_OF: Mapping[str, Callable[[Database, str], Data]] = {
    "plate": _of_plate,
    "place": _of_place,
    "rack": _of_rack,
    piece_labels.SUBJECT: piece_labels.data,
    parcel_labels.SUBJECT: parcel_labels.data,
    badge_labels.SUBJECT: badge_labels.data,
    card_labels.SUBJECT: card_labels.data,
}
_SORTS = {sort: LabelSort(sort) for sort in ("plate", "place", "rack")}
_SORTS |= {badge_labels.SUBJECT: LabelSort.BADGE, card_labels.SUBJECT: LabelSort.CARD}


def _day(db: Database, at: str | None) -> str:
    return dates.display(dates.to_local(datetime.fromisoformat(at), _laboratory(db)["time_zone"]).date()) if at else ""


def _laboratory(db: Database) -> Row:
    laboratory = look_up.laboratory(db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    return laboratory
