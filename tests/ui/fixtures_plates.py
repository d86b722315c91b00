"""Made-up plates for the Plates screen: a plan that breaks a rule, one that waits for its rack, nothing planned."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import discard_words, plating_words, storage_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.disposal import Route
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.plate_views import PlateView
from gms_desktop.services.rack_views import FindingLine, Sign, WellView
from gms_desktop.services.views import Choice, Offer, Question

_WELLS = Shape(8, 12).wells


def _well(place: int, well: str) -> WellView:
    if well in {"G12", "H12"}:
        return WellView(well, "control", "NTC", "lot N-7", Sign.CONTROL)
    if well in {"C02", "D02"}:
        return WellView(well, "buffer", "lot B-0001", "", Sign.BUFFER)
    if place < 41:
        broken = well in {"A03", "A04"}
        sign, look = (Sign.CROSS, "tube, breaks a rule") if broken else (Sign.DISC, "tube")
        return WellView(well, look, f"FD2002{4600 + place}", f"Z-K7QM-{place:04d}-3", sign)
    return WellView(well, "empty", "", "", Sign.RING)


_PLATE = tuple(_well(place, well) for place, well in enumerate(_WELLS))
_SOUND = tuple(
    WellView(one.well, "tube", one.code, one.holds, Sign.DISC) if one.sign is Sign.CROSS else one for one in _PLATE
)


def _counts(wells: tuple[WellView, ...]) -> tuple[tuple[str, int], ...]:
    looks = [one.look for one in wells]
    return tuple((look, looks.count(look)) for look in dict.fromkeys(looks))


_CHANGES = (
    Offer(Command.PLATE_NEXT, "Next plate"),
    Offer(Command.PLATE_TYPE, "Rack type"),
    Offer(Command.PLATE_CONTROL, "Control"),
    Offer(Command.PLATE_BUFFER, "Buffer: B-0001"),
    Offer(Command.PLATE_ASIDE, "Put aside"),
)
_BROKEN = "Plate 1, A03 and A04: FD20024616 and FD20024624 are related and stand too close: in one row."
PLAN = PlateView(
    heading="Plan, plate 1 of 2",
    verdict=plating_words.moved("FD20024624", "A04", [_BROKEN]),
    plate="plate 1",
    rows=8,
    columns=12,
    wells=_PLATE,
    counts=_counts(_PLATE),
    lines=(
        FindingLine("Breaks a rule", _BROKEN, VerdictKind.REFUSED, ("A03", "A04")),
        FindingLine(
            "FD20024777 left out",
            "FD20024777: It waits for its proband tube, which is not here. Plan it when that has come.",
            VerdictKind.ATTENTION,
        ),
    ),
    rules="Rules: plating-national, 2024-11-13",
    may_move=True,
    offers=_CHANGES,
)
PLANNED = PlateView(
    heading="Plate 1, planned",
    verdict=plating_words.kept(2),
    plate="plate 1",
    rows=8,
    columns=12,
    wells=_SOUND,
    counts=_counts(_SOUND),
    lines=(
        FindingLine(
            "Rack SA00000017",
            "Rack SA00000017 was not read since the plan. Read it before the plate gets its code.",
            VerdictKind.ATTENTION,
            offers=(Offer(Command.PLATE_RESCAN, "Read SA00000017 again"),),
        ),
    ),
    rules="National plating rules are off",
    offers=(Offer(Command.PLATE_DROP, "Drop the plan"), Offer(Command.PLATE_ASIDE, "Put aside")),
)
_HELD = tuple(
    replace(one, holds=f"{one.holds}, from {one.well} of SA00000017")
    if one.sign is Sign.DISC
    else WellView(one.well, "empty", "", "", Sign.RING)
    for one in _SOUND
)
HOLDING = PlateView(
    heading="Holding rack 1, planned",
    verdict=plating_words.move_now(1),
    plate="holding rack 1",
    rows=8,
    columns=12,
    wells=_HELD,
    counts=_counts(_HELD),
    lines=(FindingLine("Move the tubes", plating_words.move_now(1).sentence, VerdictKind.FOUND),),
    rules=plating_words.NO_RULES_FOR_HOLDING,
    offers=(Offer(Command.PLATE_DROP, "Drop the plan"), Offer(Command.PLATE_ASIDE, "Put aside")),
)
ASKED = PlateView(
    heading="Plate PL-000123",
    has_label=True,
    plate="PL-000123",
    rows=8,
    columns=12,
    wells=_SOUND,
    counts=_counts(_SOUND),
    rules="National plating rules are off",
    question=Question(
        Command.PLATE_WORKLISTS,
        "How much goes into each well of PL-000123?",
        fields=(("volume", "Volume, µL"),),
        confirm="Write the worklists",
    ),
)
MADE = replace(
    ASKED,
    question=None,
    offers=(
        Offer(Command.PLATE_WORKLISTS, "Write worklists and map", usual=True),
        Offer(Command.INDEX_WORK, "Indexes"),
        Offer(Command.PLATE_ASIDE, "Put aside"),
    ),
)
_STOPPED = "FD20024601: its specimen may not be tested. Consent for testing withdrawn."
_CROSSED = {"B01": "tube, may not be used", "C01": plating_words.WELL_LEFT_OUT, "D01": plating_words.WELL_LEFT_OUT}
_WITH_STOPPED = tuple(
    replace(one, look=_CROSSED[one.well], sign=Sign.CROSS) if one.well in _CROSSED else one for one in _SOUND
)
STOPPED = replace(
    MADE,
    verdict=plating_words.may_not_be_used("PL-000123", "B01", _STOPPED, 1),
    wells=_WITH_STOPPED,
    counts=_counts(_WITH_STOPPED),
    lines=(FindingLine(plating_words.MAY_NOT_BE_USED, f"B01: {_STOPPED}", VerdictKind.REFUSED, ("B01",)),),
    offers=(
        Offer(Command.PLATE_WORKLISTS, "Write worklists and map", usual=True),
        Offer(Command.LEAVE_OUT, "Leave wells out"),
        Offer(Command.PLATE_DILUTE, "Dilute to one concentration"),
        Offer(Command.INDEX_WORK, "Indexes"),
        Offer(Command.PLATE_DISCARD, "Discard the plate"),
        Offer(Command.PLATE_ASIDE, "Put aside"),
    ),
)
LEAVING_OUT = replace(
    STOPPED,
    verdict=plating_words.asks_left_out(),
    offers=(),
    question=Question(
        Command.LEAVE_OUT,
        "Which wells of PL-000123 are left out?",
        (
            Choice("B01", f"B01: {_STOPPED}"),
            Choice("C01", f"C01: {plating_words.IS_LEFT_OUT}"),
            Choice("D01", f"D01: {plating_words.IS_LEFT_OUT}"),
        ),
        fields=(("why", plating_words.WHY_LEFT_OUT),),
        confirm="Leave these out",
        chosen=("B01", "C01", "D01"),
    ),
)
DISCARDING = replace(
    MADE,
    verdict=discard_words.asks("PL-000123"),
    offers=(),
    question=Question(
        Command.PLATE_DISCARD,
        discard_words.title("PL-000123"),
        (
            Choice("laboratory", "Went wrong in the laboratory"),
            Choice("spoiled", "Spoiled in storage"),
            *(Choice(one.value, storage_words.ROUTES[one]) for one in Route),
        ),
        many=True,
        confirm="Discard the plate",
    ),
)
NOTHING = PlateView(
    heading=plating_words.SCAN_FIRST,
    lines=(
        FindingLine(
            "Plate 1 is planned",
            "Its source racks are read once more before it gets its code.",
            VerdictKind.ATTENTION,
            offers=(Offer(Command.PLATE_OPEN, "Open plate 1"),),
        ),
    ),
)
