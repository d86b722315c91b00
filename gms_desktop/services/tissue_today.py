"""Today's list of tissue cases: what is due next, and what holds each up."""

from __future__ import annotations

from datetime import date

from gms_desktop import tissue_words
from gms_desktop.domain.tissue.rules import TissueRules
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rights, site_rules, tissue_facts
from gms_desktop.services.today_items import MOST, URGENT_MARK
from gms_desktop.services.views import WorkItem, WorkList


def lists(ledger: Ledger, time_zone: str) -> tuple[WorkList, ...]:
    """Cases of which a piece that arrived is still here: the urgent first, then the oldest."""
    db, rules, today = ledger.db, site_rules.tissue(ledger.db), rights.laboratory_day(ledger)
    rows, total = tissue_look_up.open_cases(db, MOST)
    items = tuple(_item(db, row, rules, time_zone, today) for row in rows)
    return (WorkList(tissue_words.OPEN_CASES, items, tissue_words.NO_OPEN_CASES, total),)


def _item(db: Database, case: Row, rules: TissueRules, time_zone: str, today: date) -> WorkItem:
    due, late = tissue_facts.due(db, case, rules, time_zone, today)
    mark = URGENT_MARK if case["urgency"] == "urgent" else ""
    kind = VerdictKind.ATTENTION if late else VerdictKind.FOUND
    return WorkItem(f"{mark}Case {case['number']}", f"{due}. {_held_up(db, case)}", kind, "tissue", str(case["number"]))


def _held_up(db: Database, case: Row) -> str:
    """What comes next."""
    pieces = tissue_look_up.pieces_of_case(db, case["id"])
    assessed = any(tissue_look_up.assessments(db, one["id"]) for one in pieces)
    cut = any(one["parent"] for one in pieces)
    if not assessed:
        return tissue_words.TO_ASSESS
    return tissue_words.TO_SEND if cut else tissue_words.TO_CUT
