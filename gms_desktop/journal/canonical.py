"""The one way to write an entry as bytes, so that a hash taken anywhere is the same everywhere.

UTF-8 JSON, keys sorted by code point, no white space, whole numbers within ±2^53, no floats, no U+0000 and no lone
surrogate. Append refuses anything else (ARCHITECTURE section 4).
"""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import msgspec

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"

LARGEST = 2**53


class NotCanonical(ValueError):
    """The value cannot be written in the canonical form; the text says which part and why."""


def canonical(value: Value) -> bytes:
    """Write ``value`` in the canonical form.

    Raises:
        NotCanonical: for floats, numbers beyond ±2^53, U+0000, lone surrogates, keys that are no text, other types.
    """
    try:
        if not is_plain(value):
            _check(value, "$")
        content = written(value)
        if may_hold_nul(content):
            _check(value, "$")
        return content
    except UnicodeEncodeError as fault:
        raise NotCanonical(f"lone surrogate at {fault.start}") from fault
    except RecursionError as fault:
        raise NotCanonical("nested too deep") from fault


def parse(content: bytes) -> Value:
    """Read canonical bytes back.

    Raises:
        NotCanonical: when the bytes are not what :func:`canonical` would have written.
    """
    try:
        value: Value = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise NotCanonical(str(fault)) from fault
    if canonical(value) != content:
        raise NotCanonical("bytes differ from their canonical form")
    return value


# What this writes is canonical where the value is: the caller has looked (decision 26).
written = msgspec.json.Encoder(order="sorted").encode
_NUL = b"\\u0000"


def may_hold_nul(content: bytes) -> bool:
    """Whether U+0000, or text that looks like its escape, stands in written bytes."""
    return _NUL in content


_TEXT = frozenset({str})
_FLAT = frozenset({str, bool, type(None)})


def is_plain(value: Any) -> bool:
    """Whether no type or number in ``value`` needs the slow look that names the fault."""
    values: Any = (value,)
    if type(value) is dict:
        if not _TEXT.issuperset(map(type, value)):
            return False
        values = value.values()
    elif type(value) is list:
        values = value
    if _FLAT.issuperset(map(type, values)):
        return True
    for one in values:
        kind = type(one)
        if kind is int:
            if not -LARGEST <= one <= LARGEST:
                return False
        elif kind not in _FLAT and ((kind is not dict and kind is not list) or (one and not is_plain(one))):
            return False
    return True


def _check(value: object, where: str) -> None:
    kind = type(value)
    if kind is str:
        if "\x00" in value:  # type: ignore[operator]
            raise NotCanonical(f"U+0000 at {where}")
    elif kind is int:
        if not -LARGEST <= value <= LARGEST:  # type: ignore[operator]
            raise NotCanonical(f"number beyond 2^53 at {where}")
    elif kind is dict:
        for key, inner in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise NotCanonical(f"key that is no text at {where}")
            _check(key, where)
            _check(inner, key)
    elif kind is list:
        for inner in value:  # type: ignore[attr-defined]
            _check(inner, where)
    elif value is not None and kind is not bool:
        raise NotCanonical(f"{kind.__name__} at {where}")
