"""Why a line cannot be had or was lost, in words for whoever stands before the device; the system's own words else."""

from __future__ import annotations

import errno
import socket

import serial

LOST = "the port answers no more: it was pulled out, switched off, or another program took it"
_BY_NUMBER = {
    errno.ENOENT: "there is no such port on this computer",
    errno.EACCES: "this account may not use the port, or another program has it",
    errno.EAGAIN: "another program has it",
    errno.EBUSY: "another program has it",
    errno.ECONNREFUSED: "nothing listens at this address",
    errno.EHOSTUNREACH: "no way leads to this address",
    errno.ENETUNREACH: "no way leads to this address",
}
_BY_NAME = {"FileNotFoundError": errno.ENOENT, "PermissionError": errno.EACCES}
"""On Windows pyserial 3.5 puts the system's error into its text and gives no number (``serialwin32.py``)."""


def not_opened(why: Exception) -> str:
    """Why a port or address could not be opened."""
    if isinstance(why, socket.gaierror):
        return "no computer on the network has this name"
    if isinstance(why, TimeoutError):
        return "no answer in time"
    if isinstance(why, ValueError) and not isinstance(why, UnicodeError):
        return "a port or speed like this is not known here"
    number = getattr(why, "errno", None)
    if number is None:
        number = next((each for name, each in _BY_NAME.items() if name in str(why)), None)
    return _BY_NUMBER.get(number, str(why)) if number is not None else str(why)


def lost(why: Exception) -> str:
    """Why an open port can be used no more."""
    return "it took nothing in time" if isinstance(why, serial.SerialTimeoutException) else LOST
