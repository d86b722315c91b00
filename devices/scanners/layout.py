"""What a keyboard set otherwise than the scanner does to a code."""

from __future__ import annotations

import re
from collections.abc import Iterable

CAPS_LOCK = "caps lock"
LAYOUT = "layout"

FLUIDX = r"[A-Z]{2}[0-9]{8}"
"""Two capitals and eight digits, as printed on FluidX tubes and racks."""

_SWAPPED = frozenset('"@#£~¬|\\')
"""Keys that give another character when scanner and PC differ between the UK and the US layout."""


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
    inverted = text.swapcase()
    findings = (
        (CAPS_LOCK, any(shape.fullmatch(inverted) for shape in known)),
        (LAYOUT, not _SWAPPED.isdisjoint(text)),
    )
    return tuple(name for name, found in findings if found)
