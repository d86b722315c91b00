"""Bytes from a hand scanner into scans. Pure, and the same however the bytes were cut into chunks.

No byte is dropped: the ``raw`` of all scans and what is still pending, laid end to end, are the bytes that came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from devices.values import Entered, Scan

NOT_TEXT = "not text"
NUL = "NUL"
CUT = "cut"
CONTROL = "control character"
EMPTY = "empty"
NO_PREFIX = "no prefix"
NO_SUFFIX = "no suffix"
NO_TERMINATOR = "no terminator"

# Only letters that stand for a symbology: what else begins with a bracket is a code that begins with one.
_AIM = re.compile(r"\][ACEFGHILMQSUXdez][0-9A-Za-z]")
_SEPARATORS = {"\x04", "\x1c", "\x1d", "\x1e", "\x1f"}  # GS1 and ISO/IEC 15434 data carry these
_REPLACEMENT = "\ufffd"


class Terminator(Enum):
    """What ends a frame. CR also forgives the LF of a CR LF, and LF its CR: a setting often met the wrong way about."""

    CR = b"\r"
    LF = b"\n"
    CRLF = b"\r\n"
    TAB = b"\t"


@dataclass(frozen=True)
class Framing:
    """How a scanner is set to wrap what it reads.

    Attributes:
        terminator: ends every frame.
        prefix: bytes before each code; a frame without them is marked.
        suffix: bytes between the code and the terminator; a frame without them is marked.
        aim: whether an AIM identifier (``]d1``) may stand before the code or before the prefix.
        longest: bytes between two terminators; a longer frame is cut there and each part marked.
        parts: so many parts of one frame are told; of what follows up to its terminator only the end is: no code is
            as long, and megabytes of noise are not to keep a bench busy for minutes.
    """

    terminator: Terminator = Terminator.CR
    prefix: bytes = b""
    suffix: bytes = b""
    aim: bool = True
    longest: int = 512
    parts: int = 64


class Framer:
    """Takes bytes as they come and gives a scan for each frame."""

    def __init__(self, framing: Framing, source: str) -> None:
        self._framing = framing
        self._source = source
        self._pending = bytearray()
        self._cut = 0

    @property
    def pending(self) -> bytes:
        """Bytes of a frame that has not ended."""
        return bytes(self._pending)

    def feed(self, data: bytes, at: datetime) -> list[Scan]:
        """The scans that ``data`` completes; ``at`` is when its last byte arrived."""
        return list(self._completed(data, at))

    def _completed(self, data: bytes, at: datetime) -> Iterator[Scan]:
        end = self._framing.terminator.value
        for byte in data:
            self._pending.append(byte)
            if self._pending.endswith(end):
                yield self._scan(at, (CUT,) if self._cut else ())
                self._cut = 0
            elif len(self._pending) >= self._framing.longest + len(end):
                if self._cut < self._framing.parts:
                    yield self._scan(at, (CUT,))
                    self._cut += 1
                else:
                    del self._pending[: -len(end)]

    def flush(self, at: datetime) -> list[Scan]:
        """What is pending, marked as having no terminator: for a line gone silent or lost.

        The LF that trails a CR terminator stays pending: it says nothing.
        """
        if not self._pending or (self._framing.terminator is Terminator.CR and self._pending == b"\n"):
            return []
        faults = (CUT, NO_TERMINATOR) if self._cut else (NO_TERMINATOR,)
        self._cut = 0
        return [self._scan(at, faults)]

    def _scan(self, at: datetime, faults: tuple[str, ...]) -> Scan:
        raw = bytes(self._pending)
        self._pending.clear()
        return interpret(raw, self._framing, at, self._source, faults)


def interpret(raw: bytes, framing: Framing, at: datetime, source: str, faults: tuple[str, ...] = ()) -> Scan:
    """One frame into a scan, its terminator included or not; ``faults`` are those known already.

    The text never holds U+0000 or a lone surrogate: a NUL, and each byte that is not UTF-8, stands as U+FFFD and is
    marked.
    """
    found: list[str] = list(faults)
    code = _without_terminator(raw, framing.terminator)
    text, symbology = _text_of(code, framing, found.append)
    return Scan(raw, text, symbology, at, source, Entered.SCANNED, tuple(dict.fromkeys(found)))


def _without_terminator(raw: bytes, terminator: Terminator) -> bytes:
    code = raw.removesuffix(terminator.value)
    if terminator is Terminator.CR:
        return code.removeprefix(b"\n")
    if terminator is Terminator.LF:
        return code.removesuffix(b"\r")
    return code


def _text_of(code: bytes, framing: Framing, fault: Callable[[str], None]) -> tuple[str, str | None]:
    if not code:
        fault(EMPTY)
        return "", None
    symbology, code = _unwrapped(code, framing, fault)
    if not code.endswith(framing.suffix):
        fault(NO_SUFFIX)
    code = code.removesuffix(framing.suffix)
    if not code:
        fault(EMPTY)
    return _decoded(code, fault), symbology


def _unwrapped(code: bytes, framing: Framing, fault: Callable[[str], None]) -> tuple[str | None, bytes]:
    """The AIM identifier may stand on either side of the prefix, as makes differ."""
    prefixed = code.startswith(framing.prefix)
    symbology, code = _split_aim(code.removeprefix(framing.prefix), framing.aim)
    if not prefixed:
        if symbology is None or not code.startswith(framing.prefix):
            fault(NO_PREFIX)
        code = code.removeprefix(framing.prefix)
    return symbology, code


def _split_aim(code: bytes, aim: bool) -> tuple[str | None, bytes]:
    head = code[:3].decode("ascii", "replace")
    return (head, code[3:]) if aim and _AIM.fullmatch(head) else (None, code)


def _decoded(code: bytes, fault: Callable[[str], None]) -> str:
    try:
        text = code.decode("utf-8")
    except UnicodeDecodeError:
        fault(NOT_TEXT)
        text = code.decode("utf-8", "replace")
    if "\0" in text:
        fault(NUL)
        text = text.replace("\0", _REPLACEMENT)
    if any(character < " " or character == "\x7f" for character in set(text) - _SEPARATORS):
        fault(CONTROL)
    return text
