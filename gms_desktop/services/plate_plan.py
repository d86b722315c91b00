"""A proposal for plates from the tubes that stand in racks, and the rules that it keeps or breaks."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import plate_words, plating_words, volume_words
from gms_desktop.domain.plates.check import Break, check
from gms_desktop.domain.plates.contents import Buffer, Control, Template, Tube
from gms_desktop.domain.plates.moving import moved
from gms_desktop.domain.plates.plan import Refusal, Why, propose
from gms_desktop.domain.plates.rule_pack import RulePack
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.kinds_of_holding_racks import SORT
from gms_desktop.register import look_up, plate_look_up, rack_look_up
from gms_desktop.services import (
    case_list,
    eluate_stops,
    hold_terms,
    item_readings,
    measure_deciding,
    plate_families,
    site_rules,
    stops,
    volume_left,
)
from gms_desktop.services.at_plate import AtPlate

MOST_PLATES = 20


def template(at: AtPlate) -> Template:
    """What all plates of the plan have in common. A holding rack holds tubes alone."""
    if at.holding:
        return Template(Buffer(""))
    return Template(Buffer(*at.buffer), {well: Control(*of) for well, *of in at.controls})


def pack_of(db: Database, at: AtPlate) -> RulePack:
    """The rules that a plan keeps: those of plating say nothing of tubes that are moved into a holding rack."""
    pack = site_rules.plating(db)
    return replace(pack, on=False) if at.holding else pack


def proposed(db: Database, at: AtPlate) -> AtPlate:
    """The plan made anew from the racks as they are recorded now."""
    pack = pack_of(db, at)
    tubes: list[Tube] = []
    announced = dict(at.announced)
    left_out: list[tuple[str, str]] = []
    for rack, type_ in at.racks:
        for row in rack_look_up.tubes_in_rack(db, rack):
            why = _kept_out(db, row, holding=at.holding)
            if why:
                left_out.append((row["code"], why))
            else:
                tube = _tube(db, row, type_ or plate_families.type_of(db, pack.in_force, row))
                tubes.append(_as_said(tube, announced.get(tube.code, "")))
    there = beside(db, tubes) if pack.on else []
    plan = propose(tubes, pack=pack, template=template(at), plates=MOST_PLATES, there=there)
    left_out += [(one.code, _refused(db, pack, one)) for one in plan.refused]
    waits = {one.code for one in plan.refused if one.why is Why.WAITS} | announced.keys()
    waiting = tuple((one.code, one.type) for one in tubes if one.code in waits)
    return replace(at, plates=plan.plates, left_out=tuple(left_out), waiting=waiting, number=1, tube="")


def _as_said(tube: Tube, how: str) -> Tube:
    """A tube as it was announced."""
    return replace(tube, repeat=True) if how == plate_words.REPEAT else replace(tube, delivery=how)


def _refused(db: Database, pack: RulePack, refusal: Refusal) -> str:
    """Why a tube goes nowhere; of one that waits, where its partner is as far as the requests tell."""
    said = plate_words.refused(refusal)
    row = rack_look_up.tube_by_code(db, refusal.code) if refusal.why is Why.WAITS else None
    where = plate_families.where_partner_is(db, pack, row, refusal.needs) if row else ""
    return f"{said} {where}".strip()


def with_moved(db: Database, at: AtPlate, code: str, well: str) -> AtPlate:
    """The plan after a tube was moved into a well of the plate in view.

    Raises:
        KeyError: when there is no such tube or well.
        ValueError: when the well is kept for a control.
    """
    plates = moved(at.plates, code, (at.number, well), template(at), pack_of(db, at))
    return replace(at, plates=plates, tube="")


def broken(db: Database, at: AtPlate) -> tuple[Break, ...]:
    """What the plan as it stands breaks."""
    pack = pack_of(db, at)
    on_plates = [tube for plate in at.plates for tube in plate.tubes.values()]
    return check(at.plates, pack, beside(db, on_plates) if pack.on else ())


def beside(db: Database, tubes: list[Tube]) -> list[Tube]:
    """Tubes of the same participants and families that are planned or plated already: partners may rest on them."""
    found: dict[str, Tube] = {}
    here = {one.code for one in tubes}
    whose = {one.participant for one in tubes}
    for family in dict.fromkeys(one.family for one in tubes if one.family):
        whose |= {row["patient"] for row in look_up.requests_of_referral(db, family)}
    for participant in sorted(one for one in whose if one):
        for specimen in look_up.specimens_of_patient(db, participant):
            for row in rack_look_up.tubes_of_specimen(db, specimen["id"]):
                plate = on_plate(db, row["id"])
                if plate is not None and row["code"] not in here:
                    found[row["code"]] = _tube(db, row, str(plate["type"] or ""))
    return list(found.values())


def on_plate(db: Database, tube: str) -> Row | None:
    """The plate that a tube is planned for or stands on; None where it is free."""
    for well in plate_look_up.wells_of_tube(db, tube):
        # What was left out of a plate's worklists was never taken for it.
        plate = plate_look_up.plate(db, well["plate"]) if not well["left_out_private"] else None
        if plate is not None and plate["state"] in {"planned", "made"}:
            return plate
    return None


def _kept_out(db: Database, tube: Row, *, holding: bool) -> str:
    """Why a tube may not be planned at all, in words; empty where it may."""
    plate = on_plate(db, tube["id"])
    if plate is not None:
        return plating_words.on_a_plate(tube["code"], plate["code"] or "", plate["number"])
    return barred(db, tube) if holding else stopped(db, tube)


def stopped(db: Database, tube: Row) -> str:
    """Why a tube may go onto no plate, planned or not, in words; empty where it may."""
    if why := barred(db, tube):
        return why
    why_failed = fails(db, tube)
    return plating_words.fails(tube["code"], why_failed) if why_failed else ""


def barred(db: Database, tube: Row) -> str:
    """Why a tube may not be moved on, not even into a holding rack, where what fails a limit may be stored."""
    specimen = look_up.row(db, "specimen", tube["specimen"]) if tube["specimen"] else None
    if specimen is None or case_list.held(db, f"tube:{tube['id']}") is not None:
        return plating_words.tube_in_dispute(tube["code"])
    if case_list.held(db, f"specimen:{specimen['id']}") is not None:
        return plating_words.tube_in_dispute(tube["code"])
    why = stops.why_not(db, specimen, stops.TESTING)
    if why:
        return plating_words.stopped(tube["code"], why)
    if why := eluate_stops.why_of_tube(db, tube):
        return f"{tube['code']}: {why}"
    left = volume_left.left(db, f"tube:{tube['id']}")
    if left is not None and left.emptied:
        return f"{tube['code']}: {volume_words.SAID_EMPTY}"
    return ""


def stopped_on(db: Database, plate: str) -> list[str]:
    """Why tubes of a plate may not be used any more: much can be learnt of them after their rack was read."""
    tubes = (rack_look_up.tube(db, one["tube"]) for one in plate_look_up.wells(db, plate) if one["tube"])
    row = plate_look_up.plate(db, plate)
    why_not = barred if row is not None and row["sort"] == SORT else stopped
    return [why for tube in tubes if tube is not None and (why := why_not(db, tube))]


def fails(db: Database, tube: Row) -> str:
    """What a tube, or the eluate in it, fails and nobody conceded, where the laboratory's limits keep it off plates."""
    if not site_rules.qc_limits(db).keeps_off_plates:
        return ""
    measured = [f"tube:{tube['id']}", *([f"eluate:{tube['source']}"] if tube["source_sort"] == "eluate" else [])]
    return measure_deciding.failing_words(row for one in measured for row in item_readings.failing(db, one))


def _tube(db: Database, tube: Row, type_: str) -> Tube:
    specimen = look_up.row(db, "specimen", tube["specimen"]) if tube["specimen"] else None
    request = hold_terms.request_of(db, tube["specimen"]) if specimen else None
    participant = str((specimen or {}).get("patient") or "")
    return Tube(tube["code"], participant, str((request or {}).get("referral") or ""), type_)
