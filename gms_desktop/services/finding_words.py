"""A finding on an identifier or a date as a sentence: what is wrong with it and what to do."""

from __future__ import annotations

from gms_desktop.domain.findings import Finding

_WORDS = {
    "nhs-check-digit": "The NHS number's last digit does not agree with the others. Check it against the form.",
    "nhs-length": "An NHS number has 10 digits. Check it against the form.",
    "nhs-not-digits": "An NHS number has digits only. Check it against the form.",
    "nhs-spreadsheet": "The NHS number was changed by a spreadsheet. Enter it from the form.",
    "nhs-synthetic": "This NHS number is from the range for tests.",
    "nhs-not-issued": "This NHS number is from a range that was never issued. Check it against the form.",
    "date-in-future": "The date is in the future. Check the year.",
    "date-month-first": "The date can be read in two ways. Write the month in letters: 05-Mar-1971.",
    "date-two-digit-year": "Write the year with four digits: 05-Mar-1971.",
    "date-no-such-day": "There is no such day. Check day and month.",
    "date-incomplete": "The date lacks its day, month or year. Enter all three, or leave it empty.",
    "date-unreadable": "The date is not understood. Write it as day, month in letters, year: 05-Mar-1971.",
    "date-spreadsheet-number": "The date was changed by a spreadsheet. Enter it from the form.",
    "date-birth-time": "A date of birth has no time of day. Enter the day only.",
    "time-no-such-time": "There is no such time. Check hours and minutes.",
    "time-repeated-hour": "The clocks went back on that day: this hour came twice. Say whether it was before or after.",
    "time-missing-hour": "The clocks went forward on that day: there was no such hour. Check it against the form.",
    "time-out-of-range": "The year is too far away. Check it.",
    "fluidx-pattern": "This is not the code of a FluidX tube. Scan the tube.",
    "fluidx-case": "The code came in small letters. Turn Caps Lock off, then scan the tube.",
    "fluidx-spreadsheet": "The tube's code was changed by a spreadsheet. Scan the tube.",
    "ods-pattern": "An ODS code has 3 to 6 letters and digits.",
    "ods-spreadsheet": "The ODS code was changed by a spreadsheet. Enter it from the form.",
}


def sentence(finding: Finding) -> str:
    """The finding in words; the value itself is not repeated, since it may identify a patient."""
    return _WORDS.get(finding.code, f"Check this value ({finding.code.replace('-', ' ')}).")
