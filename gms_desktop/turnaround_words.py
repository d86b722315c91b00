"""Words of the reports on turnaround and workload."""

from __future__ import annotations

from datetime import date

from gms_desktop.domain.dates import display

TURNAROUND, WORKLOAD = "Turnaround by stage", "Workload by hour"
CHOOSE = "Choose the period"
STAGE = {
    "accepted": "Accepted",
    "extracted": "Extracted",
    "measured": "Measured",
    "plated": "On a plate",
    "sent": "Sent away",
}
ACT = {
    "received": "Received",
    "decided": "Decided",
    "labelled": "Labelled",
    "extracted": "Extracted",
    "read": "Read",
}
BY_CATEGORY = "By category"
BY_CATEGORY_HOW = "Sent is of the specimens of the category; in time is of those that were sent."
CATEGORY_COLUMNS = ("Category", "Days", "Counted in", "Effective", "Specimens", "Sent", "In time", "Source")
HOUR = "Hour"
CLOCK = "Day 0 is the day on which the specimen was received, whenever it was booked in."
NO_TESTS = (
    "No test stands in a category, so nothing is counted by category. Approve the laboratory's own rule set turnaround."
)
WORKLOAD_HOW = (
    "Hours are those of the laboratory's own clock. Extracted counts eluates, read counts values of instruments."
)
NOT_COUNTED = "Not counted: EQA, control, validation and research material."


def limits(days: tuple[int, ...]) -> tuple[str, ...]:
    """Headings of the limits."""
    return tuple(f"≤ {day} d" for day in days)


def by_stage(counted: str) -> str:
    """The title of the stages, counted in certain days."""
    return f"In {counted}"


def turnaround_heading(received: int, sent: int) -> str:
    """What the turnaround comes to."""
    one = "specimen" if received == 1 else "specimens"
    return f"{received} {one} received, {sent} of them sent away so far"


def workload_heading(total: int, busiest: str) -> str:
    """What the workload comes to."""
    return f"{total} acts at the bench; most at {busiest}" if total else "Nothing was done in this period"


def rests_on(name: str, version: str, *, approved: bool) -> str:
    """Which rule set the figures rest on."""
    whose = "approved" if approved else "an EXAMPLE: the laboratory has approved none"
    return f"Rule set {name}, version {version}, {whose}."


def calendar_ends(day: date, since: date, until: date) -> str:
    """Why nothing is counted."""
    return (
        f"{display(day)} is not in the calendar of bank holidays, "
        f"which goes from {display(since)} to {display(until)}. "
        "Choose a period within it, or approve a longer calendar (rule set bank-holidays)."
    )
