"""What the Racks screen shows: plain values, which a window knows before the register is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Offer, Question


class Sign(StrEnum):
    """The looks of a well, told apart in black and white too."""

    DISC = "disc"
    RING = "ring"
    NO_CODE = "ring with a stroke"
    DASHED = "dashed ring with a question mark"
    ARROWS = "disc with arrows"
    PLUS = "disc with a plus"
    CROSS = "square with a cross"
    CONTROL = "disc with a C"
    BUFFER = "ring with a B"


@dataclass(frozen=True)
class WellView:
    """One well: its name, what it is in a word, the tube in it and whose it is, and its look."""

    well: str
    look: str
    code: str
    holds: str
    sign: Sign


@dataclass(frozen=True)
class FindingLine:
    """One finding: in a few words, in a sentence, the wells that it names, and what may be done about it."""

    title: str
    words: str
    kind: VerdictKind
    wells: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class RackView:
    """The Racks screen. ``wells`` go column by column; ``counts`` add up to the rack; ``has_reader``: of this bench."""

    heading: str
    verdict: Verdict | None = None
    rack: str = ""
    rows: int = 0
    columns: int = 0
    wells: tuple[WellView, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    findings: tuple[FindingLine, ...] = ()
    source: str = ""
    named_well: str = ""
    next_well: str = ""
    purpose: str = ""
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    has_reader: bool = False
