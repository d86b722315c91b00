"""An entry: what happened, who did it, when, on which premises. Never changed; its bytes are the whole of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from gms_desktop.journal.canonical import LARGEST, NotCanonical, Value, canonical, parse

FORMAT = 1
MOST_BYTES = 64_000
MOST_TOUCHES = 200
# Keys stand in an index, and the hub's holds some 2,700 bytes a row.
MOST_KEY_BYTES = 1_000

Body = dict[str, Any]
Pair = tuple[str, str | None]


class TooLarge(ValueError):
    """An entry over 64 kB, with over 200 touches or with a key over 1,000 bytes: it states more than one fact."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What an entry stands on.

    Attributes:
        touches: subjects whose state the entry changes (``specimen:01ab…``).
        claims: key and the subject that is to hold it.
        requires: key and holder (None: free) without which the entry is refused.
        expects: key and holder without which the entry is contested.
        releases: key and the holder it is taken from.
    """

    touches: tuple[str, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    requires: tuple[Pair, ...] = ()
    expects: tuple[Pair, ...] = ()
    releases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal (ARCHITECTURE section 4).

    Attributes:
        writer: the database incarnation that wrote it.
        seq: 1, 2, 3 … per writer without a gap; writer and seq are the identity.
        scope: the laboratory.
        occurred_at: aware UTC, ISO 8601 with microseconds and ``Z``.
        clock_offset: last measured difference to the hub in milliseconds, or None.
        app: version of the application.
        ruleset: number of the fold's own rules in force.
        operator, witness: who did it and who stood beside; None where nobody was signed in.
        signature: hash of what was signed, or None.
        input: how it came in (``by``, ``device``).
        action: identity of the first entry of the act; entries of one act commit together.
        undoes: identity of the entry undone, or None.
        because: entries or cases it follows from.
        kind, version: what sort of fact, and which shape of it.
        premises: touches, claims, requires, expects, releases.
        private: commitments to identifying values that travel beside the bytes.
        body: the fact.
    """

    writer: str
    seq: int
    scope: str
    occurred_at: str
    app: str
    kind: str
    version: int
    action: str
    body: Body
    premises: Premises = field(default_factory=Premises)
    private: tuple[str, ...] = ()
    operator: str | None = None
    witness: str | None = None
    signature: str | None = None
    input: Mapping[str, str] = field(default_factory=dict)
    undoes: str | None = None
    because: tuple[str, ...] = ()
    clock_offset: int | None = None
    ruleset: int = 1

    @property
    def id(self) -> str:
        """Writer and seq as one text."""
        return f"{self.writer}/{self.seq}"

    def to_bytes(self) -> bytes:
        """The stored bytes.

        Raises:
            NotCanonical: when the body holds what the canonical form does not allow.
            TooLarge: over 64 kB or 200 touches, or with a key or subject over 1,000 bytes.
        """
        if len(self.premises.touches) > MOST_TOUCHES:
            raise TooLarge(f"{len(self.premises.touches)} touches")
        content = canonical(cast("Value", _as_dict(self)))
        if len(content) > MOST_BYTES:
            raise TooLarge(f"{len(content)} bytes")
        # An entry with a long key is longer than that key: few are looked through.
        if len(content) > MOST_KEY_BYTES + _LEAST_BESIDE and (long := _longest_key(self.premises)) > MOST_KEY_BYTES:
            raise TooLarge(f"a key of {long} bytes")
        return content


# What stands in an entry beside its keys is never less.
_LEAST_BESIDE = 300


def _longest_key(said: Premises) -> int:
    keys = [key for pairs in (said.claims, said.requires, said.expects, said.releases) for key, _ in pairs]
    return max((len(key.encode()) for key in (*keys, *(f"last:{one}" for one in said.touches))), default=0)


def _as_dict(entry: Entry) -> dict[str, Any]:
    said = entry.premises
    return {
        "format": FORMAT,
        "writer": entry.writer,
        "seq": entry.seq,
        "scope": entry.scope,
        "occurred_at": entry.occurred_at,
        "clock_offset": entry.clock_offset,
        "app": entry.app,
        "ruleset": entry.ruleset,
        "operator": entry.operator,
        "witness": entry.witness,
        "signature": entry.signature,
        "input": dict(entry.input),
        "action": entry.action,
        "undoes": entry.undoes,
        "because": list(entry.because),
        "kind": entry.kind,
        "version": entry.version,
        "touches": list(said.touches),
        "claims": [list(pair) for pair in said.claims],
        "requires": [list(pair) for pair in said.requires],
        "expects": [list(pair) for pair in said.expects],
        "releases": [list(pair) for pair in said.releases],
        "private": list(entry.private),
        "body": entry.body,
    }


def from_bytes(content: bytes) -> Entry:
    """Read an entry from bytes of any origin, strictly.

    Raises:
        NotCanonical: when the bytes are not canonical or not an entry of a known format.
    """
    value = parse(content)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NotCanonical("not an entry of format 1")
    wrong = sorted(value.keys() ^ _SHAPES.keys()) or [n for n, shaped in _SHAPES.items() if not shaped(value[n])]
    if wrong:
        raise NotCanonical(f"not an entry: {', '.join(wrong)}")
    if len(content) > MOST_BYTES or len(value["touches"]) > MOST_TOUCHES:  # type: ignore[arg-type]
        raise NotCanonical("not an entry: too large")
    return from_value(value)


def from_hub(content: bytes) -> Entry:
    """Read an entry that the hub took and whose chain hash the caller compares: five times as fast as strictly.

    What is not plainly an entry of the known format is read by :func:`from_bytes`, which says what is wrong with it.
    Not seen here: white space, the order of keys within a field and U+0000, which a hub does not take. The first two
    make no difference to what is folded.

    Raises:
        NotCanonical: when the bytes are not an entry of a known format.
    """
    try:
        text = content.decode()
        value, end = _scan(text, 0)
        if type(value) is dict and end == len(text) and _is_plainly_an_entry(value, len(content)):
            return from_value(value)
    except (ValueError, StopIteration, RecursionError):
        # Said by the strict reading, in words.
        pass
    return from_bytes(content)


def _is_plainly_an_entry(value: dict[str, Any], size: int) -> bool:
    if tuple(value) != _NAMES or value["format"] != FORMAT or not _are_of_shape(tuple(map(type, value.values()))):
        return False
    if size > MOST_BYTES or len(value["touches"]) > MOST_TOUCHES:
        return False
    given = value["claims"] + value["releases"]
    return (
        _are_plain_pairs(given, _TEXT)
        and _are_plain_pairs(value["requires"] + value["expects"], _TEXT_OR_NONE)
        and _TEXT.issuperset(map(type, value["touches"] + value["because"] + value["private"]))
        and _TEXT.issuperset(map(type, value["input"].values()))
    )


def _are_plain_pairs(pairs: list[Any], of: frozenset[type]) -> bool:
    if not pairs:
        return True
    if not (_LIST.issuperset(map(type, pairs)) and _TWO.issuperset(map(len, pairs))):
        return False
    keys, holders = zip(*pairs, strict=True)
    return _TEXT.issuperset(map(type, keys)) and of.issuperset(map(type, holders))


def _is_text(value: object) -> bool:
    return type(value) is str


_TEXT: frozenset[type] = frozenset({str})
_TEXT_OR_NONE: frozenset[type] = frozenset({str, type(None)})
_LIST: frozenset[type] = frozenset({list})
_TWO = frozenset({2})


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_text_or_none(value: object) -> bool:
    return value is None or type(value) is str


def _is_number_or_none(value: object) -> bool:
    return value is None or type(value) is int


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and _TEXT.issuperset(map(type, value))


def _are_pairs(value: object) -> bool:
    return isinstance(value, list) and all(_are_texts(pair) and len(pair) == 2 for pair in value)


def _are_free_pairs(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and _is_text(pair[0]) and _is_text_or_none(pair[1]) for pair in value
    )


def _is_told(value: object) -> bool:
    return isinstance(value, dict) and _TEXT.issuperset(map(type, value.values()))


def _is_body(value: object) -> bool:
    return isinstance(value, dict)


_SHAPES: Mapping[str, Callable[[object], bool]] = {
    **dict.fromkeys(("writer", "scope", "occurred_at", "app", "action", "kind"), _is_text),
    **dict.fromkeys(("format", "seq", "ruleset", "version"), _is_number),
    **dict.fromkeys(("operator", "witness", "signature", "undoes"), _is_text_or_none),
    **dict.fromkeys(("because", "touches", "private"), _are_texts),
    **dict.fromkeys(("claims", "releases"), _are_pairs),
    **dict.fromkeys(("requires", "expects"), _are_free_pairs),
    "clock_offset": _is_number_or_none,
    "input": _is_told,
    "body": _is_body,
}


_NAMES = tuple(sorted(_SHAPES))
_EMPTY: Mapping[type, object] = {str: "", int: 0, type(None): None, list: [], dict: {}}


@cache
def _are_of_shape(types: tuple[type, ...]) -> bool:
    """Whether values of these types, by name in order, may be an entry's. There are few such combinations."""
    return all(one in _EMPTY and _SHAPES[name](_EMPTY[one]) for name, one in zip(_NAMES, types, strict=True))


def _whole(text: str) -> int:
    number = int(text)
    if not -LARGEST <= number <= LARGEST:
        raise NotCanonical(f"{text} is beyond 2^53")
    return number


def _not_whole(text: str) -> object:
    raise NotCanonical(f"{text} is no whole number")


_decoder: Any = json.JSONDecoder(parse_int=_whole, parse_float=_not_whole, parse_constant=_not_whole)
_scan: Callable[[str, int], tuple[Any, int]] = _decoder.scan_once


class _MadePremises:
    """Premises while they are made: see :class:`_MadeEntry`."""

    __slots__ = tuple(Premises.__slots__)

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.touches = tuple(value["touches"])
        self.claims = tuple(map(tuple, value["claims"]))
        self.requires = tuple(map(tuple, value["requires"]))
        self.expects = tuple(map(tuple, value["expects"]))
        self.releases = tuple(map(tuple, value["releases"]))


class _MadeEntry:
    """An entry while it is made of parsed bytes; its slots are those of an entry, so that it can become one.

    A frozen dataclass sets each of its fields through a call. With twenty of them that took a tenth of a whole fold.
    """

    __slots__ = tuple(Entry.__slots__)

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.writer = value["writer"]
        self.seq = value["seq"]
        self.scope = value["scope"]
        self.occurred_at = value["occurred_at"]
        self.clock_offset = value["clock_offset"]
        self.app = value["app"]
        self.ruleset = value["ruleset"]
        self.operator = value["operator"]
        self.witness = value["witness"]
        self.signature = value["signature"]
        self.input = value["input"]
        self.action = value["action"]
        self.undoes = value["undoes"]
        self.because = tuple(value["because"])
        self.kind = value["kind"]
        self.version = value["version"]
        self.private = tuple(value["private"])
        self.body = value["body"]
        self.premises = said = _MadePremises(value)
        said.__class__ = Premises  # type: ignore[assignment]


def from_value(value: Mapping[str, Any]) -> Entry:
    """Make an entry of the parsed bytes. For bytes this store itself has checked before."""
    made: Any = _MadeEntry(value)
    made.__class__ = Entry
    return cast("Entry", made)


def from_own_bytes(content: bytes) -> Entry:
    """Read an entry from bytes that this store itself has checked before it kept them."""
    text = content.decode()
    try:
        value, end = _scan_own(text, 0)
    except StopIteration:
        end = -1
    # What is no entry is said by the library.
    return from_value(value if end == len(text) else json.loads(text))


_scan_own: Callable[[str, int], tuple[Any, int]] = cast("Any", json.JSONDecoder()).scan_once
