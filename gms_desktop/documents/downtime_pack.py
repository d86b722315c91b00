"""A downtime pack: what is printed before an outage, so that work goes on with paper and loses nothing.

Three kinds of sheet on A4: a control sheet on which every number is ticked off; sheets of labels, three of each number
(tube, request, log book); and a paper form for each number. All of them carry the number as Data Matrix, Code 128 and
text, and are read back from their pixels before the pack is released.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gms_desktop.documents.label import LabelRefused

if TYPE_CHECKING:
    from PIL import Image

REHEARSAL = "REHEARSAL: made-up patients, not for use"
LABELS_FOR = ("for the tube", "for the request", "for the log book")
TITLE = "Downtime pack"
FORM_TITLE = "Downtime form: one for each tube"
CONTROL = "Control sheet"
HOW = (
    "1. A tube arrives: take the next form and its three labels. Label tube, request and log book.",
    "2. Fill the form in at once: who you are, when the tube really arrived, what the tube says, the outcome.",
    "3. A number stands for one tube, for ever. Two tubes have two numbers.",
    "4. A label or form that cannot be used is kept, and its number ticked as spoiled below.",
    "5. When the systems are back: scan the number at the bench, enter the form, put the new label on the tube.",
    "6. At the end every number is accounted for: used, spoiled, not used or missing. Keep this sheet with the forms.",
)
CONTROL_COLUMNS = ("Number", "used", "spoiled", "not used", "Initials")
# A place to tick, of signs that every face has.
_BOX = "[___]"
# Each line of a form: the name of every box with its share of the line's width.
FORM_LINES: tuple[tuple[tuple[str, float], ...], ...] = (
    (("Really arrived: day", 3), ("Time", 2), ("Received by (name in capitals)", 5)),
    (("Surname", 4), ("Forename", 3), ("Date of birth", 3)),
    (("NHS number", 4), ("Hospital number, and whose", 3), ("Sender's number on the tube", 3)),
    (("Sender (hospital, ODS code)", 4), ("Requestor", 3), ("Ward or clinic", 3)),
    (("Specimen type", 4), ("Tube number ___ of ___", 2), ("Collected: day, time", 4)),
    (
        (f"{_BOX} Accepted: tube and request agree", 3),
        (f"{_BOX} On hold", 1.5),
        (f"{_BOX} Rejected", 1.5),
        ("Tick one of the three. Why held or rejected:", 4),
    ),
    (("Signature of who compared", 5), ("Day, time", 2), ("Seen by a second person (signature)", 4)),
    (("Entered at the bench by, day, time", 4), ("Our number", 3), ("Entry checked against this form (signature)", 4)),
)


class PackUnreadable(LabelRefused):
    """A code of the pack that, decoded from the pixels of its own page, is not exactly its number."""


@dataclass(frozen=True)
class Pack:
    """What a pack is printed from; times are the laboratory's, in words.

    Attributes:
        laboratory: its name.
        name: the set of numbers it is from, as the laboratory named it.
        made: when, at which bench and by whom it was made.
        numbers: every downtime number, in order.
        rehearsal: the pack is made in a rehearsal and says so on every label and sheet.
    """

    laboratory: str
    name: str
    made: str
    numbers: tuple[str, ...]
    rehearsal: bool = False


@dataclass(frozen=True)
class Spot:
    """Where on a page a number's codes stand, in dots from the page's top left corner."""

    page: int
    left: int
    top: int
    right: int
    bottom: int
    number: str


@dataclass(frozen=True)
class PackProof:
    """A pack that may be released: the bytes that were read back, its pages, and how many pairs of codes were read."""

    payload: bytes
    pages: int
    read: int


def prove_pack(pack: Pack) -> PackProof:
    """Make the pack and read every code of it back from the pixels of its pages.

    Raises:
        PackUnreadable: a place of the pack does not show exactly one Data Matrix and one Code 128 of its number.
    """
    from gms_desktop.documents.downtime_pack_pdf import pack_pdf

    payload, spots, pages = pack_pdf(pack)
    read_back(payload, spots)
    return PackProof(payload, pages, len(spots))


def read_back(payload: bytes, spots: Sequence[Spot]) -> None:
    """Look for exactly the codes of its number in every place of a pack.

    Raises:
        PackUnreadable: a place shows anything else.
    """
    from gms_desktop.documents.downtime_pack_pdf import DPI
    from gms_desktop.documents.label_pixels import rasters

    for place, picture in enumerate(rasters(payload, DPI), start=1):
        for spot in spots:
            if spot.page == place:
                _check(spot, picture.crop((spot.left, spot.top, spot.right, spot.bottom)))


def _check(spot: Spot, picture: Image.Image) -> None:
    from gms_desktop.documents.label_reading import WANTED, decode

    found = decode(picture)
    if found != tuple((name, spot.number) for name in WANTED.values()):
        read = ", ".join(f"{name} {text}" for name, text in found) or "no code at all"
        raise PackUnreadable(
            f"The pack was not made: {spot.number} on page {spot.page} reads back as {read}. No number was used up."
        )
