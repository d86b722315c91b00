"""Identifying values stand beside the journal, never in it: the bytes carry only a commitment to them.

The commitment is SHA-256(salt ‖ value) in hex; erasing the value leaves chain and digests whole
(ARCHITECTURE section 6).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from gms_desktop.journal.canonical import NotCanonical

ERASED_IN_LOG = "erased_in_log"
"""Beside the journal: ``1`` while the write-ahead log may still hold what was erased."""


@dataclass(frozen=True, slots=True)
class PrivateValue:
    """A value, its salt and the subject it is about. An erased one has no value left (None)."""

    commitment: str
    salt: bytes
    value: str | None
    subject: str


def commit(value: str, salt: bytes, subject: str) -> PrivateValue:
    """Commit to ``value``: 16 random bytes of salt are passed in.

    Raises:
        NotCanonical: for U+0000 and lone surrogates, which no store holds as text.
    """
    try:
        content = value.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise NotCanonical(f"lone surrogate at {fault.start}") from fault
    if b"\x00" in content:
        raise NotCanonical("U+0000")
    return PrivateValue(sha256(salt + content).hexdigest(), salt, value, subject)


def agrees(private: PrivateValue) -> bool:
    """Whether the value is the one committed to. An erased value agrees: there is nothing left to differ."""
    if private.value is None:
        return True
    return sha256(private.salt + private.value.encode("utf-8")).hexdigest() == private.commitment


def search_terms(value: str) -> tuple[str, ...]:
    """The folded words by which a private value is found: case, accents and punctuation make no difference."""
    plain = unicodedata.normalize("NFKD", value).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = kept.split()
    whole = "".join(words)
    return tuple(dict.fromkeys([whole, *words])) if whole else ()
