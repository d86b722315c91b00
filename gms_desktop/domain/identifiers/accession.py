"""Our own number: short enough for a cryotube, readable aloud, safe against one slip.

Characters are Crockford's base 32 (no I, L, O, U). In order: the laboratory's letter, the writer's short code (3
characters issued by a hub, or 6 drawn from 30 random bits by a bench without one), a counter of 4 characters, a check
character. That is 9 or 12 characters of fixed width; nothing is ever parsed back out of it.

The check: each character is an element of GF(32), weighted by a power of the generator of GF(2^5) (x^5 + x^2 + 1), its
own for each place; the weighted sum of the whole number is zero. As the weights are distinct and not zero, every single
wrong character and every exchange of two characters, the check character included, gives another sum.

N, P and R are no laboratory letters: ``NA`` tubes and NGIS participants and referrals begin with them and have the same
length.
"""

from __future__ import annotations

from gms_desktop.domain.identifiers.written import upper, without_separators

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = "ABCDEFGHJKMQSTVWXYZ"
REHEARSAL_LETTER = "Z"
COUNTER_END = 32**4
SHORT_CODE_END = 2**30
LENGTHS = (9, 12)

_CONFUSED = str.maketrans("OIL", "011")


def _powers() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return tuple(powers)


_POWER = _powers()
_LOGARITHM = {value: exponent for exponent, value in enumerate(_POWER)}
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def _weighted(value: int, place: int) -> int:
    return _POWER[(_LOGARITHM[value] + place) % 31] if value else 0


def weighted_sum(text: str) -> int:
    """Return the sum of the characters, each weighted for its place from the right; zero for a number that agrees.

    Raises:
        KeyError: a character is not one of ``ALPHABET``.
    """
    total = 0
    for place, character in enumerate(reversed(text)):
        total ^= _weighted(_VALUE[character], place)
    return total


def base32(value: int, width: int) -> str:
    """Return a number in exactly ``width`` characters of ``ALPHABET``."""
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(width)))


def short_code_from_bits(bits: int) -> str:
    """Return the six-character short code of a bench without a hub.

    Args:
        bits: 30 random bits, 0 to 2^30 - 1.

    Raises:
        ValueError: ``bits`` is outside that range.
    """
    if not 0 <= bits < SHORT_CODE_END:
        raise ValueError("a short code is made of 30 bits")
    return base32(bits, 6)


def mint(letter: str, short_code: str, counter: int) -> str:
    """Return the number of this laboratory, writer and count, with its check character.

    Args:
        letter: one of ``LETTERS``; ``Z`` marks a rehearsal.
        short_code: 3 or 6 characters of ``ALPHABET``.
        counter: 0 to 1 048 575.

    Raises:
        ValueError: an argument is outside its range.
    """
    if len(letter) != 1 or letter not in LETTERS:
        raise ValueError(f"the laboratory letter is one of {LETTERS}")
    if len(short_code) not in (3, 6) or not set(short_code) <= set(ALPHABET):
        raise ValueError("the short code has 3 or 6 characters of Crockford base 32")
    if not 0 <= counter < COUNTER_END:
        raise ValueError(f"the counter runs from 0 to {COUNTER_END - 1}")
    body = letter + short_code + base32(counter, 4)
    return body + ALPHABET[weighted_sum(body + "0")]


def normalise(text: str) -> str:
    """Return what a person typed in the form we print: capitals, no spaces or hyphens, O as 0, I and L as 1."""
    return upper(without_separators(text)).translate(_CONFUSED)


def check(text: str) -> bool:
    """Return whether the text, as scanned or typed, has our length and characters and its check character agrees."""
    number = normalise(text)
    return len(number) in LENGTHS and set(number) <= set(ALPHABET) and weighted_sum(number) == 0


def looks_like(text: str) -> bool:
    """Return whether the text can be one of our numbers: it passes ``check`` and begins with a laboratory letter."""
    return check(text) and normalise(text)[0] in LETTERS


def is_rehearsal(text: str) -> bool:
    """Return whether this is a number minted in rehearsal, which no real hub takes."""
    return looks_like(text) and normalise(text)[0] == REHEARSAL_LETTER


def spoken(text: str) -> str:
    """Return the number in groups of four for reading aloud; a text that is not ours comes back as it was."""
    if not looks_like(text):
        return text
    number = normalise(text)
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
