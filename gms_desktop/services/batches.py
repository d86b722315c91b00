"""An extraction batch as the register has it: its rows, its next position, and what holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gms_desktop.domain import extraction, extraction_findings
from gms_desktop.domain.extraction import Batch, LotUsed, Position, Protocol, Role, State
from gms_desktop.domain.lots import Standing, Use, may_use
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up
from gms_desktop.register import lots as lot_register
from gms_desktop.services import site_rules

HELD, DROPPED = "held", "dropped"
OVER = frozenset({"ended", DROPPED})
_STARTED = {"running": State.STARTED, "ended": State.DONE}


@dataclass(frozen=True)
class OpenBatch:
    """A batch: its row, what stands in each position, and its lots."""

    row: Row
    positions: Mapping[str, Row]
    lots: tuple[LotUsed, ...]

    @property
    def state(self) -> str:
        """``placing``, ``running``, ``ended`` or ``dropped``."""
        return str(self.row["state"])

    @property
    def held(self) -> bool:
        """Whether a blank over its limit holds every eluate."""
        return bool(self.row["held"] == HELD)

    @cached_property
    def batch(self) -> Batch:
        """The batch as the rules see it."""
        row = self.row
        shape = Shape(row["rows"], row["columns"])
        needs = tuple(json.loads(row["needs"] or "[]"))
        same = (row["protocol"], row["version"], row["words"], row["yields"])
        protocol = Protocol(*same, shape, needs, row["blanks"], row["elution"] or "")
        placed = {position: self._position(one) for position, one in self.positions.items()}
        return Batch(row["number"], protocol, row["instrument"] or "", self.lots, placed)

    def _position(self, row: Row) -> Position:
        state = State.FAILED if row["state"] == "failed" else _STARTED.get(self.state, State.PLACED)
        made = (row["eluate"] or "", "", row["repeats"] or "")
        return Position(Role(row["role"]), row["code"] or "", state, row["reason"] or "", *made)

    @property
    def next_position(self) -> str:
        """The next free position in the order of filling; empty where none is."""
        wells = self.batch.protocol.shape.wells
        return next((well for well in wells if well not in self.positions), "")

    @property
    def awaiting(self) -> tuple[str, ...]:
        """Positions of an ended batch whose eluate is not scanned out yet, in the order of filling."""
        if self.state != "ended":
            return ()
        wells = self.batch.of(Role.SPECIMEN)
        return tuple(well for well, one in wells.items() if one.state is State.DONE and not one.eluate)

    def of_source(self, source: str) -> Row | None:
        """The position of a specimen or of what was poured from it, by identity."""
        return next((row for row in self.positions.values() if row["source"] == source), None)

    def before_start(self, today: date) -> tuple[extraction_findings.Found, ...]:
        """What is to be put right before it starts."""
        return extraction_findings.before_start(self.batch, today)

    @property
    def needs(self) -> str:
        """The first kit or reagent whose lot is not recorded yet; empty where every one is."""
        known = {one.of for one in self.lots}
        return next((one for one in self.batch.protocol.needs if one not in known), "")


def load(db: Database, batch: str) -> OpenBatch | None:
    """A batch, by its identity; None where there is none."""
    row = extraction_look_up.batch(db, batch) if batch else None
    if row is None or row["state"] == "unknown":
        return None
    lots = tuple(_lot(db, one) for one in extraction_look_up.lots(db, batch))
    return OpenBatch(row, extraction_look_up.positions(db, batch), lots)


def at_bench(db: Database, batch: str) -> OpenBatch | None:
    """The batch that is open at a bench; None where there is none, or where it was dropped, at whichever bench."""
    here = load(db, batch)
    return here if here is not None and here.state != DROPPED else None


def _lot(db: Database, used: Row) -> LotUsed:
    row = lot_register.lot(db, used["lot"]) or {"number": used["lot"], "expiry": None, "state": None}
    expiry = date.fromisoformat(row["expiry"]) if row["expiry"] else None
    # Whether it has expired by now is another finding.
    use = may_use(Standing(row["state"] or Standing.RECEIVED), site_rules.lots(db))
    return LotUsed(used["part"], row["number"], expiry, released=use is not Use.NO)


def holds(db: Database, eluate: Row) -> str:
    """The number of the batch that holds an eluate, or what it is a pool of; empty where nothing does."""
    batches = {eluate["batch"]} if eluate["batch"] else _of_pool(db, eluate["id"])
    rows = (extraction_look_up.batch(db, one) for one in sorted(batches))
    return next((str(row["number"]) for row in rows if row is not None and row["held"] == HELD), "")


def _of_pool(db: Database, eluate: str) -> set[str]:
    found: set[str] = set()
    for parent in extraction_look_up.parents(db, eluate):
        row = extraction_look_up.eluate(db, parent["parent"]) if parent["sort"] == "eluate" else None
        if row is not None:
            found |= {row["batch"]} if row["batch"] else _of_pool(db, row["id"])
    return found


def nominal(batch: Batch) -> dict[str, str] | None:
    """The volume of an eluate until it is measured; None where the laboratory laid none down."""
    volume, _ = extraction.volume_ul(batch, None)
    return {"value": str(volume), "unit": "µl", "raw": str(volume), "how": "nominal"} if volume is not None else None
