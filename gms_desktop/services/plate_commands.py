"""Commands at a plate: change the proposal, keep it, have its racks read again, drop it, write its worklists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from gms_desktop import indexing_words, lot_words, plate_words, plating_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.plates.check import Break
from gms_desktop.domain.plates.contents import Buffer, Control, Plate, Tube
from gms_desktop.domain.racks.saving import Purpose
from gms_desktop.domain.racks.wells import read_well
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.kinds_of_holding_racks import SORT
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import lots, plate_gate, plate_plan, plate_scans, rights, site_rules
from gms_desktop.services.at_index import AtIndex
from gms_desktop.services.at_plate import AtPlate
from gms_desktop.services.at_rack import AtRack
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at the plate, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=plate_scans.PLACE)
    desk.told = dict(_BY_SCREEN)
    outcome = _DO[given](ledger, desk, answer, argument)
    desk.question = outcome.question
    return replace(outcome, place=outcome.place or plate_scans.PLACE)


def _move(ledger: Ledger, desk: Desk, _answer: Answer | None, well: str) -> Outcome:
    """Choose the tube of a well; with a tube chosen, move it into the well."""
    if desk.index.on:
        from gms_desktop.services import index_commands

        return index_commands.move(ledger, desk, well)
    at = desk.plate
    plate = next((one for one in at.plates if one.number == at.number), None)
    if plate is None or not plate.shape.holds(well):
        return Outcome(plating_words.no_such_well(well))
    if not at.tube:
        stands = plate.wells.get(well)
        if not isinstance(stands, Tube):
            return Outcome(plating_words.well_is_empty(well))
        desk.plate = replace(at, tube=stands.code)
        return Outcome(plating_words.tube_chosen(stands.code))
    if isinstance(plate.wells.get(well), Control):
        return Outcome(plating_words.well_is_kept(well))
    desk.plate = plate_plan.with_moved(ledger.db, at, at.tube, well)
    now = [plate_words.broken(one) for one in plate_plan.broken(ledger.db, desk.plate)]
    return Outcome(plating_words.moved(at.tube, well, now))


def _control(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    said = dict(answer.fields) if answer else {}
    well, name, lot = read_well(said.get("well", "")), said.get("name", "").strip(), _lot(ledger, desk, answer)
    if answer is None or well is None or not plate_plan.template(AtPlate()).shape.holds(well) or not name or not lot:
        return _ask_control(ledger, desk, answer)
    others = tuple(one for one in desk.plate.controls if one[0] != well)
    control = (well, name, lot["number"], lot["id"])
    desk.plate = plate_plan.proposed(ledger.db, replace(desk.plate, controls=(*others, control), open=""))
    anew = plating_words.planned_anew(f"{name} stands in {well} of every plate")
    return Outcome(lots.may_be_used(ledger.db, lot["id"], _today(ledger, desk)) or anew)


def _ask_control(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    choices = _lots(ledger, desk)
    if not choices:
        return Outcome(lot_words.none_to_choose())
    question = Question(
        Command.PLATE_CONTROL,
        "Which control?",
        choices,
        many=False,
        fields=(("well", "Well"), ("name", "Control")),
        confirm="Put it on the plates",
        problems=(plating_words.CONTROL_NEEDS,) if answer else (),
        values=answer.fields if answer else (("well", "H12"),),
        chosen=answer.choices if answer else (),
    )
    return Outcome(plating_words.asks_control(), question=question)


def _buffer(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    lot = _lot(ledger, desk, answer)
    if lot is None:
        choices = _lots(ledger, desk)
        if not choices:
            return Outcome(lot_words.none_to_choose())
        question = Question(
            Command.PLATE_BUFFER,
            "Which lot is the buffer of?",
            choices,
            many=False,
            confirm="Use this lot",
            chosen=(desk.plate.buffer[1],) if desk.plate.buffer[1] else (),
        )
        return Outcome(plating_words.lot_wanted("Buffer") if answer else plating_words.asks_buffer(), question=question)
    buffer = (lot["number"], lot["id"])
    desk.plate = plate_plan.proposed(ledger.db, replace(desk.plate, buffer=buffer, open=""))
    anew = plating_words.planned_anew(f"Buffer of lot {lot['number']}")
    return Outcome(lots.may_be_used(ledger.db, lot["id"], _today(ledger, desk)) or anew)


def lot_scanned(ledger: Ledger, desk: Desk, lot: str) -> Outcome:
    """A box was scanned while the lot of a control or of the buffer is asked: it is the answer, or is refused."""
    asked = desk.question
    told = lots.may_be_used(ledger.db, lot, _today(ledger, desk))
    if told is not None and told.kind is VerdictKind.REFUSED:
        return Outcome(told, question=asked)
    if asked is not None and asked.command is Command.PLATE_CONTROL:
        return _ask_control(ledger, desk, Answer((lot,), fields=asked.values))
    return _buffer(ledger, desk, Answer((lot,)), "")


def _lots(ledger: Ledger, desk: Desk) -> tuple[Choice, ...]:
    return tuple(lots.choice(row) for row in lots.usable(ledger.db, _today(ledger, desk)))


def _lot(ledger: Ledger, desk: Desk, answer: Answer | None) -> Row | None:
    """The lot that was chosen, where it may be used."""
    usable = {row["id"]: row for row in lots.usable(ledger.db, _today(ledger, desk))} if answer else {}
    return next((usable[one] for one in (answer.choices if answer else ()) if one in usable), None)


def _today(ledger: Ledger, desk: Desk) -> date:
    return rights.today(ledger, desk.time_zone)


def _next(_ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    numbers = [one.number for one in desk.plate.plates]
    if not numbers:
        return Outcome(plating_words.nothing_to_keep())
    later = [one for one in numbers if one > desk.plate.number]
    desk.plate = replace(desk.plate, number=later[0] if later else numbers[0])
    if desk.plate.tube:
        return Outcome(plating_words.tube_chosen(desk.plate.tube))
    return Outcome(plating_words.in_view(desk.plate.number, len(numbers)))


def _type(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """The rack type of the rack that was scanned last: only where the laboratory's rules keep types apart."""
    types = site_rules.plating(ledger.db).in_force.types
    if not types or not desk.plate.racks:
        return Outcome(plating_words.nothing_to_keep())
    chosen = next((one for one in types if answer and one in answer.choices), "")
    (*before, (rack, now)) = desk.plate.racks
    if not chosen:
        row = rack_look_up.rack(ledger.db, rack)
        title = f"Which type is rack {row['code'] if row else ''}?"
        choices = tuple(Choice(one, plate_words.type_words(one)) for one in types)
        at_first = (now,) if now else ()
        question = Question(Command.PLATE_TYPE, title, choices, many=False, confirm="Plan it as this", chosen=at_first)
        return Outcome(words.choose(title, "Choose one."), question=question)
    desk.plate = plate_plan.proposed(ledger.db, replace(desk.plate, racks=(*before, (rack, chosen)), open=""))
    return Outcome(plating_words.planned_anew(f"The rack is planned as {plate_words.type_words(chosen)}"))


def _holding(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """Plan holding racks rather than plates, or plates again."""
    holding = not desk.plate.holding
    desk.plate = plate_plan.proposed(ledger.db, replace(desk.plate, holding=holding, open=""))
    return Outcome(plating_words.holding() if holding else plating_words.planned_anew("The tubes go into plates"))


def _keep(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """Record the plan: one that breaks a rule, or rests on what is no longer so, is not kept."""
    at = desk.plate
    if not any(plate.tubes for plate in at.plates):
        return Outcome(plating_words.nothing_to_keep())
    not_to_use = plate_gate.lot_in_the_way(ledger.db, at.plates, _today(ledger, desk))
    now = _still_so(ledger.db, at) or not_to_use or _broken(plate_plan.broken(ledger.db, at))
    if now:
        return Outcome(plating_words.not_kept(now))
    plates = [one for one in at.plates if one.tubes]
    drafts = [_planned(ledger, desk, plate) for plate in plates]
    desk.plate = AtPlate(open=str(drafts[0].body["plate"]))
    return Outcome(plating_words.kept(len(drafts)), tuple(drafts))


def _broken(found: tuple[Break, ...]) -> str:
    return plate_words.broken(found[0]) if found else ""


def _still_so(db: Database, at: AtPlate) -> str:
    """Why a plan no longer holds: a tube of it was moved, freed or plated since; empty where none was."""
    racks = dict(at.racks)
    for tube in (tube for plate in at.plates for tube in plate.tubes.values()):
        row = rack_look_up.tube_by_code(db, tube.code)
        if row is None or row["rack"] not in racks or plate_plan.on_plate(db, row["id"]) is not None:
            return f"{tube.code} is no longer where the plan takes it from. Scan its rack again."
    return ""


def _planned(ledger: Ledger, desk: Desk, plate: Plate) -> Draft:
    pack = plate_plan.pack_of(ledger.db, desk.plate)
    wells, racks = [], dict[str, None]()
    for well, tube in plate.tubes.items():
        row = rack_look_up.tube_by_code(ledger.db, tube.code)
        assert row is not None
        racks[row["rack"]] = None
        wells.append([well, row["id"], row["rack"], row["well"], tube.participant, tube.family])
    body = {
        "plate": ledger.identity(),
        "number": plate.number,
        "sort": SORT if desk.plate.holding else "plate",
        "type": plate.type,
        "rows": plate.shape.rows,
        "columns": plate.shape.columns,
        "pack": {"name": pack.name, "version": pack.version, "on": pack.on},
        "wells": wells,
        "others": [
            [well, one.name if isinstance(one, Control) else "", one.lot, one.lot_id or None]
            for well, one in plate.wells.items()
            if isinstance(one, Control | Buffer)
        ],
        "racks": [[rack, (rack_look_up.rack(ledger.db, rack) or {}).get("read")] for rack in racks],
        "bench": desk.place.bench,
    }
    return Draft("plate.planned", body, input=desk.told)


def _open(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    row = plate_look_up.plate(ledger.db, argument) if argument else next(iter(plate_look_up.planned(ledger.db)), None)
    if row is None or row["state"] not in {"planned", "made"}:
        return Outcome(words.refused(plating_words.NOTHING_PLANNED, f"{plating_words.SCAN_FIRST}."))
    return plate_scans.open_plate(ledger, desk, row)


def _rescan(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Open a source rack on the Racks screen, to be read for plating."""
    row = _planned_here(ledger.db, desk)
    waiting = [rack for rack, _ in plate_gate.racks_of(row)] if row is not None else []
    codes = {rack: str((rack_look_up.rack(ledger.db, rack) or {}).get("code")) for rack in waiting}
    stops = {one.rack for one in plate_gate.stops(ledger.db, row)} if row is not None else set()
    rack = argument if argument in waiting else next((one for one in waiting if codes[one] in stops), "")
    if not rack:
        return Outcome(words.refused(plating_words.NOTHING_PLANNED, "Open a plate that waits for its racks first."))
    desk.rack = AtRack(rack=rack, purpose=Purpose.PLATING.value)
    return Outcome(plating_words.read_at_racks(codes[rack]), place="racks")


def _drop(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    row = _planned_here(ledger.db, desk)
    if row is None:
        return Outcome(words.refused(plating_words.NOTHING_PLANNED, f"{plating_words.SCAN_FIRST}."))
    why = answer.comment.strip() if answer else ""
    if not why:
        title = f"Drop the plan of plate {row['number']}?"
        problems = ("Say why.",) if answer else ()
        question = Question(
            Command.PLATE_DROP,
            title,
            comment_label=plating_words.WHY_DROPPED,
            confirm="Drop this plan",
            problems=problems,
            subject=row["id"],
        )
        return Outcome(words.choose(title, "Say why."), question=question)
    last = f"last:plate:{row['id']}"
    rests = ledger.driver.holders([last])[last]
    pen = ledger.pen()
    reason = pen.write(why, f"plate:{row['id']}")
    body = {"plate": row["id"], "reason": reason, "rests_on": rests, "bench": desk.place.bench}
    draft = Draft("plate.plan_dropped", body, pen.values, input=desk.told)
    desk.plate = AtPlate()
    return Outcome(plating_words.dropped(row["number"]), (draft,))


def _worklists(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import plate_files

    return plate_files.worklists(ledger, desk, _in_view(ledger.db, desk), answer)


def _leave_out(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import left_out

    if desk.index.on:
        return left_out.of_pool(ledger, desk, answer)
    return left_out.of_plate(ledger, desk, _in_view(ledger.db, desk), answer)


def _discard(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import plate_discard

    return plate_discard.discard(ledger, desk, _in_view(ledger.db, desk), answer)


def _dilute(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import plate_dilution

    return plate_dilution.dilute(ledger, desk, _in_view(ledger.db, desk), answer)


def _dilution_list(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    from gms_desktop.services import plate_dilution

    return plate_dilution.write(ledger, desk, _in_view(ledger.db, desk))


def _in_view(db: Database, desk: Desk) -> Row | None:
    return plate_look_up.plate(db, desk.plate.open) if desk.plate.open else None


def _aside(_ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    if desk.index.on:
        desk.index = AtIndex(on=True)
        return Outcome(indexing_words.put_aside())
    desk.plate = AtPlate()
    return Outcome(plating_words.put_aside())


def _planned_here(db: Database, desk: Desk) -> Row | None:
    row = plate_look_up.plate(db, desk.plate.open) if desk.plate.open else None
    return row if row is not None and row["state"] == "planned" else None


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.PLATE_MOVE: _move,
    Command.PLATE_CONTROL: _control,
    Command.PLATE_BUFFER: _buffer,
    Command.PLATE_NEXT: _next,
    Command.PLATE_TYPE: _type,
    Command.PLATE_HOLDING: _holding,
    Command.PLATE_KEEP: _keep,
    Command.PLATE_OPEN: _open,
    Command.PLATE_RESCAN: _rescan,
    Command.PLATE_WORKLISTS: _worklists,
    Command.PLATE_DILUTE: _dilute,
    Command.DILUTION_LIST: _dilution_list,
    Command.LEAVE_OUT: _leave_out,
    Command.PLATE_DROP: _drop,
    Command.PLATE_DISCARD: _discard,
    Command.PLATE_ASIDE: _aside,
}
