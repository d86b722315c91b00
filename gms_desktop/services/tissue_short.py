"""Whether a case has a block that suits its receiver, once somebody assessed it: for the worklist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gms_desktop import tissue_fit_words
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.tissue.assessment import Short
from gms_desktop.journal.database import Database, Row
from gms_desktop.services import tissue_adequacy, tissue_pieces


def of_case(db: Database, case: Row, pieces: Sequence[Row]) -> str:
    """How the block that suits best falls short of the receiver that was chosen; empty where one suits.

    A block of which nothing was cut yet is held against the profile by its assessment alone.
    """
    receiver = tissue_adequacy.receiver_of(db, case)
    if receiver is None or receiver.tissue is None:
        return ""
    found = [(str(block["number"]), _short(db, family, receiver)) for block, family in _blocks(pieces)]
    assessed = [(number, short) for number, short in found if short is not None]
    if not assessed or any(not short for _, short in assessed):
        return ""
    number, short = min(assessed, key=lambda one: len(one[1]))
    ways = [tissue_fit_words.short(one.what, one.there, one.asked) for one in short]
    return tissue_fit_words.case_falls_short(number, receiver.name, ways)


def _blocks(pieces: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Each block that is here, with everything that was cut from it, and all that came cut together."""
    came = [one for one in pieces if tissue_pieces.came_cut(one) and tissue_pieces.piece_of(one).state.may_be_used]
    if came:
        yield came[0], came
    for block in pieces:
        if block["specimen"] and block not in came and tissue_pieces.piece_of(block).state.may_be_used:
            family, names = [block], {block["id"]}
            while more := [one for one in pieces if one["parent"] in names and one["id"] not in names]:
                family, names = [*family, *more], names | {one["id"] for one in more}
            yield block, family


def _short(db: Database, family: Sequence[Row], receiver: Destination) -> tuple[Short, ...] | None:
    """None for a block that nobody assessed; nothing for one that suits, or goes as a pathologist agreed."""
    known = tissue_adequacy.assessments(db, family)
    if not known or receiver.tissue is None:
        return None
    if tissue_adequacy.agreed_of(db, family):
        return ()
    cut = len(family) > 1 or tissue_pieces.came_cut(family[0])
    return tissue_adequacy.shortages(known, family, receiver.tissue, cut=cut)
