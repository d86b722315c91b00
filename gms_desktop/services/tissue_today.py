"""Today's list of tissue cases: what is due next, and what holds each up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gms_desktop import tissue_same_words, tissue_words
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.minting import instant
from gms_desktop.domain.tissue.assessment import Assessment, awaits
from gms_desktop.domain.tissue.rules import TissueRules
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    rights,
    scrolls_extracted,
    site_rules,
    tissue_adequacy,
    tissue_facts,
    tissue_flags,
    tissue_same,
    tissue_short,
)
from gms_desktop.services.today_items import MOST, URGENT_MARK
from gms_desktop.services.views import WorkItem, WorkList

_WITHOUT_A_BLOCK = timedelta(days=90)
"""For how long a case stays whose block is at its end and of which nothing was sent: three times the longest clock."""
_LOOKED_THROUGH = 200
"""Cases among which those due first are found: the urgent and the oldest of all."""


def lists(ledger: Ledger, time_zone: str) -> tuple[WorkList, ...]:
    """Cases of which a block is here still, or nothing of what was cut was sent: the urgent, and what is due first.

    A case of which nobody stated when its tissue was taken stands before those of which somebody did.
    """
    db, rules, today = ledger.db, site_rules.tissue(ledger.db), rights.laboratory_day(ledger)
    found, total = tissue_look_up.open_cases(db, _LOOKED_THROUGH)
    unsent = tissue_look_up.unsent_cases(db, instant(ledger.clock.now() - _WITHOUT_A_BLOCK))
    rows, total = [*found, *unsent], total + len(unsent)
    rows = sorted(rows, key=lambda row: (row["urgency"] != "urgent", _due(db, row, rules, time_zone)))[:MOST]
    items = tuple(_item(db, row, rules, time_zone, today) for row in rows)
    return (WorkList(tissue_words.OPEN_CASES, items, tissue_words.NO_OPEN_CASES, total),)


def _due(db: Database, case: Row, rules: TissueRules, time_zone: str) -> date:
    days = rules.days(case["urgency"] or "")
    return (tissue_facts.last_day(db, case, days.days, time_zone) if days else None) or date.min


def _item(db: Database, case: Row, rules: TissueRules, time_zone: str, today: date) -> WorkItem:
    due, late = tissue_facts.due(db, case, rules, time_zone, today)
    mark = URGENT_MARK if case["urgency"] == "urgent" else ""
    pieces = tissue_look_up.pieces_of_case(db, case["id"])
    known = tissue_adequacy.assessments(db, pieces)
    same, (held_up, falls_short) = _looked_at(db, case), _held_up(db, case, pieces, known, rules)
    flags = tissue_flags.on_today(db, case, pieces, known, rules)
    kind = VerdictKind.ATTENTION if late or same or falls_short else VerdictKind.FOUND
    follows = (tissue_words.REPORT_FOLLOWS,) if case["report_follows"] else ()
    words = ". ".join((due, *flags, *follows, *same, held_up))
    return WorkItem(f"{mark}Case {case['number']}", words, kind, "tissue", str(case["number"]))


def _looked_at(db: Database, case: Row) -> tuple[str, ...]:
    """Numbers that stand in another case too, of which nobody has said that the cases are two."""
    found = tissue_same.undecided(db, case)
    sorts = dict.fromkeys(one.numbered for one in found)
    by_sort = {sort: [str(one.other["number"]) for one in found if one.numbered is sort] for sort in sorts}
    return tuple(tissue_same_words.held_up(sort, cases) for sort, cases in by_sort.items())


def _held_up(
    db: Database, case: Row, pieces: Sequence[Row], known: Sequence[Assessment], rules: TissueRules
) -> tuple[str, bool]:
    """What comes next, and whether the case falls short: who is to assess, what is to be cut or sent, what became."""
    if not known:
        return tissue_words.TO_ASSESS, False
    if awaits(known, second=rules.second_assessor):
        return tissue_words.TO_ASSESS_AGAIN, False
    packed = _consignments(db, pieces)
    if left := [str(one["number"]) for one in packed if State(one["state"]) in LEFT]:
        return tissue_words.sent_say_what_became(left), False
    if packed:
        return tissue_words.packed_not_gone([str(one["number"]) for one in packed]), False
    if extracted := [str(one["number"]) for one in scrolls_extracted.batches_of(db, pieces)]:
        return tissue_words.extracted_here(extracted), False
    if short := tissue_short.of_case(db, case, pieces):
        return short, True
    return tissue_words.TO_SEND if any(one["parent"] for one in pieces) else tissue_words.TO_CUT, False


def _consignments(db: Database, pieces: Sequence[Row]) -> list[Row]:
    """What holds a piece of the case, on its way or here, each once."""
    found = (consignment_look_up.packed_in(db, "piece", one["id"]) for one in pieces)
    return list({one["id"]: one for one in found if one is not None}.values())
