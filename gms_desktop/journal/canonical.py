"""The one way to write an entry as bytes, so that a hash taken anywhere is the same everywhere.

UTF-8 JSON, keys sorted by code point, no white space, whole numbers within ±2^53, no floats, no U+0000 and no lone
surrogate. Append refuses anything else (ARCHITECTURE section 4).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

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
        if not _is_plain(value):
            _check(value, "$")
        text = _encode(value)
        if "\\u0000" in text:
            _check(value, "$")
        return text.encode("utf-8")
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


def text_encoder(*, sort_keys: bool) -> Callable[[Any], str]:
    """JSON without white space and without a look for circles: a value that holds itself is a RecursionError.

    The library's own ``encode`` makes a new encoder at every call.
    """
    common = json.JSONEncoder(
        ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=sort_keys, separators=(",", ":")
    )
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return common.encode
    quick = make(None, common.default, json.encoder.encode_basestring, None, ":", ",", sort_keys, False, False)
    return lambda value: "".join(quick(value, 0))


_encode = text_encoder(sort_keys=True)


_TEXT = frozenset({str})


def _is_plain(value: Any) -> bool:
    """Whether no type or number in ``value`` needs the slow look that names the fault."""
    values: Any = (value,)
    if type(value) is dict:
        if not _TEXT.issuperset(map(type, value)):
            return False
        values = value.values()
    elif type(value) is list:
        values = value
    for one in values:
        kind = type(one)
        if kind is str or one is None or kind is bool:
            continue
        if kind is int:
            if not -LARGEST <= one <= LARGEST:
                return False
        elif (kind is not dict and kind is not list) or (one and not _is_plain(one)):
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
