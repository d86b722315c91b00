"""A line of Today: urgent work says so, and each leads to where it is done."""

from __future__ import annotations

from gms_desktop.domain.priority_rule import URGENT
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.services import risks
from gms_desktop.services.people_words import name
from gms_desktop.services.views import WorkItem

MOST = 10
"""Lines of one list. Nobody works through more before the list is asked for again; the rest is counted."""
URGENT_MARK = "URGENT  "


def mark(row: Row) -> str:
    """What stands before a line of something urgent."""
    return URGENT_MARK if row["priority"] == URGENT else ""


def of_specimen(db: Database, row: Row, detail: str, kind: VerdictKind = VerdictKind.ATTENTION) -> WorkItem:
    """A specimen by its number and its patient, found by its number; a row of its own, or one that names it."""
    number = str(row["accession"])
    return WorkItem(f"{mark(row)}{title(db, row)}", detail, kind, "find", number)


def title(db: Database, row: Row) -> str:
    """A specimen's number and patient, with the hazard sign's word where it stands."""
    hazard = risks.word(db, row.get("specimen") or row["id"])
    return "  ".join(filter(None, (str(row["accession"]), hazard, name(db, row["patient"]))))
