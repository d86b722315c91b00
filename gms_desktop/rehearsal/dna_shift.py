"""The rehearsal's DNA: a batch is extracted, bound into FluidX tubes, racked, measured, plated, put away and found.

Every scan goes through the simulated scanner, every reading through the simulated rack reader, every label through the
simulated printer. A step that does not come out as it should ends the rehearsal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from devices.simulators.rack import SimulatedRack
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.rack_desk import RackDesk
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal.as_expected import went as _went
from gms_desktop.rehearsal.index_shift import POOL, indexed_and_pooled
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.rehearsal.measured_shift import measured
from gms_desktop.rehearsal.shift import WAIT_S, Shift
from gms_desktop.services import lots, rights
from gms_desktop.services.answers import Answered
from gms_desktop.services.views import Answer
from gms_desktop.storage_desk import StorageDesk

RACK, PLATE = "SA00826894", "PL-000417"
TUBES = ("FD20024619", "FD20024698", "FD20024711")
_WELLS = ("A01", "B01", "C01")
# The article that GS1 uses as its example, with a made-up lot.
_KIT, _LOT, _DATA_MATRIX = "0109506000134352", "1012AB", "]d2"
_A_YEAR = timedelta(days=365)
_BOX = "Box 12"


@dataclass(frozen=True)
class Made:
    """What came of the specimens: their eluates, by our number, and the plate."""

    eluates: tuple[str, ...]
    plate: str


def to_the_plate(shift: Shift, specimens: list[str]) -> Made:
    """Extract the specimens, bind their DNA, read its rack, plate it, write the worklists and put all of it away."""
    eluates = _extracted(shift, specimens)
    _bound(shift, eluates)
    _read(shift)
    measured(shift, eluates[0], TUBES)
    _plated(shift)
    indexed_and_pooled(shift, PLATE)
    _put_away(shift, eluates)
    shift.screen = "receive"
    return Made(eluates, PLATE)


def find_again(shift: Shift, made: Made) -> None:
    """Every eluate, the pool and every tube is found where it was put."""
    for code in (*made.eluates, POOL, *TUBES):
        found = shift.bench.find(code).result(WAIT_S)
        stands = dict(found.facts).get("Storage", "")
        shift.tell(f"Where is {code}?\n    {stands or 'Nobody knows.'}")
        if "Freezer A" not in stands:
            raise RuntimeError(f"{code} was put away and is not found: {found.facts}")
    shift.painted("find-stored")


def _extracted(shift: Shift, specimens: list[str]) -> tuple[str, ...]:
    """One batch with a blank; each eluate gets a label of its own once its source was scanned."""
    shift.screen = "extract"
    _went(shift.scan(specimens[0], "At Extract: the first specimen of a batch"), "Begin a batch")
    begun = Answer(("dna-blood",), fields=(("instrument", "Robot 1"), ("input", "200 µl")))
    _went(shift.command(Command.BEGIN_BATCH, "Its protocol, and the robot", begun), "Batch begun")
    for number in specimens[1:]:
        _went(shift.scan(number, "The next specimen goes into its position"), "Into ")
    _went(shift.command(Command.PLACE_BLANK, "A blank"), "Into ")
    _kit_taken(shift)
    shift.painted("extract-filled")
    _went(shift.command(Command.START_BATCH, "The robot starts"), "Batch started")
    _went(shift.command(Command.END_BATCH, "The robot has ended"), "Batch ended")
    return tuple(_out(shift, number) for number in specimens)


def _kit_taken(shift: Shift) -> None:
    """A kit that is new here: refused until somebody states its acceptance test."""
    today = shift.bench.recorder.read(lambda ledger: _today(ledger, shift.bench.time_zone)).result(WAIT_S)
    kit = f"{_KIT}17{today + _A_YEAR:%y%m%d}{_LOT}"
    _went(shift.scan(kit, "The kit, with its lot and expiry", _DATA_MATRIX), "Lot not released")
    known = shift.bench.recorder.read(lambda ledger: lots.subject(kit, _DATA_MATRIX, ledger.db)).result(WAIT_S) or ""
    lot = known.partition(":")[2]
    tested = Answer((), "Ten samples beside the lot before: the same", (("words", "Extraction kit"),), lot)
    _went(shift.command(Command.RELEASE_LOT, "Its acceptance test is stated", tested), "Lot released")
    _went(shift.scan(kit, "The kit once more", _DATA_MATRIX), "Lot recorded")


def _today(ledger: Ledger, time_zone: str) -> date:
    return rights.today(ledger, time_zone)


def _out(shift: Shift, number: str) -> str:
    _went(shift.scan(number, "Out of the robot: the source first"), "Now its tube")
    printed = len(shift.printer.labels)
    _went(shift.command(Command.ELUATE_LABEL, "A label for its eluate"), "Label prints")
    if not shift.printer.wait_for_labels(printed + 1, WAIT_S):
        raise TimeoutError("the label of an eluate was not printed")
    eluate, _ = number_on(shift.printer.labels[printed])
    shift.numbers.append(eluate)
    _went(shift.scan(eluate, "Its label is scanned on the tube"), "On its tube")
    return eluate


def _bound(shift: Shift, eluates: tuple[str, ...]) -> None:
    """Source, then tube: each goes into the next well of the new rack."""
    shift.screen = "racks"
    _went(shift.scan(RACK, "At Racks: a new rack"), "Not known here")
    _went(shift.command(Command.REGISTER_RACK, "It is registered", argument=RACK), "New rack")
    for eluate, tube in zip(eluates, TUBES, strict=True):
        _went(shift.scan(eluate, "The eluate"), "Now the tube")
        _went(shift.scan(tube, "Its FluidX tube"), "Bound")
    _went(shift.scan(eluates[0], "An eluate once more"), "Now the tube")
    _went(shift.scan(TUBES[-1], "A tube that is used already"), "Tube is used")
    shift.command(Command.RACK_ASIDE, "Put aside")


def _read(shift: Shift) -> None:
    """Two tubes changed places; they are put back, one cannot be read, and it is scanned by hand."""
    _went(shift.scan(RACK, "The rack is opened"), "Rack")
    first, second, third = TUBES
    _went(_reading(shift, "Two tubes changed places", (second, first, third)), "2 findings")
    shift.painted("racks-swapped")
    _went(_reading(shift, "Put back; the third cannot be read", (first, second, "")), "1 finding")
    _went(shift.command(Command.NAME_WELL, "C01 by hand", argument="C01"), "Scan C01")
    _went(shift.scan(third, "The side code of the tube in C01"), "C01 agrees")
    _went(_reading(shift, "Read again", TUBES), "Rack agrees")
    _went(shift.command(Command.SAVE_RACK, "All of it agrees"), "Saved")


def _reading(shift: Shift, what: str, tubes: Iterable[str]) -> Answered:
    """The rack stands in the reader with these tubes in its first wells, and is read."""
    assert shift.rack_reader is not None
    shift.rack_reader.put_in(SimulatedRack(dict(zip(_WELLS, tubes, strict=True)), RACK))
    desk = RackDesk(shift.bench)
    reading = desk.read()
    if reading.scan is None:
        raise RuntimeError(f"the rack was not read: {reading}")
    answered = desk.take(reading.scan, read_here=True).result(WAIT_S)
    shift.tell(f"{what}: the rack is read\n    {answered.verdict.title}. {answered.verdict.sentence}")
    return answered


def _plated(shift: Shift) -> None:
    """Planned, refused until the rack was read once more, made, and its worklists written."""
    shift.screen = "plates"
    _went(shift.scan(RACK, "At Plates: the source rack"), "Planned")
    shift.painted("plates-planned")
    _went(shift.command(Command.PLATE_KEEP, "The plan is kept"), "Plan kept")
    _went(shift.scan(PLATE, "The plate's code too early"), "Not yet")
    _went(shift.command(Command.PLATE_RESCAN, "The rack is read once more"), "Read this rack")
    _reading(shift, "For the plate", TUBES)
    _went(shift.command(Command.WELLS_EMPTY, "A person sees that the other wells are empty"), "Rack agrees")
    _went(shift.command(Command.SAVE_RACK, "The whole rack agrees"), "Saved")
    _went(shift.scan(PLATE, "The plate's code"), "Plate made")
    shift.command(Command.PLATE_WORKLISTS, "Worklists for the robot")
    _went(
        shift.command(Command.PLATE_WORKLISTS, "20 µL a well", Answer(fields=(("volume", "20"),))), "Worklists written"
    )
    shift.command(Command.PLATE_ASIDE, "Put aside")


def _put_away(shift: Shift, eluates: tuple[str, ...]) -> None:
    """A room with a freezer, a shelf and a box; the eluates into the box, the rack onto the shelf."""
    shift.screen = "storage"
    codes = {}
    for sort, name in (("room", "Room 4"), ("freezer", "Freezer A"), ("shelf", "Shelf 1"), ("box 9x9", _BOX)):
        shift.command(Command.REGISTER_PLACE, f"New: {name}")
        entered = Answer((sort,), fields=(("name", name),))
        _went(shift.command(Command.REGISTER_PLACE, "Its sort and name", entered), "New place")
        codes[name] = StorageDesk(shift.bench).view().result(WAIT_S).path.split("   ")[1]
    _went(shift.scan(f"{codes[_BOX]}.A01", "Position A01 of the box"), "Now A01")
    for eluate in eluates:
        _went(shift.scan(eluate, "The eluate is put away"), "Put away")
    _went(shift.scan(POOL, "And the pool"), "Put away")
    _went(shift.scan(f"{codes[_BOX]}.A01", "Position A01 again"), "Position taken")
    shift.painted("storage-box")
    shift.command(Command.PLACE_ASIDE, "Put aside")
    shift.scan(codes["Shelf 1"], "The shelf")
    answered = shift.scan(RACK, "The rack is put on the shelf")
    if answered.verdict.kind is VerdictKind.REFUSED:
        raise RuntimeError(f"the rack was not put away: {answered.verdict.sentence}")
    shift.command(Command.PLACE_ASIDE, "Put aside")
