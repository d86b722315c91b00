"""Eluates: made out of a position, labelled, scanned, and what stands behind each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from gms_desktop import extract_words, volume_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.remaining import Remaining
from gms_desktop.domain.volumes import How, read_volume
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import examination_look_up, extraction_look_up, look_up, rack_look_up, tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import arrive, batches, volume_left
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.examined import volume_body
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

_LEAST = 2


def draft(ledger: Ledger, desk: Desk, here: OpenBatch, row: Row, number: str | None) -> Draft:
    """What came out of a position is in a container of its own."""
    last = f"last:extraction:{here.row['id']}"
    body = {
        "eluate": ledger.identity(),
        "accession": number,
        "batch": here.row["id"],
        "position": row["position"],
        "parents": [{"sort": row["source_sort"], "id": row["source"]}],
        "specimen": row["specimen"],
        "material": here.row["yields"],
        "volume": batches.nominal(here.batch),
        "follows": ledger.driver.holders([last])[last],
        "bench": desk.place.bench,
    }
    return Draft("eluate.made", body, input=desk.told)


def scanned(ledger: Ledger, desk: Desk, number: str, *, typed: bool) -> Outcome:
    """The number of an eluate: its label is on its tube from now on, or it is shown."""
    row = extraction_look_up.eluate_by_number(ledger.db, number)
    labels = look_up.labels_of_number(ledger.db, number)
    if row is None or not labels or labels[0]["state"] == "spoiled":
        return Outcome(words.spoiled_label(number))
    if labels[0]["state"] not in look_up.UNSETTLED:
        desk.extract = replace(desk.extract, eluates=_in_hand(ledger.db, desk.extract.eluates, row))
        return Outcome(extract_words.eluate_known(number, what(ledger.db, row)))
    if typed:
        return Outcome(words.typed_number(number))
    desk.extract = replace(desk.extract, eluates=_in_hand(ledger.db, desk.extract.eluates, row))
    verified = Draft("label.verified", {"label": labels[0]["id"]}, input=desk.told)
    return Outcome(extract_words.on_eluate(number, what(ledger.db, row)), (verified,))


def _in_hand(db: Database, before: tuple[str, ...], row: Row) -> tuple[str, ...]:
    """The eluates in hand with one more: those of another specimen, or of another material, are put down."""
    known = [one for name in before if (one := extraction_look_up.eluate(db, name)) is not None]
    same = [one["id"] for one in known if (one["specimen"], one["material"]) == (row["specimen"], row["material"])]
    return tuple(dict.fromkeys((*(one for one in same if one != row["id"]), row["id"])))


def pooled(ledger: Ledger, desk: Desk) -> Outcome:
    """One eluate out of those in hand, under a number of its own: all its parents stay named."""
    rows = [row for name in desk.extract.eluates if (row := extraction_look_up.eluate(ledger.db, name)) is not None]
    if len(rows) < _LEAST:
        return Outcome(extract_words.pool_of_one())
    number, last = ledger.next_number(desk.place.letter), rows[-1]
    body: Body = {"eluate": ledger.identity(), "accession": number, "batch": None, "position": None, "follows": None}
    body |= {"parents": [{"sort": "eluate", "id": row["id"]} for row in rows], "specimen": last["specimen"]}
    lefts = {row["id"]: volume_left.left(ledger.db, f"eluate:{row['id']}") for row in rows}
    for row in rows:
        if (one := lefts[row["id"]]) is not None and one.ul <= 0:
            return Outcome(volume_words.nothing_left(named(ledger.db, row), one))
    body |= {"material": last["material"], "volume": _together(lefts), "bench": desk.place.bench}
    label = arrive.label_draft(desk.place, last["specimen"], number, 1, None, f"eluate:{body['eluate']}")
    numbers = words.names(tuple(named(ledger.db, row) for row in rows))
    desk.extract = replace(desk.extract, eluates=())
    drafts = (Draft("eluate.made", body, input=desk.told), label)
    pool = f"eluate:{body['eluate']}"
    taken = tuple(_taken(desk, name, left, pool) for name, left in lefts.items() if left is not None)
    return Outcome(extract_words.pooled(number, numbers), (*drafts, *taken), print_labels=(str(label.body["label"]),))


def _together(lefts: dict[str, Remaining | None]) -> dict[str, str] | None:
    """The volume of a pool: all that is left of each, added up; None where one of them is not known."""
    known = [left for left in lefts.values() if left is not None]
    if len(known) < len(lefts):
        return None
    return volume_left.of_ul(sum((left.ul for left in known), Decimal(0)), "calculated")


def _taken(desk: Desk, eluate: str, left: Remaining, pool: str) -> Draft:
    return volume_left.taken(desk, f"eluate:{eluate}", volume_left.of_ul(left.ul, left.how), pool, "pool")


def measured(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """What volume of the eluate in hand was measured: it stands in the place of the nominal one."""
    name = (answer.subject if answer else "") or next(reversed(desk.extract.eluates), "")
    row = extraction_look_up.eluate(ledger.db, name) if name else None
    if row is None:
        return Outcome(extract_words.no_eluate())
    volume = read_volume(dict(answer.fields).get("volume", "")) if answer else None
    number = named(ledger.db, row)
    if volume is None or volume.ml is None:
        asked = Question(
            Command.ELUATE_VOLUME,
            f"What volume of {number} was measured?",
            fields=(("volume", extract_words.VOLUME),),
            confirm="Record it",
            problems=(extract_words.volume_form(),) if answer else (),
            subject=row["id"],
        )
        return Outcome(extract_words.ask_volume(number), question=asked)
    body = {"eluate": row["id"], "volume": volume_body(volume, How.MEASURED), "bench": desk.place.bench}
    return Outcome(extract_words.volume(number, volume.words), (Draft("eluate.measured", body, input=desk.told),))


def what(db: Database, row: Row) -> str:
    """What an eluate is, in words: its material, what it was made of, its batch."""
    parents = extraction_look_up.parents(db, row["id"])
    made_of = words.names(tuple(_number(db, one["sort"], one["parent"]) for one in parents))
    batch = extraction_look_up.batch(db, row["batch"]) if row["batch"] else None
    of_batch = f", batch {batch['number']} {row['position']}" if batch else ""
    return f"{row['material']} of {made_of}{of_batch}"


def named(db: Database, row: Row) -> str:
    """An eluate by its number, or by the tube that it went straight into."""
    if row["accession"]:
        return str(row["accession"])
    tubes = rack_look_up.tubes_of_specimen(db, row["specimen"])
    own = [one["code"] for one in tubes if (one["source_sort"], one["source"]) == ("eluate", row["id"])]
    return f"tube {own[0]}" if own else "an eluate"


def _number(db: Database, sort: str, name: str) -> str:
    if sort == "eluate":
        row = extraction_look_up.eluate(db, name)
        return named(db, row) if row else "an eluate"
    if sort == "piece":
        piece = tissue_look_up.piece(db, name)
        return str(piece["number"]) if piece else "a piece of tissue"
    row = examination_look_up.aliquot(db, name) if sort == "aliquot" else look_up.row(db, "specimen", name)
    return str(row["accession"]) if row else "a specimen"
