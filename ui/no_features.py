"""Spares the reading of every module's source, which PySide6 does to look for ``from __feature__ import``.

PySide6 hooks each import and reads the source of what is imported, in case it asks for Qt in snake case. No module here
does. Reading 250 sources took a tenth of the start, and Python's ``linecache`` then kept all their lines: 16 MB.
"""

from __future__ import annotations

import importlib
import linecache
from contextlib import suppress


def read_no_sources() -> None:
    """Let PySide6 take each module for one that uses no feature. Where it has no such hook, nothing is changed."""
    with suppress(ImportError):
        feature = importlib.import_module("shibokensupport.feature")
        if hasattr(feature, "_mod_uses_pyside"):
            vars(feature)["_mod_uses_pyside"] = _uses_none
    linecache.clearcache()


def _uses_none(_module: object) -> bool:
    return False
