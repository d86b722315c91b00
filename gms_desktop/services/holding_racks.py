"""A holding rack at the end of its plan: scanned once its tubes were moved, as the plan says, rack to rack."""

from __future__ import annotations

from gms_desktop import plate_words, plating_words, tube_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Row
from gms_desktop.journal.kinds_of_holding_racks import SORT
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, plate_gate, stored_things, storing
from gms_desktop.services.at_plate import AtPlate
from gms_desktop.services.at_rack import AtRack
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk


def waits_for_its_rack(row: Row | None) -> bool:
    """Whether what is open is a plan whose tubes go into a holding rack."""
    return row is not None and (row["state"], row["sort"]) == ("planned", SORT)


def filled(ledger: Ledger, desk: Desk, plan: Row, rack: str) -> Outcome:
    """Record that the tubes of a plan stand in the rack that was scanned, which is read next."""
    target = rack_look_up.rack(ledger.db, rack)
    refusal = _refused(ledger, plan, target)
    if refusal is not None or target is None:
        return Outcome(refusal or tube_words.in_dispute("This rack"))
    wells = [one for one in plate_look_up.wells(ledger.db, plan["id"]) if one["tube"]]
    sources = dict.fromkeys(one["rack"] for one in wells)
    subjects = [f"rack:{rack}", *(f"tube:{one['tube']}" for one in wells), *(f"rack:{one}" for one in sources)]
    last_of_plan = f"last:plate:{plan['id']}"
    last = ledger.driver.holders([last_of_plan, *(f"last:{subject}" for subject in subjects)])
    body = {
        "plate": plan["id"],
        "rack": rack,
        "code": target["code"],
        "wells": [{part: one[part] for part in ("well", "tube", "rack", "source_well")} for one in wells],
        "follows": [[subject, last[f"last:{subject}"]] for subject in subjects],
        "rests_on": last[last_of_plan],
        "bench": desk.place.bench,
    }
    tubes = [row for one in wells if (row := rack_look_up.tube(ledger.db, one["tube"])) is not None]
    stored = [draft for row in tubes for draft in storing.into_rack(ledger, desk, row, rack)]
    desk.plate, desk.rack = AtPlate(), AtRack(rack=rack)
    verdict = plating_words.holding_filled(target["code"], len(wells))
    return Outcome(verdict, (Draft("holding_rack.filled", body, input=desk.told), *stored), place="racks")


def _refused(ledger: Ledger, plan: Row, target: Row | None) -> Verdict | None:
    """Why the tubes of a plan do not go into a rack; None where they do."""
    if target is None or case_list.held(ledger.db, f"rack:{target['id']}") is not None:
        return tube_words.in_dispute(target["code"] if target else "This rack")
    if (thrown_away := stored_things.gone(ledger.db, target["id"], f"Rack {target['code']}")) is not None:
        return thrown_away
    if target["id"] in {rack for rack, _ in plate_gate.racks_of(plan)}:
        return plating_words.is_a_source(target["code"])
    if (target["rows"], target["columns"]) != (plan["rows"], plan["columns"]):
        return plating_words.other_size(target["code"], plan["rows"] * plan["columns"])
    if tubes := rack_look_up.tubes_in_rack(ledger.db, target["id"]):
        return plating_words.rack_not_empty(target["code"], len(tubes))
    stops = plate_gate.stops(ledger.db, plan)
    return plating_words.not_yet_moved(target["code"], plate_words.stopped(stops[0])) if stops else None
