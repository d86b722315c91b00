"""What a keyboard set otherwise than the scanner does to a code, and what the scanner must have typed.

A scanner that types sends keys, and the computer decides which characters they are. Caps Lock turns letters round. Set
to the UK and the US layout, the two exchange the characters below (Morovia KB 10604); everything else is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

FLUIDX = r"[A-Z]{2}[0-9]{8}"
"""Two capitals and eight digits, as printed on FluidX tubes and racks."""


class KeyboardState(StrEnum):
    """How scanner and computer disagree."""

    CAPS_LOCK = "caps lock"
    US_SCANNER = "US scanner on a UK computer"
    UK_SCANNER = "UK scanner on a US computer"
    US_SCANNER_CAPS = "US scanner on a UK computer, caps lock"
    UK_SCANNER_CAPS = "UK scanner on a US computer, caps lock"


CAPS_LOCK = "caps lock"
LAYOUT = "layout"

# What was typed, by what is seen. A key that the scanner's layout does not have is None, as is one of two meanings.
_US_ON_UK: dict[str, str | None] = {
    '"': "@", "@": '"', "£": "#", "¬": "~", "#": "\\", "~": "|", "|": None, "\\": None,
}  # fmt: skip
_UK_ON_US: dict[str, str | None] = {
    "@": '"', '"': "@", "#": "£", "~": "¬", "\\": None, "|": None, "£": None, "¬": None,
}  # fmt: skip
_AIM = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")
_SWAPPED = frozenset(_US_ON_UK) | frozenset(_UK_ON_US)
_BACK = {
    KeyboardState.CAPS_LOCK: ({}, True),
    KeyboardState.US_SCANNER: (_US_ON_UK, False),
    KeyboardState.UK_SCANNER: (_UK_ON_US, False),
    KeyboardState.US_SCANNER_CAPS: (_US_ON_UK, True),
    KeyboardState.UK_SCANNER_CAPS: (_UK_ON_US, True),
}


@dataclass(frozen=True)
class Reading:
    """What the scanner may have typed.

    Attributes:
        text: the code.
        state: the disagreement that makes what was seen of it.
    """

    text: str
    state: KeyboardState


def typed(seen: str, state: KeyboardState) -> str | None:
    """What the scanner typed where this was seen; None where the state cannot show it, or two codes show the same."""
    back, turned = _BACK[state]
    keys = [back.get(char, char) for char in seen]
    if None in keys or (turned and not seen.isascii() and any(char.isalpha() for char in seen if not char.isascii())):
        return None
    text = "".join(key for key in keys if key is not None)
    return text.swapcase() if turned else text


def seen(code: str, state: KeyboardState) -> str | None:
    """What such a computer shows of a code; None where it cannot be put back again."""
    back, turned = _BACK[state]
    forth = {was: shown for shown, was in back.items() if was is not None}
    shown = "".join(forth.get(char, char) for char in (code.swapcase() if turned else code))
    return shown if typed(shown, state) == code else None


def readings(text: str) -> Iterator[Reading]:
    """Every other code that the scanner may have typed where this was seen, each once, by the simplest state."""
    known = {text}
    for state in KeyboardState:
        code = typed(text, state)
        if code is not None and code not in known:
            known.add(code)
            yield Reading(code, state)


def tells_the_layout(text: str) -> bool:
    """Whether a text looks otherwise through each wrong layout: seen as it is, it proves the layout right."""
    return any(char in '"@#~' for char in text)


def layout_findings(text: str, shapes: Iterable[str] = (FLUIDX,)) -> tuple[str, ...]:
    """Signs that a code was typed through a wrong keyboard state.

    ``caps lock``: the text has none of the expected shapes, but has one with its case inverted. ``layout``: it has none
    of them and holds a character that swaps between the UK and the US layout. A sign is no proof and changes no text.

    Args:
        text: the code as it came.
        shapes: regular expressions of the codes expected, matched whole.
    """
    known = tuple(re.compile(shape) for shape in shapes)
    if any(shape.fullmatch(text) for shape in known):
        return ()
    inverted = _AIM.sub("", text.swapcase())
    findings = (
        (CAPS_LOCK, any(shape.fullmatch(inverted) for shape in known)),
        (LAYOUT, not _SWAPPED.isdisjoint(text)),
    )
    return tuple(name for name, found in findings if found)
