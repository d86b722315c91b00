"""What the Plates screen shows: plain values, which a window knows before the register is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services.rack_views import FindingLine, WellView
from gms_desktop.services.views import Offer, Question


@dataclass(frozen=True)
class PlateView:
    """The Plates screen. ``wells`` go column by column; ``marked`` are boxed; ``lines`` say what is to be seen to.

    ``indexes``: it shows index plates and pools; ``takes_file``: a file of a set may come now; ``sheet`` is the file
    name of a sample sheet that may be saved.
    """

    heading: str
    verdict: Verdict | None = None
    plate: str = ""
    rows: int = 0
    columns: int = 0
    wells: tuple[WellView, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    marked: tuple[str, ...] = ()
    lines: tuple[FindingLine, ...] = ()
    rules: str = ""
    may_move: bool = False
    offers: tuple[Offer, ...] = ()
    indexes: bool = False
    takes_file: bool = False
    sheet: str = ""
    question: Question | None = None
    has_label: bool = False
