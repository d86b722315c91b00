"""What is said of labels of plates and places, which are files to print at their true size."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

PLATE_FIRST = "A plate has a label once it has its code. Open a plate that was made."
PLACE_FIRST = "Scan or choose the place whose label is wanted first."


def written() -> Verdict:
    """The label is on disk."""
    said = "Print it at 100 % on a label of its size, then scan it once where it stands."
    return Verdict(VerdictKind.FINISHED, "Label written", said)
