"""Every sentence about index plates and pools: wells that are used, indexes that cannot be told apart."""

from __future__ import annotations

from gms_desktop.domain.index_plates import Found, Odd, Orientation, Refused
from gms_desktop.exchange.index_plate_file import Problem
from gms_desktop.rack_words import listed

REFUSED = {
    Refused.USED: "{well} of this plate went into {library}. Each well is used once: take the next free one.",
    Refused.NO_SUCH_WELL: "This plate has no index in {well}. Choose a well that has one.",
}
FOUND = {
    Odd.NOT_BASES: "{about}: an index has letters other than A, C, G and T. Check the file.",
    Odd.NO_SUCH_WELL: "{about} is no well of a 96 plate. Check the file.",
    Odd.PAIR_TWICE: "{about} have the same pair of indexes and cannot be told apart. Take one out.",
    Odd.I7_TWICE: "{about} have the same i7 index. Their indexes are not unique on both sides: make sure it is meant.",
    Odd.I5_TWICE: "{about} have the same i5 index. Their indexes are not unique on both sides: make sure it is meant.",
    Odd.TOO_CLOSE: "{about} have indexes too alike to be told apart with the mismatches allowed. Take one out.",
    Odd.LENGTHS_DIFFER: "The indexes are of different lengths. Check that all are of one set.",
    Odd.ORIENTATION_NOT_STATED: "{about}: nobody says which way round i5 is written. Look it up, and enter it.",
    Odd.ORIENTATIONS_DIFFER: "{about} have i5 indexes written both ways round. Import files that write them alike.",
    Odd.SET_TWICE: "{about} are index plates of one set. Make sure that no well was taken from both.",
    Odd.I5_TURNED: "{about}: i5 is the other way round than in a set known here. Check which of them is forward.",
}
WAYS = {
    Orientation.FORWARD: "i5 is written forward",
    Orientation.REVERSE: "i5 is written as its reverse complement",
    Orientation.NOT_STATED: "Nobody knows: no sample sheet is written",
}
FILE = {
    "columns-missing": "The file needs headings for the well, i7 and i5.",
    "well-shape": "Row {row} names no well from A01 to H12.",
    "well-repeated": "Row {row} names a well that an earlier row has.",
    "cell-required": "Row {row} lacks one of its two indexes.",
    "row-too-short": "Row {row} has fewer cells than the headings.",
}


def refused(why: Refused, well: str, library: str) -> str:
    """Why a well is not taken.

    Args:
        why: the reason.
        well: which well.
        library: the library that it went into, where it was used.
    """
    return REFUSED[why].format(well=well, library=library)


def finding(one: Found) -> str:
    """What is odd about a set or a pool, and what to do."""
    return FOUND[one.odd].format(about=listed(one.about) if one.about else "")


def problem(one: Problem) -> str:
    """Why a file is not taken."""
    said = FILE.get(one.why, "Row {row} cannot be read." if one.row else "The file cannot be read as a table.")
    return f"{said.format(row=one.row)} Nothing of the file is taken."
