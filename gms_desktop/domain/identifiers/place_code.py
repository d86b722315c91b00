"""The code on a room, freezer, shelf or box: one of our numbers behind ``L/``, and ``.B03`` for a position of a box.

No number of a specimen has a stroke in it, and the letter L is not in our alphabet: neither can be taken for the other,
also by somebody who types. The check character of our number stands in it.
"""

from __future__ import annotations

import re

from gms_desktop.domain.identifiers import accession
from gms_desktop.domain.identifiers.written import upper, without_separators

MARK = "L/"
_POSITION = re.compile(r"[A-P][0-9]{2}")


def of_number(number: str) -> str:
    """The code of a place that one of our numbers was minted for."""
    return MARK + number


def parts(text: str) -> tuple[str, str] | None:
    """The code of the place and the position in it, empty where none is named; None for anything else.

    What is typed counts in small letters and with spaces as well.
    """
    written = upper(without_separators(text))
    place, dot, position = written.partition(".")
    number = place.removeprefix(MARK)
    if not place.startswith(MARK) or not accession.looks_like(number):
        return None
    if dot and not _POSITION.fullmatch(position):
        return None
    return MARK + accession.normalise(number), position


def looks_like(text: str) -> bool:
    """Whether the text is the code of a place or of a position."""
    return parts(text) is not None


def normalise(text: str) -> str:
    """The code as it is printed.

    Raises:
        ValueError: for what is no code of a place.
    """
    found = parts(text)
    if found is None:
        raise ValueError("no code of a place")
    return ".".join(part for part in found if part)
