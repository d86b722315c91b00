"""What a bench remembers between scans at an extraction batch, and may forget in a crash."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AtExtract:
    """The work at one batch.

    Attributes:
        batch: the batch that is open here; empty where none is.
        position: the position in hand: chosen on the plan, or the one whose source was scanned.
        scanned: whether its source was scanned: only then its eluate's container may follow.
        specimen: what was scanned before there was a batch: it goes into the first position of the one that begins.
        eluates: eluates that were scanned one after the other, to be pooled; of the last the volume may be stated.
    """

    batch: str = ""
    position: str = ""
    scanned: bool = False
    specimen: str = ""
    eluates: tuple[str, ...] = ()
