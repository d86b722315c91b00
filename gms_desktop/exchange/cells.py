"""What spreadsheets and copying do to single cells, and how it is told.

A spreadsheet that opens a CSV file keeps 15 digits of a long number, shows the rest as zeros, and may write it back as
``1.7E+09``. The identifier is lost then: nothing is guessed back, the cell is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gms_desktop.domain.identifiers import command_card

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_SCIENTIFIC = re.compile(r"[+-]?(?:\d+[.,]\d+E[+-]?\d{1,3}|\d+E[+-]\d{1,3})", re.IGNORECASE | re.ASCII)
_DECIMAL_TAIL = re.compile(r"\d+[.,]0+", re.ASCII)
_ROUNDED = re.compile(r"\d{14,}00", re.ASCII)
_PERHAPS_ROUNDED = re.compile(r"\d{15}0", re.ASCII)
_SPREADSHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|NUM!|DIV/0!|NULL!|#+)", re.IGNORECASE)


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell: a reason of ``problem_words`` and whether the cell is lost."""

    reason_code: str
    blocks: bool


def clean(raw: str) -> str:
    """The cell without outer spaces (no-break and zero-width ones too) and without Excel's ``="…"`` wrapper."""
    text = _trim(raw)
    wrapped = _TEXT_FORMULA.fullmatch(text)
    return _trim(wrapped[1]) if wrapped else text


def _trim(text: str) -> str:
    before = None
    while text != before:
        before, text = text, text.strip().strip(_INVISIBLE)
    return text


# No identifier of the specification has over 50 letters, and no code that fits on a tube.
_LONGEST_IDENTIFIER = 200


def _unreadable(text: str) -> CellFault | None:
    if _SPREADSHEET_ERROR.fullmatch(text):
        return CellFault("spreadsheet-error", blocks=True)
    if "\ufffd" in text:
        return CellFault("letters-lost", blocks=True)
    return None


def identifier_fault(text: str) -> CellFault | None:
    """What makes a cell unusable as an identifier, or doubtful as one.

    Args:
        text: the cell after ``clean``.

    Returns:
        The first fault found, None for a cell that may be an identifier.
    """
    if len(text) > _LONGEST_IDENTIFIER:
        return CellFault("identifier-too-long", blocks=True)
    if _SCIENTIFIC.fullmatch(text):
        return CellFault("number-shortened", blocks=True)
    if _DECIMAL_TAIL.fullmatch(text):
        return CellFault("number-with-decimals", blocks=True)
    if _ROUNDED.fullmatch(text):
        return CellFault("number-rounded", blocks=True)
    if _PERHAPS_ROUNDED.fullmatch(text):
        return CellFault("number-perhaps-rounded", blocks=False)
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} for letter in text):
        return CellFault("control-character", blocks=True)
    if command_card.looks_like(text):
        return CellFault("card-in-code", blocks=True)
    return _unreadable(text)


def text_fault(text: str) -> CellFault | None:
    """What makes a cell of plain words doubtful. Words are never refused for it."""
    fault = _unreadable(text)
    return CellFault(fault.reason_code, blocks=False) if fault else None
