"""A scan at a plate: a source rack, a tube whose new well comes next, or the code of a plate."""

from __future__ import annotations

from dataclasses import replace

from devices.values import Entered, Scan
from gms_desktop import lot_words, plate_words, plating_words, stored_words, tube_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import plate_code
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.journal.database import Row
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, holding_racks, lots, plate_gate, plate_plan, rights
from gms_desktop.services.at_plate import AtPlate
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved

PLACE = "plates"
_ASK_A_LOT = frozenset({Command.PLATE_CONTROL, Command.PLATE_BUFFER})


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at a plate."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question and desk.question.command in _ASK_A_LOT and code.is_a(Kind.GS1):
        return _lot(ledger, desk, said)
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    outcome = _scan(ledger, desk, code, said)
    return replace(outcome, place=outcome.place or PLACE)


def _scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    text = said.text.strip()
    if case_list.held_code(ledger.db, code) is not None:
        return Outcome(tube_words.in_dispute(code.code))
    known = plate_look_up.plate_by_code(ledger.db, text)
    if known is not None:
        opened = open_plate(ledger, desk, known)
        desk.plate = replace(desk.plate, scanned=said.entered is not Entered.TYPED)
        return opened
    sort, _, held = (rack_look_up.holder_of_code(ledger.db, text) or "").partition(":")
    planned = plate_look_up.plate(ledger.db, desk.plate.open) if desk.plate.open else None
    if sort == "rack" and planned is not None and holding_racks.waits_for_its_rack(planned):
        return holding_racks.filled(ledger, desk, planned, held)
    if sort == "rack":
        return _rack(ledger, desk, held)
    if sort == "tube":
        return _tube(desk, text)
    if planned is None or planned["state"] != "planned":
        return Outcome(plating_words.not_for_here(text))
    holding = holding_racks.waits_for_its_rack(planned)
    another = plate_code.shape_of_another(code.kinds, but=plate_code.OF_A_TUBE if holding else frozenset())
    if another is not None:
        return Outcome(plating_words.another_shape(text, another))
    if code.number or code.matches or code.patients or code.specimens or not plate_code.can_be_written(text):
        return Outcome(plating_words.no_plate_code(text))
    if said.entered is Entered.TYPED:
        return Outcome(words.typed_number(text))
    if holding:
        return Outcome(plating_words.register_first(text))
    return _made(ledger, desk, planned, text)


def _lot(ledger: Ledger, desk: Desk, said: Scan) -> Outcome:
    """The box of a control or of the buffer, while its lot is asked."""
    from gms_desktop.services import plate_commands

    subject = lots.subject(said.text, said.symbology, ledger.db)
    if subject is None:
        return Outcome(lot_words.unknown(said.text), question=desk.question, place=PLACE)
    outcome = plate_commands.lot_scanned(ledger, desk, subject.partition(":")[2])
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def _rack(ledger: Ledger, desk: Desk, rack: str) -> Outcome:
    """A rack joins the plan, which is made anew; a plate that is open is put aside first."""
    at = AtPlate() if desk.plate.open else desk.plate
    row = rack_look_up.rack(ledger.db, rack)
    if row is None or case_list.held(ledger.db, f"rack:{rack}") is not None:
        return Outcome(tube_words.in_dispute(row["code"] if row else "This rack"))
    if rack not in dict(at.racks):
        at = replace(at, racks=(*at.racks, (rack, "")))
    desk.plate = plate_plan.proposed(ledger.db, at)
    placed = sum(len(plate.tubes) for plate in desk.plate.plates)
    return Outcome(plating_words.proposed(row["code"], placed, len(desk.plate.plates), len(desk.plate.left_out)))


def _tube(desk: Desk, code: str) -> Outcome:
    plates = {tube.code: plate.number for plate in desk.plate.plates for tube in plate.tubes.values()}
    if code not in plates:
        why = dict(desk.plate.left_out).get(code, "")
        return Outcome(plating_words.not_on_the_plan(code, why))
    desk.plate = replace(desk.plate, tube=code, number=plates[code])
    return Outcome(plating_words.tube_chosen(code))


def open_plate(ledger: Ledger, desk: Desk, row: Row) -> Outcome:
    """Open a plate that is planned or made; one that was discarded is not opened."""
    if row["state"] == "discarded":
        return Outcome(stored_words.is_gone(f"Plate {row['code']}", row["route"]))
    desk.plate = AtPlate(open=row["id"])
    if row["state"] == "made":
        return Outcome(plating_words.plate_known(row["code"]))
    if holding_racks.waits_for_its_rack(row) and not plate_gate.stops(ledger.db, row):
        return Outcome(plating_words.move_now(row["number"]))
    waits = [plate_words.stopped(one) for one in plate_gate.stops(ledger.db, row)]
    waits += plate_plan.stopped_on(ledger.db, row["id"])
    return Outcome(plating_words.plate_waits(row["number"], waits))


def _made(ledger: Ledger, desk: Desk, row: Row, code: str) -> Outcome:
    """The plate gets its code: only where every tube of it was read where the plan takes it from."""
    stops = plate_gate.stops(ledger.db, row)
    day = rights.today(ledger, desk.time_zone)
    not_to_use = plate_gate.lot_in_the_way(ledger.db, [plate_gate.plate_of(ledger.db, row)], day)
    if not_to_use:
        return Outcome(plating_words.not_yet(code, [not_to_use]))
    if stops:
        return Outcome(plating_words.not_yet(code, [plate_words.stopped(one) for one in stops]))
    if since := plate_plan.stopped_on(ledger.db, row["id"]):
        return Outcome(plating_words.not_yet(code, since))
    wells = [one for one in plate_look_up.wells(ledger.db, row["id"]) if one["tube"]]
    racks = []
    for rack, _ in plate_gate.racks_of(row):
        here = rack_look_up.rack(ledger.db, rack)
        racks.append([rack, here["read"] if here else None])
    subjects = [*(f"tube:{one['tube']}" for one in wells), *(f"rack:{rack}" for rack, _ in racks)]
    plate = f"plate:{row['id']}"
    last = ledger.driver.holders([f"last:{subject}" for subject in (plate, *subjects)])
    body = {
        "plate": row["id"],
        "code": code,
        "wells": [[one["well"], one["tube"], one["rack"], one["source_well"]] for one in wells],
        "racks": racks,
        "follows": [[subject, last[f"last:{subject}"]] for subject in subjects],
        "rests_on": last[f"last:{plate}"],
        "bench": desk.place.bench,
    }
    desk.plate = replace(desk.plate, scanned=True)
    return Outcome(plating_words.made(code, row["number"], len(wells)), (Draft("plate.made", body, input=desk.told),))
