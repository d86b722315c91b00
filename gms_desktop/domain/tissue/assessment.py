"""How much tumour a piece holds: one person's exact figure, and what a receiver makes of it. Pure.

The figure is kept as it was given, with who, when and how. Published ranges overlap and differ between laboratories
(20-50 beside 11-20, nhs-domain section 7), so a range is worked out for each receiver from the exact figure and is
never stored in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gms_desktop.domain.tissue.pieces import Piece, Sort

_PERCENTAGE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?")


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person's assessment of a piece.

    Attributes:
        neoplastic: percentage of neoplastic nuclei, exactly as given: of all nuclei in the area that will be used.
        by: who assessed.
        on: the day.
        method: code of how.
        cellularity: code; empty where it was not stated.
        necrosis: percentage of the area; None where it was not stated.
        area_marked: whether the area is ringed on the stained slide.
        macrodissect: whether only that area is to be taken.
        slide: number of the stained slide that was looked at; empty where it was not ours.
        representative: whether the block represents the tumour, as the person says.
    """

    neoplastic: Decimal
    by: str
    on: date
    method: str
    cellularity: str = ""
    necrosis: Decimal | None = None
    area_marked: bool = False
    macrodissect: bool = False
    slide: str = ""
    representative: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A receiver's range: from and up to, both included, in per cent, and its own words for it."""

    words: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Needs:
    """What a receiver asks of tissue.

    Attributes:
        sorts: the pieces that it takes.
        pieces: how many of them; None where it does not say.
        sections: how many sections in each scroll tube; None where it does not say.
        thickness_um: of a section, in micrometres; None where it does not say.
        neoplastic: least percentage of neoplastic nuclei; None where it does not say.
        stained: whether a stained slide with the area marked travels along.
        bands: its ranges; empty where it takes the exact figure.
        source: who says so.
    """

    sorts: frozenset[Sort]
    pieces: int | None = None
    sections: int | None = None
    thickness_um: Decimal | None = None
    neoplastic: Decimal | None = None
    stained: bool = False
    bands: tuple[Band, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Short:
    """One thing in which tissue falls short of what a receiver asks, in words: what is there, what is asked."""

    what: str
    there: str
    asked: str


def percentage(written: str) -> Decimal | None:
    """A percentage as a person writes it, exactly: "62.5", "62,5 %", "5"; None for anything else.

    A range or "less than" is no figure: the exact one is asked.
    """
    found = _PERCENTAGE.fullmatch(written.strip())
    value = Decimal(found[1].replace(",", ".")) if found else None
    return value if value is not None and value <= 100 else None


def band_of(neoplastic: Decimal, bands: Sequence[Band]) -> tuple[Band, ...]:
    """The receiver's ranges that a figure lies in: none, one, or two where its ranges overlap, which is then said."""
    return tuple(one for one in bands if one.least <= neoplastic <= one.most)


def of_each(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The last assessment of each person, of assessments in their order; who is not known is nobody.

    A name is the same however it is spaced or in which case it is written: one person is never two assessors.
    """
    last = {" ".join(one.by.split()).casefold(): one for one in assessments if one.by.strip()}
    return tuple(last.values())


def awaits(assessments: Sequence[Assessment], *, second: bool) -> int:
    """How many more people have to assess before tissue is sent, where a laboratory asks for two."""
    return max(0, 2 - len(of_each(assessments))) if second else 0


def speaks(assessments: Sequence[Assessment]) -> Assessment | None:
    """The assessment that a receiver's limit is held against: the lowest of what each person said last."""
    return min(of_each(assessments), key=lambda one: one.neoplastic, default=None)


def apart(assessments: Sequence[Assessment]) -> Decimal | None:
    """How many percentage points lie between the people who assessed; None for fewer than two."""
    figures = [one.neoplastic for one in of_each(assessments)]
    return max(figures) - min(figures) if len(figures) > 1 else None


def falls_short(assessment: Assessment | None, cut: Sequence[Piece], needs: Needs) -> tuple[Short, ...]:
    """Each thing in which an assessment and the pieces that were cut fall short of what a receiver asks."""
    return (*assessed_short(assessment, needs), *_of_pieces(cut, needs))


def assessed_short(assessment: Assessment | None, needs: Needs) -> tuple[Short, ...]:
    """Each thing in which an assessment alone falls short: what is known before anything is cut."""
    if assessment is None:
        return (Short("neoplastic nuclei", "not assessed", _percent(needs.neoplastic)),) if needs.neoplastic else ()
    found = list[Short]()
    if needs.neoplastic is not None and assessment.neoplastic < needs.neoplastic:
        found.append(Short("neoplastic nuclei", f"{assessment.neoplastic} %", _percent(needs.neoplastic)))
    if needs.stained and not assessment.area_marked:
        found.append(Short("marked area", "no area is marked on a stained slide", "a ringed area"))
    return tuple(found)


def _percent(least: Decimal | None) -> str:
    return f"at least {least} %"


def _of_pieces(cut: Sequence[Piece], needs: Needs) -> tuple[Short, ...]:
    fitting = [one for one in cut if one.sort in needs.sorts and one.state.may_be_used and not one.stain]
    found = list[Short]()
    words = " or ".join(f"{one}s" for one in sorted(needs.sorts, reverse=True))
    if needs.pieces is not None and len(fitting) < needs.pieces:
        found.append(Short(words, f"{len(fitting)}", f"{needs.pieces}"))
    for one in fitting:
        if one.sections is None:
            continue
        if needs.thickness_um is not None and one.sections.thickness_um != needs.thickness_um:
            found.append(Short(f"thickness of {one.number}", one.sections.words, f"{needs.thickness_um} µm"))
        if needs.sections is not None and one.sort is Sort.SCROLLS and one.sections.count < needs.sections:
            found.append(Short(f"sections in {one.number}", str(one.sections.count), str(needs.sections)))
    if needs.stained and not any(one.stain and one.state.may_be_used for one in cut):
        found.append(Short("stained slide", "none", "one that travels along"))
    return tuple(found)


def differ(one: Assessment, other: Assessment, allowed: Decimal | None) -> Decimal | None:
    """By how many percentage points two assessors differ where that is more than a laboratory allows; else None."""
    gap = abs(one.neoplastic - other.neoplastic)
    return gap if allowed is not None and gap > allowed else None
