"""Infection risk of a specimen and of all that comes from it: a sign and a word, never the disease.

Only "no" shows as no. A "yes", whoever said it and whenever, stays until it is released under the laboratory's rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gms_desktop import risk_words
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, look_up, risk_look_up
from gms_desktop.services import site_rules
from gms_desktop.services.views import Banner


@dataclass(frozen=True)
class Risk:
    """What is known of a risk: whether the sign stands, in words, and since when a "yes" is known."""

    hazard: bool
    words: str
    yes_at: str = ""


def risk_of(db: Database, specimen: Row) -> Risk:
    """The risk of a specimen, by itself, by its request and by its patient, under whichever record."""
    own = risk_look_up.stated_of(db, "specimen", specimen["id"])
    stated = [*([own] if own is not None else []), *_of_patient(db, specimen["patient"])]
    yes = [row["yes_at"] for row in stated if row["yes_at"]]
    if specimen["risk"] == "yes":
        yes.append(specimen["received_at"])
    released = max((row["released_at"] for row in stated if row["released_at"]), default="")
    standing = [at for at in yes if at > released]
    if standing:
        return Risk(hazard=True, words=risk_words.HAZARD, yes_at=max(standing))
    if yes:
        reasons = site_rules.reason_words(db)
        codes = [row["released"] for row in stated if row["released_at"] == released]
        return Risk(hazard=False, words=risk_words.released(reasons.get(codes[0], codes[0])))
    said = [row["risk"] for row in sorted(stated, key=lambda row: row["at"] or "") if row["risk"]]
    return Risk(hazard=False, words="no" if (said or [specimen["risk"]])[-1] == "no" else risk_words.UNKNOWN)


def word(db: Database, specimen: str | None) -> str:
    """The word that stands beside a specimen's number in lists; empty where no sign stands, or it is not known here."""
    if specimen is None or not risk_look_up.may_be(db, specimen):
        return ""
    row = look_up.row(db, "specimen", specimen)
    return risk_words.HAZARD if row is not None and risk_of(db, row).hazard else ""


def with_hazard(db: Database, banner: Banner, specimen: Row | None, patient: str | None) -> Banner:
    """A banner with the sign, without it once released; before a tube is here, by what is said of its patient."""
    if specimen is not None:
        return replace(banner, hazard=risk_words.HAZARD if risk_of(db, specimen).hazard else "")
    stated = _of_patient(db, patient)
    released = max((row["released_at"] for row in stated if row["released_at"]), default="")
    stands = any(row["yes_at"] and row["yes_at"] > released for row in stated)
    return replace(banner, hazard=risk_words.HAZARD) if stands else banner


def _of_patient(db: Database, patient: str | None) -> list[Row]:
    """What was stated of a patient, also under a record that two people found to be the same person's."""
    records = (patient, *look_up.linked_with(db, patient)) if patient else ()
    found = (risk_look_up.stated_of(db, "patient", one) for one in records)
    return [row for row in found if row is not None]


def without_sign(db: Database, specimen: Row, since: str) -> tuple[str, ...]:
    """What was made before a risk was known, and so carries no sign: labels on tubes, plasma and cells."""
    labels = [row for row in look_up.labels_of_specimen(db, specimen["id"]) if row["state"] != "spoiled"]
    bare = [f"label {row['id']}" for row in labels[-1:] if intended_before(row, since)]
    poured = examination_look_up.aliquots_of(db, specimen["id"])
    return (*bare, *(f"{row['material']} {row['accession']}" for row in poured if _bare(db, row["accession"], since)))


def _bare(db: Database, accession: str, since: str) -> bool:
    """Whether the newest label of a tube that was poured was made before a moment."""
    return any(intended_before(label, since) for label in look_up.labels_of_number(db, accession)[:1])


def intended_before(label: Row, since: str) -> bool:
    """Whether a copy was made before a moment."""
    return label["intended_at"] is not None and label["intended_at"] < since


def notice(db: Database, specimen: Row, risk: Risk) -> str:
    """The draft of a notice to whoever has what was made from a specimen; empty where nothing was made before."""
    made = without_sign(db, specimen, risk.yes_at) if risk.hazard else ()
    return risk_words.notice(specimen["accession"], made) if made else ""


def facts(db: Database, specimen: Row) -> tuple[tuple[str, str], ...]:
    """The risk, and what to tell whom because of it."""
    risk = risk_of(db, specimen)
    said = notice(db, specimen, risk)
    return (("Infection risk", risk.words), *((("Notice, draft", said),) if said else ()))
