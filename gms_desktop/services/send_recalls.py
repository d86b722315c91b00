"""What has left and is in dispute: whoever has it is told, and the case is not settled before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gms_desktop import send_words, sharing_words, tissue_correct_words
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    afterwards_look_up,
    consignment_look_up,
    examination_look_up,
    extraction_look_up,
    look_up,
    rack_look_up,
    tissue_look_up,
)
from gms_desktop.services import case_list, send_item, sent_things

_MOST_CORRECTED = 200
_MOST_CANCELLED = 500
DISPUTED, CORRECTED, CANCELLED = "in dispute", "corrected", "cancelled"


@dataclass(frozen=True)
class Recall:
    """One thing that has left, with the consignment that it left in, and since when it is in dispute.

    ``why``: not in dispute, but what was recorded of the tissue when it left was wrong, or nobody wants it any more.
    """

    item: Row
    since: str
    why: str = DISPUTED


def open_recalls(db: Database) -> tuple[Recall, ...]:
    """What has left and is in dispute, was corrected or is wanted no more, and whose receiver was not told since."""
    rows = look_up.case_entries(db)
    since = {row["subject"]: str(row["at"]) for row in reversed(rows)}
    disputed = _of(db, since)
    found = {one.item["id"]: one for one in (*_cancelled(db), *_corrected(db), *disputed)}
    return tuple(sorted(found.values(), key=lambda one: (one.why != DISPUTED, one.since)))


def _corrected(db: Database) -> tuple[Recall, ...]:
    rows = {row["id"]: row for row in tissue_look_up.corrected_and_out(db, _MOST_CORRECTED) if _is_out(row)}
    return tuple(Recall(row, str(row["corrected_at"]), CORRECTED) for row in rows.values())


def _cancelled(db: Database) -> tuple[Recall, ...]:
    rows = afterwards_look_up.cancelled_and_out(db, _MOST_CANCELLED)
    return tuple(Recall(row, str(row["cancelled_at"]), CANCELLED) for row in rows if _is_out(row))


def of_case(db: Database, case: case_list.Case) -> tuple[Recall, ...]:
    """The same of one case."""
    since = {row["subject"]: str(row["at"]) for row in reversed(case.rows)}
    return _of(db, since)


def untold(db: Database, case: case_list.Case) -> str:
    """What of a case has left and whose receiver was not told, in words; empty where nothing is."""
    waiting = words_of(db, of_case(db, case))
    said = (send_words.not_recalled(name, str(one.item["consignment_number"])) for one, name, _ in waiting)
    return " ".join(dict.fromkeys(said))


def _of(db: Database, since: dict[str, str]) -> tuple[Recall, ...]:
    found: dict[str, Recall] = {}
    for subject, at in since.items():
        for item in _made_of(db, subject):
            for row in consignment_look_up.of_item(db, item):
                if _is_out(row) and (row["recall_noted_at"] or "") < at:
                    found.setdefault(row["id"], Recall(row, at))
    return tuple(found.values())


def _is_out(row: Row) -> bool:
    return row["state"] == "packed" and State(row["consignment_state"]) in LEFT


def _made_of(db: Database, subject: str) -> Iterator[str]:
    """A thing itself, and for a specimen what was made of it: all of it may have left."""
    sort, _, name = subject.partition(":")
    if sort not in send_words.SORTS:
        return
    yield name
    if sort == "specimen":
        every = (examination_look_up.aliquots_of, extraction_look_up.eluates_of, rack_look_up.tubes_of_specimen)
        yield from (str(row["id"]) for made in every for row in made(db, name))
        block = tissue_look_up.piece_of_specimen(db, name)
        yield from _cut_from(db, str(block["id"])) if block is not None else ()
    elif sort == "piece":
        yield from _cut_from(db, name)


def _cut_from(db: Database, piece: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    if piece not in seen:
        yield piece
        for row in tissue_look_up.pieces_of(db, piece):
            yield from _cut_from(db, str(row["id"]), seen | {piece})


def disputed_in(db: Database, row: Row) -> list[str]:
    """Things of a closed consignment that came into dispute before it left, each as a sentence."""
    every = consignment_look_up.items(db, row["id"])
    here = {one["item"]: one for one in every}
    subjects = dict.fromkeys(str(one["subject"]) for one in look_up.case_entries(db))
    held = (item for subject in subjects for item in _made_of(db, subject) if item in here)
    return [send_words.disputed(str(here[item]["number"])) for item in dict.fromkeys(held)]


def words_of(db: Database, recalls: Iterable[Recall]) -> Iterator[tuple[Recall, str, str]]:
    """Each with the name of the thing, and whom to ring."""
    for one in recalls:
        thing = sent_things.of_row(db, one.item["sort"], one.item["item"])
        row = consignment_look_up.consignment(db, one.item["consignment"])
        destination = send_item.profile(db, row) if row else None
        name = thing.name if thing else str(one.item["number"])
        said = _SAID[one.why]
        yield one, name, said(name, str(one.item["name"]), destination.telephone if destination else "")


_SAID = {
    DISPUTED: send_words.recall,
    CORRECTED: tissue_correct_words.tell,
    CANCELLED: sharing_words.tell_receiver,
}
