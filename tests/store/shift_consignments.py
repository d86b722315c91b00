"""Consignments of the made-up shift: packed, taken out, closed, opened again, on its way, answered, followed."""

from __future__ import annotations

from shift import Shift

from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Draft


def draft_opened(day: Shift, consignment: str, follows: str | None = None) -> Draft:
    body = {"consignment": consignment, "number": f"C{consignment[-10:]}".upper(), "destination": "blocks"}
    profile = {"name": "EXAMPLE laboratory", "profile_version": "EXAMPLE-1", "profile_sha256": "0" * 64}
    return Draft("consignment.opened", body | profile | {"priority": "routine", "follows": follows, "bench": day.bench})


def draft_packed(day: Shift, consignment: str, sort: str, item: str, follows: str | None = None) -> Draft:
    body = {"consignment": consignment, "item": item, "sort": sort, "number": f"N{item[-8:]}", "container": "BOX-01"}
    more = {"concessions": [], "follows": follows, "rests_on": day.last(f"{sort}:{item}"), "bench": day.bench}
    return Draft("consignment.item_packed", body | more)


def draft_of_item(day: Shift, kind: str, consignment: str, sort: str, item: str, **more: object) -> Draft:
    body = {"consignment": consignment, "item": item, "sort": sort, "bench": day.bench}
    return Draft(f"consignment.{kind}", body | more)


def draft_decided(day: Shift, kind: str, consignment: str, **more: object) -> Draft:
    body = {"consignment": consignment, "rests_on": day.last(f"consignment:{consignment}"), "bench": day.bench}
    return Draft(f"consignment.{kind}", body | more)


def consignments(day: Shift, racked: dict[str, str]) -> None:
    """A specimen and a tube are sent; the tube is missing, was left behind, and follows."""
    first, second = day.ledger.identity(), day.ledger.identity()
    specimen, tube = racked["specimen"], racked["first"]
    closing = {"items": 2, "documents": [], "manifest": "0" * 64, "hub_agreed_at": None, "hub_away": False}
    day.act(lambda: [draft_opened(day, first)])
    day.act(lambda: [draft_packed(day, first, "specimen", specimen)])
    day.act(lambda: [draft_of_item(day, "item_unpacked", first, "specimen", specimen)])
    day.act(lambda: [draft_packed(day, first, "specimen", specimen)])
    day.act(lambda: [draft_packed(day, first, "tube", tube)])
    day.act(lambda: [draft_decided(day, "closed", first, **closing)])
    apart = {"consignment": first, "without": ["r30000000088: mother (expected, not here)"], "why": None}
    day.act(lambda: [Draft("consignment.sent_apart", apart | {"bench": day.bench})])
    day.act(lambda: [draft_decided(day, "reopened", first)])
    day.act(lambda: [draft_decided(day, "closed", first, **closing)])
    pen = day.ledger.pen()
    signed = pen.write("J. Rider", f"consignment:{first}")
    gone = {"courier": "EXAMPLE courier", "reference": "C-77", "at": "2026-03-02T10:00:00.000000Z"}
    gone |= {"expected": "2026-03-03", "return_by": "2026-03-31"}
    handed = {"consignment": first, "signed_by": signed, "bench": day.bench} | gone
    day.act(lambda: [Draft("consignment.handed_over", handed, pen.values)])
    logged = {
        "document": day.ledger.identity(),
        "sha256": "0" * 64,
        "file": None,
        "lowest": "2.1",
        "highest": "9.0",
        "readings": 3,
        "gaps": 0,
    }
    logged |= {"outside": [["02-Mar-2026 12:00", "9.0"]], "many_outside": 1, "limits": "2 to 8 °C"}
    day.act(lambda: [Draft("consignment.temperature_logged", {"consignment": first, "bench": day.bench} | logged)])
    chased = {"consignment": first, "what": "acknowledgement", "document": None, "who": None, "bench": day.bench}
    day.act(lambda: [Draft("consignment.chased", chased)])
    arrived = {"consignment": first, "at": "2026-03-03T09:00:00.000000Z", "how": None, "words": None}
    arrived |= {"items": [["tube", tube, "missing"]], "bench": day.bench}  # type: ignore[dict-item]
    day.act(lambda: [Draft("consignment.arrived", arrived)])
    wrong = [day.last(f"consignment:{first}")]
    taken_back = arrived | {"at": None, "items": [["tube", tube, None]], "replaces": wrong, "reason": None}
    day.act(lambda: [Draft("consignment.arrival_corrected", taken_back)])
    right = arrived | {"replaces": [day.last(f"consignment:{first}")], "reason": None}
    day.act(lambda: [Draft("consignment.arrival_corrected", right)])
    day.act(lambda: [draft_of_item(day, "item_returned", first, "tube", tube, how="left behind")])
    day.act(lambda: [draft_opened(day, second, first)])
    day.act(lambda: [draft_packed(day, second, "tube", tube, first)])
    day.act(lambda: [draft_decided(day, "reconciled", first)])
    again = {"step": "reconciled", "replaces": [day.last(f"consignment:{first}")], "reason": None}
    day.act(lambda: [draft_decided(day, "step_undone", first, **again)])
    day.act(lambda: [draft_decided(day, "reconciled", first)])
    [[came]] = day.db.tuples(text_statement("SELECT id FROM import_act ORDER BY at LIMIT 1"))
    ours = {"import": came, "document": day.ledger.identity(), "replaces": day.ledger.identity(), "withdrawn": True}
    day.act(lambda: [Draft("consignment.answer_corrected", ours | {"reason": None, "bench": day.bench})])
    told = {"receiver": "EXAMPLE laboratory", "who": None, "at": "2026-03-04T09:00:00.000000Z"}
    here = logged | {"import": came, "document": day.ledger.identity(), "bench": day.bench}
    day.act(lambda: [Draft("consignment.arrival_logged", here)])
    day.act(lambda: [draft_of_item(day, "recall_told", first, "specimen", specimen, **told)])
    day.act(lambda: [draft_of_item(day, "item_returned", first, "specimen", specimen, how="returned")])
    day.act(lambda: [draft_decided(day, "ended", first)])
