"""What a settled case leaves to be done: found in what exists because of the story that is not kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gms_desktop import review_words
from gms_desktop.journal import kinds
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.store import Stored
from gms_desktop.judge import keys
from gms_desktop.register import look_up
from gms_desktop.services import case_decisions, case_documents
from gms_desktop.services.case_list import Case
from gms_desktop.services.case_words import specimen_number, thing_of

# Keys that go from one to another when a case is settled: nobody's identity or role, and not who confirmed what.
MOVED = (keys.FOR_EVER - {"id", "case"} - keys.OF_PEOPLE) | {"place", "consignment"}
# Facts that may be told again as they were told, when the story they belong to is kept.
AFRESH = frozenset(
    {"specimen.received", "request.expected", "patient.registered", "delivery.arrived", "downtime.number_used"}
)
_LABELS = frozenset({"label.intended", "label.sending", "label.sent", "label.printed", "label.verified"})
# A copy that is, or may be, somewhere in the room.
_PRINTED = frozenset({"sending", "sent", "printed", "verified", "unknown", "put off", "intended"})


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes:
        subject: whose it is.
        thing: what is to be done: ``destroy-label``, ``relabel``, ``renumber``, ``receive-again``, ``recall`` …
        about: the label, specimen or entry it is done with.
        code: what can be scanned on it.
    """

    subject: str
    thing: str
    about: str
    code: str | None = None

    def name(self, db: Database) -> str:
        """What it is done with, by its name."""
        if self.thing in {"relabel", "renumber", "decide-again"}:
            return specimen_number(db, self.about)
        if self.thing in {"recall", "reissue"}:
            return case_documents.name(db, self.about)
        return self.code or self.about

    def words(self, db: Database) -> str:
        """What is to be done, in words."""
        return review_words.task(self.thing, self.name(db))


def of_row(row: Row) -> Task:
    """A task as the register holds it."""
    thing, _, about = str(row["thing"]).partition(" ")
    return Task(row["subject"], thing, about, row["code"])


def as_body(tasks: Sequence[Task]) -> list[dict[str, str | None]]:
    """Tasks as an entry carries them, numbered."""
    return [
        {"subject": one.subject, "task": str(place), "thing": f"{one.thing} {one.about}", "code": one.code}
        for place, one in enumerate(tasks, start=1)
    ]


def moves(row: Row) -> bool:
    """Whether a key goes from one side to the other when the right story is kept."""
    return row["sort"] == "claims" and keys.sort_of(row["key"] or "") in MOVED


def twice_received(row: Row) -> bool:
    """Whether one place of a request was filled at two benches."""
    return str(row["key"] or "").startswith("last:arrival:") and str(row["other"] or "").startswith("specimen:")


def tasks(db: Database, case: Case, failed: Sequence[Stored], keeps: str) -> tuple[Task, ...]:
    """What is to be done when this story is kept."""
    if keeps == "both":
        # What both stories were issued with still holds.
        return () if twice_received(case.head) else tuple(_decided_again(failed))
    if twice_received(case.head):
        return (*_joined(db, case, keeps), *_documents(db, case))
    made = _loser_stood(db, case) if keeps == "right" else _loser_failed(failed)
    either = case_decisions.is_about_decisions(case.head)
    rest = _not_afresh(failed, keeps, either_decision=either)
    return tuple(dict.fromkeys((*made, *rest, *_documents(db, case))))


def _documents(db: Database, case: Case) -> Iterator[Task]:
    """What left the house with what was in dispute is recalled, and made again."""
    for entry in case_documents.resting_on(db, case):
        document = str(entry.body["document"])
        for thing in ("recall", "reissue"):
            yield Task(f"document:{document}", thing, document)


def _joined(db: Database, case: Case, keeps: str) -> Iterator[Task]:
    """One specimen has two numbers: both stay, one leads, and the tube carries the label of that one."""
    mine, other = received(case), str(case.head["other"]).partition(":")[2]
    if keeps == "both" or mine is None:
        return
    leads, led = (other, mine) if keeps == "left" else (mine, other)
    yield Task(f"specimen:{mine}", "relabel", leads, specimen_number(db, led))
    for label in _labels(db, led):
        yield Task(f"specimen:{mine}", "destroy-label", label["id"], label["accession"])


def received(case: Case) -> str | None:
    """The specimen that the entry which names a case is about."""
    mine = (row["subject"] for row in case.rows if row["entry"] == case.root)
    return next((subject.partition(":")[2] for subject in mine if subject.startswith("specimen:")), None)


def _labels(db: Database, specimen: str) -> list[Row]:
    return [label for label in look_up.labels_of_specimen(db, specimen) if label["state"] in _PRINTED]


def _loser_stood(db: Database, case: Case) -> Iterator[Task]:
    """What stands loses its number: its tube gets another, and another label."""
    other, subject = str(case.head["other"]), case.head["subject"]
    sort, _, specimen = other.partition(":")
    if sort != "specimen" or keys.sort_of(case.head["key"]) != "accession":
        return
    for label in _labels(db, specimen):
        yield Task(subject, "destroy-label", label["id"], label["accession"])
    yield Task(subject, "renumber", specimen, specimen_number(db, specimen))


def _loser_failed(failed: Sequence[Stored]) -> Iterator[Task]:
    """What was printed for a story that is not kept is destroyed, and its tube received under a number of its own."""
    for one in failed:
        entry = one.entry
        subject = next(iter(entry.premises.touches), "")
        if entry.kind in _LABELS:
            label = str(entry.body.get("label"))
            yield Task(subject, "destroy-label", label, label.partition(".")[0])
        elif entry.kind == "specimen.received" and one.verdict == "refused":
            yield Task(subject, "receive-again", entry.id, thing_of(entry))


def _decided_again(failed: Sequence[Stored]) -> Iterator[Task]:
    for one in failed:
        if one.verdict == "refused" and one.entry.kind == "specimen.decided":
            specimen = str(one.entry.body.get("specimen"))
            yield Task(f"specimen:{specimen}", "decide-again", specimen)


def _not_afresh(failed: Sequence[Stored], keeps: str, *, either_decision: bool) -> Iterator[Task]:
    """What was refused and can be told again only by a person who knows what is so."""
    if keeps == "right":
        told = {one.entry.id for one in case_decisions.refused(failed)} if either_decision else set()
        yield from _decided_again([one for one in failed if one.entry.id not in told])
        for one in failed:
            entry = one.entry
            if one.verdict == "refused" and entry.kind not in AFRESH | _LABELS | {"specimen.decided"}:
                subject = next(iter(entry.premises.touches), "")
                yield Task(subject, "record-again", entry.id, thing_of(entry) or None)


def may_be_told_again(one: Stored) -> bool:
    """Whether an entry that was refused is told again, as it was, when its story is kept."""
    entry = one.entry
    return one.verdict == "refused" and entry.kind in AFRESH and kinds.readable(entry.kind, entry.version, entry.body)
