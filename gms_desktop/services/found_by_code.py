"""What a code stands on beside specimens, requests and patients: every room that gives its things codes is asked."""

from __future__ import annotations

from gms_desktop import words
from gms_desktop.domain.label_queue import OUT
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database
from gms_desktop.register import examination_look_up, look_up
from gms_desktop.services import (
    documents_on_find,
    extract_on_find,
    index_on_find,
    plate_on_find,
    rack_on_find,
    send_on_find,
    storage_on_find,
    tissue_on_find,
)
from gms_desktop.services.resolve import Resolved

_WORKED_ON = {"piece": "tissue", "eluate": "extract"}
"""The screen on which a label of ours is scanned back that is no specimen's."""


def of_numbers(db: Database, code: Resolved, query: str) -> list[str]:
    """What has one of our numbers and is no specimen: an eluate, a batch, a tissue case, a piece."""
    return [*extract_on_find.subjects(db, code), *tissue_on_find.subjects(db, code, query)]


def of_things(db: Database, query: str) -> list[str]:
    """A tube, a rack, a plate, a place, a consignment, an index plate, a library, a pool, a paper."""
    return [
        *rack_on_find.subjects(db, query),
        *plate_on_find.subjects(db, query),
        *storage_on_find.subjects(db, query),
        *send_on_find.subjects(db, query),
        *index_on_find.subjects(db, query),
        *documents_on_find.subjects(db, query),
    ]


def every(db: Database, code: Resolved, query: str) -> list[str]:
    """All of these, and the specimen of a tube that was poured, once its label is on it: until then reception waits."""
    poured = examination_look_up.aliquot_by_accession(db, code.number) if code.number else None
    waits = poured and look_up.labels_of_number(db, code.number)[0]["state"] in look_up.UNSETTLED
    of_poured = [f"specimen:{poured['specimen']}"] if poured and not waits else []
    return [*of_numbers(db, code, query), *of_things(db, query), *of_poured]


def thing(db: Database, code: Resolved, text: str) -> str:
    """What a code stands on that is no specimen, in words; empty where it is not known."""
    sorts = (one.partition(":")[0] for one in every(db, code, text))
    return next((words.THINGS[sort] for sort in sorts if sort in words.THINGS), "")


def no_specimen(db: Database, code: Resolved) -> Verdict:
    """Our number of what is no specimen: its label is told to be destroyed only where it was spoiled."""
    known = thing(db, code, code.number)
    labels = look_up.labels_of_number(db, code.number)
    spoiled = bool(labels) and labels[0]["state"] == "spoiled"
    return words.wrong_kind(code.number, known) if known and not spoiled else words.spoiled_label(code.number)


def awaited_on(db: Database, code: Resolved, query: str) -> str:
    """The screen on which a label with this number is awaited back on what it is for; empty for none."""
    labels = look_up.labels_of_number(db, code.number) if code.number else []
    if not labels or labels[0]["state"] not in OUT:
        return ""
    return next((_WORKED_ON[one.partition(":")[0]] for one in of_numbers(db, code, query) if _is_labelled(one)), "")


def _is_labelled(subject: str) -> bool:
    return subject.partition(":")[0] in _WORKED_ON
