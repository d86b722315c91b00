"""Questions to the register about specimens as found, limits from collection, and what was separated."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_row_of = {
    name: text_statement(f"SELECT * FROM {name} WHERE id = :id")  # noqa: S608
    for name in ("examination", "separation", "aliquot")
}
_steps = text_statement("SELECT step FROM specimen_step WHERE id >= :low AND id < :high ORDER BY id")
_separations = text_statement("SELECT * FROM separation WHERE specimen = :specimen ORDER BY at, id")
_aliquots = text_statement("SELECT * FROM aliquot WHERE specimen = :specimen ORDER BY accession")
_by_accession = text_statement(
    "SELECT a.* FROM key_holder k JOIN aliquot a ON a.id = substr(k.holder, 9) WHERE k.key = :key"
)


def examination(db: Database, specimen: str) -> Row | None:
    """What was seen on a specimen, or None while nobody has looked."""
    return db.one(_row_of["examination"], {"id": specimen})


def separation(db: Database, name: str) -> Row | None:
    """One separation."""
    return db.one(_row_of["separation"], {"id": name})


def separations_of(db: Database, specimen: str) -> list[Row]:
    """How often a specimen was spun, oldest first."""
    return db.all(_separations, {"specimen": specimen})


def aliquot(db: Database, name: str) -> Row | None:
    """One tube that was poured."""
    return db.one(_row_of["aliquot"], {"id": name})


def aliquots_of(db: Database, specimen: str) -> list[Row]:
    """What was poured from a specimen, by number."""
    return db.all(_aliquots, {"specimen": specimen})


def aliquot_by_accession(db: Database, accession: str) -> Row | None:
    """The aliquot that has one of our numbers."""
    return db.one(_by_accession, {"key": turn(f"accession:{accession}")})


def steps_done(db: Database, specimen: str) -> frozenset[str]:
    """Steps with a limit that were done with a specimen."""
    return frozenset(step for (step,) in db.tuples(_steps, {"low": f"{specimen}/", "high": f"{specimen}0"}))
