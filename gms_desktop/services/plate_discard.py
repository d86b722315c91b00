"""A plate leaves for good: with a reason and a route, never while a consignment holds it or it is in dispute.

What its wells held stays in the register, and its code stays its own. Its tubes may be planned for another plate.
"""

from __future__ import annotations

from gms_desktop import discard_words, storage_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.disposal import Route
from gms_desktop.domain.storage_rules import Purpose
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, site_rules
from gms_desktop.services.at_plate import AtPlate
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question


def discard(ledger: Ledger, desk: Desk, row: Row | None, answer: Answer | None) -> Outcome:
    """Discard the plate in the hand, say why it stays, or ask for the reason and the route."""
    if row is None or row["state"] != "made":
        return Outcome(discard_words.made_first())
    if not desk.plate.scanned:
        return Outcome(discard_words.scan_it(row["code"]))
    if (stays := _stays(ledger.db, row)) is not None:
        return Outcome(stays)
    reasons = site_rules.storage(ledger.db).discards
    chosen = [one for one in reasons if answer and one.code in answer.choices]
    routes = [one for one in Route if answer and one.value in answer.choices]
    if len(chosen) != 1 or len(routes) != 1:
        return Outcome(discard_words.asks(row["code"]), question=_question(row, reasons, answer))
    last = f"last:plate:{row['id']}"
    body = {"plate": row["id"], "reason": chosen[0].code, "route": routes[0].value}
    body |= {"follows": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    desk.plate = AtPlate()
    tubes = sum(1 for one in plate_look_up.wells(ledger.db, row["id"]) if one["tube"])
    said = discard_words.discarded(row["code"], storage_words.ROUTES[routes[0]].lower(), tubes)
    return Outcome(said, (Draft("plate.discarded", body, input=desk.told),))


def _stays(db: Database, row: Row) -> Verdict | None:
    """Why a plate may not be discarded now; None where it may."""
    holds = consignment_look_up.packed_in(db, "plate", row["id"])
    if holds is not None:
        return discard_words.packed(row["code"], str(holds["number"]), sent=State(holds["state"]) in LEFT)
    if case_list.held(db, f"plate:{row['id']}") is not None:
        return discard_words.in_dispute(row["code"], "it")
    for well in plate_look_up.wells(db, row["id"]):
        tube = rack_look_up.tube(db, well["tube"]) if well["tube"] else None
        subjects = (f"tube:{tube['id']}", f"specimen:{tube['specimen']}") if tube is not None else ()
        if tube is not None and any(case_list.held(db, one) is not None for one in subjects):
            return discard_words.in_dispute(row["code"], f"{tube['code']} in {well['well']}")
    return None


def _question(row: Row, reasons: tuple[Purpose, ...], answer: Answer | None) -> Question:
    why = (Choice(one.code, one.words) for one in reasons)
    return Question(
        Command.PLATE_DISCARD,
        discard_words.title(row["code"]),
        (*why, *(Choice(one.value, storage_words.ROUTES[one]) for one in Route)),
        many=True,
        confirm="Discard the plate",
        problems=(discard_words.ONE_REASON_AND_ROUTE,) if answer else (),
        subject=row["id"],
        chosen=answer.choices if answer else (),
    )
