"""Why a text in TOML cannot be used, in our words: the parser's and Python's own are for programmers."""

from __future__ import annotations

import re
import tomllib

_place = re.compile(r"\(at line (\d+), column (\d+)\)$")
_HOW = "a line is name = value, and words stand in quotation marks"
_TOO_DEEP = "its values stand too deep in one another"
_names_missing = re.compile(r"missing \d+ required [a-z-]+ arguments?: (.+)$")
_name_unknown = re.compile(r"unexpected keyword argument '(.+)'$")
_values_said: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(.+) is not a valid \w+$"), "{} is no word that is known there"),
    (re.compile(r"^invalid literal for int\(\) with base 10: (.+)$"), "{} is no whole number"),
    (re.compile(r"^could not convert string to float: (.+)$"), "{} is no number"),
    (re.compile(r"^Invalid isoformat string: (.+)$"), "{} is no day: write it like 2026-12-31"),
)
"""What Python says of a value, and what is said instead. Source: CPython 3.11, ``enum.py``, ``int``, ``datetime``."""
_of_python = re.compile(
    r"\w\(\)|object|indices|argument|NoneType|unhashable|<class|not supported|iterable|unpack|expected"
)


def why(fault: Exception) -> str:
    """Why a text cannot be used: a part of a sentence, without its full stop.

    Args:
        fault: what the parser raised, or what read its values; its own words are kept where a reader of ours raised it.
    """
    if isinstance(fault, UnicodeDecodeError):
        return f"it is no text in UTF-8, from its byte {fault.start + 1} on: save it as UTF-8 from a text editor"
    if isinstance(fault, tomllib.TOMLDecodeError):
        return of_parser(str(fault))
    if isinstance(fault, RecursionError):
        return _TOO_DEEP
    if isinstance(fault, KeyError):
        return f"“{fault.args[0]}” is missing" if fault.args else "a part is missing"
    return _of_values(str(fault))


def of_parser(said: str) -> str:
    """What the parser's own message comes to; as :func:`why`."""
    if "recursion" in said:
        return _TOO_DEEP
    found = _place.search(said)
    if found is None:
        return f"it ends in the middle of a value ({_HOW})"
    return f"line {found[1]} cannot be understood at column {found[2]} ({_HOW})"


def _of_values(said: str) -> str:
    if found := _names_missing.search(said):
        names = [f"“{name}”" for name in re.findall(r"'(\w+)'", found[1])]
        return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} missing"
    if found := _name_unknown.search(said):
        return f"“{found[1]}” is not known there"
    for pattern, ours in _values_said:
        if found := pattern.match(said):
            return ours.format(f"“{found[1].strip(chr(39))}”")
    return (
        "a value in it is of another sort than it must be" if not said or _of_python.search(said) else said.rstrip(".")
    )
