"""A person moves a tube on a proposal: what stands where afterwards. What it breaks is said by ``check``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gms_desktop.domain.plates.contents import Content, Control, Plate, Template, Tube, with_buffer
from gms_desktop.domain.plates.rule_pack import Rule, RulePack


def moved(
    plates: Sequence[Plate], code: str, to: tuple[int, str], template: Template, pack: RulePack
) -> tuple[Plate, ...]:
    """The plates after a tube was moved into a well; a tube that stands there takes its place.

    Args:
        plates: the proposal.
        code: the tube.
        to: the plate's number and its well.
        template: what all plates have in common.
        pack: the laboratory's rules, of which one may put buffer into gaps.

    Raises:
        KeyError: when there is no such tube, plate or well.
        ValueError: when the well is kept for a control.
    """
    number, well = to
    source, from_well = _find(plates, code)
    target = next((plate for plate in plates if plate.number == number and plate.shape.holds(well)), None)
    if target is None:
        raise KeyError(f"plate {number} has no well {well}")
    there = target.wells.get(well)
    if isinstance(there, Control):
        raise ValueError(f"{well} is kept for {there.name}")
    tube = source.wells[from_well]
    changes = [(source.number, from_well, there if isinstance(there, Tube) else None), (number, well, tube)]
    after = [_changed(plate, changes) for plate in plates]
    buffered = pack.in_force.holds(Rule.BUFFER)
    return tuple(with_buffer(plate, template.buffer) if buffered else plate for plate in after)


def _find(plates: Sequence[Plate], code: str) -> tuple[Plate, str]:
    for plate in plates:
        for well, tube in plate.tubes.items():
            if tube.code == code:
                return plate, well
    raise KeyError(code)


def _changed(plate: Plate, changes: Sequence[tuple[int, str, Content | None]]) -> Plate:
    wells = dict(plate.wells)
    for number, well, content in changes:
        if number == plate.number:
            wells.pop(well, None)
            if content is not None:
                wells[well] = content
    return replace(plate, wells=wells)
