"""A rack's newest reading beside what the register has in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import Comparison, Whereabouts
from gms_desktop.domain.racks.profile import RackProfile, RackRules
from gms_desktop.domain.racks.reads import NOTHING_BY_HAND, ByHand, rack_read
from gms_desktop.domain.racks.saving import Purpose
from gms_desktop.domain.racks.standing import with_standing
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import rack_look_up
from gms_desktop.services import rack_readings, rack_standing, site_rules
from gms_desktop.services.at_rack import AtRack


@dataclass(frozen=True)
class Compared:
    """A rack's newest reading beside what the register has in it."""

    rack: Row
    profile: RackProfile
    comparison: Comparison


def rules(db: Database) -> RackRules:
    """The laboratory's racks."""
    return site_rules.racks(db)


def profile_of(db: Database, rack: Row, tells_empty: bool = False) -> RackProfile:
    """The profile of a rack: of its size, and of a reader that tells empty wells or does not."""
    shape = Shape(rack["rows"], rack["columns"])
    every = [one for one in rules(db).profiles if one.shape == shape]
    fitting = next((one for one in every if one.tells_empty == tells_empty), None)
    return fitting or RackProfile(f"{shape.rows}x{shape.columns}", "rack", shape, tells_empty=False)


def compared(db: Database, at: AtRack) -> Compared | None:
    """The newest reading of the open rack compared; None where none waits to be saved."""
    rack = rack_look_up.rack(db, at.rack) if at.rack else None
    if rack is None or not rack["reading"] or rack["read"] in (rack["settled"], at.overtaken):
        return None
    scan = rack_readings.read_back(json.loads(rack["reading"]), datetime.fromisoformat(rack["read_at"]))
    profile = profile_of(db, rack, scan.tells_empty)
    read = rack_read(profile, scan)
    recorded = recorded_in(db, rack["id"])
    here = {well: tubes[0]["code"] for well, tubes in recorded.items() if len(tubes) == 1}
    two_in = {well: tuple(one["code"] for one in tubes) for well, tubes in recorded.items() if len(tubes) > 1}
    by_hand = by_hand_of(at, rack)
    codes = {*read.codes, *here.values()}
    tubes = rack_look_up.tubes_by_codes(db, codes | {one.code for one in by_hand.scans})
    known = whereabouts(db, codes, tubes, rack["id"])
    made = compare(profile, read, Expected(rack["code"], here), known, by_hand, read_again=rules(db).read_again)
    kept = {code: tubes[code] for code in dict.fromkeys((*made.tubes.values(), *here.values())) if code in tubes}
    known_of = rack_standing.standing(db, kept, two_in, Purpose(at.purpose))
    return Compared(rack, profile, with_standing(made, known_of))


def recorded_in(db: Database, rack: str) -> dict[str, list[Row]]:
    """The tubes that are recorded in each well of a rack; more than one where one bench did not know of another."""
    found: dict[str, list[Row]] = {}
    for one in rack_look_up.tubes_in_rack(db, rack):
        if one["well"]:
            found.setdefault(one["well"], []).append(one)
    return found


def by_hand_of(at: AtRack, rack: Row) -> ByHand:
    """What was done by hand since the newest reading; nothing where that is another one."""
    return at.by_hand if at.by_hand and at.read == rack["read"] else NOTHING_BY_HAND


def whereabouts(db: Database, codes: set[str], tubes: Mapping[str, Row], rack: str) -> dict[str, Whereabouts]:
    """Where the register has each of these codes, those of tubes among them; one that nobody has is left out."""
    found: dict[str, Whereabouts] = {}
    for code in codes:
        tube = tubes.get(code)
        if tube is not None:
            other = tube["rack_code"] if tube["rack"] != rack else None
            found[code] = Whereabouts(other or "", tube["well"] or "" if other else "")
        elif (other_rack := rack_look_up.rack_by_code(db, code)) is not None:
            found[code] = Whereabouts(other_rack["code"], "", "rack")
    return found
