"""Rejection and failed QC by specimen type and requestor, each with what it is a share of. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Seen:
    """One specimen of the period: what it is, who asked, and what became of it and of what was measured of it."""

    kind: str
    requestor: str
    rejected: bool
    measured: bool
    judged: bool
    failed: bool
    conceded: bool


@dataclass
class RateCount:
    """One specimen type from one requestor.

    A specimen is judged once a rule said of it that it meets or fails; the share of failed is of these alone.
    """

    received: int = 0
    rejected: int = 0
    measured: int = 0
    judged: int = 0
    failed: int = 0
    conceded: int = 0


def count(specimens: Iterable[Seen]) -> dict[tuple[str, str], RateCount]:
    """Count a period's specimens by type and requestor."""
    rows: dict[tuple[str, str], RateCount] = {}
    for one in specimens:
        row = rows.setdefault((one.kind, one.requestor), RateCount())
        row.received += 1
        row.rejected += one.rejected
        row.measured += one.measured
        row.judged += one.judged
        row.failed += one.failed
        row.conceded += one.conceded
    return rows


def share(part: int, of: int) -> str:
    """A share in per cent to one decimal place, halves rounded up, with its numbers; words where there is nothing."""
    if not of:
        return "none"
    percent = (Decimal(100 * part) / Decimal(of)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{part} of {of}, {percent} %"
