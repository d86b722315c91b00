"""Why a line cannot be had or was lost, in words for whoever stands before the device, never in the system's own."""

from __future__ import annotations

import errno
import re
import socket

import serial

LOST = "the port answers no more: it was pulled out, switched off, or another program took it"
CUT = "the connection was lost: a cable, a switch, or the other side"
_WAYS = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT})
_NO_PORT = "this is no serial port"
_BY_NUMBER = {
    errno.ENOENT: "there is no such port on this computer",
    errno.EACCES: "this account may not use the port, or another program has it",
    errno.EAGAIN: "another program has it",
    errno.EBUSY: "another program has it",
    errno.ECONNREFUSED: "nothing listens at this address",
    errno.EHOSTUNREACH: "no way leads to this address",
    errno.ENETUNREACH: "no way leads to this address",
    errno.ETIMEDOUT: "no answer in time",
    errno.ECONNRESET: "what listens at this address ended the connection",
    errno.ENOTTY: _NO_PORT,
    errno.EINVAL: "it does not take these settings: check its speed, and that it is a serial port",
    errno.EISDIR: "this is a folder, not a serial port",
    errno.ENOTDIR: "there is no such port on this computer",
    errno.ENXIO: "no device is behind this port",
    errno.ENODEV: "no device is behind this port",
    errno.EIO: "no device is behind this port",
}
_BY_NAME = {"FileNotFoundError": errno.ENOENT, "PermissionError": errno.EACCES}
"""On Windows pyserial 3.5 puts the system's error into its text and gives no number (``serialwin32.py``)."""
_IN_TEXT = re.compile(r"\((\d{1,5}), ")
"""On POSIX it writes what the terminal refused so (``serialposix.py``): ``Could not configure port: (25, '...')``."""


def not_opened(why: Exception) -> str:
    """Why a port or address could not be opened."""
    if isinstance(why, socket.gaierror):
        return "no computer on the network has this name"
    if isinstance(why, TimeoutError):
        return "no answer in time"
    if isinstance(why, UnicodeError):
        return "no computer can have this name"
    if isinstance(why, ValueError | OverflowError):
        return "a port or speed like this is not known here"
    number = _number(why)
    if number in _BY_NUMBER:
        return _BY_NUMBER[number]
    return f"it cannot be opened (number {number} of the system)" if number else "it cannot be opened"


def _number(why: BaseException) -> int | None:
    """The system's number for a fault: its own, or the one that pyserial puts into its text."""
    number = getattr(why, "errno", None)
    if number is None:
        number = next((each for name, each in _BY_NAME.items() if name in str(why)), None)
    if number is None and (found := _IN_TEXT.search(str(why))):
        number = int(found[1])
    return number


def lost(why: Exception) -> str:
    """Why an open port can be used no more."""
    return "it took nothing in time" if isinstance(why, serial.SerialTimeoutException) else LOST


def ended(why: Exception) -> str:
    """Why an open connection can be used no more."""
    number = getattr(why, "errno", None)
    if number in {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}:
        return "the other side ended the connection"
    return _BY_NUMBER[number] if number in _WAYS else CUT
