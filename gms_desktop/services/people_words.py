"""A patient in words: always in the same form, never cut short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gms_desktop.domain import dates
from gms_desktop.domain.identifiers import nhs_number
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.words import NOT_STATED


@dataclass(frozen=True)
class Person:
    """A patient's identifying values, read beside the register; empty where not stated."""

    id: str
    person: str
    surname: str
    forename: str
    born: str
    nhs: str
    hospital: tuple[tuple[str, str], ...]
    participant: str

    @property
    def name(self) -> str:
        """``SURNAME, Forename``, or what the tube says of somebody without a name."""
        return _name(self.person, self.surname, self.forename)

    @property
    def born_words(self) -> str:
        """``05-Mar-1971``, or the words of the file where they are no certain date."""
        try:
            return dates.display(date.fromisoformat(self.born))
        except ValueError:
            return self.born

    @property
    def nhs_words(self) -> str:
        """The NHS number as 3-3-4."""
        return nhs_number.display(self.nhs) if self.nhs else ""

    @property
    def hospital_words(self) -> str:
        """Each hospital number after its issuer."""
        return "  ".join(f"{ods} {number}".strip() for ods, number in self.hospital)


def _name(sort: str, surname: str, forename: str) -> str:
    if not surname and not forename:
        return f"{sort} person, name {NOT_STATED}" if sort != "person" else f"name {NOT_STATED}"
    return f"{surname.upper()}, {forename}".strip(", ")


def name(db: Database, patient: str) -> str:
    """A patient's name alone, for lists."""
    row = look_up.row(db, "patient", patient)
    if row is None:
        return _name("unknown", "", "")
    known = store.private_values(db, [f"patient:{patient}"])
    surname, forename = (known.get(row[f"{part}_private"]) or "" for part in ("surname", "forename"))
    return _name(row["person"], surname, forename)


def person(db: Database, patient: str) -> Person:
    """A patient by id; one who is not known here has no values."""
    row = look_up.row(db, "patient", patient)
    known = store.private_values(db, [f"patient:{patient}"])
    if row is None:
        return Person(patient, "unknown", "", "", "", "", (), "")

    def said(column: str, source: Row = row) -> str:
        return known.get(source[column]) or ""

    numbers = look_up.hospital_numbers(db, patient)
    return Person(
        id=patient,
        person=row["person"],
        surname=said("surname_private"),
        forename=said("forename_private"),
        born=said("born_private"),
        nhs=said("nhs_private"),
        hospital=tuple((number["ods"] or "", said("number_private", number)) for number in numbers),
        participant=said("participant_private"),
    )
