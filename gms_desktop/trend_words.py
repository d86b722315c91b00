"""Words of the report on the course of measurements."""

from __future__ import annotations

from datetime import date

from gms_desktop.domain.dates import display
from gms_desktop.reports.qc_trend import By

TITLE = "Measurements by operator and kit"
CHOOSE = "Choose the period"
TABLES = {
    By.EXTRACTED: "By who extracted",
    By.KIT: "By kit",
    By.MEASURED: "By who took the run in",
}
FIRST = {By.EXTRACTED: "Extracted by", By.KIT: "Kit", By.MEASURED: "Taken in by"}
COLUMNS = ("Quantity", "Week of", "Values", "Median", "Lowest", "Highest", "Failed")
HOW = (
    "Each plain number of a whole run that is not held counts in the week in which the run was taken in. "
    "Failed is of the values of which a rule said something."
)
NOT_COUNTED = (
    "Not counted: controls, blanks and standards, readings that wait for a tube, held runs, cells without a number."
)
NOT_EXTRACTED = "What was not extracted here stands under who took the run in alone."
NO_KIT = "no kit recorded"


def heading(values: int) -> str:
    """What the report comes to."""
    return f"{values:,} value{'s' if values != 1 else ''} measured" if values else "Nothing was measured in this period"


def kit(words: str, number: str) -> str:
    """A kit by its lot."""
    return f"{words}, lot {number}" if words else f"lot {number}"


def course(whose: str, quantity: str, unit: str) -> str:
    """The title of a chart."""
    return f"{whose}: {quantity}, {unit}" if unit else f"{whose}: {quantity}"


def week(day: date) -> str:
    """A week, by its Monday."""
    return display(day)


MEDIANS = "The median of each week."
