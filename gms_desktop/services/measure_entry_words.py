"""Entries about measurements, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop import measure_words
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import reading_look_up
from gms_desktop.services import measure_matching


def _item(db: Database, entry: Entry) -> str:
    item = entry.body["item"]
    if item is None:
        return "a tube that is not known yet"
    found = measure_matching.item_of(db, f"{item['sort']}:{item['id']}")
    return found.code if found else str(item.get("code") or "a tube")


def _imported(_db: Database, entry: Entry) -> str:
    positions = entry.body["positions"]
    return f"run of {entry.body['instrument']}, {positions} position{'s' if positions != 1 else ''}"


def _recorded(db: Database, entry: Entry) -> str:
    cells = [one for one in entry.body["quantities"] if one["says"] != "blank"]
    said = ", ".join(_cell(one) for one in cells[:6])
    return f"measured {_item(db, entry)}: {said or 'nothing'}"


def _cell(one: dict[str, str | None]) -> str:
    value = one["says"] if one["value"] is None else one["value"]
    return f"{one['analyte']} {value} {measure_words.unit(one['unit'] or '')}".strip()


def _judged(_db: Database, entry: Entry) -> str:
    said = [f"{one['of']} {one['word']} (rule {one['rule']} v{one['version']})" for one in entry.body["judgements"]]
    return f"judged: {', '.join(said)}"


def _run(db: Database, entry: Entry) -> str:
    row = reading_look_up.run(db, entry.body["run"])
    return f"run of {row['instrument']}" if row and row["instrument"] else "a run"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "run.imported": _imported,
    "reading.recorded": _recorded,
    "reading.weighed": _recorded,
    "reading.claimed": lambda db, entry: f"reading given to {_item(db, entry)}",
    "reading.judged": _judged,
    "reading.chosen": lambda _db, entry: f"another reading stands for {entry.body['analyte']}",
    "reading.conceded": lambda _db, entry: (
        f"goes on although it fails rule {entry.body['rule']} v{entry.body['version']}"
    ),
    "reading.taken_back": lambda db, entry: f"reading taken back from {_item(db, entry)}: it was never of it",
    "run.held": lambda db, entry: (
        f"{_run(db, entry)} held{f': {measure_words.OUT_OF_RANGE}' if entry.body['failed'] else ' by a person'}"
    ),
    "run.released": lambda db, entry: f"{_run(db, entry)} released",
}
