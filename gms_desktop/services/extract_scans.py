"""A scan at an extraction batch: a specimen into its position, a kit, a source, the tube that its eluate goes into."""

from __future__ import annotations

from dataclasses import dataclass, replace

from devices.values import Entered, Scan
from gms_desktop import extract_words, lot_words, tube_words, words
from gms_desktop.domain import extraction
from gms_desktop.domain.commands import Command
from gms_desktop.domain.extraction import Role
from gms_desktop.domain.identifiers.barcode import Kind, gs1
from gms_desktop.domain.lots import lot_of
from gms_desktop.domain.racks.wells import read_well
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import examination_look_up, extraction_look_up, look_up, rack_look_up
from gms_desktop.register import lots as lot_register
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    arrive,
    batches,
    case_list,
    eluates,
    lots,
    rack_scans,
    rights,
    scrolls_extracted,
    stops,
    stored_things,
)
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved, resolve

PLACE = "extract"


@dataclass(frozen=True)
class Source:
    """What is extracted: its sort, its identity, its number, its specimen's row."""

    sort: str
    id: str
    number: str
    specimen: Row


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at a batch."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question and desk.question.command is Command.PLACE_CONTROL and code.is_a(Kind.GS1):
        return replace(_control(ledger, desk, said), place=PLACE)
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    outcome = _scan(ledger, desk, code, said)
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def _scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    if case_list.held_code(ledger.db, code) is not None:
        return Outcome(extract_words.in_dispute(code.code))
    here = batches.at_bench(ledger.db, desk.extract.batch)
    text = said.text.strip()
    if code.is_a(Kind.GS1):
        return _kit(ledger, desk, here, said)
    known = extraction_look_up.batch_by_number(ledger.db, code.code)
    if known is not None:
        return open_batch(ledger, desk, known["id"])
    if code.number and extraction_look_up.eluate_by_number(ledger.db, code.number) is not None:
        return eluates.scanned(ledger, desk, code.number, typed=said.entered is Entered.TYPED)
    if code.number:
        return _of_ours(ledger, desk, here, code.number, typed=said.entered is Entered.TYPED)
    if here is not None and (position := read_well(text)) is not None and here.state in {"placing", "ended"}:
        return _position(desk, here, position)
    holder = rack_look_up.holder_of_code(ledger.db, text)
    if holder is None and code.patients:
        return Outcome(tube_words.a_patients_number())
    if holder is not None or code.is_a(Kind.FLUIDX):
        return _tube(ledger, desk, here, text, holder)
    return Outcome(extract_words.not_for_here(text))


def open_batch(ledger: Ledger, desk: Desk, batch: str) -> Outcome:
    """Open a batch that was begun before, at whichever bench."""
    here = batches.load(ledger.db, batch)
    if here is None or case_list.held(ledger.db, f"extraction:{batch}") is not None:
        return Outcome(extract_words.in_dispute(here.row["number"] if here else "This batch"))
    if here.state == batches.DROPPED:
        return Outcome(extract_words.is_dropped(here.row["number"], here.row["why"] or "reason not stated"))
    desk.extract = replace(desk.extract, batch=batch, position="", scanned=False, specimen="")
    return Outcome(extract_words.opened(here.row["number"], state_words(here)))


def state_words(here: OpenBatch) -> str:
    """How far a batch is."""
    held = ", held by a blank over its limit" if here.held else ""
    if here.state == batches.DROPPED:
        return f"dropped before its start: {here.row['why']}"
    return {"placing": "being filled", "running": "running"}.get(here.state, "ended") + held


def source_of(db: Database, number: str) -> Source | Verdict:
    """The specimen, aliquot or tube of scrolls that has a number of ours, or why it is not extracted."""
    scrolls = scrolls_extracted.source(db, number)
    if scrolls is not None:
        return scrolls if isinstance(scrolls, Verdict) else Source("piece", scrolls[0]["id"], number, scrolls[1])
    poured = examination_look_up.aliquot_by_accession(db, number)
    specimen = look_up.row(db, "specimen", poured["specimen"]) if poured else look_up.specimen_by_accession(db, number)
    if specimen is None:
        from gms_desktop.services import found_by_code

        return found_by_code.no_specimen(db, resolve(db, number))
    if case_list.held(db, f"specimen:{specimen['id']}") is not None:
        return extract_words.in_dispute(number)
    why = stops.why_not(db, specimen, stops.TESTING)
    if why:
        return extract_words.not_to_be_tested(number, why)
    if not str(specimen["outcome"] or "").startswith("accepted"):
        return extract_words.not_decided(number)
    if (thrown_away := stored_things.gone(db, poured["id"] if poured else specimen["id"], number)) is not None:
        return thrown_away
    if poured:
        return Source("aliquot", poured["id"], number, specimen)
    if (tissue := scrolls_extracted.not_as_it_is(db, specimen)) is not None:
        return tissue
    return Source("specimen", specimen["id"], number, specimen)


def _position(desk: Desk, here: OpenBatch, position: str) -> Outcome:
    """A position that was scanned: what is scanned next goes there; of an ended batch its eluate comes out."""
    if here.state == "ended":
        return _source(here, desk, here.positions.get(position), position)
    if not here.batch.protocol.shape.holds(position):
        return Outcome(extract_words.no_such_position(position, here.row["number"]))
    held = here.positions.get(position)
    if held is not None:
        desk.extract = replace(desk.extract, position="", scanned=False)
        return Outcome(extract_words.taken(position, held["code"] or held["role"]))
    return name_position(desk, here, position)


def name_position(desk: Desk, here: OpenBatch, position: str) -> Outcome:
    """A position is in hand: what may be done with it is offered, and where it is free the next scan goes there."""
    desk.extract = replace(desk.extract, position=position, scanned=False)
    row = here.positions.get(position)
    return Outcome(extract_words.chosen(position, (row["code"] or row["role"]) if row else ""))


def _of_ours(ledger: Ledger, desk: Desk, here: OpenBatch | None, number: str, *, typed: bool) -> Outcome:
    source = source_of(ledger.db, number)
    if isinstance(source, Verdict):
        return Outcome(source)
    in_the_way = elsewhere(ledger.db, source, desk.extract.batch)
    if in_the_way is not None:
        return Outcome(in_the_way)
    if typed:
        return Outcome(extract_words.scan_it(number))
    if here is None:
        from gms_desktop.services import extract_commands

        desk.extract = replace(desk.extract, specimen=number)
        asked = extract_commands.ask_protocol(ledger, desk, source.specimen)
        return Outcome(extract_words.to_begin(number), question=asked)
    placed = here.of_source(source.id)
    if here.state == "placing":
        return _place(ledger, desk, here, source, placed)
    if here.state == "running":
        return Outcome(extract_words.runs(here.row["number"]))
    if placed is None:
        return Outcome(extract_words.not_in_batch(number, here.row["number"]))
    return _source(here, desk, placed, placed["position"])


def _place(ledger: Ledger, desk: Desk, here: OpenBatch, source: Source, placed: Row | None) -> Outcome:
    if placed is not None:
        return _moved(ledger, desk, here, placed)
    return put(ledger, desk, here, Role.SPECIMEN, source.number, source)


def _control(ledger: Ledger, desk: Desk, said: Scan) -> Outcome:
    """The box of a control, while the control is asked."""
    here, subject = batches.at_bench(ledger.db, desk.extract.batch), lots.subject(said.text, said.symbology, ledger.db)
    row = lot_register.lot(ledger.db, subject.partition(":")[2]) if subject else None
    if here is None or row is None:
        return Outcome(lot_words.unknown(said.text.strip()), question=desk.question)
    told = lots.may_be_used(ledger.db, row["id"], rights.today(ledger, desk.time_zone))
    if told is not None and told.kind is VerdictKind.REFUSED:
        return Outcome(told, question=desk.question)
    desk.question = None
    return put_control(ledger, desk, here, row)


def put_control(ledger: Ledger, desk: Desk, here: OpenBatch, lot: Row) -> Outcome:
    """A control of a lot goes into the next position; a warning about the lot stands before all else."""
    made = put(ledger, desk, here, Role.CONTROL, f"{lot['words'] or lot['gtin']} {lot['number']}", lot=lot["id"])
    told = lots.may_be_used(ledger.db, lot["id"], rights.today(ledger, desk.time_zone))
    return replace(made, verdict=told) if told is not None and made.drafts else made


def _moved(ledger: Ledger, desk: Desk, here: OpenBatch, placed: Row) -> Outcome:
    """A specimen that stands in the batch goes to the position in hand; without one its own is told, and is in hand."""
    to, stood = "" if desk.extract.scanned else desk.extract.position, placed["position"]
    if to in ("", stood):
        desk.extract = replace(desk.extract, position=stood, scanned=True)
        return Outcome(extract_words.is_placed(placed["code"], stood))
    after = extraction.move(here.batch, stood, to)
    if isinstance(after, extraction.Refusal):
        return Outcome(extract_words.taken(to, after.about))
    body = of_batch(ledger, desk, here) | {"position": stood, "to": to, "specimen": placed["specimen"]}
    desk.extract = replace(desk.extract, position="", scanned=False)
    return Outcome(extract_words.moved(placed["code"], stood, to), (Draft("extraction.moved", body, input=desk.told),))


def elsewhere(db: Database, source: Source, batch: str) -> Verdict | None:
    """What is said of a source that stands in another batch, which has not ended; None for one that does not."""
    for row in extraction_look_up.positions_of_specimen(db, source.specimen["id"]):
        other = extraction_look_up.batch(db, row["batch"])
        open_there = other is not None and other["id"] != batch and other["state"] not in batches.OVER
        if other is not None and open_there and row["source"] == source.id and row["state"] != "failed":
            return extract_words.elsewhere(source.number, row["position"], other["number"])
    return None


def put(
    ledger: Ledger, desk: Desk, here: OpenBatch, role: Role, code: str, source: Source | None = None, lot: str = ""
) -> Outcome:
    """Put something into the position in hand where it is free, else into the next one."""
    free = desk.extract.position if desk.extract.position not in here.positions else ""
    position = free or here.next_position
    if not position:
        return Outcome(extract_words.full(here.row["number"]))
    body = of_batch(ledger, desk, here) | standing(ledger.db, position, role, code, source)
    body |= {"lot": lot or None}
    desk.extract = replace(desk.extract, position="", scanned=False, specimen="")
    wells = here.batch.protocol.shape.wells
    following = next((well for well in wells if well not in here.positions and well != position), "")
    verdict = extract_words.placed(code or f"The {role.value}", position, following, body["repeats"] or "")
    return Outcome(verdict, (Draft("extraction.placed", body, input=desk.told),))


def standing(db: Database, position: str, role: Role, code: str, source: Source | None = None) -> Body:
    """What an entry states of what stands in a position."""
    return {
        "position": position,
        "role": role.value,
        "code": code,
        "source": {"sort": source.sort, "id": source.id} if source else None,
        "specimen": source.specimen["id"] if source else None,
        "repeats": (_repeats(db, source) if source else "") or None,
    }


def of_batch(ledger: Ledger, desk: Desk, here: OpenBatch) -> Body:
    """What every entry about a batch states."""
    last = f"last:extraction:{here.row['id']}"
    return {
        "batch": here.row["id"],
        "follows": ledger.driver.holders([last])[last],
        "bench": desk.place.bench,
    }


def _repeats(db: Database, source: Source) -> str:
    """The number of the batch in which the same came to nothing before; empty where it never did."""
    stood = extraction_look_up.positions_of_specimen(db, source.specimen["id"])
    came_to_nothing = [row["batch"] for row in stood if row["source"] == source.id and row["state"] == "failed"]
    row = extraction_look_up.batch(db, came_to_nothing[-1]) if came_to_nothing else None
    return str(row["number"]) if row else ""


def _kit(ledger: Ledger, desk: Desk, here: OpenBatch | None, said: Scan) -> Outcome:
    """A kit or reagent: its lot is entered where it is new, and recorded for the batch where it may be used."""
    if here is None:
        return Outcome(extract_words.no_batch())
    number = here.row["number"]
    if here.state == "ended":
        return Outcome(extract_words.lot_too_late(number))
    entered = lots.scan(ledger, said, desk.place.bench, desk.time_zone)
    parts = gs1((said.symbology or "") + said.text)
    lot = lot_of(parts) if parts else None
    if entered is None or lot is None or entered.verdict.kind is VerdictKind.REFUSED:
        return entered or Outcome(extract_words.not_for_here(said.text.strip()))
    told = (
        lots.of_new(ledger.db, entered.drafts[0].body)
        if entered.drafts
        else lots.may_be_used(ledger.db, lot.id, rights.today(ledger, desk.time_zone))
    )
    if told is not None and told.kind is VerdictKind.REFUSED:
        return Outcome(told, entered.drafts)
    if lot.number in {one.lot for one in here.lots}:
        return Outcome(extract_words.lot_known(lot.number, number))
    part = here.needs or "Reagent"
    body = of_batch(ledger, desk, here) | {"lot": lot.id, "of": part}
    used = Draft("extraction.lot_used", body, input=desk.told)
    # A lot whose code has no expiry date is used, and the person is told to look at the box.
    taken = extract_words.lot_taken(part, lot.number, number)
    verdict = told or (entered.verdict if entered.verdict.kind is VerdictKind.ATTENTION else taken)
    return Outcome(verdict, (*entered.drafts, used))


def _source(here: OpenBatch, desk: Desk, row: Row | None, position: str) -> Outcome:
    """A source of an ended batch: its container comes next."""
    if row is None or row["role"] != Role.SPECIMEN.value:
        return Outcome(extract_words.not_in_batch(position, here.row["number"]))
    if row["state"] == "failed":
        return Outcome(extract_words.came_to_nothing(position, row["reason"] or ""))
    desk.extract = replace(desk.extract, position=position, scanned=not row["eluate"])
    if row["eluate"]:
        return Outcome(extract_words.is_out(position, "in its tube"))
    return Outcome(extract_words.eluate_next(position, row["code"], held=here.held))


def _tube(ledger: Ledger, desk: Desk, here: OpenBatch | None, text: str, holder: str | None) -> Outcome:
    """A FluidX tube: the eluate in hand goes straight into it."""
    if holder is not None:
        tube = rack_look_up.tube(ledger.db, holder.partition(":")[2]) if holder.startswith("tube:") else None
        held_by = rack_scans.holds(ledger.db, tube) if tube else ""
        return Outcome(extract_words.tube_used(text, held_by) if tube else extract_words.not_for_here(text))
    row = here.positions.get(desk.extract.position) if here and desk.extract.scanned else None
    if here is None or row is None:
        return Outcome(extract_words.position_first(text))
    if here.held:
        return Outcome(extract_words.is_held(here.row["number"]))
    made = eluates.draft(ledger, desk, here, row, number=None)
    source = {"sort": "eluate", "id": made.body["eluate"]}
    tube_body = {"tube": ledger.identity(), "code": text, "source": source, "specimen": row["specimen"]}
    bound = Draft("tube.bound", tube_body | {"volume": made.body["volume"], "bench": desk.place.bench}, input=desk.told)
    desk.extract = replace(desk.extract, position="", scanned=False)
    return Outcome(extract_words.into_tube(text, row["position"], row["code"]), (made, bound))


def labelled(ledger: Ledger, desk: Desk, here: OpenBatch, row: Row) -> Outcome:
    """The eluate in hand gets a number of ours, and its label prints."""
    number = ledger.next_number(desk.place.letter)
    made = eluates.draft(ledger, desk, here, row, number)
    label = arrive.label_draft(desk.place, row["specimen"], number, 1, None, f"eluate:{made.body['eluate']}")
    desk.extract = replace(desk.extract, position="", scanned=False)
    said = extract_words.eluate_labelled(number, f"{row['position']}, {row['code']}")
    return Outcome(said, (made, label), print_labels=(str(label.body["label"]),))
