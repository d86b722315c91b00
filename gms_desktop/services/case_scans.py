"""What was scanned round one side of a case: only what is about the case, since the next tube is another patient's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up
from gms_desktop.services.case_words import bench_name, operator_name, specimen_number
from gms_desktop.services.find import local_minute
from gms_desktop.services.views import TimelineLine

# A scan is recorded with the act it led to: so many entries before and after may belong to it.
_NEAR = 4


def scans(db: Database, entry: Entry, subjects: Sequence[str], time_zone: str) -> tuple[TimelineLine, ...]:
    """What the same person scanned at that bench just before and after, of the things that the case is about."""
    near = look_up.scans_near(db, entry.writer, max(1, entry.seq - _NEAR), entry.seq + _NEAR)
    own = [row for row in near if row["operator"] == entry.operator]
    about = frozenset((*subjects, *entry.premises.touches))
    codes = _codes(db, about)
    return tuple(_line(db, row, time_zone) for row in own if row["text"] in codes or _led_to(db, row, about))


def _led_to(db: Database, row: Row, about: frozenset[str]) -> bool:
    """Whether the act that a scan was recorded with touches one of these."""
    scan = store.by_identity(db, row["id"])
    acts = store.of_action(db, scan.entry.action) if scan is not None else []
    return any(not about.isdisjoint(one.entry.premises.touches) for one in acts)


def _line(db: Database, row: Row, time_zone: str) -> TimelineLine:
    code = row["text"] or "a code that may name a patient"
    said = f"{row['entered'].capitalize()} {code}: {row['title']}"
    who, where = operator_name(db, row["operator"]), bench_name(db, row["bench"])
    return TimelineLine(local_minute(row["at"], time_zone), who, where, said, row["source"] or "", VerdictKind.FOUND)


def _codes(db: Database, about: Iterable[str]) -> frozenset[str]:
    """Every code that stands on the things of a case."""
    found: set[str | None] = set()
    for subject in about:
        sort, _, subject_id = subject.partition(":")
        if sort == "specimen":
            row = look_up.row(db, "specimen", subject_id)
            found |= {specimen_number(db, subject_id), row["sender_code"] if row else None}
        elif sort in {"request", "arrival"}:
            found |= _codes_of_request(db, *subject_id.partition("/")[::2])
        elif sort == "label":
            found.add(subject_id.partition(".")[0])
        else:
            found.add(subject_id)
    return frozenset(code for code in found if code)


def _codes_of_request(db: Database, request: str, place: str) -> set[str | None]:
    """A request's codes; of its tubes that which is meant, or all where none is."""
    row = look_up.row(db, "request", request)
    codes = {row["referral"] if row else None, *(one["code"] for one in look_up.codes_of_request(db, request))}
    tubes = look_up.tubes_of_request(db, request)
    return codes | {one["code"] for one in tubes if not place or str(one["place"]) == place}
