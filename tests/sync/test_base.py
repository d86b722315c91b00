"""A bench that begins from a base is the bench that folded every entry, but for the entries."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hub_parts import SCOPE, HubOfTest
from hub_work import KEY, SteppedClock, Work, WorkingBench, working_bench

from gms_desktop.domain.minting import CountedChance
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import base as register_base
from gms_desktop.register import rebuild, touched, verify, versions
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import at_the_bench, base_file, going_back, replica
from gms_desktop.sync.hub import base
from gms_desktop.sync.hub.follow import Follower
from gms_desktop.sync.messages import Standing
from gms_desktop.sync.unplaced import Unplaced

ALWAYS = base.Plan(entries=1, least=1)


@pytest.fixture
def working(hub: HubOfTest, tmp_path: Path) -> Iterator[WorkingBench]:
    made = working_bench(hub, tmp_path / "bench.db")
    yield made
    made.ledger.db.close()


def follow(hub: HubOfTest) -> list[str]:
    said: list[str] = []
    Follower(hub.dsn, said.append, ALWAYS).run(threading.Event(), once=True)
    return said


def fetched_by(bench: WorkingBench, folder: Path) -> base_file.FetchedBase:
    wanted = base_file.offered(bench.enrolled.hub.greet())
    assert wanted is not None
    return base_file.fetch(bench.enrolled.hub, wanted, folder)


def from_base(hub: HubOfTest, folder: Path, name: str = "New bench", number: int = 7) -> WorkingBench:
    """A bench that joins by loading the hub's base."""
    enrolled = hub.bench(name)
    greeting = enrolled.hub.greet()
    wanted = base_file.offered(greeting)
    assert wanted is not None
    fetched = base_file.fetch(enrolled.hub, wanted, folder)
    db = open_for_writing(folder / f"{number}.db", KEY)
    versions.bring_up(db)
    ledger = Ledger(db, CountedChance(number << 48), SteppedClock(), "0.1.0")
    with db.write():
        base_file.load(db, base_file.attach(db, fetched), greeting.head.epoch)
        ledger.reload()
        ledger.begin_writer(SCOPE, enrolled.enrolment.short_codes[0], "joined", name)
    base_file.detach(db)
    base_file.remove(fetched.path.parent)
    return WorkingBench(enrolled, ledger, Unplaced(ledger), Work(ledger, made=number * 100_000))


def whole(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the register and every private value, and who holds which key."""
    # Which labels may still wait is a note that each bench tidies when it is idle.
    tables = [one.name for one in register_base.copied_tables() if one.name not in {"key_holder", "label_waiting"}]
    found = {
        name: sorted(db.raw.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        for name in (*tables, "private", "private_term")
    }
    found["keys"] = sorted(touched.every_key(db).items())
    return found


def test_a_bench_loaded_from_a_base_equals_one_folded_from_the_start(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act(requests=60)
    working.share()
    said = follow(hub)
    assert any("base at position" in line for line in said)
    working.act(requests=3)
    working.share()
    new = from_base(hub, tmp_path)
    assert new.share() == ()
    working.share()
    with working.ledger.db.write():
        while store.index_private(working.ledger.db):
            pass
    with new.ledger.db.write():
        while store.index_private(new.ledger.db):
            pass
    assert whole(new.ledger.db) == whole(working.ledger.db)
    assert new.digests() == working.digests()
    assert store.count(new.ledger.db) < 40
    new.ledger.db.close()


def test_a_bench_from_a_base_is_proved_and_rebuilt_from_it_and_says_which_span(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act(requests=20)
    working.share()
    follow(hub)
    new = from_base(hub, tmp_path)
    new.act(requests=2)
    new.share()
    with closing(verify.scratch_database()) as scratch:
        found = verify.verify(new.ledger.db, scratch)
    assert (found.findings, found.base) == ([], 182)
    before, keys = new.digests(), touched.every_key(new.ledger.db)
    assert rebuild.rebuild(new.ledger.db) == before
    assert touched.every_key(new.ledger.db) == keys
    with new.ledger.db.write():
        new.ledger.db.raw.execute(
            "UPDATE base_specimen SET outcome = 'rejected' WHERE id = (SELECT min(id) FROM base_specimen)"
        )
    with closing(verify.scratch_database()) as scratch:
        found = verify.verify(new.ledger.db, scratch)
    assert any("base differs" in finding for finding in found.findings)
    new.ledger.db.close()


def test_a_value_that_was_erased_after_the_base_was_made_comes_erased_with_what_follows(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act(requests=2)
    working.share()
    hub.admin.execute("UPDATE hub.private SET value = NULL WHERE subject LIKE 'patient:%'")
    follow(hub)
    new = from_base(hub, tmp_path)
    values = [value.value for value in store.every_private(new.ledger.db) if value.subject.startswith("patient:")]
    assert values
    assert set(values) == {None}
    assert new.ledger.db.raw.execute("SELECT count(*) FROM private_term").fetchone()[0] == 0
    new.ledger.db.close()


def test_a_base_that_was_cut_short_on_its_way_is_gone_on_with(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act(requests=80)
    working.share()
    follow(hub)
    first = fetched_by(working, tmp_path)
    content = first.path.read_bytes()
    assert len(content) > 2 * register_base.CHUNK
    first.path.write_bytes(content[: register_base.CHUNK + 1000])
    asked: list[int] = []
    wanted = base_file.offered(working.enrolled.hub.greet())
    assert wanted is not None
    again = base_file.fetch(working.enrolled.hub, wanted, tmp_path, lambda came, _size: asked.append(came))
    assert again.path.read_bytes() == content
    assert asked[0] == 32 + 2 * register_base.CHUNK


def test_what_is_not_the_base_that_the_hub_offered_is_taken_away(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act()
    working.share()
    follow(hub)
    wanted = base_file.offered(working.enrolled.hub.greet())
    assert wanted is not None
    hub.admin.execute(
        "UPDATE hub.base_chunk SET content = set_byte(content, 5000, get_byte(content, 5000) # 1) WHERE number = 1"
    )
    with pytest.raises(base_file.BaseDiffers, match="not the base that the hub offered"):
        base_file.fetch(working.enrolled.hub, wanted, tmp_path)
    assert list(tmp_path.glob("base-*")) == []


def test_the_newest_two_bases_are_kept_and_one_is_made_only_when_it_is_due(
    hub: HubOfTest, working: WorkingBench
) -> None:
    for _ in range(3):
        working.act()
        working.share()
        follow(hub)
    kept: Any = hub.admin.execute("SELECT count(*), count(DISTINCT position) FROM hub.base").fetchone()
    assert kept == (2, 2)
    assert not base.due(hub.admin, SCOPE, ALWAYS)
    working.act()
    working.share()
    Follower(hub.dsn, plan=base.Plan()).run(threading.Event(), once=True)
    assert not base.due(hub.admin, SCOPE, base.Plan())
    hub.admin.execute("UPDATE hub.base SET made_at = now() - interval '2 days'")
    assert base.due(hub.admin, SCOPE, replace(base.Plan(), least=1, age=timedelta(hours=20)))


def test_a_bench_from_a_base_cannot_go_back_on_what_stands_in_the_base_and_says_so(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act()
    working.share()
    follow(hub)
    new = from_base(hub, tmp_path)
    new.act()
    new.share()
    known = register_base.known(new.ledger.db)
    assert known is not None
    assert min(dict(replica.orders(new.ledger.db, SCOPE))) == known.position
    with new.ledger.db.write(), pytest.raises(going_back.BelowBase, match="join again"):
        going_back.GoingBack(Standing(1, b"")).step(new.ledger)
    before = new.digests()
    going = going_back.GoingBack(Standing(known.position, known.order_hash, new.standing().epoch))
    with new.ledger.db.write():
        while going.step(new.ledger):
            pass
    with new.ledger.db.write():
        going_back.go_back(new.ledger, new.unplaced, going)
    assert new.share() == ()
    assert new.digests() == before
    new.ledger.db.close()


def test_a_bench_from_a_base_folds_its_register_anew_from_the_base_in_lots(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act()
    working.share()
    follow(hub)
    new = from_base(hub, tmp_path)
    new.act()
    new.share()
    new.act()
    before = new.digests()
    work, more = at_the_bench.Rebuilding(lot=2, seconds=0.0), True
    while more:
        with new.ledger.db.write():
            more = work.step(new.ledger)
    with new.ledger.db.write():
        work.finish(new.ledger, new.unplaced)
    assert new.digests() == before
    with closing(verify.scratch_database()) as scratch:
        assert verify.verify(new.ledger.db, scratch).clean
    new.ledger.db.close()


def test_a_version_that_needs_another_base_leaves_the_file_as_it_is(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working.act()
    working.share()
    follow(hub)
    new = from_base(hub, tmp_path)
    before = new.digests()
    monkeypatch.setattr(versions, "register_version", lambda: "1-of-tomorrow")
    with pytest.raises(Refused, match="base of the former version"):
        versions.bring_up(new.ledger.db)
    monkeypatch.undo()
    assert not versions.bring_up(new.ledger.db)
    new.ledger.reload()
    assert new.digests() == before
    new.ledger.db.close()
