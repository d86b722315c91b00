"""Every sentence about an extraction batch: why a scan does nothing, what is to be put right, what its blanks say."""

from __future__ import annotations

from gms_desktop.domain.extraction import Refusal, Why
from gms_desktop.domain.extraction_findings import Found, Odd

REFUSED = {
    Why.NO_SUCH_POSITION: "The instrument has no position {about}. Scan one that it has.",
    Why.TAKEN: "The position is taken: {about} stands there. Scan a free position.",
    Why.IN_BATCH: "This specimen stands in {about} of this batch already. Scan another specimen.",
    Why.BEGUN: "Batch {about} has begun. What is to be added goes into another batch.",
    Why.NOT_SO: "This position is {about}. It is eluted when its run has ended, and it is marked once.",
    Why.NO_REASON: "Enter why {about} is repeated.",
    Why.CONTAINER_USED: "This tube holds the eluate of {about} already. Take a new tube.",
    Why.HAS_ELUATE: "Its eluate is {about} already. Scan the next position.",
}
FOUND = {
    Odd.NO_SPECIMEN: "No specimen stands in the batch. Scan the first one into its position.",
    Odd.NO_INSTRUMENT: "The instrument is not named. Scan its label.",
    Odd.TOO_FEW_BLANKS: "The protocol asks for blanks, at least {about}. Scan a position and mark it as blank.",
    Odd.LOT_MISSING: "{about}: no lot is scanned. Scan the box.",
    Odd.LOT_EXPIRED: "Lot {about} is past its last day of use. Put the box aside and scan another lot.",
    Odd.LOT_NOT_RELEASED: "Lot {about} is not released for use. Scan one that is.",
    Odd.LIMIT_NOT_LAID_DOWN: "The laboratory has laid down no limit for blanks, so nothing is said of them.",
    Odd.BLANK_NOT_MEASURED: "The blank in {about} is not measured. Measure it before the batch goes on.",
    Odd.BLANK_OVER: "The blank in {about} is over its limit. The whole batch is held until a person decides.",
}


def refused(one: Refusal) -> str:
    """Why a scan does nothing, and what to do."""
    return REFUSED[one.why].format(about=one.about)


def finding(one: Found) -> str:
    """What is found of a batch, and what to do."""
    return FOUND[one.odd].format(about=one.about)
