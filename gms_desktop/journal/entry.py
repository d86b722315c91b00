"""An entry: what happened, who did it, when, on which premises. Never changed; its bytes are the whole of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast

import msgspec

from gms_desktop.journal.canonical import LARGEST, NotCanonical, canonical, is_plain, may_hold_nul, parse, written

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
        content = _content(self)
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


def _content(entry: Entry) -> bytes:
    form = _form_of(entry)
    try:
        if _is_plainly_said(entry) and not may_hold_nul(content := written(form)):
            return content
    except (UnicodeEncodeError, RecursionError):
        # Said by the slow way, in words.
        pass
    return canonical({name: _with_lists(getattr(form, name)) for name in _NAMES})


def _form_of(entry: Entry) -> Any:
    said = entry.premises
    # By place, in the order of the names: with names it takes four times as long.
    return _Form(
        entry.action,
        entry.app,
        entry.because,
        entry.body,
        said.claims,
        entry.clock_offset,
        said.expects,
        FORMAT,
        dict(entry.input),
        entry.kind,
        entry.occurred_at,
        entry.operator,
        entry.private,
        said.releases,
        said.requires,
        entry.ruleset,
        entry.scope,
        entry.seq,
        entry.signature,
        said.touches,
        entry.undoes,
        entry.version,
        entry.witness,
        entry.writer,
    )


def _is_plainly_said(entry: Entry) -> bool:
    """Whether no type or number in an entry needs the slow look that names the fault."""
    said, given = entry.premises, (entry.writer, entry.scope, entry.occurred_at, entry.app, entry.kind, entry.action)
    perhaps = (entry.operator, entry.witness, entry.signature, entry.undoes)
    pairs = (*said.claims, *said.requires, *said.expects, *said.releases)
    return (
        type(entry.body) is dict
        and is_plain(entry.body)
        and is_plain(dict(entry.input))
        and is_plain([entry.seq, entry.version, entry.ruleset, entry.clock_offset])
        and _TEXT.issuperset(map(type, given + said.touches + entry.because + entry.private))
        and _TEXT_OR_NONE.issuperset(map(type, perhaps))
        and _PAIRS.issuperset([(type(key), type(holder)) for key, holder in pairs])
    )


def _with_lists(value: Any) -> Any:
    return [_with_lists(one) for one in value] if type(value) is tuple else value


def from_bytes(content: bytes) -> Entry:
    """Read an entry from bytes of any origin, strictly.

    Raises:
        NotCanonical: when the bytes are not canonical or not an entry of a known format.
    """
    form = _plainly_read(content)
    return _made_of(form) if form is not None else _strictly_read(content)


def _plainly_read(content: bytes) -> Any:
    """The form of an entry that is written back to the very same bytes; None where a slow look says what is wrong."""
    try:
        form = _read(content)
    except (ValueError, RecursionError):
        return None
    fits = len(content) <= MOST_BYTES and len(form.touches) <= MOST_TOUCHES and not may_hold_nul(content)
    return form if fits and written(form) == content else None


def _strictly_read(content: bytes) -> Entry:
    value = parse(content)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NotCanonical("not an entry of format 1")
    wrong = sorted(value.keys() ^ _SHAPES.keys()) or [n for n, shaped in _SHAPES.items() if not shaped(value[n])]
    if wrong:
        raise NotCanonical(f"not an entry: {', '.join(wrong)}")
    if len(content) > MOST_BYTES or len(value["touches"]) > MOST_TOUCHES:  # type: ignore[arg-type]
        raise NotCanonical("not an entry: too large")
    return _from_value(value)


def from_hub(content: bytes) -> Entry:
    """Read an entry that the hub took and whose chain hash the caller compares: several times as fast as strictly.

    What is not plainly an entry of the known format is read by :func:`from_bytes`, which says what is wrong with it.
    Not seen here: white space, the order of keys, one that stands twice, and U+0000, which a hub does not take. The
    first two make no difference to what is folded.

    Raises:
        NotCanonical: when the bytes are not an entry of a known format.
    """
    try:
        form = _read(content)
    except (ValueError, RecursionError):
        # Said by the strict reading, in words.
        return from_bytes(content)
    if content[:1] + content[-1:] != b"{}" or len(content) > MOST_BYTES or len(form.touches) > MOST_TOUCHES:
        return from_bytes(content)
    return _made_of(form)


def _is_text(value: object) -> bool:
    return type(value) is str


_TEXT: frozenset[type] = frozenset({str})
_TEXT_OR_NONE: frozenset[type] = frozenset({str, type(None)})
_PAIRS = frozenset({(str, str), (str, type(None))})


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


_Whole = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
# A value that stands deeper than the fields of any known kind is left to the strict reading.
_DEEPEST = 4
_value: Any = _Whole | str | bool | None
for _ in range(_DEEPEST):
    _value = _Whole | str | bool | None | list[_value] | dict[str, _value]

_Texts = tuple[str, ...]
_Pairs = tuple[tuple[str, str], ...]
_FreePairs = tuple[tuple[str, str | None], ...]
_TYPES: Mapping[str, Any] = {
    "format": Literal[1],
    **dict.fromkeys(("writer", "scope", "occurred_at", "app", "action", "kind"), str),
    **dict.fromkeys(("seq", "ruleset", "version"), _Whole),
    **dict.fromkeys(("operator", "witness", "signature", "undoes"), str | None),
    **dict.fromkeys(("because", "touches", "private"), _Texts),
    **dict.fromkeys(("claims", "releases"), _Pairs),
    **dict.fromkeys(("requires", "expects"), _FreePairs),
    "clock_offset": _Whole | None,
    "input": dict[str, str],
    "body": dict[str, _value],
}
# An entry as its bytes have it, fields in the order of their names.
_Form: Any = msgspec.defstruct("_Form", [(name, _TYPES[name]) for name in _NAMES], forbid_unknown_fields=True, gc=False)
_read: Callable[[bytes], Any] = msgspec.json.Decoder(_Form).decode


class _MadePremises:
    """Premises while they are made: see :class:`_MadeEntry`."""

    __slots__ = tuple(Premises.__slots__)

    def __init__(self, form: Any) -> None:
        self.touches = form.touches
        self.claims = form.claims
        self.requires = form.requires
        self.expects = form.expects
        self.releases = form.releases


class _MadeEntry:
    """An entry while it is made of parsed bytes; its slots are those of an entry, so that it can become one.

    A frozen dataclass sets each of its fields through a call. With twenty of them that took a tenth of a whole fold.
    """

    __slots__ = tuple(Entry.__slots__)

    def __init__(self, form: Any) -> None:
        self.writer = form.writer
        self.seq = form.seq
        self.scope = form.scope
        self.occurred_at = form.occurred_at
        self.clock_offset = form.clock_offset
        self.app = form.app
        self.ruleset = form.ruleset
        self.operator = form.operator
        self.witness = form.witness
        self.signature = form.signature
        self.input = form.input
        self.action = form.action
        self.undoes = form.undoes
        self.because = form.because
        self.kind = form.kind
        self.version = form.version
        self.private = form.private
        self.body = form.body
        self.premises = said = _MadePremises(form)
        said.__class__ = Premises  # type: ignore[assignment]


def _made_of(form: Any) -> Entry:
    made: Any = _MadeEntry(form)
    made.__class__ = Entry
    return cast("Entry", made)


def _from_value(value: Mapping[str, Any]) -> Entry:
    texts = {name: tuple(value[name]) for name in ("because", "touches", "private")}
    pairs = {name: tuple(map(tuple, value[name])) for name in ("claims", "requires", "expects", "releases")}
    return _made_of(_Form(**{**value, **texts, **pairs}))


def from_own_bytes(content: bytes) -> Entry:
    """Read an entry from bytes that this store itself has checked before it kept them."""
    try:
        return _made_of(_read(content))
    except (ValueError, RecursionError):
        # What is no entry is said by the library.
        return _from_value(json.loads(content))
