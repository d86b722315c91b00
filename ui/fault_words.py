"""A fault in words, and where it goes when nobody foresaw it."""

from __future__ import annotations

from gms_desktop.errors import Refused, Unavailable
from ui import words


def sentence(fault: BaseException) -> str:
    """What a person is told of a fault."""
    return str(fault) if isinstance(fault, (Refused, Unavailable)) else words.FAULT


def pass_on(fault: BaseException) -> None:
    """A fault that nobody foresaw goes on to where crash reports are written."""
    if not isinstance(fault, (Refused, Unavailable)):
        raise fault
