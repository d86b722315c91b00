"""Questions about families to the register: later names, labels with a former one, specimens that belong together."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_names = text_statement("SELECT * FROM patient_name WHERE id >= :low AND id < :high ORDER BY since, id")
_links = text_statement("SELECT * FROM specimen_link WHERE id >= :low AND id < :high ORDER BY id")


def names(db: Database, patient: str) -> list[Row]:
    """Every name of a patient, as first stated and later ones, oldest first."""
    return db.all(_names, {"low": f"{patient}/", "high": f"{patient}0"})


def links(db: Database, specimen: str) -> list[Row]:
    """Specimens that belong with one, parted ones too."""
    return db.all(_links, {"low": f"{specimen}/", "high": f"{specimen}0"})
