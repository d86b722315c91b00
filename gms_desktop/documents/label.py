"""What a tube's label says, how texts are made fit to print, and why a label may be refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gms_desktop.errors import Refused

GROUP = 4
_LATIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u00ff]*")
"""Texts that are in NFC as they are and hold nothing without a shape: nearly all."""
_NEVER_PRINTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
"""Zero width joiners shape letters in several scripts; every other format character could reorder or hide a name."""


class LabelRefused(Refused):
    """A label that may not be printed; the text says what stands in the way and what to do."""


class LabelTooLong(LabelRefused):
    """A text or a code that does not fit its field even at the smallest size: it is never cut."""


class LabelUnprintable(LabelRefused):
    """A text with a character that no font here can draw, or that has no shape at all."""


class LabelUnreadable(LabelRefused):
    """A label whose codes, decoded from its own pixels, are not exactly its number."""


@dataclass(frozen=True)
class TubeLabel:
    """One label for one tube.

    Attributes:
        number: our number, as both codes carry it: capitals and digits, parted by hyphens or not.
        surname: in full, as the register has it.
        forename: in full, as the register has it.
        birth_date: as it is shown to people ("05-Mar-1971"); empty when it was not stated.
        specimen_type: in words.
        priority: in words ("URGENT"); empty when there is nothing to say.
        copy: 1 for the first label, counted up at each reprint.
        rehearsal: the label is made in a rehearsal and says so; a rehearsal's number says so by itself.
        hazard: the specimen needs care; no disease is ever named.
        laboratory: its name or letters.
    """

    number: str
    surname: str
    forename: str
    birth_date: str
    specimen_type: str
    priority: str = ""
    copy: int = 1
    rehearsal: bool = False
    hazard: bool = False
    laboratory: str = ""


def grouped(number: str) -> str:
    """The number as it is read aloud: in fours, unless it is already parted by hyphens."""
    if "-" in number:
        return number
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def said_of(label: TubeLabel) -> dict[str, object]:
    """The label's values by the names that tube layouts give them."""
    return {
        "number": label.number,
        "surname": label.surname,
        "forename": label.forename,
        "born": label.birth_date,
        "specimen": label.specimen_type,
        "priority": label.priority,
        "laboratory": label.laboratory,
        "copy": label.copy,
        "rehearsal": label.rehearsal,
        "hazard": label.hazard,
    }


def printable(field: str, text: str) -> str:
    """The text in NFC, so that a letter and its accent are drawn as one.

    Raises:
        LabelUnprintable: a character has no shape, or reorders its neighbours.
    """
    if _LATIN.fullmatch(text):
        return text.strip()
    composed = unicodedata.normalize("NFC", text).strip()
    for character in composed:
        if unicodedata.category(character) in _NEVER_PRINTED and character not in _JOINERS:
            raise LabelUnprintable(
                f"The {field} holds U+{ord(character):04X}, which cannot be printed. "
                f"Correct the {field} where it was entered, then print again."
            )
    return composed
