"""Entries about a specimen as it was found, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up
from gms_desktop.services import specimen_lists


def _number(db: Database, specimen: str) -> str:
    row = look_up.row(db, "specimen", specimen)
    return str(row["accession"]) if row else "a specimen"


def _whose(db: Database, entry: Entry) -> str:
    return _number(db, entry.body["specimen"]) if entry.body["specimen"] else "a patient"


def _examined(db: Database, entry: Entry) -> str:
    body = entry.body
    return f"look at {_number(db, body['specimen'])}: {', '.join(_seen(db, body)) or 'noted'}"


def _seen(db: Database, body: dict[str, object]) -> list[str]:
    said: list[str] = []
    condition, volume, cells = body["condition"], body["volume"], body["cells"]
    if isinstance(condition, list):
        listed = specimen_lists.types(db)
        said += [listed.condition_words(code).lower() for code in condition] or ["nothing seen"]
    if isinstance(volume, dict):
        said.append(f"{volume['value']} {volume['unit']} {volume['how']}")
    if body["type_found"]:
        said.append(f"{body['type_found']}, expected {body['type_expected']}")
    if isinstance(cells, dict):
        said.append(f"white cells {cells['value'] or cells['state']}")
    said += [name for name in ("cytology", "papers", "history") if body[name]]
    return said


def _spun(db: Database, entry: Entry) -> str:
    spins = len(entry.body["spins"])
    said = f"{spins} spin{'s' if spins != 1 else ''}"
    return f"spin {_number(db, entry.body['specimen'])}, {entry.body['programme']}, {said}"


def _aliquot(db: Database, entry: Entry) -> str:
    body = entry.body
    return f"{body['material']} {body['accession']} from {_number(db, body['specimen'])}"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "specimen.examined": _examined,
    "specimen.step_done": lambda db, entry: f"{_number(db, entry.body['specimen'])}: {entry.body['step']}, done",
    "risk.stated": lambda db, entry: f"infection risk of {_whose(db, entry)}: {entry.body['risk']}",
    "risk.released": lambda db, entry: f"hazard sign taken off {_whose(db, entry)}",
    "separation.spun": _spun,
    "aliquot.made": _aliquot,
}
