"""What was separated from a specimen: how it was spun, and the tubes of plasma and cells that came of it."""

from __future__ import annotations

from datetime import datetime

from devices.values import Entered
from gms_desktop import examination_words, words
from gms_desktop.domain import dates
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import concessions, risks
from gms_desktop.services.outcome import Outcome

MATERIALS = frozenset({"blood", "bone marrow"})


def facts(db: Database, specimen: str, zone: str) -> tuple[tuple[str, str], ...]:
    """Spins and tubes of a specimen, as facts."""
    spun = [("Spun", _spun(row, zone)) for row in examination_look_up.separations_of(db, specimen)]
    return (*spun, *(("Separated", aliquot_words(row)) for row in examination_look_up.aliquots_of(db, specimen)))


def of_tube(db: Database, specimen: str, number: str | None) -> tuple[tuple[str, str], ...]:
    """Which tube of a specimen a scanned number is, where it is one that was poured from it."""
    row = examination_look_up.aliquot_by_accession(db, number) if number else None
    return (("This tube", aliquot_words(row)),) if row is not None and row["specimen"] == specimen else ()


def _spun(row: Row, zone: str) -> str:
    began = dates.display_minute(dates.to_local(datetime.fromisoformat(row["began"]), zone))
    return f"{row['programme']}, begun {began}"


def aliquot_words(row: Row) -> str:
    """A tube that was poured: its number, material, volume and haemolysis."""
    volume = f"{row['volume']} {row['volume_unit']} {row['volume_how']}" if row["volume"] else ""
    grade = f"haemolysis {row['haemolysis']}" if row["haemolysis"] else ""
    return ", ".join(filter(None, (f"{row['accession']} {row['material']}", volume, grade)))


def scanned(ledger: Ledger, told: dict[str, str], number: str) -> Outcome | None:
    """The number of an aliquot was scanned: its label is on its tube. None for a number of nothing that was poured."""
    row = examination_look_up.aliquot_by_accession(ledger.db, number)
    labels = look_up.labels_of_number(ledger.db, number) if row else []
    if row is None or not labels:
        return None
    specimen = look_up.row(ledger.db, "specimen", row["specimen"])
    if labels[0]["state"] not in look_up.UNSETTLED:
        known = examination_words.aliquot_known(number, aliquot_words(row))
        return Outcome(concessions.beside(ledger.db, specimen, known) if specimen else known)
    if told.get("by") == Entered.TYPED.value:
        return Outcome(words.typed_number(number))
    verified = Draft("label.verified", {"label": labels[0]["id"]}, input=told)
    said = examination_words.on_aliquot(number, aliquot_words(row))
    return Outcome(concessions.beside(ledger.db, specimen, said) if specimen else said, (verified,))


def labels_wanted(db: Database, specimen: Row) -> list[Row]:
    """The newest label of each tube that was poured, where it is not on its tube or lacks a hazard sign."""
    newest = [
        look_up.labels_of_number(db, row["accession"])[:1]
        for row in examination_look_up.aliquots_of(db, specimen["id"])
    ]
    risk = risks.risk_of(db, specimen)
    return [
        label
        for [label] in filter(None, newest)
        if label["state"] != "verified" or (risk.hazard and risks.intended_before(label, risk.yes_at))
    ]
