"""The things of a case by the names that people know them by."""

from __future__ import annotations

from gms_desktop import review_words, words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up, storage_look_up
from gms_desktop.services.people_words import person


def subject_name(db: Database, subject: str) -> str:
    """A subject as it is called at the bench: a number, a code, a name."""
    sort, _, subject_id = subject.partition(":")
    match sort:
        case "specimen":
            return specimen_number(db, subject_id)
        case "patient":
            return person(db, subject_id).name
        case "operator":
            return operator_name(db, subject_id)
        case "consignment":
            return _consignment(db, subject_id)
        case "stored" | "place":
            return _kept(db, sort, subject_id)
        case "request" | "arrival":
            return _request(db, subject_id)
    return f"{sort.replace('_', ' ')} {subject_id}"


def _consignment(db: Database, name: str) -> str:
    from gms_desktop.register import consignment_look_up

    row = consignment_look_up.consignment(db, name)
    return f"consignment {row['number']}" if row else "a consignment not known here"


def _kept(db: Database, sort: str, name: str) -> str:
    """A place, or a thing in storage: its sort is known to its own row."""
    from gms_desktop.services import stored_things

    row = storage_look_up.stored(db, name) if sort == "stored" else None
    return stored_things.name_of(db, row["sort"] if row else "place", name)


def specimen_number(db: Database, specimen: str) -> str:
    """The number of a specimen, also when its receipt was refused and it stands in no table."""
    row = look_up.row(db, "specimen", specimen)
    if row is not None:
        return str(row["accession"])
    entries = (one.entry for one in store.of_subject(db, f"specimen:{specimen}"))
    return next((str(e.body["accession"]) for e in entries if e.body.get("accession")), "a specimen not known here")


def _request(db: Database, place: str) -> str:
    request, _, tube = place.partition("/")
    codes = look_up.codes_of_request(db, request)
    row = look_up.row(db, "request", request)
    name = (row["referral"] if row else None) or (codes[0]["code"] if codes else "a request not known here")
    return f"{name}, tube {tube}" if tube else str(name)


def operator_name(db: Database, operator: str | None) -> str:
    """A person who works here, by name."""
    row = look_up.row(db, "operator", operator) if operator else None
    if row is None:
        return review_words.UNKNOWN_PERSON if operator is None else "an unknown person"
    known = store.private_values(db, [f"operator:{operator}"])
    return known.get(row["name_private"]) or words.NOT_STATED


def bench_name(db: Database, writer: str) -> str:
    """The bench that a writer wrote at."""
    began = look_up.incarnation(db, writer)
    return str(began["bench"]) if began else review_words.ANOTHER_BENCH


def thing_of(entry: Entry) -> str:
    """The code that an entry put on something, when it did."""
    for name in ("accession", "label", "tube", "number", "plate"):
        if isinstance(found := entry.body.get(name), str) and found:
            return found
    return ""
