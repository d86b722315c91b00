"""The rehearsal's index plate: a set from a made-up file, a plate of it, one plate indexed, one pool, its sheet.

The sequences are made up from hashes: none is a manufacturer's.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import count

from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.rehearsal.as_expected import went
from gms_desktop.rehearsal.shift import WAIT_S, Shift
from gms_desktop.services.views import Answer

INDEX_PLATE, POOL = "IX-000045", "POOL-0007"
_SET, _LENGTH, _APART = "EXAMPLE set A", 10, 3


def made_up_set() -> bytes:
    """A laboratory's own file of 96 pairs, as CSV: every index differs from every other in three bases at least."""
    seen: list[str] = []
    lines = ["Well,Name,i7,i5 forward"]
    for place, well in enumerate(Shape(8, 12).wells, start=1):
        lines.append(",".join((well, f"EX{place:04d}", _another(seen), _another(seen))))
    return ("\n".join(lines) + "\n").encode()


def _another(seen: list[str]) -> str:
    """One more index, told apart from those before."""
    for seed in count(len(seen)):
        made = "".join("ACGT"[byte % 4] for byte in sha256(str(seed).encode()).digest()[:_LENGTH])
        if all(sum(a != b for a, b in zip(made, one, strict=True)) >= _APART for one in seen):
            seen.append(made)
            break
    return seen[-1]


def indexed_and_pooled(shift: Shift, plate: str) -> None:
    """The wells of a plate get their indexes, each index well is used once, and its libraries are one pool.

    Raises:
        RuntimeError: when a step does not come out as it should.
    """
    shift.screen = "plates"
    shift.command(Command.INDEX_WORK, "Index plates and pools")
    _set_taken_in(shift)
    _registered(shift)
    went(shift.scan(plate, "The plate that is indexed"), "Look, then keep")
    shift.painted("plates-indexes")
    went(shift.command(Command.INDEX_KEEP, "Looked at, and kept"), "Indexes kept")
    went(shift.scan(INDEX_PLATE, "The index plate once more"), "Index plate")
    went(shift.scan(plate, "The same plate once more"), "Has its indexes")
    went(shift.command(Command.POOL_BEGIN, "A pool"), "New pool")
    went(shift.scan(plate, "The libraries of the plate"), "In the pool")
    went(shift.scan(POOL, "The code of the pool's tube"), "Pool made")
    shift.command(Command.POOL_SHEET, "Its sample sheet")
    run = Answer(fields=(("run", "RUN_0042"), ("lane", "")))
    went(shift.command(Command.POOL_SHEET, "For this run", run), "Sheet written")
    shift.command(Command.PLATE_ASIDE, "Put aside")
    shift.command(Command.INDEX_WORK, "Plates again")


def _set_taken_in(shift: Shift) -> None:
    content = made_up_set()
    went(PlateDesk(shift.bench).take_indexes("EXAMPLE indexes.csv", content).result(WAIT_S), "Which set")
    named = Answer(fields=(("name", _SET),))
    went(shift.command(Command.INDEX_SET, "The laboratory's own file of indexes is named", named), "Set taken in")


def _registered(shift: Shift) -> None:
    answered = shift.scan(INDEX_PLATE, "An index plate that is new here")
    went(answered, "New index plate")
    shift.command(Command.INDEX_REGISTER, "It is registered", argument=INDEX_PLATE)
    question = PlateDesk(shift.bench).view().result(WAIT_S).question
    chosen = question.choices[0].code if question else ""
    entered = Answer((chosen,), fields=(("lot", "EXAMPLE-88"), ("expiry", "")), subject=INDEX_PLATE)
    said = shift.command(Command.INDEX_REGISTER, "Its set and lot", entered, argument=INDEX_PLATE)
    went(said, "Index plate")
