"""What a bench remembers of a plate before its plan is kept, and may forget in a crash: nothing was pipetted yet.

The bench has it from its start on: what plans plates is loaded with the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from gms_desktop.domain.plates.contents import Plate


@dataclass(frozen=True)
class AtPlate:
    """The work at one plan, or at one plate that was planned.

    Attributes:
        racks: the source racks with the rack type of each; the type is empty where the rules are off.
        buffer: the lot of the buffer, and that lot's identity.
        controls: well, name, lot and the lot's identity of each control.
        plates: the proposal, as the person has it now.
        left_out: each tube that goes nowhere, with the reason in words.
        number: the plate in view.
        tube: the tube that was chosen, and whose new well comes next.
        dilution: the concentration in ng/µL and the volume in µL that its tubes are to be diluted to.
        seen: names the volumes of a dilution that were looked at.
        open: a plate that is planned or made; empty while a proposal is worked at.
        scanned: whether the plate that is open was in the hand: its code was scanned, not typed or chosen from a list.
        holding: whether the tubes go into holding racks, rather than being pipetted into plates.
    """

    racks: tuple[tuple[str, str], ...] = ()
    buffer: tuple[str, str] = ("", "")
    controls: tuple[tuple[str, str, str, str], ...] = ()
    plates: tuple[Plate, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    number: int = 1
    tube: str = ""
    open: str = ""
    scanned: bool = False
    holding: bool = False
    dilution: tuple[Decimal, Decimal] | None = None
    seen: str = ""
