"""Who touched a subject last follows the entries into the table of keys, and is known at every moment before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from shift import KEY, Shift

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.judge import keys
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import driver as driving
from gms_desktop.register import rebuild, touched, verify, versions
from gms_desktop.register.driver import Arrived
from gms_desktop.register.ledger import Draft, Ledger, PremiseFailed


def by_the_entries(db: Database) -> dict[str, str]:
    """Who touched each subject last, and on what that rests, by the bytes and verdicts of the entries."""
    found: dict[str, str] = {}
    for lot in store.since(db):
        for one in lot:
            for subject in one.entry.premises.touches:
                before = found.get(f"last:{subject}")
                of_another = before is not None and before.partition("/")[0] != one.entry.writer
                if one.verdict != "accepted":
                    found[f"ground:{subject}"] = one.entry.id
                elif of_another and found.get(f"refused:{subject}") != before:
                    found[f"ground:{subject}"] = before
                if of_another and one.verdict == "refused":
                    found[f"refused:{subject}"] = before
                if one.verdict != "refused":
                    found[f"last:{subject}"] = one.entry.id
    return found


def known(ledger: Ledger) -> dict[str, str | None]:
    return ledger.driver.holders(list(by_the_entries(ledger.db)))


def in_the_table(db: Database) -> dict[str, str]:
    return {key: holder for key, holder in keys.every(db).items() if touched.is_last(key)}


def as_read(db: Database) -> dict[str, str]:
    return {key: holder for key, holder in touched.every_key(db).items() if touched.is_last(key)}


def after_a_kill(shift: Shift, path: Path, folder: Path) -> Ledger:
    """Open what the disk holds at this moment, as the next start after a kill would."""
    folder.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), folder / name)
    return Ledger(open_for_writing(folder / path.name, KEY), shift.ledger.chance, shift.ledger.clock, "0.1")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_touched_what_last_is_the_newest_entry_that_was_folded(seed: int, shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(seed).work(40)
    assert as_read(shift.db) == known(shift.ledger) == by_the_entries(shift.db)


def test_a_label_scanned_back_leaves_who_touched_it_to_be_written_later(shift: Shift) -> None:
    shift.expect()
    shift.receive()
    with shift.db.write():
        touched.follow(shift.db)
    before = in_the_table(shift.db)
    shift.label("verified")
    assert in_the_table(shift.db) == before != by_the_entries(shift.db)
    with shift.db.write():
        touched.follow(shift.db)
    assert in_the_table(shift.db) == by_the_entries(shift.db) == known(shift.ledger)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_a_kill_who_touched_a_label_last_is_known_as_before(
    seed: int, bench_file: Database, path: Path, tmp_path: Path
) -> None:
    shift = Shift(bench_file, seed).begin().work(40)
    again = after_a_kill(shift, path, tmp_path / "killed")
    assert known(again) == known(shift.ledger) == by_the_entries(again.db)
    assert verify.verify(again.db, verify.scratch_database()).findings == []
    again.db.close()


def test_after_a_kill_a_decision_on_an_older_state_of_the_tube_is_still_refused(
    shift: Shift, path: Path, tmp_path: Path
) -> None:
    shift.expect()
    specimen = shift.receive()["specimen"]
    [seen] = shift.ledger.driver.holders([f"last:specimen:{specimen}"]).values()
    shift.decide({"specimen": specimen}, "on hold")
    again = after_a_kill(shift, path, tmp_path / "killed")
    with pytest.raises(PremiseFailed, match="last:specimen"), again.db.write():
        again.append([shift.draft_decided(specimen, seen, "accepted")], None)
    again.db.close()


def test_an_act_that_was_rolled_back_touched_nothing(shift: Shift) -> None:
    shift.expect()
    specimen = shift.receive()
    before = known(shift.ledger)
    verified = Draft("label.verified", {"label": shift.labels[-1]})
    with pytest.raises(PremiseFailed):
        shift.act(lambda: [verified, shift.draft_decided(specimen["specimen"], "another/1", "accepted")])
    assert known(shift.ledger) == before == by_the_entries(shift.db)


def test_a_bench_that_is_never_idle_has_its_indexes_follow(shift_on: Callable[[int], Shift]) -> None:
    shift = shift_on(4)
    while store.last_n(shift.db) < 600:
        shift.work(20)
    assert store.last_n(shift.db) - store.indexed_to(shift.db) <= 256 + 20
    assert as_read(shift.db) == by_the_entries(shift.db)


def test_a_rebuild_while_they_wait_finds_the_same_keys(database: Database) -> None:
    shift = Shift(database, 5).begin().work(40)
    before = touched.every_key(database)
    rebuild.rebuild(database)
    assert touched.every_key(database) == before == keys.every(database)
    shift.ledger.reload()
    assert known(shift.ledger) == by_the_entries(database)


@pytest.mark.parametrize("seed", range(6))
def test_verify_finds_any_newest_entries_that_were_taken_away_before_the_indexes_knew_them(
    seed: int, bench_file: Database
) -> None:
    Shift(bench_file, seed).begin().work(30)
    last = store.last_n(bench_file)
    for taken in range(1, 8):
        bench_file.raw.execute(f"DELETE FROM entry WHERE n > {last - taken}")
        assert verify.verify(bench_file, verify.scratch_database()).findings, taken


def test_verify_finds_an_entry_slipped_in_before_the_indexes_knew_it(shift: Shift) -> None:
    shift.work(20)
    last = shift.db.tuples(store.text_statement("SELECT max(n) FROM entry WHERE formers LIKE '%last:%'"))[0][0]
    shift.db.raw.execute(f"UPDATE entry SET formers = NULL WHERE n = {last}")
    assert any("is held by" in one for one in verify.verify(shift.db, verify.scratch_database()).findings)


def test_what_is_folded_behind_appended_entries_leaves_nothing_to_follow(shift: Shift) -> None:
    shift.work(20)
    shift.expect()
    [newest] = next(store.since(shift.db, store.last_n(shift.db) - 1, 1))
    came = replace(newest.entry, writer="another", seq=1)
    with shift.db.write():
        store.add(shift.db, [store.Stored(newest.n + 1, came, b"", came.to_bytes(), "accepted", None)])
        shift.ledger.driver.fold([Arrived(newest.n + 1, came, Judgement.ACCEPTED)])
    assert in_the_table(shift.db) == by_the_entries(shift.db) == known(shift.ledger)
    assert "another/1" in by_the_entries(shift.db).values()


def test_a_fold_that_forgets_between_lots_what_it_has_written_finds_the_same_keys(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift.work(60)
    monkeypatch.setattr(driving, "_MOST_KEPT", 20)
    fresh = verify.scratch_database()
    versions.bring_up(fresh)
    driver = driving.Driver(fresh)
    with fresh.write():
        for lot in store.since(shift.db, 0, 5):
            rebuild.fold_again(driver, lot)
    assert keys.every(fresh) == touched.every_key(shift.db)
    fresh.close()
