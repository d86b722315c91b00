"""One resolver: what a scanned or typed code can stand for here. It answers with everything that fits."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.identifiers import barcode, downtime, nhs_number
from gms_desktop.domain.identifiers.barcode import Kind, Recognised
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import downtime_look_up, look_up


@dataclass(frozen=True)
class Match:
    """A request that a code leads to, and the place of the tube where the code stands on one tube of it."""

    request: str
    place: int | None = None


@dataclass(frozen=True)
class Resolved:
    """What a code is and what it leads to.

    Attributes:
        code: the code in its normal form.
        kinds: every kind it can be.
        private: whether it may identify a patient, so that it stands only among the private values.
        matches: requests and tubes that carry it.
        specimens: specimens that have it as their number, as the sender's or as that of an outage.
        patients: patients that have it as a number.
        number: our number it is, when labels of it were made here.
    """

    code: str
    kinds: tuple[Recognised, ...]
    private: bool
    matches: tuple[Match, ...] = ()
    specimens: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    number: str = ""

    def is_a(self, kind: Kind) -> bool:
        """Whether the code can be of a kind."""
        return any(one.kind is kind for one in self.kinds)


def resolve(db: Database, text: str, symbology: str | None = None) -> Resolved:
    """Look a code up in everything that carries codes."""
    kinds = barcode.recognise(text, symbology)
    forms = list(dict.fromkeys([text.strip(), text.strip().upper(), *(one.value for one in kinds)]))
    number = next((form for form in forms if look_up.labels_of_number(db, form)), "")
    patients = _patients(db, forms)
    matches = _matches(db, forms, patients)
    specimens = _specimens(db, forms)
    private = any(one.private for one in kinds) or bool(patients)
    known = bool(matches or specimens or number) and not patients
    unsure = not any(_surely_no_patient(one) for one in kinds)
    return Resolved(
        code=next((one.value for one in kinds if one.kind is not Kind.UNKNOWN), text.strip()),
        kinds=kinds,
        private=private or (unsure and not known),
        matches=matches,
        specimens=specimens,
        patients=patients,
        number=number,
    )


_NEVER_A_PATIENT = frozenset(
    {Kind.ACCESSION, Kind.DOWNTIME, Kind.PLACE, Kind.REFERRAL, Kind.GS1, Kind.GTIN, Kind.COMMAND_CARD}
)
_LETTERS_TELL = frozenset({Kind.FLUIDX, Kind.RUN_TOGETHER})


def _surely_no_patient(one: Recognised) -> bool:
    """Whether a code's shape says that it is no hospital number and no misread NHS number, both of any digits."""
    return one.kind in _NEVER_A_PATIENT or (one.kind in _LETTERS_TELL and not one.value.isdigit())


def _matches(db: Database, forms: list[str], patients: tuple[str, ...]) -> tuple[Match, ...]:
    found: dict[Match, None] = {}
    for form in forms:
        found.update({Match(request, place): None for request, place in look_up.tubes_by_code(db, form)})
    for form in forms:
        found.update({Match(request): None for request in look_up.requests_by_code(db, form)})
        found.update({Match(row["id"]): None for row in look_up.requests_of_referral(db, form.lower())})
    for patient in patients:
        found.update({Match(row["id"]): None for row in look_up.requests_of_patient(db, patient)})
    placed = {match.request for match in found if match.place is not None}
    return tuple(match for match in found if match.place is not None or match.request not in placed)


def _specimens(db: Database, forms: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for form in forms:
        ours = look_up.specimen_by_accession(db, form)
        if ours:
            found[ours["id"]] = None
        found.update({row["id"]: None for row in look_up.specimens_by_sender_code(db, form)})
        if downtime.looks_like(form) and (row := downtime_look_up.number(db, form)) and row["specimen"]:
            found[row["specimen"]] = None
    return tuple(found)


def _patients(db: Database, forms: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for form in forms:
        wanted = nhs_number.normalise(form)
        if not any(character.isdigit() for character in wanted):
            continue
        for subject, _ in store.find_exact_private(db, wanted):
            if subject.startswith("patient:"):
                found[subject.partition(":")[2]] = None
    return tuple(found)
