"""Made-up index plates, libraries and pools for the Plates screen."""

from __future__ import annotations

from gms_desktop import indexing_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.plate_views import PlateView
from gms_desktop.services.rack_views import FindingLine, Sign, WellView
from gms_desktop.services.views import Choice, Offer, Question

_WELLS = Shape(8, 12).wells
_ASIDE, _POOL = Offer(Command.PLATE_ASIDE, "Put aside"), Offer(Command.POOL_BEGIN, "New pool")
_BACK = Offer(Command.INDEX_WORK, "Plans and plates")


def _proposed(place: int, well: str) -> WellView:
    if well in {"G12", "H12"}:
        return WellView(well, "control", "NTC", "", Sign.CONTROL)
    if place < 41:
        return WellView(well, "gets an index", f"FD2002{4600 + place}", f"{_WELLS[place + 41]} of IX-000045", Sign.PLUS)
    return WellView(well, "empty", "", "", Sign.RING)


def _in_pool(place: int, well: str) -> WellView:
    if place >= 41:
        return WellView(well, "empty", "", "", Sign.RING)
    name, index = f"PL-000123_{well}", f"UDX{place + 1:04}, {well} of IX-000045"
    if well == "C02":
        return WellView(well, "left out", name, index, Sign.DASHED)
    if well in {"A03", "A04"}:
        return WellView(well, "library, cannot be pooled", name, index, Sign.CROSS)
    return WellView(well, "library", name, index, Sign.DISC)


def _counts(wells: tuple[WellView, ...]) -> tuple[tuple[str, int], ...]:
    every = [one.look for one in wells]
    return tuple((look, every.count(look)) for look in dict.fromkeys(every))


_GIVEN = tuple(_proposed(place, well) for place, well in enumerate(_WELLS))
_POOLED = tuple(_in_pool(place, well) for place, well in enumerate(_WELLS))
PROPOSED = PlateView(
    "Indexes for PL-000123",
    indexing_words.proposed("PL-000123", "IX-000045", 41, same=False),
    plate="PL-000123",
    rows=8,
    columns=12,
    wells=_GIVEN,
    counts=_counts(_GIVEN),
    may_move=True,
    offers=(Offer(Command.INDEX_KEEP, "Keep these indexes", usual=True), _ASIDE, _POOL, _BACK),
    indexes=True,
)
POOLING = PlateView(
    "New pool, 40 libraries",
    indexing_words.into_pool("PL-000123", 41, 41, ["PL-000123_A03 and PL-000123_A04 have the same pair of indexes."]),
    plate="PL-000123",
    rows=8,
    columns=12,
    wells=_POOLED,
    counts=_counts(_POOLED),
    may_move=True,
    lines=(
        FindingLine(
            "Cannot be told apart",
            "PL-000123_A03 and PL-000123_A04 have the same pair of indexes and cannot be told apart. Take one out.",
            VerdictKind.REFUSED,
            ("A03", "A04"),
        ),
        FindingLine("Plate PL-000123", "40 libraries of it.", VerdictKind.FOUND),
    ),
    offers=(_ASIDE, _BACK),
    indexes=True,
)
POOL = PlateView(
    "Pool POOL-0007",
    indexing_words.sheet_written("POOL-0007", "RUN_0042", 40),
    lines=(
        FindingLine("40 libraries", "Told apart with 1 wrong base in each index.", VerdictKind.FOUND),
        FindingLine("Plate PL-000123", "40 libraries of it.", VerdictKind.FOUND),
    ),
    offers=(Offer(Command.POOL_SHEET, "Write the sample sheet"), _ASIDE, _POOL, _BACK),
    indexes=True,
    sheet="POOL-0007_SampleSheet.csv",
)
ASKED = PlateView(
    indexing_words.BEGIN,
    indexing_words.asks_set(96, ["i5 is not said to be written forward."]),
    question=Question(
        Command.INDEX_SET,
        "What is this set called?",
        (
            Choice("forward", "i5 is written forward"),
            Choice("reverse complement", "i5 is written as its reverse complement"),
            Choice("not stated", "Nobody knows: no sample sheet is written"),
        ),
        many=False,
        fields=(("name", "Name of the set"),),
        confirm="Take it in",
        values=(("name", "ud-set-a"),),
    ),
    indexes=True,
)
NOTHING = PlateView(
    indexing_words.BEGIN,
    lines=(
        FindingLine(
            "Index plate IX-000045",
            "Set A, 55 wells free.",
            VerdictKind.FOUND,
            offers=(Offer(Command.INDEX_OPEN, "Open IX-000045"),),
        ),
        FindingLine("Set A", "96 pairs of indexes. i5 is written forward.", VerdictKind.FOUND),
    ),
    offers=(_POOL, _BACK),
    indexes=True,
    takes_file=True,
)


def _index_well(place: int, well: str) -> WellView:
    if place < 41:
        return WellView(well, "used", f"PL-000121_{well}", f"UDX{place + 1:04}", Sign.DISC)
    if place < 82:
        return WellView(well, "given", f"UDX{place + 1:04}", f"goes to {_WELLS[place - 41]} of PL-000123", Sign.PLUS)
    return WellView(well, "free", f"UDX{place + 1:04}", "", Sign.RING)


_CHOOSING = tuple(_index_well(place, well) for place, well in enumerate(_WELLS))
CHOOSING = PlateView(
    "Which well of IX-000045 for A01 of PL-000123?",
    indexing_words.well_chosen("A01", "B06"),
    plate="IX-000045",
    rows=8,
    columns=12,
    wells=_CHOOSING,
    counts=_counts(_CHOOSING),
    marked=("B06",),
    may_move=True,
    offers=(_ASIDE, _BACK),
    indexes=True,
)
