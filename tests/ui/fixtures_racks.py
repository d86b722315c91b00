"""Made-up racks for the Racks screen: one being filled, one with findings, one without."""

from __future__ import annotations

from gms_desktop import tube_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.rack_views import FindingLine, RackView, Sign, WellView
from gms_desktop.services.views import Choice, Offer, Question

_WELLS = Shape(8, 12).wells
_ODD = {
    "H08": ("foreign", "FD20024999", "Z-K7QM-0091-4", Sign.CROSS),
    "F06": ("swapped", "FD20024647", "Z-K7QM-0047-2", Sign.ARROWS),
    "F07": ("swapped", "FD20024646", "Z-K7QM-0046-5", Sign.ARROWS),
    "C05": ("not read", "", "", Sign.DASHED),
    "G08": ("extra", "FD20024777", "Z-K7QM-0077-8", Sign.PLUS),
}


def _well(place: int, well: str) -> WellView:
    if well in _ODD:
        look, code, holds, sign = _ODD[well]
        return WellView(well, look, code, holds, sign)
    if place < 62:
        return WellView(well, "agrees", f"FD2002{4600 + place}", f"Z-K7QM-{place:04d}-3", Sign.DISC)
    return WellView(well, "without a code", "", "", Sign.NO_CODE)


_READ = tuple(_well(place, well) for place, well in enumerate(_WELLS))


def _counts(wells: tuple[WellView, ...]) -> tuple[tuple[str, int], ...]:
    looks = [one.look for one in wells]
    return tuple((look, looks.count(look)) for look in dict.fromkeys(looks))


_FINDINGS = (
    FindingLine(
        "H08 foreign tube",
        "FD20024999 belongs to rack SA00000018, well B03. Take it out and put it in the review rack.",
        VerdictKind.REFUSED,
        ("H08",),
    ),
    FindingLine(
        "F06 and F07 swapped",
        "FD20024647 and FD20024646 changed places. Put them back and read again, or keep them as read.",
        VerdictKind.REFUSED,
        ("F06", "F07"),
    ),
    FindingLine(
        "C05 not read",
        "FD20024641 is expected here. Scan its side code, or say that the well is empty.",
        VerdictKind.ATTENTION,
        ("C05",),
        (
            Offer(Command.NAME_WELL, "Scan C05 by hand", argument="C05"),
            Offer(Command.WELLS_EMPTY, "C05 is empty", argument="C05"),
        ),
    ),
)
READ = RackView(
    heading="Rack SA00000017",
    verdict=tube_words.read_here("SA00000017", 58, 96, 3),
    rack="SA00000017",
    rows=8,
    columns=12,
    wells=_READ,
    counts=_counts(_READ),
    findings=_FINDINGS,
    purpose=next(iter(tube_words.PURPOSES.values())),
    offers=(
        Offer(Command.SAVE_RACK, "Save the 58 that agree", usual=True),
        Offer(Command.SAVE_AS_READ, "Save as read"),
        Offer(Command.RACK_PURPOSE, "Other purpose"),
        Offer(Command.RACK_ASIDE, "Put aside"),
    ),
)
_FILLED = tuple(
    WellView(well, "tube", f"FD2002{4600 + place}", f"Z-K7QM-{place:04d}-3", Sign.DISC)
    if place < 11
    else WellView(well, "free", "", "", Sign.RING)
    for place, well in enumerate(_WELLS)
)
FILLING = RackView(
    heading="Rack SA00000017",
    verdict=tube_words.source_in_hand("Z-K7QM-0011-6", "DNA", "48.5 µl, measured"),
    rack="SA00000017",
    rows=8,
    columns=12,
    wells=_FILLED,
    counts=_counts(_FILLED),
    source="Z-K7QM-0011-6: scan its tube (48.5 µl, measured left)",
    next_well="D02",
    offers=(Offer(Command.BIND_VOLUME, "How much goes in"), Offer(Command.RACK_ASIDE, "Put aside")),
)
ASKED = RackView(
    heading="Rack SA00000017",
    rack="SA00000017",
    rows=8,
    columns=12,
    wells=_READ,
    counts=_counts(_READ),
    findings=_FINDINGS,
    purpose=next(iter(tube_words.PURPOSES.values())),
    question=Question(
        Command.RACK_PURPOSE,
        "Why is this rack read?",
        tuple(Choice(one.value, words) for one, words in tube_words.PURPOSES.items()),
        many=False,
        confirm="Compare for this",
        chosen=("arriving",),
    ),
)
NEW = RackView(
    heading=tube_words.SCAN_FIRST,
    verdict=tube_words.not_known("SA00000017"),
    offers=(
        Offer(Command.REGISTER_RACK, "Register SA00000017 as a new rack of 96", argument="SA00000017"),
        Offer(Command.RACK_SIZE, "A rack of another size", argument="SA00000017"),
    ),
)
