"""Other open patients with the same surname and date of birth: an identifier that tells them apart is asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from gms_desktop.domain.identity_rule import IdentityRule
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.services.people_words import Person, person


@dataclass(frozen=True)
class Alike:
    """That there are others, and which fields tell this patient from every one of them.

    Nothing of the others is here: their data stand on no screen and in no log because of a likeness.
    """

    others: int
    fields: tuple[str, ...]


def alike(db: Database, who: Person, rule: IdentityRule) -> Alike | None:
    """Whether other open patients share surname and date of birth; None when nobody does, or one of them is unknown."""
    if not who.surname or not who.born:
        return None
    others = [other for other in _born_so(db, who) if _plain(other.surname) == _plain(who.surname)]
    others = [other for other in others if _is_open(db, other.id) and not _is_same(db, who, other)]
    if not others:
        return None
    fields = [name for name in rule.tells_apart if all(_differs(name, who, other) for other in others)]
    return Alike(len(others), tuple(fields))


def _born_so(db: Database, who: Person) -> list[Person]:
    subjects = dict.fromkeys(subject for subject, _ in store.find_exact_private(db, who.born))
    ids = [subject.partition(":")[2] for subject in subjects if subject.startswith("patient:")]
    people = (person(db, one) for one in ids if one != who.id)
    return [one for one in people if one.born == who.born]


def _plain(text: str) -> str:
    """A name as two people would take it for the same: without case, accents and signs between letters."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in parted if character.isalnum())


def _is_open(db: Database, patient: str) -> bool:
    return bool(look_up.requests_of_patient(db, patient))


def _is_same(db: Database, who: Person, other: Person) -> bool:
    """Whether both are known to be one person: by their NHS number, or linked by two people."""
    if who.nhs and who.nhs == other.nhs:
        return True
    links = look_up.links_of_patient(db, who.id)
    return any(link["other"] == other.id and link["state"] == "linked" for link in links)


def _differs(name: str, who: Person, other: Person) -> bool:
    """Whether a field is stated of this patient and cannot be read as the other's."""
    match name:
        case "forename":
            return _names_differ(_plain(who.forename), _plain(other.forename))
        case "nhs number":
            return bool(who.nhs) and who.nhs != other.nhs
        case "hospital number":
            return bool(who.hospital) and set(who.hospital).isdisjoint(other.hospital)
    return False


def _names_differ(own: str, other: str) -> bool:
    """Whether neither forename can be read as the other: one that is unknown, or a first letter, can be anybody's."""
    if len(own) > 1 and len(other) > 1:
        return own != other
    return bool(own and other) and own[0] != other[0]
