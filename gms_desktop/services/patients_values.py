"""What stands under a patient: all whose identifying values go with an erasure, and where the patient is named still.

A patient's name stands in more than the patient's own record: what was scanned, what was said of a specimen, what an
instrument was told. What is the patient's alone is erased with it. What is others' too (a file of requests, a run, a
consignment's papers) is not: it is named, so that a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop.domain.consignments.standing import State
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.private import search_terms
from gms_desktop.register import consignment_look_up, look_up, nipt_look_up, reading_look_up
from gms_desktop.services import descent, patients_tissue
from gms_desktop.services.people_words import person

_MADE = frozenset({"aliquot", "eluate", "tube"})
# A number shorter than this stands in too much that has nothing to do with it.
_SHORTEST = 5


def subjects(db: Database, patient: str) -> tuple[str, ...]:
    """Everything that is this patient's alone: record, requests, specimens, what was made of them, tissue, scans."""
    specimens = [row["id"] for row in look_up.specimens_of_patient(db, patient)]
    found = [f"patient:{patient}", *(f"request:{row['id']}" for row in look_up.requests_of_patient(db, patient))]
    found += [f"nipt:{one}" for one in nipt_look_up.of_patient(db, patient)]
    for specimen in specimens:
        found += [f"specimen:{specimen}", *_made_of(db, specimen, specimens)]
    found += patients_tissue.subjects(db, specimens)
    readings = (row["id"] for item in found for row in reading_look_up.readings_of(db, item))
    found += [f"reading:{one}" for one in readings]
    return tuple(dict.fromkeys((*found, *_scans(db, patient))))


def _made_of(db: Database, specimen: str, own: list[str]) -> Iterator[str]:
    """What was poured, extracted and bound of a specimen, and of no other patient's."""
    for one in descent.lineage(db, f"specimen:{specimen}").parents:
        if one.partition(":")[0] in _MADE and _origins(db, one) <= {f"specimen:{name}" for name in own}:
            yield one


def _origins(db: Database, made: str) -> set[str]:
    """The things that were not made of others, behind one that was."""
    parents, above, found = descent.lineage(db, made).parents, [made], set[str]()
    while above:
        one = above.pop()
        if one in parents:
            above += parents[one]
        else:
            found.add(one)
    return found


def _scans(db: Database, patient: str) -> Iterator[str]:
    """Scans of one of the patient's own numbers. The search index does not know scans: every value is looked at."""
    numbers = {search_terms(one)[0] for one in _numbers(db, patient)}
    for one in store.every_private(db) if numbers else ():
        if one.value and one.subject.startswith("scan:") and not numbers.isdisjoint(search_terms(one.value)):
            yield one.subject


def papers(db: Database, patient: str) -> tuple[str, ...]:
    """The numbers of the consignments whose kept papers name the patient: they name others too, and stay."""
    things = (one.partition(":")[2] for one in subjects(db, patient))
    rows = (row for thing in things for row in consignment_look_up.of_item(db, thing))
    closed = (row for row in rows if row["consignment_state"] != State.OPEN)
    return tuple(dict.fromkeys(str(row["consignment_number"]) for row in closed))


def papers_alone(db: Database, patient: str) -> tuple[str, ...]:
    """Those of the consignments of :func:`papers` that hold nothing of anybody else."""
    own = {one.partition(":")[2] for one in subjects(db, patient)}
    rows = {row["consignment"]: row for one in own for row in consignment_look_up.of_item(db, one)}
    alone = [
        row for name, row in rows.items() if own.issuperset(i["item"] for i in consignment_look_up.items(db, name))
    ]
    return tuple(str(row["consignment_number"]) for row in alone if row["consignment_state"] != State.OPEN)


def has_number(db: Database, patient: str, written: str) -> bool:
    """Whether a number that somebody wrote is one of the patient's own, and not one that stands in words about them."""
    return search_terms(written)[:1] in {search_terms(one)[:1] for one in _numbers(db, patient)}


def _numbers(db: Database, patient: str) -> list[str]:
    known = person(db, patient)
    numbers = (known.nhs, known.participant, *(number for _, number in known.hospital))
    return [one for one in numbers if one and len(one) >= _SHORTEST]


def names(db: Database, patient: str) -> tuple[tuple[str, ...], ...]:
    """By what a text names the patient: each number by itself, and the full name, as folded words.

    A number of another laboratory's report or block counts as one, too: it leads to the patient there.
    """
    known = person(db, patient)
    whole = search_terms(f"{known.surname} {known.forename}")[1:] if known.surname and known.forename else ()
    numbers = ((search_terms(one)[0],) for one in _numbers(db, patient))
    specimens = [row["id"] for row in look_up.specimens_of_patient(db, patient)]
    outside = (one for one in patients_tissue.numbers(db, specimens) if len(search_terms(one)[0]) >= _SHORTEST)
    written = (either for one in outside for either in (search_terms(one)[:1], search_terms(one)[1:]))
    return tuple(dict.fromkeys(one for one in (*numbers, whole, *written) if one))


def named_still(db: Database, terms: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """How many values of which sort of subject name the patient after the erasure, in all that is kept here."""
    found: dict[str, int] = {}
    for one in store.every_private(db):
        if one.value is None:
            continue
        words = set(search_terms(one.value))
        if any(words.issuperset(term) for term in terms):
            found[one.subject] = found.get(one.subject, 0) + 1
    return found
