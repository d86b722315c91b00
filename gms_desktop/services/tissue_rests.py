"""What rests on what was recorded of tissue: what was sent or packed of it, and the documents that name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gms_desktop import tissue_correct_words
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.tissue.cutting import Why
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, tissue_look_up
from gms_desktop.services import case_documents, tissue_pieces


def on(db: Database, row: Row) -> tuple[str, ...]:
    """What rests on what is known of a piece: of the block that it is of, and of all that was cut from that."""
    return _of(db, tissue_pieces.family(db, row))


def of_case(db: Database, case: Row) -> tuple[str, ...]:
    """What rests on what is known of a case."""
    return _of(db, tissue_look_up.pieces_of_case(db, case["id"]))


def _of(db: Database, rows: Sequence[Row]) -> tuple[str, ...]:
    things = {item: str(row["number"]) for row in rows for item in _items(row)}
    found: dict[str, tuple[Row, list[str]]] = {}
    for item, number in things.items():
        for one in consignment_look_up.of_item(db, item.partition(":")[2]):
            if one["state"] == "packed":
                found.setdefault(one["consignment"], (one, []))[1].append(number)
    said = [_sent(one, numbers) for one, numbers in found.values()]
    documents = _documents(db, things)
    said += [tissue_correct_words.agreed_before(why) for why in _agreed(db, rows)]
    return (*said, *((tissue_correct_words.on_papers(documents),) if documents else ()))


def _agreed(db: Database, rows: Sequence[Row]) -> list[str]:
    """What a pathologist agreed to that was not used up: on what was recorded by then."""
    every = [one for row in rows for one in tissue_look_up.agreements(db, row["id"])]
    return list(
        dict.fromkeys(str(one["permits"]) for one in every if one["permits"] == Why.SHORT or not one["used_at"])
    )


def _items(row: Row) -> tuple[str, ...]:
    """Under what it is sent and printed: a piece that arrived is the specimen that it is, too."""
    return (f"piece:{row['id']}", *((f"specimen:{row['specimen']}",) if row["specimen"] else ()))


def _sent(one: Row, numbers: Sequence[str]) -> str:
    where = "sent" if State(one["consignment_state"]) in LEFT else "packed"
    return tissue_correct_words.sent_in(list(dict.fromkeys(numbers)), one["consignment_number"], where, one["name"])


def _documents(db: Database, things: Iterable[str]) -> int:
    return len({entry.body["document"] for item in things for entry in case_documents.about(db, item)})
