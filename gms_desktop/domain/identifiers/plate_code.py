"""Codes that a plate, an index plate or a pool's tube may have: none with the shape of another thing.

Plates have no shape of their own: each maker and laboratory has its own codes. So it is told what a plate's is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gms_desktop.domain.identifiers.barcode import Kind, Recognised

# A code stands in worklists and sample sheets between commas and semicolons.
_WRITTEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{3,39}")
# Three to six letters and digits are an ODS code, and what many plates have: the shape says nothing.
_SAYS_NOTHING = frozenset({Kind.ODS, Kind.UNKNOWN})
OF_A_TUBE = frozenset({Kind.FLUIDX, Kind.LAB_SAMPLE_ID, Kind.NHS_NUMBER})
"""Shapes that the tube of a pool may have: it may be a FluidX tube, whose ten digits may look like an NHS number."""


def can_be_written(text: str) -> bool:
    """Whether a code can stand in a worklist: letters, digits, hyphen and underline, 4 to 40 of them."""
    return _WRITTEN.fullmatch(text) is not None


def shape_of_another(kinds: Iterable[Recognised], but: frozenset[Kind] = frozenset()) -> Kind | None:
    """What else a code has the shape of; None where its shape is that of nothing else.

    Args:
        kinds: every kind that the code can be.
        but: kinds that are no hindrance.
    """
    found = [one.kind for one in kinds if one.kind not in _SAYS_NOTHING | but]
    # Ten digits are all of these: that they may be a patient's is said first.
    return Kind.NHS_NUMBER if Kind.NHS_NUMBER in found else next(iter(found), None)
