"""The Plates screen: the proposal or the plate well by well, what a change breaks, what is left out, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gms_desktop import plate_words, plating_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.plates.contents import Buffer, Content, Control, Plate, Tube
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.kinds_of_holding_racks import SORT
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    left_out,
    plate_families,
    plate_gate,
    plate_plan,
    rack_scans,
    site_rules,
    thing_label_commands,
)
from gms_desktop.services.at_plate import AtPlate
from gms_desktop.services.plate_views import PlateView
from gms_desktop.services.rack_views import FindingLine, Sign, WellView
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer

_MOST_WAITING = 12
_MANY = {
    "tube": "tubes",
    "tube, breaks a rule": "tubes that break a rule",
    "tube, may not be used": "tubes that may not be used",
    "control": "controls",
}


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> PlateView:
    """The screen as it stands."""
    db, at = ledger.db, desk.plate
    row = plate_look_up.plate(db, at.open) if at.open else None
    if row is not None and row["state"] in {"planned", "made"}:
        return _kept(db, row, desk, verdict)
    if at.racks:
        return _proposal(db, at, desk, verdict)
    waiting = plate_look_up.planned(db)
    return PlateView(
        plating_words.SCAN_FIRST,
        verdict,
        lines=_waiting(waiting),
        offers=(Offer(Command.INDEX_WORK, "Index plates and pools"),),
        question=desk.question,
    )


def _waiting(plates: Iterable[Row]) -> tuple[FindingLine, ...]:
    return tuple(
        FindingLine(
            f"{SORT.capitalize() if one['sort'] == SORT else 'Plate'} {one['number']} is planned",
            "Its source racks are read once more before it gets its code.",
            VerdictKind.ATTENTION,
            offers=(Offer(Command.PLATE_OPEN, f"Open plate {one['number']}", argument=one["id"]),),
        )
        for one in list(plates)[:_MOST_WAITING]
    )


def _proposal(db: Database, at: AtPlate, desk: Desk, verdict: Verdict | None) -> PlateView:
    plate = next((one for one in at.plates if one.number == at.number), None)
    found = plate_plan.broken(db, at)
    here = {well for one in found if at.number in one.plates for well in one.wells}
    wells = _wells(db, plate, here) if plate is not None else ()
    lines = [FindingLine("Breaks a rule", plate_words.broken(one), VerdictKind.REFUSED, one.wells) for one in found]
    placed = [tube for one in at.plates for tube in one.tubes.values()]
    whole = plate_families.missing(db, site_rules.plating(db), placed)
    lines += [
        FindingLine(plating_words.FAMILY, words, VerdictKind.ATTENTION, _well_of(plate, code)) for code, words in whole
    ]
    if at.holding:
        failing = _failing(db, [tube.code for tube in placed])
        lines += [
            FindingLine(plating_words.STORED_ONLY, why, VerdictKind.ATTENTION, _well_of(plate, code))
            for code, why in failing.items()
        ]
        wells = _marked(wells, failing)
    lines += [FindingLine(f"{code} left out", why, VerdictKind.ATTENTION) for code, why in at.left_out]
    of = f" of {len(at.plates)}" if len(at.plates) > 1 else ""
    what = SORT if at.holding else "plate"
    stands = [well for well, tube in plate.tubes.items() if tube.code == at.tube] if plate is not None else []
    return PlateView(
        heading=f"Plan, {what} {at.number}{of}" if plate is not None else "Nothing can be planned",
        verdict=verdict,
        plate=f"{what} {at.number}" if plate is not None else "",
        rows=plate.shape.rows if plate is not None else 0,
        columns=plate.shape.columns if plate is not None else 0,
        wells=wells,
        counts=_counts(wells),
        marked=tuple(stands),
        lines=tuple(lines),
        rules=plating_words.NO_RULES_FOR_HOLDING if at.holding else _rules(db),
        may_move=plate is not None,
        offers=_offers(db, at, can_be_kept=plate is not None and not found),
        question=desk.question,
    )


def _failing(db: Database, codes: Iterable[str]) -> dict[str, str]:
    """The tubes that fail a limit which keeps them off plates: a holding rack only stores them."""
    rows = [row for code in codes if (row := rack_look_up.tube_by_code(db, code)) is not None]
    return {
        row["code"]: plating_words.stored_only(row["code"], why) for row in rows if (why := plate_plan.fails(db, row))
    }


def _marked(wells: tuple[WellView, ...], failing: Mapping[str, str]) -> tuple[WellView, ...]:
    return tuple(
        replace(one, look=plating_words.FAILS_LOOK, sign=Sign.CROSS) if one.code in failing else one for one in wells
    )


def _well_of(plate: Plate | None, code: str) -> tuple[str, ...]:
    return tuple(well for well, tube in plate.tubes.items() if tube.code == code) if plate is not None else ()


def _offers(db: Database, at: AtPlate, *, can_be_kept: bool) -> tuple[Offer, ...]:
    keep = (Offer(Command.PLATE_KEEP, "Keep this plan", usual=True),) if can_be_kept else ()
    into = Offer(Command.PLATE_HOLDING, "Plates instead" if at.holding else "Holding rack instead")
    several = (Offer(Command.PLATE_NEXT, "Next plate"),) if len(at.plates) > 1 else ()
    typed = (Offer(Command.PLATE_TYPE, "Rack type"),) if site_rules.plating(db).in_force.types else ()
    buffer = Offer(Command.PLATE_BUFFER, f"Buffer: {at.buffer[0]}" if at.buffer[0] else "Buffer lot")
    alone = (Offer(Command.PLATE_ANNOUNCED, "Without its partner"),) if at.waiting else ()
    control, aside = Offer(Command.PLATE_CONTROL, "Control"), Offer(Command.PLATE_ASIDE, "Put aside")
    if at.holding:
        return (*keep, *several, into, aside)
    return (*keep, *several, *typed, *alone, control, buffer, into, aside)


def _kept(db: Database, row: Row, desk: Desk, verdict: Verdict | None) -> PlateView:
    stopped = left_out.undecided(db, row) if row["state"] == "made" else {}
    wells = wells_of_made(db, row, stopped)
    prints = thing_label_commands.offers(db, desk, f"plate:{row['id']}")
    made, what = row["state"] == "made", SORT.capitalize() if row["sort"] == SORT else "Plate"
    if row["sort"] == SORT:
        came = plate_gate.sources(db, row)
        wells = tuple(replace(one, holds=_from(came, one)) if one.code in came else one for one in wells)
        wells = _marked(wells, _failing(db, came))
    return PlateView(
        heading=f"Plate {row['code']}" if made else f"{what} {row['number']}, planned",
        verdict=verdict,
        plate=row["code"] if made else f"{what.lower()} {row['number']}",
        rows=row["rows"],
        columns=row["columns"],
        wells=wells,
        counts=_counts(wells),
        lines=(*_stopped(stopped), *_dilution(db, row, desk.plate)) if made else _to_do(db, row),
        rules=plating_words.NO_RULES_FOR_HOLDING if row["sort"] == SORT else _rules(db),
        offers=(*_made_offers(row, desk.plate, wells), *prints) if made else _planned_offers(),
        question=desk.question,
        has_label=made and not prints,
    )


def _from(came: Mapping[str, tuple[str, str]], one: WellView) -> str:
    rack, well = came[one.code]
    return f"{one.holds}, from {well} of {rack}"


def _to_do(db: Database, row: Row) -> tuple[FindingLine, ...]:
    stops = plate_gate.stops(db, row)
    if not stops and row["sort"] == SORT:
        return (FindingLine("Move the tubes", plating_words.move_now(row["number"]).sentence, VerdictKind.FOUND),)
    if not stops:
        ready = plating_words.ready(row["number"])
        return (FindingLine(ready.title, ready.sentence, VerdictKind.FOUND),)
    racks = {str((rack_look_up.rack(db, rack) or {}).get("code")): rack for rack, _ in plate_gate.racks_of(row)}
    return tuple(
        FindingLine(
            f"Rack {one.rack}" if one.rack else "In no rack",
            plate_words.stopped(one),
            VerdictKind.ATTENTION,
            offers=(Offer(Command.PLATE_RESCAN, f"Read {one.rack} again", argument=racks.get(one.rack, "")),)
            if one.rack
            else (),
        )
        for one in stops
    )


def _planned_offers() -> tuple[Offer, ...]:
    return (Offer(Command.PLATE_DROP, "Drop the plan"), Offer(Command.PLATE_ASIDE, "Put aside"))


def _dilution(db: Database, row: Row, at: AtPlate) -> tuple[FindingLine, ...]:
    if at.dilution is None:
        return ()
    from gms_desktop.services import plate_dilution

    return tuple(plate_dilution.lines(db, row, at.dilution))


def _stopped(stopped: Mapping[str, str]) -> Iterator[FindingLine]:
    for well, why in stopped.items():
        yield FindingLine(plating_words.MAY_NOT_BE_USED, f"{well}: {why}", VerdictKind.REFUSED, (well,))


def _made_offers(row: Row, at: AtPlate, wells: tuple[WellView, ...]) -> tuple[Offer, ...]:
    crossed = any(one.sign is Sign.CROSS for one in wells)
    out = (Offer(Command.LEAVE_OUT, "Leave wells out"),) if crossed else ()
    listed = (Offer(Command.DILUTION_LIST, "Write the dilution worklist", usual=True),) if at.dilution else ()
    return (
        *listed,
        Offer(Command.PLATE_WORKLISTS, "Write worklists and map", usual=not listed),
        *out,
        Offer(Command.PLATE_DILUTE, "Dilute to one concentration"),
        Offer(Command.INDEX_WORK, "Indexes", argument=row["id"]),
        Offer(Command.PLATE_DISCARD, "Discard the plate"),
        Offer(Command.PLATE_ASIDE, "Put aside"),
    )


def wells_of_made(db: Database, row: Row, stopped: Mapping[str, str] | None = None) -> tuple[WellView, ...]:
    """Every well of a plate as its worklists tell it: what may not be used, and what was left out, says so."""
    out = left_out.wells_out(db, row["id"])
    looks = dict.fromkeys(stopped or (), "tube, may not be used") | dict.fromkeys(out, plating_words.WELL_LEFT_OUT)
    wells = wells_of(db, plate_gate.plate_of(db, row))
    return tuple(replace(one, look=looks[one.well], sign=Sign.CROSS) if one.well in looks else one for one in wells)


def wells_of(db: Database, plate: Plate) -> tuple[WellView, ...]:
    """Every well of a plate in words."""
    return _wells(db, plate, set())


def _wells(db: Database, plate: Plate, broken: set[str]) -> tuple[WellView, ...]:
    return tuple(_well(db, well, plate.wells, broken) for well in plate.shape.wells)


def _well(db: Database, well: str, wells: Mapping[str, Content], broken: set[str]) -> WellView:
    held = wells.get(well)
    cross = well in broken
    if isinstance(held, Tube):
        row = rack_look_up.tube_by_code(db, held.code)
        holds = rack_scans.holds(db, row) if row is not None else ""
        look = "tube, breaks a rule" if cross else "tube"
        return WellView(well, look, held.code, holds, Sign.CROSS if cross else Sign.DISC)
    if isinstance(held, Control):
        return WellView(well, "control", held.name, f"lot {held.lot}", Sign.CROSS if cross else Sign.CONTROL)
    if isinstance(held, Buffer):
        said = f"lot {held.lot}" if held.lot else "no lot"
        return WellView(well, "buffer", said, "", Sign.CROSS if cross else Sign.BUFFER)
    return WellView(well, "empty", "", "", Sign.RING)


def _counts(wells: tuple[WellView, ...]) -> tuple[tuple[str, int], ...]:
    counted = Counter(one.look for one in wells)
    return tuple((look if many == 1 else _MANY.get(look, look), many) for look, many in counted.items())


def _rules(db: Database) -> str:
    pack = site_rules.plating(db)
    return f"Rules: {pack.name}, {pack.version}" if pack.on else "National plating rules are off"
