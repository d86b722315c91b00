"""The history of a thing and its chain of custody: every act of the journal about it, and about what was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gms_desktop import history_words as said
from gms_desktop.documents.history import Act, Facts, History, Made
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.store import Stored
from gms_desktop.register import consignment_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    chain_of_custody,
    find,
    history_on_find,
    inspections,
    lineage,
    made_from,
    send_on_find,
    storage_on_find,
)
from gms_desktop.services.lineage import Descendant
from gms_desktop.services.views import Banner, TimelineLine

# Of a consignment only what happened to all of it: what else is in it is somebody else's.
_OF_ALL = frozenset(
    {
        "consignment.closed",
        "consignment.reopened",
        "consignment.handed_over",
        "consignment.arrived",
        "consignment.arrival_corrected",
        "consignment.step_undone",
        "consignment.reconciled",
        "consignment.ended",
        "consignment.chased",
        "consignment.temperature_logged",
    }
)
_IDENTITY = re.compile(r"(\w+:)?([0-9a-z]{20}|[0-9a-f]{16,})([./].*)?", re.DOTALL)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
# What says how an entry was judged, or is in its words already.
_UNSAID = frozenset({"bench", "follows", "rests_on", "comment", "words"})
_LONGEST = 60


def history(ledger: Ledger, subject: str, time_zone: str) -> History | None:
    """The history of what Find shows; None where it shows no such thing."""
    db, (sort, _, name) = ledger.db, subject.partition(":")
    view = find.find(ledger, "", subject, time_zone)
    if sort not in history_on_find.SORTS or not view.timeline:
        return None
    made = lineage.below(db, sort, name)
    ordered = _entries(db, subject, made)
    lines = find.lines_of(db, ordered, _subjects(db, subject, made), time_zone)
    own = lineage.itself(db, sort, name)
    custody = chain_of_custody.chain(db, ordered, lines, own, made)
    return History(
        name=view.heading,
        patient=_patient(view.banner),
        facts=tuple((label, value) for label, value in view.facts if value),
        custody=custody,
        made=tuple(_made(db, one, time_zone) for one in made if one.number != own.number),
        acts=tuple(_acts(db, ordered, lines, time_zone)),
        answers=inspections.answers(db, ordered, lines, time_zone),
    )


def entries_about(db: Database, subject: str) -> list[Stored]:
    """Every entry about a thing and about what became of it, oldest first."""
    sort, _, name = subject.partition(":")
    return _entries(db, subject, lineage.below(db, sort, name))


def about(db: Database, subject: str) -> list[str]:
    """What the paper is about, by which it is found, recalled and erased: the thing, its patient, what it became."""
    sort, _, name = subject.partition(":")
    specimen = look_up.row(db, "specimen", name) if sort == "specimen" else made_from.specimen(db, sort, name)
    row = specimen or (look_up.row(db, "request", name) if sort == "request" else None)
    patient = [f"patient:{row['patient']}"] if row and row["patient"] else []
    asked = look_up.requests_of_specimen(db, specimen["id"]) if specimen else []
    of_whom = [*patient, *(f"request:{one['id']}" for one in asked)]
    whose = [f"specimen:{specimen['id']}"] if specimen else []
    made = (one.subject for one in lineage.below(db, sort, name))
    return list(dict.fromkeys((subject, *of_whom, *whose, *made)))


def _patient(banner: Banner | None) -> Facts:
    if banner is None:
        return ()
    shown = (
        ("Name", banner.name),
        ("Date of birth", banner.born),
        ("NHS number", banner.nhs_number),
        ("Hospital number", banner.hospital_number),
        ("Hazard", banner.hazard),
    )
    return tuple((label, value) for label, value in shown if value)


def _subjects(db: Database, subject: str, made: Iterable[Descendant]) -> tuple[str, ...]:
    sort, _, name = subject.partition(":")
    found = dict.fromkeys((subject, *find.related(db, sort, name)))
    for one in made:
        found |= dict.fromkeys((one.subject, *find.related(db, one.sort, one.id)))
    # A library's related plate holds libraries of other patients.
    return tuple(one for one in found if one == subject or not one.startswith(("plate:", "patient:")))


def _entries(db: Database, subject: str, made: Sequence[Descendant]) -> list[Stored]:
    """Every entry, oldest first; of its consignments what happened to all that was in them."""
    ordered = store.of_subjects(db, _subjects(db, subject, made))
    things = (subject.partition(":")[2], *(one.id for one in made))
    sent = dict.fromkeys(
        f"consignment:{row['consignment']}" for one in things for row in consignment_look_up.of_item(db, one)
    )
    known = {one.entry.id for one in ordered}
    ways = [one for one in store.of_subjects(db, sent) if one.entry.kind in _OF_ALL and one.entry.id not in known]
    return sorted([*ordered, *ways], key=lambda one: (one.entry.occurred_at, one.n))


def _acts(db: Database, ordered: Sequence[Stored], lines: Sequence[TimelineLine], time_zone: str) -> Iterator[Act]:
    scanned: dict[str, str] = {}
    for one, line in zip(ordered, lines, strict=True):
        entry = one.entry
        if entry.action not in scanned:
            scanned[entry.action] = _scanned(db, entry.action)
        how = scanned[entry.action] or line.detail or (said.NO_CODE if entry.operator else said.NOBODY)
        yield Act(
            line.at, inspections.told(line), recorded(entry, time_zone), how, f"{line.who}, {line.where}", entry.id
        )


def _scanned(db: Database, action: str) -> str:
    scans = [one.entry.body for one in store.of_action(db, action) if one.entry.kind == "scan.judged"]
    return ", ".join(str(body["text"] or said.PRIVATE_SCAN) for body in scans)


def recorded(entry: Entry, time_zone: str) -> str:
    """The plain values that an entry recorded: no identity, nothing kept private, no list."""
    found = []
    for name, value in entry.body.items():
        shown = _shown(value, entry.private, time_zone) if name not in _UNSAID else ""
        if shown:
            found.append(f"{name.replace('_', ' ')} {shown}")
    return ", ".join(found)


def _shown(value: object, private: Sequence[str], time_zone: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (str, int)) or value in private:
        return ""
    text = str(value)
    if _MOMENT.fullmatch(text):
        return find.local_minute(text, time_zone)
    return "" if len(text) > _LONGEST or _IDENTITY.fullmatch(text) else text


def _made(db: Database, one: Descendant, time_zone: str) -> Made:
    stored, sent = storage_on_find.facts(db, one.sort, one.id), send_on_find.facts(db, one.sort, one.id, time_zone)
    now = "; ".join(value for label, value in (*stored, *sent) if label in {"Storage", "Sent"})
    return Made(one.sort, one.number, one.parent, now)
