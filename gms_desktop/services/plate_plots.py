"""A run well by well: which quantity its plot shows, how high each number lies, and which fail a rule. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

from devices.measured import Analyte, Quantity, Says
from gms_desktop import measure_words
from gms_desktop.documents.qc_report import PlatePlot, PlottedWell

_PLATES = ((8, 12), (16, 24))
_FEWEST = 2
_FIRST = (Analyte.CONCENTRATION, Analyte.GQN, Analyte.DIN, Analyte.RIN, Analyte.VOLUME, Analyte.FLUORESCENCE)


def plot(wells: Mapping[str, tuple[Quantity, ...]], fails: Callable[[str, Quantity], bool]) -> PlatePlot | None:
    """One quantity of a run well by well: concentration where it has one; None for a run without wells.

    Args:
        wells: what was measured, by well.
        fails: whether the number of a well fails a rule.
    """
    plotted = _plotted([cell for found in wells.values() for cell in found])
    shape = next((one for one in _PLATES if all(_is_on(well, *one) for well in wells)), None)
    if plotted is None or shape is None or len(wells) < _FEWEST:
        return None
    picked = {well: cell for well, found in wells.items() if (cell := _cell(found, plotted)) is not None}
    numbers = [one.value for one in picked.values() if one.value is not None and one.says is Says.NUMBER]
    drawn = tuple((well, _well(cell, numbers, fails=fails(well, cell))) for well, cell in picked.items())
    unit = measure_words.unit(next((one.unit for one in picked.values() if one.unit), ""))
    return PlatePlot(f"{plotted[0].value} {plotted[1]}".strip() + (f", {unit}" if unit else ""), *shape, drawn)


def _plotted(cells: list[Quantity]) -> tuple[Analyte, str] | None:
    """The quantity that the plot shows: the first that a laboratory asks for, else the one that most wells have."""
    found = Counter((one.analyte, one.part) for one in cells if one.value is not None)
    most = found.most_common(1)
    return next((one for analyte in _FIRST if (one := (analyte, "")) in found), most[0][0] if most else None)


def _cell(cells: tuple[Quantity, ...], plotted: tuple[Analyte, str]) -> Quantity | None:
    return next((one for one in cells if (one.analyte, one.part) == plotted), None)


def _is_on(well: str, rows: int, columns: int) -> bool:
    return ord(well[0]) - ord("A") < rows and well[1:].isdigit() and int(well[1:]) <= columns


def _well(cell: Quantity, numbers: list[Decimal], *, fails: bool) -> PlottedWell:
    mark = "!" if fails else ""
    if cell.says is not Says.NUMBER or cell.value is None:
        sign = {Says.BELOW: "<", Says.ABOVE: ">"}.get(cell.says, "")
        return PlottedWell(
            f"{sign}{measure_words.short(cell.value)}" if cell.value is not None else "", None, mark or "?"
        )
    low, high = min(numbers), max(numbers)
    level = float((cell.value - low) / (high - low)) if high > low else 0.0
    return PlottedWell(measure_words.short(cell.value), level, mark)
