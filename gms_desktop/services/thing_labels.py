"""Labels of things that are no specimen: a plate, a place of storage; each at its true size, its codes read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import label_file_words
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, plate_look_up, storage_look_up
from gms_desktop.services import stored_things
from gms_desktop.services.find import local_minute

if TYPE_CHECKING:
    from collections.abc import Mapping

PLATE, PLACE = "plate-8x64", "place-12x76"
_DPI = 300


def of_plate(db: Database, plate: str) -> bytes:
    """The label of a plate that was made, as PDF.

    Raises:
        Refused: it has no code yet, or the label cannot be made.
    """
    row = plate_look_up.plate(db, plate) if plate else None
    if row is None or not row["code"]:
        raise Refused(label_file_words.PLATE_FIRST)
    made = local_minute(row["made_at"], _laboratory(db)["time_zone"]).partition(" ")[0]
    return _pdf(db, PLATE, {"code": row["code"], "name": f"Plate {row['number']}", "made": made})


def of_place(db: Database, place: str) -> bytes:
    """The label of a place of storage, as PDF.

    Raises:
        Refused: no place is open, or the label cannot be made.
    """
    row = storage_look_up.place(db, place) if place else None
    if row is None:
        raise Refused(label_file_words.PLACE_FIRST)
    where = stored_things.place_words(db, row["within"]) if row["within"] else ""
    return _pdf(db, PLACE, {"code": row["code"], "name": row["name"], "where": where})


def _pdf(db: Database, name: str, data: Mapping[str, object]) -> bytes:
    # Drawing and decoding are loaded with the first label.
    from gms_desktop.documents.label_layout import product_layout
    from gms_desktop.documents.label_pixels import Form, prove_data

    layout = product_layout(name)
    said = dict(data) | {"rehearsal": bool(_laboratory(db)["rehearsal"])}
    return prove_data(said, layout, _DPI, Form.PDF).payload


def _laboratory(db: Database) -> Row:
    laboratory = look_up.laboratory(db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    return laboratory
