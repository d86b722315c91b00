"""From the bytes of a text file to its text, saying which encoding was taken and why it could not be read."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from gms_desktop.exchange.expected import FileProblem

MAX_BYTES = 50_000_000
"""Largest file read, in bytes: some fifty times a manifest of 960 specimens with long clinical notes."""

_WORKBOOKS = {b"PK\x03\x04": "an Excel or zip file", b"\xd0\xcf\x11\xe0": "an old Excel file", b"%PDF": "a PDF"}


@dataclass(frozen=True)
class Decoded:
    """A file's text.

    Attributes:
        text: empty when it could not be read.
        encoding: the Python name of the encoding taken.
        problems: why it could not be read, or what was assumed.
    """

    text: str
    encoding: str
    problems: tuple[FileProblem, ...] = ()


def _refused(reason_code: str, detail: str = "") -> Decoded:
    return Decoded("", "", (FileProblem(reason_code, detail),))


def _unfit(content: bytes, limit: int) -> Decoded | None:
    if not content.strip():
        return _refused("file-empty")
    if len(content) > limit:
        return _refused("file-too-large", f"{len(content) / 1e6:.0f} MB, the limit is {limit / 1e6:.0f} MB")
    for start, kind in _WORKBOOKS.items():
        if content.startswith(start):
            return _refused("file-not-text", kind)
    return None


def _candidates(content: bytes) -> tuple[str, ...]:
    if content.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8", "cp1252")


def decode(content: bytes, limit: int = MAX_BYTES) -> Decoded:
    """Decode a text file: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252.

    Windows-1252 is what Excel writes for "CSV" on a British PC. It is taken only when the bytes are not UTF-8, and
    recorded as an assumption, because it fits almost any bytes.

    Args:
        content: the file.
        limit: the largest size read, in bytes.

    Returns:
        The text, or a blocking problem in place of it.
    """
    unfit = _unfit(content, limit)
    if unfit is not None:
        return unfit
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _checked(text, encoding)
    return _refused("encoding-unknown")


def _checked(text: str, encoding: str) -> Decoded:
    if "\0" in text:
        return _refused("file-has-nul")
    if not text.strip():
        return _refused("file-empty")
    assumed = (FileProblem("encoding-assumed", "Windows-1252", blocks=False),) if encoding == "cp1252" else ()
    return Decoded(text, encoding, assumed)
