"""The fold: pure, total, the same on every machine, and never beyond the subjects that an entry names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shift import KEY, Shift, digests_of

from gms_desktop.journal import kinds, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, Premises, from_bytes
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.journal.upcasters import upcast
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import driver as driving
from gms_desktop.register import verify, versions
from gms_desktop.register.driver import Arrived, Driver, load_rows
from gms_desktop.register.groups import GROUPS
from gms_desktop.register.rows import derived, subject_of

DATA = Path(__file__).parents[1] / "data" / "journal"
# As the fold is given them: an older version is raised to the newest on read.
SAMPLES = {
    one.name.removesuffix(".json"): upcast(from_bytes(one.read_bytes())) for one in (DATA / "kinds").glob("*.json")
}
RELEASED = [json.loads(line) for line in (DATA / "release-0.1.jsonl").read_text("utf-8").splitlines()]
JOURNAL = [upcast(from_bytes(line["entry"].encode())) for line in RELEASED]

# Rows whose identity is the entry's own, beside those of the subject they are about.
OWN_ROWS = {"scan"}

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)


@pytest.fixture
def fresh() -> Iterator[Database]:
    db = verify.scratch_database()
    versions.bring_up(db)
    yield db
    db.close()


def folded(entry: Entry, rows: dict[Any, Any] | None = None) -> dict[tuple[str, str], Any]:
    changes: dict[tuple[str, str], Any] = {}
    for group in GROUPS:
        if entry.kind in group.kinds:
            changes |= group.fold(entry, rows or {})
    return changes


def test_every_kind_is_folded_by_some_table() -> None:
    assert {kind.name for kind in kinds.every_kind()} == {name for group in GROUPS for name in group.kinds}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_entry_changes_rows_only_of_the_subjects_it_touches(name: str) -> None:
    entry = SAMPLES[name]
    for one in (entry, *(e for e in JOURNAL if e.kind == entry.kind)):
        owners = {subject_of(key) for key in folded(one) if key[0] not in OWN_ROWS}
        assert owners <= set(one.premises.touches), one.kind


@pytest.mark.parametrize("name", SAMPLES)
def test_an_entry_reads_rows_only_of_the_subjects_it_touches(name: str) -> None:
    entry = SAMPLES[name]
    for group in GROUPS:
        if entry.kind in group.kinds:
            assert {subject_of(key) for key in group.reads(entry)} <= set(entry.premises.touches)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_changed_row_is_whole_and_holds_what_its_columns_hold(name: str) -> None:
    for one in (e for e in JOURNAL if e.kind == SAMPLES[name].kind):
        for (table, row_id), row in folded(one).items():
            if row is None:
                continue
            columns = derived.tables[table].columns
            assert row.keys() == {column.name for column in columns}
            assert row["id"] == row_id
            kept = {c.name: str if c.type.python_type is str else int for c in columns}
            assert {n: type(v) for n, v in row.items() if v is not None and type(v) is not kept[n]} == {}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_the_fold_takes_any_text_and_any_missing_value_in_a_body(name: str, data: st.DataObject) -> None:
    entry = SAMPLES[name]
    shaken = replace(entry, body=shake(entry.body, data))
    changes = folded(shaken)
    assert changes == folded(shaken)
    assert all(row is None or row["id"] == key[1] for key, row in changes.items())


def shake(value: Any, data: st.DataObject, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: shake(inner, data, name) for name, inner in value.items()}
    if isinstance(value, list) and key != "rows":
        # A pair inside a list is the kind's own shape, as a body's names are; only how many there are is shaken.
        kept = len(value) if key == "pair" else data.draw(st.integers(0, len(value)))
        return [shake(inner, data, "pair" if isinstance(inner, list) else "") for inner in value[:kept]]
    # Identities are minted here and never empty; everything else comes from people, files and scanners.
    if type(value) is str and not key.endswith("id") and "|" not in value:
        return data.draw(texts) if data.draw(st.booleans()) else value
    return value


@pytest.mark.parametrize("name", SAMPLES)
def test_an_entry_about_things_that_nobody_recorded_is_folded_and_held(name: str, fresh: Database) -> None:
    entry = SAMPLES[name]
    with fresh.write():
        [ruling] = Driver(fresh).fold([Arrived(1, entry, Judgement.CONTESTED)])
    assert ruling.judgement is Judgement.CONTESTED
    for subject in entry.premises.touches:
        assert load_rows(fresh, "dispute", [subject])[subject]["entry"] == entry.id


@pytest.mark.parametrize("name", SAMPLES)
def test_a_refused_entry_changes_no_row_but_says_that_its_subjects_are_in_dispute(name: str, fresh: Database) -> None:
    entry = SAMPLES[name]
    driver = Driver(fresh)
    with fresh.write():
        driver.fold([Arrived(1, entry, Judgement.REFUSED)])
    held = len(entry.premises.touches)
    assert driver.digests.counts() == ({"dispute": held, "case_entry": held} if held else {})


def unknown(subject: str, seq: int = 1, version: int = 1) -> Entry:
    said = Premises((subject,), ((f"id:{subject}", subject),))
    return Entry(
        "other", seq, "lab1", "2030-01-01T00:00:00.000000Z", "9.0", "robot.dreamt", version, "other/1", {}, said
    )


def test_a_kind_that_this_version_does_not_know_freezes_only_its_own_subjects(bench_file: Database) -> None:
    shift = Shift(bench_file).begin()
    frozen, free = shift.expect(), shift.expect()
    driver = shift.ledger.driver
    n = store.last_n(bench_file)
    with bench_file.write():
        driver.fold([Arrived(n + 1, unknown(f"request:{frozen['request']}"))])
    before = load_rows(bench_file, "request", [frozen["request"]])
    for number, request in enumerate((frozen, free), start=2):
        draft = shift.draft_received(f"specimen{number}", f"Z{number}", request)
        kind = kinds.newest(draft.kind)
        said = kinds.premises_of(kind, draft.body, None)
        entry = Entry("other", number, "lab1", "2030-01-01T00:00:00.000000Z", "0.1", kind.name, 1, "", draft.body, said)
        with bench_file.write():
            driver.fold([Arrived(n + number, entry)])
    assert load_rows(bench_file, "request", [frozen["request"]]) == before
    assert load_rows(bench_file, "request", [free["request"]])[free["request"]]["state"] == "arriving"
    assert not load_rows(bench_file, "specimen", ["specimen2"])
    assert load_rows(bench_file, "specimen", ["specimen3"])
    assert f"request:{frozen['request']}" in load_rows(bench_file, "frozen", [f"request:{frozen['request']}"])


def test_a_newer_version_of_a_known_kind_is_not_folded_as_if_it_were_the_old_one(fresh: Database) -> None:
    newer = replace(SAMPLES["label.sent.v1"], version=99)
    with fresh.write():
        Driver(fresh).fold([Arrived(1, newer)])
    subject = newer.premises.touches[0]
    assert load_rows(fresh, "frozen", [subject])[subject]["version"] == 99
    assert not load_rows(fresh, "label", [newer.body["label"]])


def test_a_refused_entry_of_an_unknown_kind_freezes_nothing(fresh: Database) -> None:
    with fresh.write():
        Driver(fresh).fold([Arrived(1, unknown("tube:1"), Judgement.REFUSED)])
    assert not load_rows(fresh, "frozen", ["tube:1"])
    assert load_rows(fresh, "dispute", ["tube:1"])


def test_frozen_subjects_stay_frozen_after_a_restart(bench_file: Database) -> None:
    with bench_file.write():
        Driver(bench_file).fold([Arrived(1, unknown("label:Z1.1"))])
    sent = replace(SAMPLES["label.sent.v1"], body={"label": "Z1.1", "outcome": "sent", "detail": None})
    sent = replace(sent, premises=Premises(("label:Z1.1",)))
    with bench_file.write():
        Driver(bench_file).fold([Arrived(2, sent)])
    assert not load_rows(bench_file, "label", ["Z1.1"])


def test_a_verdict_that_was_given_stands_whatever_this_version_would_say(fresh: Database) -> None:
    driver = Driver(fresh)
    first = SAMPLES["writer.began.v1"]
    rival = replace(first, seq=2, premises=Premises(("writer:x",), (("tube:1", "b"),), (("id:gone", "gone"),)))
    with fresh.write():
        [ruling] = driver.fold([Arrived(1, rival, Judgement.ACCEPTED)])
    assert ruling.judgement is Judgement.ACCEPTED
    assert driving.keys.load(fresh, ["tube:1", "last:writer:x"]) == {"tube:1": "b", "last:writer:x": rival.id}


def test_a_large_batch_folds_to_what_its_entries_fold_to_one_by_one() -> None:
    one_by_one, at_once = verify.scratch_database(), verify.scratch_database()
    for db, size in ((one_by_one, 1), (at_once, len(JOURNAL))):
        versions.bring_up(db)
        driver = Driver(db)
        for start in range(0, len(JOURNAL), size):
            lot = [Arrived(n, JOURNAL[n - 1]) for n in range(start + 1, min(start + size, len(JOURNAL)) + 1)]
            with db.write():
                driver.fold(lot)
    assert digests_of(one_by_one) == digests_of(at_once)
    assert driving.keys.every(one_by_one) == driving.keys.every(at_once)
    one_by_one.close()
    at_once.close()


CHILD = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from shift import Shift, digests_of
from gms_desktop.register import touched, verify, versions
db = verify.scratch_database()
versions.bring_up(db)
Shift(db, 8).begin().work(60)
from gms_desktop.journal import store
hashes = [one.hash.hex() for lot in store.since(db) for one in lot]
print(json.dumps([digests_of(db), sorted(touched.every_key(db).items()), hashes]))
"""


def test_two_machines_with_other_hash_seeds_write_and_fold_the_same() -> None:
    said = []
    for seed in ("1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", CHILD, str(Path(__file__).parent)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        said.append(done.stdout)
    assert said[0] == said[1]


def test_the_fold_reads_no_private_value(tmp_path: Path) -> None:
    shifts = []
    for name, erased in (("whole", False), ("erased", True)):
        db = open_for_writing(tmp_path / f"{name}.db", KEY)
        versions.bring_up(db)
        shift = Shift(db, 6).begin()
        if erased:
            db.raw.execute("CREATE TRIGGER erase AFTER INSERT ON private BEGIN UPDATE private SET value = NULL; END")
        shift.work(40)
        shifts.append(digests_of(db))
        assert verify.verify(db, verify.scratch_database()).clean
        db.close()
    assert shifts[0] == shifts[1]
