"""Downtime numbers: printed before an outage, put on tubes while everything else is down, entered here afterwards.

In order: ``U``, the laboratory's letter, the short code of the writer that issued it (3 or 6 characters), a counter of
3 characters, a check character; all but the ``U`` in Crockford's base 32. That is 9 or 12 characters of fixed width.

``U`` is the one letter that base 32 leaves out beside I, L and O, and those three are read as 1, 1 and 0: so no text
that is read as a downtime number can ever be read as one of our accessions, and the other way round. The check is that
of the accession over what follows the ``U``, so a ``U`` misread as any other sign, lost or put before an accession
gives a number of neither sort (the tests try each).
"""

from __future__ import annotations

from gms_desktop.domain.identifiers.accession import (
    ALPHABET,
    LETTERS,
    base32,
    normalise,
    weighted_sum,
)

__all__ = ["COUNTER_END", "LENGTHS", "MARK", "check", "letter_of", "looks_like", "mint", "normalise"]

MARK = "U"
COUNTER_END = 32**3
LENGTHS = (9, 12)


def mint(letter: str, short_code: str, counter: int) -> str:
    """Return the downtime number of this laboratory, writer and count, with its check character.

    Args:
        letter: one of ``LETTERS``; ``Z`` marks a rehearsal.
        short_code: 3 or 6 characters of ``ALPHABET``.
        counter: 0 to 32 767.

    Raises:
        ValueError: an argument is outside its range.
    """
    if len(letter) != 1 or letter not in LETTERS:
        raise ValueError(f"the laboratory letter is one of {LETTERS}")
    if len(short_code) not in (3, 6) or not set(short_code) <= set(ALPHABET):
        raise ValueError("the short code has 3 or 6 characters of Crockford base 32")
    if not 0 <= counter < COUNTER_END:
        raise ValueError(f"the counter runs from 0 to {COUNTER_END - 1}")
    body = letter + short_code + base32(counter, 3)
    return MARK + body + ALPHABET[weighted_sum(body + "0")]


def check(text: str) -> bool:
    """Return whether the text, as scanned or typed, has the mark, length and characters, and its check agrees."""
    number = normalise(text)
    rest = number[1:]
    return number[:1] == MARK and len(number) in LENGTHS and set(rest) <= set(ALPHABET) and weighted_sum(rest) == 0


def looks_like(text: str) -> bool:
    """Return whether the text can be a downtime number of some laboratory."""
    return check(text) and normalise(text)[1] in LETTERS


def letter_of(text: str) -> str:
    """Return the letter of the laboratory whose number it is, or nothing for a text that is no downtime number."""
    return normalise(text)[1] if looks_like(text) else ""
