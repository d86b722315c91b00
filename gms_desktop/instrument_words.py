"""What is said of the files of measuring instruments."""

from __future__ import annotations

from devices.measured import RefusedRun, RunDefect, RunFinding, RunRefusal

_FINDINGS: dict[RunDefect, str] = {
    RunDefect.CUT: "The file ends in the middle of a row ({detail}). Export the run again.",
    RunDefect.CELL_NOT_READABLE: "A value cannot be read ({detail}). Nothing is taken from this cell.",
    RunDefect.UNIT_NOT_KNOWN: "The unit is not known here ({detail}). Nothing is taken from this cell.",
    RunDefect.UNITS_DISAGREE: "Two units stand for one value ({detail}). Nothing is taken from this cell.",
    RunDefect.DATE_UNDECIDED: (
        "Day and month cannot be told apart ({detail}). Say once in which order this instrument writes them."
    ),
    RunDefect.DATES_DISAGREE: "The file writes dates in two orders ({detail}). Check the instrument's settings.",
    RunDefect.WELL_TWICE: "One well stands in the file twice ({detail}). Check both rows.",
    RunDefect.WELL_NOT_READABLE: "A position is not one of a plate ({detail}).",
    RunDefect.LINE_NOT_UNDERSTOOD: "A line is not understood ({detail}). Nothing is taken from it.",
    RunDefect.ROW_SHORT: (
        "The row has fewer cells than the others ({detail}). Check each of its values against the instrument."
    ),
    RunDefect.DECIMALS_UNDECIDED: (
        "Decimal point and comma cannot be told apart ({detail}). Say once which this instrument writes."
    ),
}
_REFUSED: dict[RunRefusal, str] = {
    RunRefusal.CUT: "is cut off. Export the run again",
    RunRefusal.DAMAGED: "is damaged. Export the run again",
    RunRefusal.TOO_LARGE: "is too large to be a run. Check that it is the instrument's own export",
    RunRefusal.TAPES_DISAGREE: "names tapes that do not agree with each other. Export the run again",
    RunRefusal.NOTHING_MEASURED: "names no sample that was measured. Check that the run was finished",
    RunRefusal.MACROS: "carries macros or links to other files. Export it as CSV, or as a plain workbook",
}


def finding(found: RunFinding) -> str:
    """One odd thing in a run's file, with the lines it stands in."""
    sentence = _FINDINGS[found.defect].format(detail=found.detail)
    if not found.lines:
        return sentence
    shown = ", ".join(map(str, found.lines[:8])) + (" and more" if len(found.lines) > 8 else "")
    return f"Line {shown}: {sentence}" if len(found.lines) == 1 else f"Lines {shown}: {sentence}"


def refused_run(name: str, run: RefusedRun) -> str:
    """A file that an instrument's reader knows and does not take."""
    detail = f" ({run.detail})" if run.detail else ""
    if not run.instrument:
        return f"{name} {_REFUSED[run.why]}{detail}. Nothing was taken from it."
    return f"{name} is a file of a {run.instrument}, and {_REFUSED[run.why]}{detail}. Nothing was taken from it."
