"""The sorts of labels that a bench prints, by what they are stuck on."""

from __future__ import annotations

from enum import StrEnum


class LabelSort(StrEnum):
    """What a label is for. Which printer prints a sort, and in which layout, is a setting of each bench."""

    TUBE = "tube"
    CRYO = "cryo"
    RACK = "rack"
    PLATE = "plate"
    PLACE = "place"
    BLOCK = "block"
    SLIDE = "slide"
    BAG = "bag"
    BOX = "box"
    BADGE = "badge"
    CARD = "card"


ASKED = "card:"
"""Stands before the command cards that a command is about; alone, it asks which."""


def stuck_on(label: str, subject: str) -> str:
    """What a copy of a label is stuck on: a box of a consignment, one card of a bench, else its subject.

    The copies of one label are counted under this; it may be a part of the subject that the journal knows.

    Args:
        label: the copy's identity; of what holds a patient's material it begins with our number.
        subject: what the journal says that it is stuck on.
    """
    stuck = label.rpartition(".")[0]
    return stuck if ":" in stuck else subject


def known_as(stuck: str) -> str:
    """The subject that the journal knows: of a box its consignment, of a card its bench; else the thing itself."""
    return stuck.rpartition(":")[0] if stuck.startswith(_OF_A_WHOLE) else stuck


_OF_A_WHOLE = ("consignment:", "writer:")

OF_TUBES = frozenset({LabelSort.TUBE, LabelSort.CRYO})
"""Stuck on what holds a patient's material under one of our numbers, and drawn from what is known of it."""

LAYOUTS = {
    LabelSort.TUBE: "tube-25x51",
    LabelSort.CRYO: "cryo-cap-11",
    LabelSort.RACK: "rack-12x76",
    LabelSort.PLATE: "plate-8x64",
    LabelSort.PLACE: "place-12x76",
    LabelSort.BLOCK: "block-8x27",
    LabelSort.SLIDE: "slide-22x22",
    LabelSort.BAG: "bag-50x100",
    LabelSort.BOX: "box-100x150",
    LabelSort.BADGE: "badge-54x86",
    LabelSort.CARD: "command-card-54x86",
}
"""The layout of each sort where the settings name none."""
