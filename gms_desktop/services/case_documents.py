"""Documents that were issued with what is now in dispute: recalled, and issued again, when a case is settled.

A sort of document joins by a row of :data:`SORTS`; one that names a specimen in its ``about`` is found without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from gms_desktop import review_words
from gms_desktop.domain import dates
from gms_desktop.domain.nipt.codes import Pathway
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up, nipt_look_up, said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.case_list import Case

ISSUED, RECALLED = "document.issued", "document.recalled"
UNACCEPTABLE, REPEAT_REQUEST = "unacceptable-specimens", "repeat-request"
OF_PLATES = (
    "worklist-hamilton",
    "worklist-tecan",
    "worklist-fluidx-plot",
    "plate-map",
    "plate-map-picture",
    "worklist-dilution",
    "worklist-dilution-tecan",
)
OF_RACKS = ("rack-map", "rack-map-picture")
SAMPLE_SHEET = "sample-sheet"
QC_REPORT = "qc-report"
HISTORY = "history"
OF_PERIODS = ("turnaround", "workload", "qc-trend", "exports")
MANIFESTS = {"dwgs": "dwgs-manifest", "gel1004": "gel1004-manifest"}
OF_CONSIGNMENTS = (
    *("send-away-letter", "packing-list", "packing-list-table", "signed-consignment"),
    *MANIFESTS.values(),
)
# What a person did not make here is told of and never made again.
ANSWER_WRITTEN, ANSWER_RECEIVED, CHASE = "consignment-answer", "consignment-answer-received", "consignment-chase"
SHARE_LETTER = "shared-request-letter"
ANSWER_TABLE = "consignment-answer-table"
ANSWER_LETTER = "consignment-answer-letter"
NIPT_FILES = {Pathway.FASP: "nipt-file-fasp", Pathway.R445: "nipt-file-r445"}


@dataclass(frozen=True)
class Sort:
    """What is known of one sort of document.

    Attributes:
        days: of what rests on every subject within its period, whether it names it or not: the days of a subject.
        made_on: the screen on which it is made again; empty where a person says that it was.
    """

    days: Callable[[Database, str], Iterator[str]] | None = None
    made_on: str = ""


def resting_on(db: Database, case: Case) -> tuple[Entry, ...]:
    """Documents issued since what is in dispute was recorded, that rest on it and still count, oldest first."""
    since = min(row["at"] for row in case.rows)
    other = str(case.head["other"] or "")
    earlier = store.by_identity(db, other) if "/" in other else None
    since = min(since, earlier.entry.occurred_at) if earlier is not None else since
    subjects = dict.fromkeys((*case.subjects, *([other] if ":" in other else ())))
    found = {one.id: one for subject in subjects for one in about(db, subject)}
    for sort, known in SORTS.items():
        if known.days is not None:
            days = {day for subject in subjects for day in known.days(db, subject)}
            found |= {one.id: one for one in standing(db, sort) if _within(one, days)}
    return tuple(sorted((one for one in found.values() if one.occurred_at >= since), key=lambda one: one.occurred_at))


def standing(db: Database, sort: str) -> list[Entry]:
    """Documents of a sort that were neither recalled nor replaced."""
    return _counting([one.entry for one in store.of_subject(db, f"documents:{sort}")])


def _counting(entries: list[Entry]) -> list[Entry]:
    gone = {one.body["document"] for one in entries if one.kind == RECALLED}
    gone |= {one.body["replaces"] for one in entries if one.kind == ISSUED}
    return [one for one in entries if one.kind == ISSUED and one.body["document"] not in gone]


def about(db: Database, subject: str) -> list[Entry]:
    """Documents that name a subject, and were neither recalled nor replaced, oldest first."""
    issued = said_look_up.of_kind(db, subject, ISSUED)
    of_each = (_counting([one.entry for one in store.of_subject(db, f"document:{e.body['document']}")]) for e in issued)
    counting = [one for found in of_each for one in found]
    replaced = {one.body["replaces"] for one in counting}
    return [one for one in counting if one.body["document"] not in replaced]


def ever_about(db: Database, subject: str) -> list[Entry]:
    """Every document that names a subject, those that count no more among them, oldest first."""
    return said_look_up.of_kind(db, subject, ISSUED)


def _received_on(db: Database, subject: str) -> Iterator[str]:
    """The day, on the laboratory's wall clock, on which a specimen was received, as ISO text."""
    sort, _, specimen = subject.partition(":")
    row = look_up.row(db, "specimen", specimen) if sort == "specimen" else None
    laboratory = look_up.laboratory(db)
    if row is not None and row["received_at"] and laboratory is not None:
        yield dates.to_local(datetime.fromisoformat(row["received_at"]), laboratory["time_zone"]).date().isoformat()


def _told_on(db: Database, subject: str) -> Iterator[str]:
    """The days by which a NIPT sample may stand in a month's file: of its report, and of its judgement."""
    nipt = subject.partition(":")[2]
    for row, column in ((nipt_look_up.result(db, nipt), "reported"), (nipt_look_up.judgement(db, nipt), "day")):
        if row is not None and row[column]:
            yield str(row[column])


# Letters, manifests of consignments and request forms join here, by the name that their entries have for them.
SORTS = {
    UNACCEPTABLE: Sort(_received_on, "Reports"),
    REPEAT_REQUEST: Sort(),
    # A letter says what was so on its day; what came of it is said to the other laboratory in another.
    SHARE_LETTER: Sort(),
    QC_REPORT: Sort(),
    # A later history is told beside an earlier one, which stays true of its day.
    HISTORY: Sort(),
    # Figures over a period: one specimen that is put right is no reason to recall them.
    **dict.fromkeys(OF_PERIODS, Sort()),
    **dict.fromkeys((*OF_CONSIGNMENTS, ANSWER_WRITTEN, ANSWER_LETTER), Sort(made_on="Send away")),
    **dict.fromkeys((*OF_PLATES, SAMPLE_SHEET), Sort(made_on="Plates")),
    **dict.fromkeys(OF_RACKS, Sort(made_on="Racks")),
    **{sort: Sort(_told_on, "Reports") for sort in NIPT_FILES.values()},
}


def _within(issued: Entry, days: set[str]) -> bool:
    start, end = issued.body["start"], issued.body["end"]
    return bool(start and end) and any(start <= day <= end for day in days)


def issued(db: Database, document: str) -> Entry | None:
    """The entry by which a document was issued."""
    found = (one.entry for one in store.of_subject(db, f"document:{document}") if one.entry.kind == ISSUED)
    return next(found, None)


def name(db: Database, document: str) -> str:
    """A document by its sort and period."""
    entry = issued(db, document)
    if entry is None:
        return "a document not known here"
    body = entry.body
    start, end = (dates.display(date.fromisoformat(body[name])) if body[name] else "" for name in ("start", "end"))
    return review_words.named(str(body["sort"]), start, end, str(body["form"] or ""))


def made_on(db: Database, document: str) -> str:
    """The screen on which a document is made again; empty where a person says that it was."""
    entry = issued(db, document)
    known = SORTS.get(str(entry.body["sort"])) if entry is not None else None
    return known.made_on if known else ""


def recall(db: Database, document: str, root: str) -> list[Draft]:
    """What is recorded when a document is recalled."""
    entry = issued(db, document)
    if entry is None:
        return []
    body = {"document": document, "sort": entry.body["sort"], "reason": "case settled"}
    return [Draft(RECALLED, body, input={"by": "hand", "device": "screen"}, because=(root,))]


def issue(
    ledger: Ledger, sort: str, form: str, sha256: str, period: tuple[str, str], document: str = ""
) -> list[Draft]:
    """What is recorded when a document over a period is issued; one that a settled case left to issue again is done.

    Args:
        ledger: the bench's ledger, inside a transaction.
        sort: one of :data:`SORTS`.
        form: ``pdf`` or ``xlsx``.
        sha256: of the file, in hex.
        period: its first and last day, as ISO text.
        document: its identity, where it stands on the paper itself.
    """
    start, end = period
    again = [row for row in look_up.case_tasks(ledger.db) if str(row["thing"]).startswith("reissue ")]
    replaced, done = "", []
    for row in again:
        named = str(row["thing"]).partition(" ")[2]
        former = issued(ledger.db, named)
        said = former.body if former is not None else {}
        if (said.get("sort"), said.get("start"), said.get("end")) == (sort, start, end):
            replaced = replaced or named
            task = {"case": row["root"], "resolution": row["resolution"], "subject": row["subject"]}
            number = str(row["id"]).rpartition(".")[2]
            done.append(Draft("case.task_done", task | {"task": number}, because=(str(row["root"]),)))
    body = {
        "document": document or ledger.identity(),
        "sort": sort,
        "form": form,
        "sha256": sha256,
        "start": start,
        "end": end,
    }
    return [Draft(ISSUED, body | {"about": [], "replaces": replaced or None, "file": None}), *done]
