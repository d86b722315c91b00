"""Writes the samples of this release: an entry of every kind, and a whole journal with the digests it folds to.

A released sample is never written again: it is read for ever. Run it for a version that is not released yet:
``python tests/store/make_samples.py``
"""

from __future__ import annotations

import json
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from shift import APP, KEY, Shift
from shift_afterwards import afterwards
from shift_consignments import consignments
from shift_decisions import decisions
from shift_deliveries import deliveries, families
from shift_directory import take_in
from shift_examinations import examinations
from shift_exports import exports
from shift_extraction import extraction, given_up
from shift_holding_racks import holding_racks
from shift_index_plates import index_plates
from shift_layouts import layouts
from shift_left_out import left_out
from shift_lots import lots
from shift_measure import measurements
from shift_nipt import nipt
from shift_people import rights
from shift_plates import discarded, plates
from shift_racks import racks
from shift_storage import storage
from shift_tissue import tissue

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import undoing, versions
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft

FOLDER = Path(__file__).parents[1] / "data" / "journal"


def every_kind(db: Database) -> Shift:
    """A day on which everything that a bench can record happens at least once."""
    day = Shift(db, 7).begin()
    day._deliver()
    day.take_in(3)
    pen = day.ledger.pen()
    patient = day.patient(pen)
    del patient["new"]
    day.act(lambda: [Draft("patient.registered", {"patient": patient}, pen.values)])
    request = day.expect(tubes=2)
    day._open()
    specimen = day.receive(request)
    day.decide(specimen)
    for what in ("sending", "sent", "printed", "dropped", "verified", "spoiled", "put_off"):
        day.label(what, f"{specimen['number']}.1")
    day.receive()
    with db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, day.acts[-1]), day.operator)
    day._forget()
    day._close()
    day.scan()
    day._rules()
    day.erase()
    while not {"role.withdrawn"} <= kinds_of(db):
        day._people()
    day.work(250)
    day.downtime()
    day.forked()
    day.review()
    day.link()
    day.documents()
    deliveries(day)
    families(day)
    afterwards(day)
    rights(day)
    nipt(day)
    take_in(day)
    examinations(day)
    decisions(day)
    lots(day)
    layouts(day)
    placed = racks(day)
    extraction(day)
    given_up(day)
    names = index_plates(day, plates(day))
    left_out(day, names)
    discarded(day, names["plate"])
    holding_racks(day)
    storage(day, placed)
    measurements(day, placed)
    consignments(day, placed)
    tissue(day, placed["specimen"])
    exports(day)
    return day


def kinds_of(db: Database) -> set[str]:
    """Kinds that stand in a journal."""
    return {one.entry.kind for lot in store.since(db) for one in lot}


def line(one: store.Stored) -> str:
    """An entry with its hash and verdict."""
    return as_json({"entry": one.content.decode(), "hash": one.hash.hex(), "verdict": one.verdict})


def as_json(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def write(folder: Path, release: str) -> None:
    """Write the samples of a release."""
    with tempfile.TemporaryDirectory() as place:
        db = open_for_writing(Path(place) / "bench.db", KEY)
        versions.bring_up(db)
        every_kind(db)
        entries = [one for lot in store.since(db) for one in lot]
        private = [[v.commitment, v.salt.hex(), v.value, v.subject] for v in store.every_private(db)]
        digests = Digests(db).as_text()
        db.close()
    put(folder / f"release-{release}.jsonl", "".join(line(one) + "\n" for one in entries))
    put(folder / f"release-{release}.private.jsonl", "".join(as_json(one) + "\n" for one in private))
    put(folder / f"release-{release}.digests.json", json.dumps(digests, indent=1) + "\n")
    samples = {f"{one.entry.kind}.v{one.entry.version}": one.content for one in reversed(entries)}
    for name, content in samples.items():
        (folder / "kinds").mkdir(exist_ok=True)
        (folder / "kinds" / f"{name}.json").write_bytes(content)
    index = folder / "kinds.sha256.json"
    former = json.loads(index.read_text("utf-8")) if index.exists() else {}
    hashes = former | {name: sha256(content).hexdigest() for name, content in samples.items()}
    put(index, json.dumps(hashes, indent=1, sort_keys=True) + "\n")


def put(path: Path, text: str) -> None:
    """Write a file with the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(write(FOLDER, APP))
