"""What the Reports screen paints of NIPT of a month: frozen rows of words. No store is loaded for them."""

from __future__ import annotations

from dataclasses import dataclass

NOT_COMPUTED = "not computed"


@dataclass(frozen=True)
class MeasureLine:
    """One measure on one clock of receipt.

    Attributes:
        name: "S02", with its words.
        period: "Oct 2026".
        clock: which receipt is counted by.
        figure: "18 of 20"; empty where it was refused, as is ``percent``.
        percent: to one place, cut off.
        level: which threshold it reaches.
        thresholds: the two, and whose they are.
        remark: why it was not computed, or that it is not final yet.
    """

    name: str
    period: str
    clock: str = ""
    figure: str = ""
    percent: str = ""
    level: str = ""
    thresholds: str = ""
    remark: str = ""

    @property
    def below(self) -> bool:
        """Whether somebody must look into it."""
        return self.level in {"below acceptable", NOT_COMPUTED}


@dataclass(frozen=True)
class NiptLine:
    """One thing to look at: where it stands, of which sample, about which item, how grave, and in words what it is."""

    where: str
    sample: str
    item: str
    severity: str
    words: str
    first: bool = False


@dataclass(frozen=True)
class NiptReportView:
    """NIPT of a month.

    Attributes:
        heading: what the month asks for first.
        month: as it is entered, "2026-10".
        before: the month before it, and ``after`` the one after it; empty where it has not begun.
        totals: how many samples stand in each file.
        measures: S02 and S03 of the month, S06 of its quarter.
        lines: rows with findings, samples left out, and samples that a measure lists, the gravest first.
        notes: what the figures rest on.
        problems: why the month cannot be shown.
    """

    heading: str
    month: str
    before: str = ""
    after: str = ""
    totals: str = ""
    measures: tuple[MeasureLine, ...] = ()
    lines: tuple[NiptLine, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
