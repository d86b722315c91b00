"""Entries about extraction, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import extraction_look_up, look_up
from gms_desktop.register import lots as lot_register


def _number(db: Database, entry: Entry) -> str:
    row = extraction_look_up.batch(db, entry.body["batch"])
    return f"batch {row['number']}" if row and row["number"] else "a batch"


def _begun(_db: Database, entry: Entry) -> str:
    protocol = entry.body["protocol"]
    return f"begin batch {entry.body['number']}: {protocol['words']} ({protocol['version']})"


def _placed(db: Database, entry: Entry) -> str:
    body = entry.body
    what = body["code"] if body["role"] == "specimen" else " ".join(filter(None, (body["role"], body["code"])))
    again = f", again after batch {body['repeats']}" if body["repeats"] else ""
    return f"put {what} into {body['position']} of {_number(db, entry)}{again}"


def _moved(db: Database, entry: Entry) -> str:
    body = entry.body
    row = extraction_look_up.positions(db, body["batch"]).get(body["to"])
    specimen = look_up.row(db, "specimen", body["specimen"]) if body["specimen"] else None
    what = (row or {}).get("code") or (specimen or {}).get("accession") or "what stood there"
    return f"move {what} from {body['position']} to {body['to']} of {_number(db, entry)}"


def _lot(db: Database, entry: Entry) -> str:
    row = lot_register.lot(db, entry.body["lot"])
    return f"use lot {row['number'] if row else 'not known'} ({entry.body['of']}) in {_number(db, entry)}"


def _came_to_nothing(db: Database, entry: Entry) -> str:
    again = ", to be extracted again" if entry.body["again"] else ""
    return f"{entry.body['position']} of {_number(db, entry)} came to nothing: {entry.body['reason']}{again}"


def _taken_out(db: Database, entry: Entry) -> str:
    body = entry.body
    specimen = look_up.row(db, "specimen", body["specimen"]) if body["specimen"] else None
    what = specimen["accession"] if specimen else "what stood there"
    return f"take {what} out of {body['position']} of {_number(db, entry)}: {body['reason']['words']}"


def _dropped(db: Database, entry: Entry) -> str:
    return f"drop {_number(db, entry)} before its start: {entry.body['reason']['words']}"


def _measured(db: Database, entry: Entry) -> str:
    body = entry.body
    over = f", over the limit of {body['most']}: the batch is held" if body["over"] else ""
    return f"blank in {body['position']} of {_number(db, entry)}: {body['value']} {body['unit']}{over}"


def _eluate(db: Database, entry: Entry) -> str:
    body = entry.body
    number = f" as {body['accession']}" if body["accession"] else ""
    if body["batch"] is None:
        return f"pool {len(body['parents'])} eluates{number}"
    return f"scan {body['material']} out of {body['position']} of {_number(db, entry)}{number}"


def _volume(db: Database, entry: Entry) -> str:
    row, said = extraction_look_up.eluate(db, entry.body["eluate"]), entry.body["volume"]
    number = row["accession"] if row and row["accession"] else "an eluate"
    return f"{said['value']} {said['unit']} in {number}, measured"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "extraction.begun": _begun,
    "extraction.placed": _placed,
    "extraction.moved": _moved,
    "extraction.taken_out": _taken_out,
    "extraction.dropped": _dropped,
    "extraction.lot_used": _lot,
    "extraction.started": lambda db, entry: f"start {_number(db, entry)}",
    "extraction.ended": lambda db, entry: f"end {_number(db, entry)}",
    "extraction.failed": _came_to_nothing,
    "extraction.blank_measured": _measured,
    "extraction.released": lambda db, entry: f"release {_number(db, entry)}, which was held",
    "eluate.made": _eluate,
    "eluate.measured": _volume,
}
