"""What a code scanned on the home screen opens: the work that waits for it, or the history of what is done."""

from __future__ import annotations

from devices.values import Scan
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.services import case_list
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.situation import Situation, open_situation, situation


def is_free(db: Database, desk: Desk) -> bool:
    """Whether nothing at this bench must be finished before something else is looked at."""
    here = open_situation(db, desk.place.bench)
    return not (desk.question or desk.downtime or (here and here.in_hand))


def awaited_on(db: Database, code: Resolved, said: Scan) -> str:
    """The screen on which a label of ours that is no specimen's is scanned back; empty where none is awaited."""
    if not code.number or look_up.specimen_by_accession(db, code.number) is not None:
        return ""
    from gms_desktop.services import found_by_code

    return found_by_code.awaited_on(db, code, said.text)


def is_settled(db: Database, desk: Desk, code: Resolved, text: str) -> bool:
    """Whether a code stands on something that no work at reception waits for: then its history is what is wanted.

    Args:
        db: the database.
        desk: what is in hand here.
        code: what was scanned.
        text: as it was scanned.
    """
    if not is_free(db, desk):
        return False
    if case_list.held_code(db, code) is not None:
        return True
    if case_list.task_on(db, code) is not None:
        return False
    if code.is_a(Kind.DOWNTIME):
        return bool(code.specimens)
    if code.number and look_up.specimen_by_accession(db, code.number) is not None:
        return _number_is_settled(db, desk, code.number)
    if code.matches:
        around = [situation(db, match.request) for match in code.matches]
        return all(_is_done(one) for one in around)
    return bool(code.specimens or code.patients) or _is_a_thing(db, code, text)


def _is_a_thing(db: Database, code: Resolved, text: str) -> bool:
    """Whether it stands on what reception knows nothing of."""
    # The rooms are loaded with the first code that is nothing of reception's.
    from gms_desktop.services import found_by_code

    return bool(found_by_code.every(db, code, text))


def _is_done(around: Situation | None) -> bool:
    return around is not None and bool(around.tubes) and all(tube.done for tube in around.tubes)


def _number_is_settled(db: Database, desk: Desk, number: str) -> bool:
    """Our number, of a tube with its outcome and its label. Of a spoiled label reception says what to do."""
    specimen = look_up.specimen_by_accession(db, number)
    if specimen is None:
        return False
    here = open_situation(db, desk.place.bench)
    open_tubes = [tube for tube in here.tubes if not tube.done] if here else []
    if any(tube.specimen and tube.specimen["id"] == specimen["id"] for tube in open_tubes):
        return False
    labels = look_up.labels_of_specimen(db, specimen["id"])
    return specimen["outcome"] is not None and bool(labels) and labels[-1]["state"] == "verified"
