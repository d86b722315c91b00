"""An extraction batch: what stands in which position, how each position went, and what came out of it. Pure.

DNA, RNA and cfDNA are the same job, and so is a batch of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gms_desktop.domain.racks.wells import Shape


@dataclass(frozen=True, slots=True)
class Protocol:
    """How a laboratory extracts.

    Attributes:
        code: the stable name.
        version: its version; a batch keeps the one it was done by.
        words: as the bench writes it.
        yields: what comes out: DNA, RNA, cfDNA.
        shape: the instrument's positions.
        needs: the kits and reagents whose lots are recorded.
        blanks: how many blanks a batch has at least.
        elution_ul: the nominal volume of an eluate, in µl, as decimal text; empty where none is laid down.
        takes: the codes of the types of specimen that it is for; the worklist goes by them.
    """

    code: str
    version: str
    words: str
    yields: str
    shape: Shape
    needs: tuple[str, ...] = ()
    blanks: int = 1
    elution_ul: str = ""
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LotUsed:
    """A lot of a kit or reagent on a batch, as its register stands when it was scanned."""

    of: str
    lot: str
    expiry: date | None
    released: bool


class Role(StrEnum):
    """What a position is for."""

    SPECIMEN = "specimen"
    BLANK = "blank"
    CONTROL = "control"


class State(StrEnum):
    """How a position stands."""

    PLACED = "placed"
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"


_NEXT: Mapping[State, frozenset[State]] = {
    State.PLACED: frozenset({State.STARTED, State.FAILED}),
    State.STARTED: frozenset({State.DONE, State.FAILED}),
    State.DONE: frozenset({State.FAILED}),
    State.FAILED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Position:
    """One position of a batch.

    Attributes:
        role: what it is for.
        code: the specimen's number, or the control's lot.
        state: how it stands.
        why: why it failed.
        eluate: the number of what came out.
        container: the code of the tube that it came out into.
        repeats: the number of the batch whose failed position it repeats.
    """

    role: Role
    code: str = ""
    state: State = State.PLACED
    why: str = ""
    eluate: str = ""
    container: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch.

    Attributes:
        number: its own.
        protocol: how it is done.
        instrument: on what.
        lots: what of.
        positions: what stands where.
    """

    number: str
    protocol: Protocol
    instrument: str = ""
    lots: tuple[LotUsed, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)

    def of(self, role: Role) -> dict[str, Position]:
        """The positions of one role, in the order of filling."""
        shape = self.protocol.shape
        return {well: self.positions[well] for well in shape.wells if self._is(well, role)}

    def _is(self, well: str, role: Role) -> bool:
        return well in self.positions and self.positions[well].role is role


class Why(StrEnum):
    """Why a scan does nothing."""

    NO_SUCH_POSITION = "no such position"
    TAKEN = "position taken"
    IN_BATCH = "already in the batch"
    BEGUN = "batch has begun"
    NOT_SO = "position is not so far"
    NO_REASON = "no reason given"
    CONTAINER_USED = "container used"
    HAS_ELUATE = "has an eluate"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why, and what is in the way."""

    why: Why
    about: str = ""


def place(batch: Batch, well: str, position: Position) -> Batch | Refusal:
    """Put a specimen, blank or control into a position, before the batch begins."""
    if not batch.protocol.shape.holds(well):
        return Refusal(Why.NO_SUCH_POSITION, well)
    if any(one.state is not State.PLACED for one in batch.positions.values()):
        return Refusal(Why.BEGUN, batch.number)
    there = batch.positions.get(well)
    if there is not None and there != position:
        return Refusal(Why.TAKEN, there.code or there.role.value)
    elsewhere = [other for other, one in batch.of(Role.SPECIMEN).items() if one.code == position.code and other != well]
    if position.role is Role.SPECIMEN and elsewhere:
        return Refusal(Why.IN_BATCH, elsewhere[0])
    return _with(batch, well, position)


def move(batch: Batch, well: str, to: str) -> Batch | Refusal:
    """Put what stands in a position into another one, before the batch begins. The first is free from then on."""
    one = batch.positions.get(well)
    if one is None:
        return Refusal(Why.NO_SUCH_POSITION, well)
    left = {other: each for other, each in batch.positions.items() if other != well}
    return place(replace(batch, positions=left), to, one)


def start(batch: Batch) -> Batch:
    """The run begins: everything placed is on its way."""
    begun = {
        well: replace(one, state=State.STARTED) if one.state is State.PLACED else one
        for well, one in batch.positions.items()
    }
    return replace(batch, positions=begun)


def end(batch: Batch) -> Batch:
    """The run ended: whatever did not fail is done."""
    done = {
        well: replace(one, state=State.DONE) if one.state is State.STARTED else one
        for well, one in batch.positions.items()
    }
    return replace(batch, positions=done)


def fail(batch: Batch, well: str, why: str) -> Batch | Refusal:
    """A position failed, and a person says why. An eluate that came out of it stays named."""
    one = batch.positions.get(well)
    if one is None:
        return Refusal(Why.NO_SUCH_POSITION, well)
    if State.FAILED not in _NEXT[one.state]:
        return Refusal(Why.NOT_SO, one.state.value)
    if not why.strip():
        return Refusal(Why.NO_REASON, well)
    return _with(batch, well, replace(one, state=State.FAILED, why=why.strip()))


def elute(batch: Batch, well: str, eluate: str, container: str) -> Batch | Refusal:
    """What came out of a position goes into a container: its own number, and the container scanned."""
    one = batch.positions.get(well)
    if one is None:
        return Refusal(Why.NO_SUCH_POSITION, well)
    if one.state is not State.DONE:
        return Refusal(Why.NOT_SO, one.state.value)
    if one.eluate and (one.eluate, one.container) != (eluate, container):
        return Refusal(Why.HAS_ELUATE, one.eluate)
    used = [other for other, each in batch.positions.items() if each.container == container and other != well]
    if used:
        return Refusal(Why.CONTAINER_USED, used[0])
    return _with(batch, well, replace(one, eluate=eluate, container=container))


def to_repeat(batch: Batch) -> tuple[str, ...]:
    """The specimens whose position failed, in their order: each may be placed in a batch that repeats it."""
    return tuple(one.code for one in batch.of(Role.SPECIMEN).values() if one.state is State.FAILED)


def volume_ul(batch: Batch, measured: Decimal | None) -> tuple[Decimal | None, bool]:
    """The volume of an eluate in µl, and whether it was measured; the protocol's until then, None where it has none."""
    if measured is not None:
        return measured, True
    return (Decimal(batch.protocol.elution_ul) if batch.protocol.elution_ul else None), False


@dataclass(frozen=True, slots=True)
class Named:
    """What every tube from a batch can name: its batch, protocol, blanks and lots."""

    batch: str
    protocol: str
    version: str
    position: str
    blanks: tuple[str, ...]
    lots: tuple[LotUsed, ...]


def named_by(batch: Batch, eluate: str) -> Named | None:
    """What stands behind an eluate; None where it is not of this batch."""
    well = next((well for well, one in batch.positions.items() if one.eluate == eluate), None)
    if well is None:
        return None
    protocol = batch.protocol
    return Named(batch.number, protocol.code, protocol.version, well, tuple(batch.of(Role.BLANK)), batch.lots)


def _with(batch: Batch, well: str, position: Position) -> Batch:
    return replace(batch, positions={**batch.positions, well: position})
