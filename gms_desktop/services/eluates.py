"""Eluates: made out of a position, labelled, scanned, and what stands behind each."""

from __future__ import annotations

from gms_desktop import extract_words, words
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, extraction_look_up, look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import batches
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk


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
        return Outcome(extract_words.eluate_known(number, what(ledger.db, row)))
    if typed:
        return Outcome(words.typed_number(number))
    verified = Draft("label.verified", {"label": labels[0]["id"]}, input=desk.told)
    return Outcome(extract_words.on_eluate(number, what(ledger.db, row)), (verified,))


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
    row = examination_look_up.aliquot(db, name) if sort == "aliquot" else look_up.row(db, "specimen", name)
    return str(row["accession"]) if row else "a specimen"
