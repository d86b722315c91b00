"""Made-up storage for the Storage screen: a box being filled, a freezer out of order, the disposal list."""

from __future__ import annotations

from gms_desktop import stored_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.rack_views import Sign, WellView
from gms_desktop.services.storage_view import StorageView, StoredLine
from gms_desktop.services.views import Choice, Offer, Question

_BOX = "Room 4 Cold store, Freezer A, Shelf 2, Box 12"
_WELLS = Shape(9, 9).wells
_ASIDE = Offer(Command.PLACE_ASIDE, "Put aside")


def _position(place: int, well: str) -> WellView:
    if place < 31 and place not in (12, 13):
        return WellView(well, "taken", f"ZK7Q{place:04d}3", "", Sign.DISC)
    return WellView(well, "free", "", "", Sign.RING)


_OUT = (
    StoredLine("Tube FD20024619", "R. Okafor, Work in the laboratory, back by 25-Nov-2026"),
    StoredLine("ZK7Q00123", "M. Silva, To be looked at, back by 22-Nov-2026"),
)
BOX = StorageView(
    has_label=True,
    heading="Box 12",
    verdict=stored_words.put_away("ZK7Q00303", "D04", _BOX, "A01 of Room 4 Cold store, Freezer B, Box 3"),
    path=f"{_BOX}   L/ZK7Q00518",
    rows=9,
    columns=9,
    positions=tuple(_position(place, well) for place, well in enumerate(_WELLS)),
    next_position="D02",
    list_title="Out of storage",
    listed=_OUT,
    offers=(Offer(Command.TAKE_OUT, "Take out Box 12"), _ASIDE),
)
FREEZER = StorageView(
    heading="Freezer A",
    verdict=stored_words.stopped("Freezer A", 2),
    path="Room 4 Cold store, Freezer A   L/ZK7Q00512   Freezer A is out of order",
    here_title="In Freezer A",
    here=(
        StoredLine("Shelf 1", "Shelf, L/ZK7Q00513, 1 box in it"),
        StoredLine("Shelf 2", "Shelf, L/ZK7Q00514, 1 box in it"),
        StoredLine("Rack SA00000017", "FluidX rack"),
    ),
    list_title="Out of storage",
    listed=_OUT,
    offers=(
        Offer(Command.PLACE_RESTORED, "In use again"),
        Offer(Command.REGISTER_PLACE, "New place in Freezer A"),
        _ASIDE,
    ),
)
ASKED = StorageView(
    heading="Storage",
    in_hand=f"Tube FD20024619: B03 of {_BOX}",
    here_title="Rooms",
    here=(StoredLine("Room 4 Cold store", "Room, L/ZK7Q00511, 14 boxes in it"),),
    list_title="Out of storage",
    listed=_OUT,
    question=Question(
        Command.TAKE_OUT,
        "What is Tube FD20024619 taken out for?",
        (
            Choice("work", "Work in the laboratory"),
            Choice("check", "To be looked at"),
            Choice("lent", "Lent to another laboratory"),
            Choice("+kept frozen", stored_words.KEPT_FROZEN),
        ),
        many=True,
        fields=(("due", stored_words.BACK_BY),),
        confirm="Take it out",
    ),
)
DISPOSAL = StorageView(
    heading="Disposal list",
    verdict=stored_words.proposed(2, 311),
    in_hand=f"ZK7Q00123: A01 of {_BOX}",
    here_title="Rooms",
    here=(StoredLine("OUT OF ORDER: Freezer A", "Freezer, L/ZK7Q00512, 2 boxes in it", VerdictKind.ATTENTION),),
    list_title="May be discarded",
    listed=(
        StoredLine("ZK7Q00123", f"A01 of {_BOX}, here since 03-Mar-2021"),
        StoredLine("ZK7Q00124", f"B01 of {_BOX}, here since 04-Mar-2021"),
    ),
    offers=(Offer(Command.DISCARD, "Discard ZK7Q00123", usual=True), _ASIDE),
)
