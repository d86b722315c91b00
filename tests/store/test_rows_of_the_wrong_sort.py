"""What a broken or hostile application records: it freezes the subjects it names, the same ones at every bench."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shift import digests_of

from gms_desktop.journal import kinds
from gms_desktop.journal.database import Database, Statement
from gms_desktop.journal.entry import Entry, Premises, from_bytes
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.register.driver import Arrived, Driver, load_rows
from gms_desktop.register.rows import derived, row_hash

KINDS = Path(__file__).parents[1] / "data" / "journal" / "kinds"
SAMPLES = {path.stem: from_bytes(path.read_bytes()) for path in sorted(KINDS.glob("*.json"))}
WRONG: list[Any] = [7, True, ["x"], {"x": "y"}, "x" * 3_000]


def recorded(kind: str, body: dict[str, Any], *touches: str, seq: int = 1) -> Entry:
    whole = dict.fromkeys(kinds.newest(kind).fields) | body
    at = "2026-03-02T08:00:00.000000Z"
    return Entry("other", seq, "lab1", at, "0.9", kind, 1, f"other/{seq}", whole, Premises(touches))


def fold(db: Database, *entries: Entry) -> None:
    with db.write():
        Driver(db).fold([Arrived(10_000 + n, entry) for n, entry in enumerate(entries)])


def frozen(db: Database, *subjects: str) -> set[str]:
    return set(load_rows(db, "frozen", list(subjects)))


def from_the_rows(db: Database) -> dict[str, str]:
    """The digest of each table as its rows read back give it."""
    found = {}
    for table in derived.sorted_tables:
        total = sum(row_hash(table.name, row) for row in db.all(Statement(table.select())))
        if total:
            found[table.name] = f"{total % 2**128:032x}"
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_whatever_stands_in_a_body_both_engines_fold_it_to_the_same_rows(
    name: str, bench_file: Database, postgres: str
) -> None:
    sample = SAMPLES[name]
    broken = [
        replace(sample, writer="other", seq=10 * place + many, body=sample.body | {field: wrong})
        for place, field in enumerate(sorted(sample.body), 1)
        for many, wrong in enumerate(WRONG)
    ]
    hub = open_postgres(postgres)
    for db in (bench_file, hub):
        # One by one and at once: what is in memory already makes no difference.
        for entry in broken[::2]:
            fold(db, entry)
        fold(db, *broken[1::2])
    assert digests_of(hub) == digests_of(bench_file) == from_the_rows(bench_file) == from_the_rows(hub)
    hub.close()


def test_a_number_where_a_text_belongs_freezes_what_the_entry_names(database: Database) -> None:
    entry = recorded("specimen.decided", {"specimen": "a", "outcome": 7, "stops": []}, "specimen:a")
    fold(database, entry, recorded("specimen.decided", {"specimen": 5, "stops": []}, "specimen:5", seq=2))
    assert frozen(database, "specimen:a", "specimen:5") == {"specimen:a", "specimen:5"}
    assert not load_rows(database, "specimen", ["a", "5"])


def test_an_undo_that_carries_a_row_under_another_name_puts_nothing_there(database: Database) -> None:
    rows = [["label", "Z1.1", {"id": "Z2.1", "state": "verified"}]]
    fold(database, recorded("undone", {"rows": rows, "last": [], "claims": [], "releases": []}, "label:Z1.1"))
    assert not load_rows(database, "label", ["Z1.1", "Z2.1"])
    assert frozen(database, "label:Z1.1") == {"label:Z1.1"}


def test_an_undo_settles_no_dispute_and_freezes_nothing(database: Database) -> None:
    failing = replace(recorded("scan.judged", {}), premises=Premises(("tube:a",), expects=(("id:tube:a", "tube:a"),)))
    dispute = ["dispute", "tube:a", None]
    hold = ["frozen", "plate:p", {"id": "plate:p", "entry": "x/1", "kind": "x", "version": 1}]
    body = {"rows": [dispute, hold], "last": [], "claims": [], "releases": []}
    fold(database, failing, recorded("undone", body, "tube:a", "plate:p", seq=2))
    assert set(load_rows(database, "dispute", ["tube:a"])) == {"tube:a"}
    assert frozen(database, "plate:p") == set()


def test_an_undo_of_somebody_elses_scan_takes_it_not_away(database: Database) -> None:
    scan = recorded("scan.judged", {"bench": "b", "verdict": "refused"})
    rows = [["scan", "other/1", None]]
    fold(database, scan, recorded("undone", {"rows": rows, "last": [], "claims": [], "releases": []}, "tube:a", seq=2))
    assert set(load_rows(database, "scan", ["other/1"])) == {"other/1"}
