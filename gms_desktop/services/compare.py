"""What is compared between a tube and its request, and how each line came to be ticked, or not."""

from __future__ import annotations

import json

from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.views import CheckLine, Mark
from gms_desktop.words import NOT_STATED

COMPARED_FIELDS = ("request number", "name", "birth date", "nhs number", "type")
FIELD_WORDS = {
    "request number": "Request number",
    "name": "Surname, forename",
    "birth date": "Date of birth",
    "nhs number": "NHS number",
    "type": "Specimen type",
    "collected": "Collected",
}


def lines(here: Situation, tube: Tube, differs: frozenset[str]) -> tuple[CheckLine, ...]:
    """The lines of the comparison: nothing is ticked that a code did not tick or a person has not looked at."""
    person = here.who(tube)
    scanned = tube.specimen["sender_code"] if tube.specimen and tube.specimen["matched"] == "code" else None
    recorded = (tube.specimen["compared"] if tube.specimen else None) or "[]"
    kept: dict[str, str] = dict(json.loads(recorded))
    values = {
        "request number": scanned or tube.code or str(tube.request.get("code") or ""),
        "name": person.name,
        "birth date": person.born_words,
        "nhs number": person.nhs_words,
        "type": tube.type,
    }
    made = [
        CheckLine(name, _mark(name, kept, by_code=bool(scanned), differs=differs), FIELD_WORDS[name], value)
        for name, value in values.items()
        if value
    ]
    collected = tube.request["collected"]
    mark = Mark.UNTICKED if collected else Mark.ATTENTION
    made.append(CheckLine("collected", mark, FIELD_WORDS["collected"], collected or f"{NOT_STATED}: unknown"))
    return tuple(made)


def marks(here: Situation, tube: Tube, differs: frozenset[str], *, by_eye: bool) -> tuple[tuple[str, str], ...]:
    """How each line was compared, for the record: by code, by eye, differing, or not compared."""
    found = []
    for line in lines(here, tube, differs):
        if line.mark is Mark.UNTICKED and by_eye and line.field != "collected":
            found.append((line.field, Mark.EYE.value))
        else:
            found.append((line.field, line.mark.value))
    return tuple(found)


def _mark(name: str, kept: dict[str, str], *, by_code: bool, differs: frozenset[str]) -> Mark:
    if name in differs or kept.get(name) == Mark.DIFFERS.value:
        return Mark.DIFFERS
    if name == "request number" and by_code:
        return Mark.CODE
    return Mark.EYE if kept.get(name) == Mark.EYE.value else Mark.UNTICKED
