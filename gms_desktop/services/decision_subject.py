"""What a command about a decision is given on: the specimen, its request, its patient."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up

ON_RECEIVE = "@"


@dataclass(frozen=True)
class Subject:
    """A specimen with its request and patient, as far as each is known.

    Attributes:
        argument: as the command was given; a question carries it, so that its answer meets the same.
        specimen: the specimen's row, or None.
        request: the request's row, or None.
        patient: the patient's id; empty where none is known.
    """

    argument: str
    specimen: Row | None
    request: Row | None
    patient: str

    @property
    def on_receive(self) -> bool:
        """Whether the command was given on Receive; else on Find."""
        return self.argument.startswith(ON_RECEIVE)


def subject(db: Database, argument: str) -> Subject:
    """What an argument names: the id of a specimen, request or patient, after a sign where it came from Receive."""
    name = argument.removeprefix(ON_RECEIVE)
    specimen = look_up.row(db, "specimen", name)
    request = look_up.row(db, "request", name)
    if specimen is not None:
        request = next(iter(look_up.requests_of_specimen(db, name)), None)
    owner = specimen or request
    patient = owner["patient"] if owner else name if look_up.row(db, "patient", name) else ""
    return Subject(argument, specimen, request, patient or "")
