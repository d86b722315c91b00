"""What was conceded of a specimen when it was accepted: it follows the specimen and everything made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from gms_desktop import afterwards_words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.services import site_rules
from gms_desktop.services.decide import outcome_words

_OUTCOMES = frozenset({"accepted with comment", "accepted at discretion"})
_STAYS = frozenset({VerdictKind.REFUSED, VerdictKind.ATTENTION})


def concession(db: Database, specimen: Row) -> str:
    """What was conceded of a specimen itself; empty where nothing was."""
    if specimen["outcome"] not in _OUTCOMES:
        return ""
    said = store.private_values(db, [f"specimen:{specimen['id']}"]).get(specimen["comment_private"] or "") or ""
    known = site_rules.reason_words(db)
    reasons = ", ".join(known.get(code, code) for code in json.loads(specimen["reasons"] or "[]"))
    return ": ".join(filter(None, (outcome_words(specimen["outcome"]), reasons, said)))


def concessions(db: Database, specimen: Row) -> tuple[tuple[str, str], ...]:
    """What was conceded of a specimen, and of the tube under its other number, as facts."""
    every = ((row, concession(db, row)) for row in _one_tube(db, specimen))
    return tuple(
        ("Concession", said if row["id"] == specimen["id"] else f"{row['accession']}: {said}")
        for row, said in every
        if said
    )


def _one_tube(db: Database, specimen: Row) -> Iterator[Row]:
    """The specimen, and every number that its own is led by: two numbers of one tube."""
    seen, own = set[str](), specimen
    while own["id"] not in seen:
        seen.add(own["id"])
        yield own
        leads = look_up.row(db, "specimen", own["led_by"]) if own["led_by"] else None
        if leads is None:
            return
        own = leads


def in_words(db: Database, specimen: Row) -> str:
    """The same in one sentence, for whoever scans the tube or something made from it; empty where nothing was."""
    said = "; ".join(value for _, value in concessions(db, specimen))
    return afterwards_words.concession(str(specimen["accession"]), said) if said else ""


def found(db: Database, specimen: Row | None) -> Verdict | None:
    """What stands above a specimen on Find, and above whatever was made from it; None where nothing was conceded."""
    said = "; ".join(value for _, value in concessions(db, specimen)) if specimen else ""
    return afterwards_words.conceded(str(specimen["accession"]), said) if specimen and said else None


def beside(db: Database, specimen: Row, verdict: Verdict) -> Verdict:
    """A verdict about a tube with what was conceded of it or of what it was made from: it wants attention."""
    said = in_words(db, specimen)
    if not said:
        return verdict
    kind = verdict.kind if verdict.kind in _STAYS else VerdictKind.ATTENTION
    return replace(verdict, kind=kind, sentence=f"{verdict.sentence} {said}")
