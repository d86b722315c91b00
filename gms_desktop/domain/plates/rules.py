"""What the rules of a pack say of tubes beside each other: one place, used by the planner and by the checker."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gms_desktop.domain.plates.contents import Tube
from gms_desktop.domain.plates.rule_pack import Apart, Partner, Rule, RulePack
from gms_desktop.domain.racks.wells import Shape, row_and_column


def too_close(apart: Apart, one: str, other: str) -> bool:
    """Whether two wells are too close for related tubes."""
    (row, column), (other_row, other_column) = row_and_column(one), row_and_column(other)
    if apart.same_row and row == other_row:
        return True
    return abs(row - other_row) <= apart.rows and abs(column - other_column) <= apart.columns


@cache
def close_wells(apart: Apart, shape: Shape) -> dict[str, frozenset[str]]:
    """The wells that are too close to each well for related tubes, itself among them."""
    return {one: frozenset(well for well in shape.wells if too_close(apart, one, well)) for one in shape.wells}


def once_on_a_plate(pack: RulePack, tube: Tube) -> list[tuple[Rule, str]]:
    """What may stand once only on the tube's plate, with the rule that says so."""
    keys = []
    if tube.type in pack.participant_once:
        keys.append((Rule.PARTICIPANT_ONCE, tube.participant))
    if tube.type in pack.family_once:
        keys.append((Rule.FAMILY_ONCE, tube.family))
    return keys


def relations(pack: RulePack, tube: Tube) -> tuple[tuple[str, str], ...]:
    """By what the tube is related to others that it must stand apart from; empty where it need not."""
    if pack.apart is None or tube.type not in pack.apart.types:
        return ()
    return bonds(tube)


def bonds(tube: Tube) -> tuple[tuple[str, str], ...]:
    """What ties the tube to others: its participant and its family."""
    tied = (("participant", tube.participant), ("family", tube.family))
    return tuple(one for one in tied if one[1])


def who_is_unknown(pack: RulePack, tube: Tube) -> bool:
    """Whether the rules ask whose the tube is, and nobody knows."""
    return pack.asks_who(tube.type) and not (tube.participant and tube.family)


def awaited(pack: RulePack, tube: Tube) -> list[Partner]:
    """Which partners must be there before the tube is plated."""
    if tube.repeat:
        return []
    return [one for one in pack.partners if one.of == tube.type and tube.delivery not in one.unless]


def partner_key(partner: Partner, tube: Tube) -> tuple[str, ...]:
    """What a partner has in common with the tube."""
    return tuple(tube.participant if name == "participant" else tube.family for name in partner.by)


def lacking(pack: RulePack, tube: Tube, there: Iterable[Tube]) -> Partner | None:
    """The partner that the tube waits for and that is not among ``there``."""
    there = tuple(there)
    for partner in awaited(pack, tube):
        wanted = partner_key(partner, tube)
        if not any(one.type == partner.needs and partner_key(partner, one) == wanted for one in there):
            return partner
    return None
