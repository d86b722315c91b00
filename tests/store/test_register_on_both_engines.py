"""The same shift, worked on a bench's file and on a hub's database, leaves the same register."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shift import KEY, Shift, digests_of, held

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import rebuild, touched, verify, versions
from gms_desktop.register.driver import load_rows
from gms_desktop.register.ledger import PremiseFailed


def contents(db: Database) -> list[tuple[bytes, bytes, str]]:
    return [(one.content, one.hash, one.verdict) for lot in store.since(db) for one in lot]


def everything(db: Database) -> tuple[dict[str, str], dict[str, str]]:
    return digests_of(db), touched.every_key(db)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_shift_leaves_the_same_bytes_keys_and_digests_on_both_engines(
    seed: int, bench_file: Database, postgres: str
) -> None:
    Shift(bench_file, seed).begin().work(60)
    hub = open_postgres(postgres)
    Shift(hub, seed).begin().work(60)
    assert contents(hub) == contents(bench_file)
    assert everything(hub) == everything(bench_file)
    hub.close()


@pytest.mark.parametrize("seed", [11, 12])
def test_a_register_made_anew_is_the_register_that_was_there(seed: int, shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(seed).work(80)
    before = everything(shift.db)
    assert rebuild.rebuild(shift.db) == before[0]
    assert everything(shift.db) == before


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(1, 10**6), steps=st.integers(1, 60))
def test_whatever_the_shift_its_file_is_whole_and_equal_to_its_fold(
    seed: int, steps: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    db = open_for_writing(tmp_path_factory.mktemp("shift") / "bench.db", KEY)
    versions.bring_up(db)
    shift = Shift(db, seed).begin().work(steps)
    found = verify.verify(db, verify.scratch_database())
    assert found.findings == []
    assert found.entries == store.count(shift.db)
    db.close()


def test_a_whole_shift_verifies_clean(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(9).work(80)
    found = verify.verify(shift.db, verify.scratch_database())
    assert found.findings == []
    assert (found.entries, found.writers) == (store.count(shift.db), 1)
    assert found.private > 0
    assert found.digests == digests_of(shift.db)


def test_a_tube_received_twice_under_one_number_is_refused_and_nothing_is_written(
    shift_on: Callable[[int], Shift],
) -> None:
    shift = shift_on(1)
    request = shift.expect()
    first = shift.receive(request)
    before, count = everything(shift.db), store.count(shift.db)
    with pytest.raises(PremiseFailed, match="accession"):
        shift.act(lambda: [shift.draft_received("another", first["number"], request)])
    assert everything(shift.db) == before
    assert store.count(shift.db) == count


def test_an_act_of_which_one_entry_is_refused_is_not_written_at_all(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    request = shift.expect()
    number = shift.receive(request)["number"]
    before, count = everything(shift.db), store.count(shift.db)
    with pytest.raises(PremiseFailed):
        shift.act(lambda: [shift.draft_delivery("d1"), shift.draft_received("another", number, request)])
    assert everything(shift.db) == before
    assert store.count(shift.db) == count
    shift.act(lambda: [shift.draft_delivery("d1")])
    assert verify.verify(shift.db, verify.scratch_database()).clean


def test_a_tube_of_a_request_that_nobody_knows_is_received_all_the_same_and_held(
    shift_on: Callable[[int], Shift],
) -> None:
    shift = shift_on(1)
    known = shift.expect()
    unknown = known | {"request": "norequest"}
    shift.receive(unknown)
    specimen = shift.specimens[-1]["specimen"]
    [entry] = [one for one in store.of_subject(shift.db, f"specimen:{specimen}") if one.entry.kind != "label.intended"]
    assert entry.verdict == "contested"
    assert load_rows(shift.db, "specimen", [specimen])
    assert load_rows(shift.db, "request", ["norequest"])["norequest"]["origin"] == "unknown"
    dispute = load_rows(shift.db, "dispute", [f"specimen:{specimen}"])[f"specimen:{specimen}"]
    assert "id:request:norequest" in dispute["failures"]


def test_an_outcome_decided_on_an_older_state_of_the_tube_is_refused(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    shift.expect()
    specimen = shift.receive()
    seen = shift.ledger.driver.holders([f"last:specimen:{specimen['specimen']}"]).popitem()[1]
    shift.decide(specimen, "on hold")
    with pytest.raises(PremiseFailed, match="last:specimen"):
        shift.act(lambda: [shift.draft_decided(specimen["specimen"], seen, "accepted")])


def test_the_order_in_which_a_service_wrote_its_fields_makes_no_difference_to_the_register(
    bench_file: Database,
) -> None:
    shift = Shift(bench_file).begin()
    shift.expect()
    specimen = shift.receive()
    last = shift.ledger.driver.holders([f"last:specimen:{specimen['specimen']}"]).popitem()[1]
    draft = shift.draft_decided(specimen["specimen"], last, "on hold")
    draft.body["compared"] = {"surname": "by eye", "born": "by code", "a": {"z": 1, "b": 2}}
    shift.act(lambda: [draft])
    before = everything(shift.db)
    rebuild.rebuild(shift.db)
    assert everything(shift.db) == before


def test_a_role_is_granted_only_by_an_administrator(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    shift.badge = "hmac-other"
    shift.act(lambda: [shift.draft_operator("colleague")])
    with pytest.raises(PremiseFailed, match="role:colleague:administrator"):
        shift.act(lambda: [shift.draft_role("colleague", "receiver", "colleague")])
    with pytest.raises(PremiseFailed, match="administrator:lab1"):
        shift.act(lambda: [shift.draft_role("colleague", "administrator", None)])


def test_our_numbers_are_never_given_twice_even_after_undo_and_rollback(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(1)
    request = shift.expect()
    numbers = [shift.receive(request)["number"]]
    shift.undo(shift.acts[-1])
    numbers.append(shift.receive(request)["number"])
    with pytest.raises(PremiseFailed):
        shift.act(lambda: [shift.draft_received("x", numbers[-1], request)])
    numbers.append(shift.receive(request)["number"])
    assert len(set(numbers)) == 3


def test_an_import_of_960_rows_is_one_act_and_comes_back_as_one(bench_file: Database) -> None:
    shift = Shift(bench_file).begin()
    before, keys_before = digests_of(shift.db), held(shift.db)
    entries = shift.take_in(960)
    assert {one.action for one in entries} == {entries[0].id}
    assert [one.entry.id for one in store.of_action(shift.db, entries[0].id)] == [one.id for one in entries]
    undone = shift.undo(entries[0].action)
    assert len(undone) == 962
    assert (digests_of(shift.db), held(shift.db)) == (before, keys_before)
    assert verify.verify(shift.db, verify.scratch_database()).clean


def test_the_registers_version_is_the_same_whatever_was_loaded_before() -> None:
    asked = "from gms_desktop.register import versions; print(versions.register_version())"
    alone = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    later = f"import gms_desktop.bench; {asked}"
    assert subprocess.run([sys.executable, "-c", later], capture_output=True, text=True, check=True).stdout == alone
