"""Before a block is cut: what it will give, what will be left of it, and whose agreement that needs. Pure.

A block cannot be cut twice: what is left for the patient's next question is decided here, by a pathologist where a
laboratory asks it, and never by running out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gms_desktop.domain.tissue.pieces import Piece, Sections, Sort


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be cut.

    Attributes:
        sort: what each new piece is.
        pieces: how many new pieces.
        sections: how many sections go into each.
        thickness_um: of a section, in micrometres.
        stain: code of the stain of each; empty for none.
    """

    sort: Sort
    pieces: int
    sections: int
    thickness_um: Decimal
    stain: str = ""

    def __post_init__(self) -> None:
        """See that something is cut, and that only scrolls share a tube.

        Raises:
            ValueError: otherwise.
        """
        if not self.sort.is_cut or self.pieces < 1 or self.sections < 1 or self.thickness_um <= 0:
            raise ValueError("at least one section of some thickness is cut")
        if self.sort is not Sort.SCROLLS and self.sections != 1:
            raise ValueError("a slide holds one section")
        if self.sort is Sort.SCROLLS and self.stain:
            raise ValueError("scrolls are not stained")

    @property
    def depth_um(self) -> Decimal:
        """How much of the block it takes, in micrometres; trimming not counted, since nobody measures it."""
        return self.pieces * self.sections * self.thickness_um


class Why(StrEnum):
    """What a pathologist has to agree to: all but :attr:`SHORT` to one cut, which uses the agreement up."""

    EXHAUSTS = "would exhaust the block"
    RESERVE = "would leave less than the reserve"
    UNKNOWN = "what is left of the block is not known"
    SCRAPES = "scrapes a stained diagnostic slide"
    SHORT = "sends less than its receiver asks for"


@dataclass(frozen=True, slots=True)
class CuttingRules:
    """A laboratory's own.

    Attributes:
        agreement: whether a pathologist agrees to the last of a block, or to less than the reserve.
        reserve_um: what is to be left, in micrometres; None where none is laid down.
        unknown_needs_agreement: whether a block of which nobody said how much is left needs it too.
        image_before_scraping: whether a stained slide is imaged before it is scraped.
        change_blade: whether the screen asks for a fresh blade and water bath between cases.
    """

    agreement: bool = True
    reserve_um: Decimal | None = None
    unknown_needs_agreement: bool = False
    image_before_scraping: bool = True
    change_blade: bool = True


def left_after(left_um: Decimal | None, cut: Cut) -> Decimal | None:
    """What will be left of a block, in micrometres; below zero where more is cut than is thought to be there."""
    return None if left_um is None else left_um - cut.depth_um


def needs_agreement(left_um: Decimal | None, cut: Cut, *, exhausts: bool, rules: CuttingRules) -> Why | None:
    """What a pathologist has to agree to before a cut; None for nothing.

    Args:
        left_um: what a person said is left of the block, less what was cut since; None where nobody did.
        cut: what is to be cut.
        exhausts: whether the person at the microtome says that nothing will be left.
        rules: the laboratory's own.
    """
    after = left_after(left_um, cut)
    if not rules.agreement:
        return None
    if exhausts or (after is not None and after <= 0):
        return Why.EXHAUSTS
    if after is None:
        return Why.UNKNOWN if rules.unknown_needs_agreement else None
    return Why.RESERVE if rules.reserve_um is not None and after < rules.reserve_um else None


def planned(first: int, cut: Cut) -> tuple[Sections, ...]:
    """Which sections lie in each new piece, counted on from the block's next one."""
    starts = range(first, first + cut.pieces * cut.sections, cut.sections)
    return tuple(Sections(at, at + cut.sections - 1, cut.thickness_um) for at in starts)


def before_scraping(slide: Piece, *, agreed: bool, rules: CuttingRules) -> str:
    """What is still to be done before tissue is scraped off a slide; empty where it may be."""
    if not slide.state.may_be_used:
        return f"{slide.number} is {slide.state}."
    if not slide.stain:
        return ""
    if rules.image_before_scraping and not slide.imaged:
        return f"{slide.number} is stained and has no picture. Attach one first: the slide is lost by scraping."
    if rules.agreement and not agreed:
        return f"{slide.number} is a stained slide. Record the pathologist's agreement first."
    return ""
