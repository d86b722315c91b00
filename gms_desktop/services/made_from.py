"""What a thing was made from: the specimen behind an eluate or a tube, and behind a plate where there is one alone."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, look_up, plate_look_up, rack_look_up, tissue_look_up
from gms_desktop.services import tissue_pieces


def specimen(db: Database, sort: str, name: str) -> Row | None:
    """The specimen that a thing was made from; None where it holds more than one, or nobody knows."""
    match sort:
        case "eluate":
            made = extraction_look_up.eluate(db, name)
        case "tube":
            made = rack_look_up.tube(db, name)
        case "piece":
            piece = tissue_look_up.piece(db, name)
            made = {"specimen": tissue_pieces.root_specimen(db, piece)} if piece else None
        case "plate":
            made = _alone(db, name)
        case _:
            return None
    return look_up.row(db, "specimen", made["specimen"]) if made and made["specimen"] else None


def _alone(db: Database, plate: str) -> Row | None:
    """A tube of a plate that holds one specimen and no other: of more than one no single patient may be shown."""
    tubes = (rack_look_up.tube(db, one["tube"]) for one in plate_look_up.wells(db, plate) if one["tube"])
    by_specimen = {one["specimen"] if one else None: one for one in tubes}
    return next(iter(by_specimen.values())) if len(by_specimen) == 1 else None
