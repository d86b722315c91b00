"""What stops the next step for a specimen: holds, its request, consent withdrawn. Every step asks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from gms_desktop import consent_words, hold_words, words
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up, look_up
from gms_desktop.register.afterwards import CANCELLED, CANCELLED_HERE
from gms_desktop.services import hold_terms, site_rules

TESTING = "testing"
REFUSED = frozenset({"withdrawn", "declined"})
_WANTED_NO_MORE = frozenset({CANCELLED, CANCELLED_HERE})


@dataclass(frozen=True)
class Stop:
    """One thing that may not be done, and why, in words."""

    what: str
    why: str


def stops(db: Database, specimen: Row) -> tuple[Stop, ...]:
    """Everything that is stopped for a specimen, in the order of the work; nothing for one that may go on."""
    found = [*_held(db, specimen["id"]), *_not_to_proceed(db, specimen["id"]), *_without_consent(db, specimen)]
    if specimen["outcome"] == "rejected":
        found += [Stop(what, "rejected") for what in hold_terms.STOPS]
    return tuple(sorted(dict.fromkeys(found), key=lambda stop: hold_terms.STOPS.index(stop.what)))


def of_material(db: Database, specimen: Row) -> tuple[Stop, ...]:
    """What stops the testing of a specimen whatever it is tested for: its holds and its patient's consent.

    That its own request may not go on yet stops no test that is added on.
    """
    found = (*_held(db, specimen["id"]), *_without_consent(db, specimen))
    return tuple(stop for stop in dict.fromkeys(found) if stop.what == TESTING)


def why_not(db: Database, specimen: Row, what: str) -> str:
    """Why a step (one of :data:`hold_terms.STOPS`) may not be done with a specimen; empty where it may."""
    return ". ".join(stop.why for stop in stops(db, specimen) if stop.what == what)


def _held(db: Database, specimen: str) -> Iterator[Stop]:
    for row in decision_look_up.open_holds(db, specimen):
        why = hold_reasons(db, row)
        yield from (Stop(what, why) for what in json.loads(row["stops"] or "[]") if what in hold_terms.STOPS)


def hold_reasons(db: Database, row: Row) -> str:
    """Why something is on hold, in words."""
    known = hold_words.REASONS | site_rules.reason_words(db)
    return ", ".join(known.get(code, code) for code in json.loads(row["reasons"] or "[]")) or "reason not stated"


def _not_to_proceed(db: Database, specimen: str) -> Iterator[Stop]:
    wanted = (row for row in look_up.requests_of_specimen(db, specimen) if row["state"] not in _WANTED_NO_MORE)
    said = [row for one in wanted if (row := decision_look_up.assessment(db, one["id"])) is not None]
    # A specimen of several requests goes on for those that may, and that are still wanted.
    if said and all(row["proceeds"] == "no" for row in said):
        why = consent_words.lacking(absent(said[0]))
        yield from (Stop(what, why) for what in ("testing", "leaving"))


def absent(row: Row) -> tuple[str, ...]:
    """What of an assessed request is absent."""
    return tuple(item for item, state in json.loads(row["items"] or "[]") if state == "absent")


def refused_uses(db: Database, patient: str) -> dict[str, str]:
    """The uses that a patient withdrew or declined, with which of the two; of linked records the last statement."""
    last = {row["use"]: row["state"] for row in sorted(decision_look_up.consents(db, patient), key=itemgetter("at"))}
    return {use: state for use, state in last.items() if state in REFUSED}


def _without_consent(db: Database, specimen: Row) -> Iterator[Stop]:
    state = refused_uses(db, specimen["patient"]).get(TESTING) if specimen["patient"] else None
    if state is not None:
        yield from (Stop(what, consent_words.refused_use(TESTING, state)) for what in ("testing", "leaving"))


def as_words(found: tuple[Stop, ...]) -> str:
    """What is stopped and why, in one sentence; empty when nothing is."""
    by_reason: dict[str, list[str]] = {}
    for stop in found:
        by_reason.setdefault(stop.why, []).append(hold_words.STOPS[stop.what])
    return ". ".join(f"{words.names(tuple(whats))}: {why}" for why, whats in by_reason.items())
