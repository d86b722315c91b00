"""What a file tells of a rack, whichever its dialect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.rack_readers.assembling import Said
from devices.rack_readers.cells import Cell, RackProfile, bare
from devices.values import RackDefect, RackFinding, WellState

CUT = Cell(WellState.NOT_SAID, defect=RackDefect.CUT)
MOSTLY = 0.8
"""The share of rows that must fit a dialect before the file is taken for one."""


@dataclass(frozen=True)
class Told:
    """What a file tells.

    Attributes:
        dialect: ``D1`` …
        said: each well that is named.
        racks: every word for the rack's code, by where it stands: ``column``, ``header``.
        tells_empty: whether this dialect has words of its own for an empty well and a tube not read.
        findings: what is odd.
        own_time: its own word for when.
    """

    dialect: str
    said: tuple[Said, ...]
    racks: tuple[tuple[str, str], ...] = ()
    tells_empty: bool = False
    findings: tuple[RackFinding, ...] = ()
    own_time: str = ""


def cut_if_half(said: Sequence[Said], profile: RackProfile) -> tuple[Said, ...]:
    """The wells, of which the last word stands at the end of a line without its end, and may be half of a longer one.

    A code is taken for whole when it has the length of all the others; a word, when it is one the profile knows.
    """
    *before, last = said
    lengths = {len(one.cell.code) for one in before if one.cell.code}
    whole = lengths == {len(last.cell.code)} if last.cell.code else profile.label(bare(last.text)) is not None
    return tuple(said) if whole else (*before, Said(last.place, last.text, CUT))


def not_understood(rows: Sequence[Sequence[str]]) -> tuple[RackFinding, ...]:
    """A finding for rows that name no well."""
    if not rows:
        return ()
    return (RackFinding(RackDefect.LINE_NOT_UNDERSTOOD, (), "; ".join(",".join(row).strip() for row in rows)),)
