"""How identifiers get written: the separators people put in, and what a spreadsheet does to long numbers."""

from __future__ import annotations

import re

_SEPARATORS = re.compile("[\\s\u00ad\u200b\ufeff\u2010-\u2015\u2212-]+")
_MANGLED = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0+")
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def without_separators(text: str) -> str:
    """Return the text without white space, hyphens, dashes and characters that do not show."""
    return _SEPARATORS.sub("", text)


def upper(text: str) -> str:
    """Return the text with A to Z in capitals.

    Other letters stay: ``str.upper`` would turn a dotless i into I and a sharp s into SS.
    """
    return text.translate(_UPPER)


def lower(text: str) -> str:
    """Return the text with A to Z in small letters; other letters stay."""
    return text.translate(_LOWER)


def is_digits(text: str) -> bool:
    """Return whether the text is one or more of the digits 0 to 9, and of no other script's."""
    return text.isascii() and text.isdigit()


def mangled_by_spreadsheet(text: str) -> bool:
    """Return whether a spreadsheet has made a number of an identifier: ``1.7E+09``, ``9449305552.0``."""
    return _MANGLED.fullmatch(text.strip()) is not None
