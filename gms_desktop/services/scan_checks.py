"""What is wrong with a scan before it is looked up: bytes that are no text, Caps Lock, a swapped keyboard layout.

A keyboard state is put right where what the scanner typed proves itself by its check character, and refused where it
does not. A scanner on a port sends its bytes as they are: no keyboard stands between.
"""

from __future__ import annotations

from dataclasses import replace

from devices.scanners.layout import CAPS_LOCK, LAYOUT, layout_findings, readings
from devices.values import Entered, Scan
from gms_desktop import words
from gms_desktop.domain.identifiers import barcode, symbology
from gms_desktop.domain.identifiers.gs1 import GROUP_SEPARATOR
from gms_desktop.domain.verdicts import Verdict

SEPARATOR = "group separator"
NO_SIGNS = frozenset({"", "kept", "dropped"})


def put_right(said: Scan) -> Scan:
    """The scan as its scanner typed it, where that is certain; else as it came."""
    if said.keyed is None or said.entered is Entered.TYPED or said.faults or said.repaired:
        return said
    shown = (said.symbology or "") + said.text
    if barcode.proves_itself(shown):
        return said
    proven = [one for one in readings(shown) if barcode.proves_itself(one.text)]
    if len(proven) != 1:
        return said
    [found] = proven
    kind, text = symbology.split(found.text)
    return replace(said, text=text, symbology=kind, repaired=found.state.value)


def separated(said: Scan, sign: str) -> Scan:
    """The scan with its group separators where the scanner types a sign instead, if that makes it whole GS1.

    Args:
        said: the scan, which keeps its bytes as they came.
        sign: what the self-test found in the separator's place; ``kept`` and ``dropped`` are no signs.
    """
    if sign in NO_SIGNS or sign not in said.text or said.entered is Entered.TYPED:
        return said
    text = said.text.replace(sign, GROUP_SEPARATOR)
    parts = barcode.gs1((said.symbology or "") + text)
    proven = parts is not None and bool(parts.gtin or parts.sscc)
    return replace(said, text=text, repaired=said.repaired or SEPARATOR) if proven else said


def unfit(said: Scan) -> Verdict | None:
    """The refusal of a scan that must not be looked up, or None."""
    if LAYOUT in said.faults:
        return words.layout_swap(said.text)
    if said.faults:
        return words.unreadable(said.faults)
    if said.entered is Entered.TYPED or said.keyed is None or said.repaired:
        return None
    found = layout_findings(said.text)
    if LAYOUT in found and not said.keyed.layout_known:
        return words.layout_swap(said.text)
    return words.caps_lock(said.text) if CAPS_LOCK in found else None
