"""Made-up batches for the Extract screen: none open, one being filled, one whose eluates are scanned out and held."""

from __future__ import annotations

from gms_desktop import extract_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.extract_view import ExtractView
from gms_desktop.services.rack_views import Sign, WellView
from gms_desktop.services.views import Choice, Offer, Question, WorkItem, WorkList

_WELLS = Shape(8, 12).wells
_BATCH = "Z-K7QM-0102-4"


def _item(number: str, detail: str) -> WorkItem:
    return WorkItem(number, detail, VerdictKind.ATTENTION, "find", number)


_WAITING = (
    WorkList(
        "DNA from blood",
        (
            _item("URGENT  Z-K7QM-0011-6  SAMPLE, Ada", "EDTA blood"),
            _item("Z-K7QM-0013-4  EXAMPLE, Ben", "EDTA blood"),
            _item("Z-K7QM-0014-2  SPECIMEN, Cleo", "Bone marrow aspirate"),
        ),
        "",
        14,
    ),
    WorkList("cfDNA from plasma", (_item("Z-K7QM-0017-7  TEST, Dan", "Blood in ctDNA tube"),), "", 1),
)
_OPEN = WorkList(
    extract_words.BATCHES,
    (
        WorkItem(f"{_BATCH}  DNA from blood", "held: a blank is over its limit", VerdictKind.REFUSED, "extract", "b1"),
        WorkItem("Z-K7QM-0110-9  RNA from blood", "runs", VerdictKind.ATTENTION, "extract", "b2"),
    ),
    extract_words.NO_BATCH,
    2,
)
NONE = ExtractView(
    extract_words.SCAN_FIRST,
    worklists=(_OPEN, *_WAITING),
    offers=(Offer(Command.BEGIN_BATCH, "Begin a batch", usual=True),),
)


def _filled(place: int, well: str) -> WellView:
    if place < 21:
        return WellView(well, "placed", f"Z-K7QM-{place:04d}-3", "", Sign.DISC)
    return WellView(well, "blank", "blank", "", Sign.PLUS) if place == 21 else WellView(well, "free", "", "", Sign.RING)


_ABOUT = (
    ("Protocol", "DNA from blood (EXAMPLE-1)"),
    ("Instrument", "Robot 1"),
    ("Lots", "Extraction kit 12AB"),
    ("Input", "200 µl"),
    ("Elution", "not laid down"),
)
FILLING = ExtractView(
    f"Batch {_BATCH}, DNA from blood",
    extract_words.placed("Z-K7QM-0020-3", "E03", "G03", ""),
    number=_BATCH,
    state="being filled",
    rows=8,
    columns=12,
    positions=tuple(_filled(place, well) for place, well in enumerate(_WELLS)),
    in_hand="G03",
    next_words="Next: G03. Scan its specimen",
    facts=(("State", "being filled"), *_ABOUT),
    worklists=_WAITING[:1],
    offers=(
        Offer(Command.START_BATCH, "Start the batch", usual=True),
        Offer(Command.PLACE_BLANK, "Blank here"),
        Offer(Command.PLACE_CONTROL, "Control here"),
        Offer(Command.TAKE_OUT_OF_BATCH, "Take E03 out", argument="E03"),
        Offer(Command.DROP_BATCH, "Drop the batch"),
        Offer(Command.BATCH_ASIDE, "Put aside"),
    ),
)


def _out(place: int, well: str) -> WellView:
    if place == 4:
        return WellView(well, "came to nothing", f"Z-K7QM-{place:04d}-3", "Clotted or blocked", Sign.CROSS)
    if place < 9:
        return WellView(well, "scanned out", f"Z-K7QM-{place:04d}-3", "", Sign.DISC)
    if place < 21:
        return WellView(well, "to scan out", f"Z-K7QM-{place:04d}-3", "", Sign.ARROWS)
    if place == 21:
        return WellView(well, "blank", "blank", "0.4 ng/µl", Sign.PLUS)
    return WellView(well, "free", "", "", Sign.RING)


OUT = ExtractView(
    f"Batch {_BATCH}, DNA from blood",
    extract_words.eluate_next("B02", "Z-K7QM-0009-3", held=True),
    number=_BATCH,
    state="ended, held by a blank over its limit",
    rows=8,
    columns=12,
    positions=tuple(_out(place, well) for place, well in enumerate(_WELLS)),
    in_hand="B02",
    next_words="B02, Z-K7QM-0009-3: print its label, the batch is held",
    facts=(("State", "ended, held by a blank over its limit"), *_ABOUT),
    offers=(
        Offer(Command.ELUATE_LABEL, "Print its label", usual=True),
        Offer(Command.POSITION_FAILED, "B02 came to nothing", argument="B02"),
        Offer(Command.RELEASE_BATCH, "Release the batch"),
        Offer(Command.BATCH_ASIDE, "Put aside"),
    ),
)
ASKED = ExtractView(
    extract_words.SCAN_FIRST,
    extract_words.to_begin("Z-K7QM-0011-6"),
    offers=(Offer(Command.BEGIN_BATCH, "Begin a batch", usual=True),),
    question=Question(
        Command.BEGIN_BATCH,
        extract_words.PROTOCOL,
        (
            Choice("dna-blood", "DNA from blood (EXAMPLE-1)"),
            Choice("rna-blood", "RNA from blood (EXAMPLE-1)"),
            Choice("cfdna-plasma", "cfDNA from plasma (EXAMPLE-1)"),
        ),
        many=False,
        fields=(("instrument", extract_words.INSTRUMENT), ("input", extract_words.INPUT)),
        confirm="Begin the batch",
        values=(("instrument", "Robot 1"), ("input", "200 µl")),
        chosen=("dna-blood",),
    ),
)
