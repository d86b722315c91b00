"""The name that a person gives to a room, freezer, shelf or box: what is read on its door, and never a code."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from gms_desktop.domain.identifiers import barcode
from gms_desktop.domain.identifiers.barcode import Kind

MOST = 40
# A freezer's own inventory number may look like a tube's code, and "A12" like an organisation's: both are names.
_NO_NAME = frozenset(Kind) - {Kind.UNKNOWN, Kind.FLUIDX, Kind.ODS}


class Why(StrEnum):
    """Why a text is no name of a place."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    NOT_PRINTABLE = "not printable"
    A_CODE = "a code"


def read(text: str) -> str | Why:
    """The name as it is kept: one space where several stood. What cannot be read on a door, or is a code, is none."""
    if not all(one.isprintable() or one == "\t" for one in text):
        return Why.NOT_PRINTABLE
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not any(one.isalnum() for one in name):
        return Why.EMPTY
    if len(name) > MOST:
        return Why.TOO_LONG
    return Why.A_CODE if any(one.kind in _NO_NAME for one in barcode.recognise(name)) else name
