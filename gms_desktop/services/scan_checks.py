"""What is wrong with a scan before it is looked up: bytes that are no text, Caps Lock, a swapped keyboard layout."""

from __future__ import annotations

from devices.scanners.layout import layout_findings
from devices.values import Entered, Scan
from gms_desktop import words
from gms_desktop.domain.identifiers import barcode
from gms_desktop.domain.verdicts import Verdict


def unfit(said: Scan) -> Verdict | None:
    """The refusal of a scan that must not be looked up, or None."""
    if said.faults:
        return words.unreadable(said.faults)
    if said.entered is Entered.TYPED:
        return None
    if barcode.repaired(said.text) is not None:
        return words.caps_lock(said.text)
    found = layout_findings(said.text)
    if "layout" in found:
        return words.layout_swap(said.text)
    return words.caps_lock(said.text) if "caps lock" in found else None
