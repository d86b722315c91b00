"""Entries about FluidX tubes and racks, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up, rack_look_up


def tube_code(db: Database, tube: str) -> str:
    """The code of a tube, as words name it."""
    row = rack_look_up.tube(db, tube)
    return str(row["code"]) if row and row["code"] else "a tube"


def rack_code(db: Database, rack: str | None) -> str:
    """The code of a rack, as words name it."""
    row = rack_look_up.rack(db, rack) if rack else None
    return str(row["code"]) if row and row["code"] else "a rack"


def _bound(db: Database, entry: Entry) -> str:
    specimen = look_up.row(db, "specimen", entry.body["specimen"])
    volume = entry.body["volume"]
    much = f", {volume['value']} {volume['unit']} ({volume['how']})" if volume else ""
    return f"DNA of {specimen['accession'] if specimen else 'a specimen'} into tube {entry.body['code']}{much}"


def _moved(db: Database, entry: Entry) -> str:
    body = entry.body
    code = tube_code(db, body["tube"])
    if body["rack"] is None:
        return f"take tube {code} out of rack {rack_code(db, body['former'])}"
    return f"put tube {code} into {body['well']} of rack {rack_code(db, body['rack'])}"


def _read(db: Database, entry: Entry) -> str:
    tubes = sum(1 for _, said in entry.body["reading"]["wells"] if said not in {"no read", "empty", "not said"})
    return f"read rack {rack_code(db, entry.body['rack'])}: {tubes} tube{'s' if tubes != 1 else ''}"


def _settled(db: Database, entry: Entry) -> str:
    wells = sum(1 for one in entry.body["wells"] if one["well"])
    return f"save {wells} well{'s' if wells != 1 else ''} of rack {rack_code(db, entry.body['rack'])}"


def _volume(db: Database, entry: Entry) -> str:
    said = entry.body["volume"]
    return f"{said['value']} {said['unit']} in tube {tube_code(db, entry.body['tube'])}, {said['how']}"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "tube.bound": _bound,
    "tube.bind_released": lambda _db, entry: f"free the code of tube {entry.body['code']}, bound by mistake",
    "tube.moved": _moved,
    "tube.volume_stated": _volume,
    "rack.registered": lambda _db, entry: f"new rack {entry.body['code']}",
    "rack.read": _read,
    "rack.settled": _settled,
}
