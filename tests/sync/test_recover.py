"""A hub that went back in time is recovered from what its benches hold: the former order, the same judge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hub_parts import SCOPE, HubOfTest
from hub_work import WorkingBench, working_bench

from gms_desktop.errors import Refused
from gms_desktop.sync import giving_back
from gms_desktop.sync.hub import recovering
from gms_desktop.sync.messages import Answer


@pytest.fixture
def two(hub: HubOfTest, tmp_path: Path) -> Iterator[tuple[WorkingBench, WorkingBench]]:
    first = working_bench(hub, tmp_path / "one.db")
    first.share()
    second = working_bench(hub, tmp_path / "two.db", "Bench 2", 2)
    second.share()
    yield first, second
    first.ledger.db.close()
    second.ledger.db.close()


class Backup:
    """The hub's tables as they stand, kept to be put back: what a restore of a backup does."""

    TABLES = ("scope", "writer", "short_code", "entry", "key_holder", "private", "recovery", "worked")

    def __init__(self, admin: psycopg.Connection) -> None:
        self._admin = admin
        for table in self.TABLES:
            admin.execute(f"CREATE TABLE kept_{table} AS TABLE hub.{table}")

    def restore(self) -> None:
        self._admin.execute("SET session_replication_role = replica")
        for table in self.TABLES:
            self._admin.execute(f"DELETE FROM hub.{table}; INSERT INTO hub.{table} TABLE kept_{table}")
        self._admin.execute("RESET session_replication_role")


def order(hub: HubOfTest) -> list[tuple[Any, ...]]:
    return hub.admin.execute("SELECT position, hash, verdict, order_hash FROM hub.entry ORDER BY position").fetchall()


def private(hub: HubOfTest) -> list[tuple[Any, ...]]:
    return hub.admin.execute("SELECT subject, commitment, value, position FROM hub.private ORDER BY 1, 2").fetchall()


def give_back(bench: WorkingBench, common: int) -> None:
    entries, values = giving_back.offers(bench.ledger.db, common, 10_000, 10**9)
    for start in range(0, len(entries), 400):
        bench.enrolled.hub.reoffer(entries[start : start + 400], values if start == 0 else ())
    bench.enrolled.hub.reoffer((), ())


def test_a_hub_restored_from_a_backup_has_its_former_order_again_from_what_two_benches_hold(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, second = two
    first.act(2)
    first.share()
    backup = Backup(hub.admin)
    common = int(first.standing().position)
    for _ in range(3):
        first.act()
        first.share()
        second.act()
        second.share()
    first.share()
    before, values = order(hub), private(hub)
    backup.restore()
    assert len(order(hub)) == common
    first.act()
    assert first.push() is Answer.HISTORY
    number = recovering.begin(hub.admin, SCOPE, "restored from last night", "EXAMPLE, Hub Admin")
    assert first.push() is Answer.BUSY
    give_back(second, common)
    give_back(first, common)
    open_one = recovering.recoveries(hub.admin, SCOPE)[0]
    assert (open_one.number, open_one.benches, open_one.entries) == (number, 2, len(before) - common)
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE, Hub Admin")
    assert (closed.placed, closed.left_out, closed.changed) == (len(before) - common, 0, ())
    assert order(hub) == before
    assert private(hub) == values
    assert first.share() == ()
    assert second.share() == ()
    assert first.digests() == second.digests()


def test_what_only_a_bench_that_did_not_come_back_held_is_left_out_and_the_rest_is_listed(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, second = two
    backup = Backup(hub.admin)
    second.act()
    second.push()
    first.act()
    first.share()
    lost = order(hub)[-1][0]
    backup.restore()
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    entries, values = giving_back.offers(first.ledger.db, 0, 10_000, 10**9)
    own = first.ledger.head.writer.encode()
    gap = [one for one in entries if b'"writer":"' + own + b'"' in one[1].content][5]
    first.enrolled.hub.reoffer([one for one in entries if one != gap], values)
    first.enrolled.hub.reoffer((), ())
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE", leave=[second.ledger.head.writer])
    assert closed.left_out > 0
    left = {one.entry: one.why for one in closed.changed if one.outcome == "left"}
    assert all("is missing" in why for entry, why in left.items() if entry.startswith(first.ledger.head.writer))
    assert len(order(hub)) < lost


def test_a_server_that_took_over_takes_nothing_in_before_a_person_has_opened_a_recovery(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, _ = two
    hub.admin.execute("UPDATE hub.worked SET instance = '7001/1'")
    assert recovering.waits_for_recovery(hub.admin, SCOPE)
    first.act()
    assert first.push() is Answer.HISTORY
    said = first.enrolled.hub.pull(first.standing(), 10)
    assert said.answer is Answer.HISTORY
    assert "took over" in said.detail
    epoch = said.epoch
    recovering.begin(hub.admin, SCOPE, "planned failover", "EXAMPLE")
    recovering.close(hub.admin, SCOPE, "EXAMPLE")
    assert first.share() == ()
    assert first.standing().epoch != epoch
    assert not recovering.waits_for_recovery(hub.admin, SCOPE)


def test_a_recovery_needs_a_reason_and_cannot_be_opened_or_closed_twice(hub: HubOfTest) -> None:
    with pytest.raises(Refused, match="Say why"):
        recovering.begin(hub.admin, SCOPE, " ", "EXAMPLE")
    with pytest.raises(Refused, match="No recovery"):
        recovering.close(hub.admin, SCOPE, "EXAMPLE")
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    with pytest.raises(Refused, match="open already"):
        recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    with pytest.raises(Refused, match="no laboratory"):
        recovering.begin(hub.admin, "elsewhere", "restored", "EXAMPLE")


def test_a_value_that_was_erased_stays_erased_when_a_bench_gives_it_back(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, _ = two
    backup = Backup(hub.admin)
    first.act()
    first.share()
    backup.restore()
    subject, commitment = private_of_first_patient(first)
    hub.admin.execute("INSERT INTO hub.private VALUES (%s, %s, %s, '', NULL, 1)", (SCOPE, subject, commitment))
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    give_back(first, 0)
    recovering.close(hub.admin, SCOPE, "EXAMPLE")
    kept = hub.admin.execute("SELECT value FROM hub.private WHERE commitment = %s", (commitment,)).fetchall()
    assert kept == [(None,)]


def private_of_first_patient(bench: WorkingBench) -> tuple[str, str]:
    row = bench.ledger.db.raw.execute(
        "SELECT subject, commitment FROM private WHERE subject LIKE 'patient:%' ORDER BY 1 LIMIT 1"
    ).fetchone()
    return str(row[0]), str(row[1])


def test_a_writer_is_handed_to_the_bench_that_writes_it(hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]) -> None:
    first, second = two
    hub.admin.execute("UPDATE hub.writer SET login = %s", (second.enrolled.enrolment.login,))
    first.act()
    assert first.push() is Answer.REFUSED
    with pytest.raises(Refused, match="no writer"):
        recovering.hand_over(hub.admin, SCOPE, "nobody", first.enrolled.enrolment.login)
    recovering.hand_over(hub.admin, SCOPE, first.ledger.head.writer, first.enrolled.enrolment.login)
    assert first.push() is Answer.OK
