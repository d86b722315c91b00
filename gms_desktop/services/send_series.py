"""The codes of a letter, scanned in any order until the signed file is whole: kept in memory, recorded as scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import series_words
from gms_desktop.exchange.consignments import series
from gms_desktop.exchange.consignments.series import Gathered, SeriesDiffers
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

PLACE = "send_away"


def scanned(desk: Desk, text: str) -> Outcome | None:
    """Answer the scan of a code of a series; None for any other code."""
    part = series.part_of(text.strip())
    if part is None:
        return None
    before = desk.series
    try:
        now = series.gather(before, part)
    except SeriesDiffers:
        return Outcome(series_words.foreign(before), place=PLACE) if before else None
    desk.series = now
    if before is not None and part.number in before.parts:
        return Outcome(series_words.again(part.number, now), place=PLACE)
    return Outcome(series_words.whole(now) if not now.awaited else series_words.gathered(now), place=PLACE)


def is_whole(desk: Desk) -> bool:
    """Whether every code of a letter was scanned."""
    return desk.series is not None and not desk.series.awaited


def take(desk: Desk) -> Gathered | None:
    """The series that is whole, once: who asks again finds none."""
    if not is_whole(desk):
        return None
    found, desk.series = desk.series, None
    return found
