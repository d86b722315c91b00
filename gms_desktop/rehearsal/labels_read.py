"""Reads the number from a label as the simulated printer received it: from its pixels, as a scanner would."""

from __future__ import annotations

from gms_desktop.documents.label_pixels import Form, pixels
from gms_desktop.documents.label_reading import decode


def number_on(payload: bytes, dpi: int = 300) -> tuple[str, int]:
    """The number that the label's codes carry, and its copy number.

    Raises:
        ValueError: when no code can be read from it.
    """
    found = decode(pixels(payload, Form.ZPL, dpi))
    if not found:
        raise ValueError("no code can be read from this label")
    text = payload.decode("utf-8", "replace")
    copies = [int(word) for word in _after(text, "copy ")]
    return found[0][1], copies[0] if copies else 1


def _after(text: str, sign: str) -> list[str]:
    parts = text.lower().split(sign)[1:]
    return [digits for part in parts if (digits := "".join(c for c in part[:3] if c.isdigit()))]
