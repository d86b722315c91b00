"""What is said of the files of measuring instruments."""

from __future__ import annotations

from devices.instruments.mapped.profile import ProfileDefect, ProfileProblem
from devices.measured import RefusedRun, RunDefect, RunFinding, RunRefusal
from gms_desktop import toml_words

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
    RunRefusal.HEADING_TWICE: "has two columns of one name. Rename one of them where the file is made",
}
_PROFILE: dict[ProfileDefect, str] = {
    ProfileDefect.NOT_TOML: "The text cannot be read: {found}.",
    ProfileDefect.OTHER_FORMAT: "The profile is of format {found}; this version reads format {known}.",
    ProfileDefect.KEY_MISSING: "{where} is missing.",
    ProfileDefect.KEY_UNKNOWN: "{found} is not known {where}. Known are {known}.",
    ProfileDefect.NOT_TEXT: "{where} is not a text in quotation marks.",
    ProfileDefect.NO_VALUE: "No value is named. Add [[value]] with a heading and an analyte.",
    ProfileDefect.NO_NAME: "No column says what was measured. Name one of {known}.",
    ProfileDefect.HALF_A_WELL: "A well needs both row_of_well and column_of_well, or well alone.",
    ProfileDefect.HEADING_TWICE: "The heading “{found}” is named twice. Name each heading once.",
    ProfileDefect.ANALYTE_UNKNOWN: "{where}: “{found}” is not known. Known are {known}.",
    ProfileDefect.UNIT_UNKNOWN: "{where}: this unit is not one of this analyte ({found}).",
    ProfileDefect.UNIT_MISSING: "{where}: “{found}” has no unit. Name it, or the column (unit_column) that has it.",
    ProfileDefect.CHOICE_UNKNOWN: "{where}: “{found}” is not known. Known are {known}.",
    ProfileDefect.NO_HEADING: "There is no heading above {where}. Give it one where the file is made.",
    ProfileDefect.PLACE_TWICE: "Two columns are said to be the same ({where}). Leave one of them out.",
}


def profile_problem(problem: ProfileProblem) -> str:
    """One thing that is wrong in the text of a laboratory's own form of a file."""
    where = problem.where
    if problem.defect is ProfileDefect.KEY_UNKNOWN:
        where = f"in {where}" if where else "here"
    found = problem.found or "none"
    if problem.defect is ProfileDefect.NOT_TOML:
        found = toml_words.of_parser(found)
    return _PROFILE[problem.defect].format(where=where, found=found, known=", ".join(problem.known))


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
