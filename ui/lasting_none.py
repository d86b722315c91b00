"""Keeps None, True and False alive under a Qt binding that gives back references it never took.

The ``pyside6-essentials`` 6.12.0 wheel is one build for all Pythons. From Python 3.12 on None, True and False are
immortal (PEP 683), and code built for that returns them without taking a reference. On Python 3.11 each call of Qt that
returns nothing then takes one away: measured, 137 for one painted screen. When none is left the interpreter ends with
"deallocating None", after some hundred scans. So on 3.11 they are given more references than a bench can use up.
"""

from __future__ import annotations

import ctypes
import sys

_LASTING = 1 << 60
_IMMORTAL_SINCE = (3, 12)


def make_none_last() -> None:
    """Give None, True and False so many references that they are never freed. Once is enough; more does no harm."""
    if sys.implementation.name != "cpython" or sys.version_info >= _IMMORTAL_SINCE or sys.maxsize < _LASTING:
        return
    for constant in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(constant))
        if count.value < _LASTING // 2:
            count.value += _LASTING
