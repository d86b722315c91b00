"""What is compared between a tube and its request: each identifier agrees, is absent, is illegible or differs."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gms_desktop.domain.identity_rule import State
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.views import CheckLine, Mark
from gms_desktop.words import NOT_STATED

BY_CODE, BY_EYE, APART = "read from a code", "compared by eye", "told apart"
FIELD_WORDS = {
    "request number": "Request number",
    "surname": "Surname",
    "forename": "Forename",
    "birth date": "Date of birth",
    "nhs number": "NHS number",
    "hospital number": "Hospital number",
    "sex": "Sex",
    "ward": "Ward or clinic",
    "type": "Specimen type",
    "collected": "Collected",
}


@dataclass(frozen=True)
class Line:
    """One thing compared: how it stands, and how that is known."""

    field: str
    state: State
    how: str = ""

    @property
    def as_body(self) -> list[str]:
        """As an entry has it."""
        return [self.field, self.state.value, self.how]


def recorded(row: Row | None) -> dict[str, Line]:
    """What is recorded of a specimen's comparison, by field."""
    said = json.loads((row["compared"] if row else None) or "[]")
    known = {state.value for state in State}
    return {
        one[0]: Line(one[0], State(one[1]), str(one[2]))
        for one in said
        if isinstance(one, list) and len(one) == 3 and one[1] in known
    }


def values(db: Database, here: Situation, tube: Tube) -> dict[str, str]:
    """What the request states of each thing to compare; the collection time also where it states none."""
    person, request = here.who(tube), tube.request
    patient = look_up.row(db, "patient", request["patient"])
    private = store.private_values(db, [f"patient:{request['patient']}"])
    scanned = tube.specimen["sender_code"] if _by_code(tube) and tube.specimen else None
    said = {
        "request number": scanned or tube.code or str(request.get("code") or ""),
        "surname": person.surname.upper(),
        "forename": person.forename,
        "birth date": person.born_words,
        "nhs number": person.nhs_words,
        "hospital number": person.hospital_words,
        "sex": str((patient or {}).get("sex") or ""),
        "ward": private.get(request.get("location_private") or "") or "",
        "type": tube.type,
    }
    found = {name: value for name, value in said.items() if value}
    return {**found, "collected": request["collected"] or f"{NOT_STATED}: unknown"}


def _by_code(tube: Tube) -> bool:
    return tube.specimen is not None and tube.specimen["matched"] == "code" and bool(tube.specimen["sender_code"])


def compared(db: Database, here: Situation, tube: Tube, *, by_eye: bool) -> tuple[Line, ...]:
    """How each line stands: as recorded, by its code, and with ``by_eye`` all that nobody marked agrees."""
    kept = recorded(tube.specimen)
    return tuple(_line(name, kept, tube, by_eye=by_eye) for name in values(db, here, tube))


def _line(name: str, kept: Mapping[str, Line], tube: Tube, *, by_eye: bool) -> Line:
    known = kept.get(name)
    if known is not None and known.state is not State.NOT_COMPARED:
        return known
    if name == "request number" and _by_code(tube):
        return Line(name, State.AGREES, BY_CODE)
    if by_eye and (name != "collected" or tube.request["collected"]):
        return Line(name, State.AGREES, BY_EYE)
    return Line(name, State.NOT_COMPARED)


def marked(tube: Tube) -> dict[str, Line]:
    """What a person marked as differing, absent or illegible."""
    good = {State.AGREES, State.NOT_COMPARED}
    return {name: line for name, line in recorded(tube.specimen).items() if line.state not in good}


def differing(tube: Tube) -> tuple[str, ...]:
    """The fields that a person marked as different, in the order of the screen."""
    found = marked(tube)
    return tuple(name for name in FIELD_WORDS if name in found and found[name].state is State.DIFFERS)


def with_state(
    db: Database, here: Situation, tube: Tube, fields: Collection[str], state: State, how: str = BY_EYE
) -> tuple[Line, ...]:
    """The comparison with some fields marked anew; no field: every mark is taken back."""
    plain = compared(db, here, tube, by_eye=False)
    if not fields:
        marks = marked(tube)
        return tuple(_unmarked(line, tube) if line.field in marks else line for line in plain)
    return tuple(Line(line.field, state, how) if line.field in fields else line for line in plain)


def _unmarked(line: Line, tube: Tube) -> Line:
    return _line(line.field, {}, tube, by_eye=False)


def lines(db: Database, here: Situation, tube: Tube) -> tuple[CheckLine, ...]:
    """The lines of the comparison: nothing is ticked that a code did not tick or a person has not looked at."""
    kept = {line.field: line for line in compared(db, here, tube, by_eye=False)}
    found = [
        CheckLine(name, _mark(kept[name], tube), FIELD_WORDS[name], value)
        for name, value in values(db, here, tube).items()
    ]
    # What a person marked stands first, where it is seen without scrolling.
    return tuple(sorted(found, key=lambda line: line.mark not in _MARKS.values()))


_MARKS = {State.DIFFERS: Mark.DIFFERS, State.ABSENT: Mark.ABSENT, State.ILLEGIBLE: Mark.ILLEGIBLE}


def _mark(line: Line, tube: Tube) -> Mark:
    if line.state in _MARKS:
        return _MARKS[line.state]
    if line.field == "collected" and not tube.request["collected"]:
        return Mark.ATTENTION
    if line.state is State.AGREES:
        return Mark.CODE if line.how == BY_CODE else Mark.EYE
    return Mark.UNTICKED
