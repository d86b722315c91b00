"""What one bench gives back of another's work is proved by the writer's signature, or a person vouches for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hub_parts import SCOPE, HubOfTest
from hub_work import WorkingBench, working_bench
from test_recover import Backup, order

from gms_desktop.errors import Refused
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.private import PrivateValue
from gms_desktop.sync import giving_back, signatures
from gms_desktop.sync.hub import recovering
from gms_desktop.sync.messages import HeadSignature, Push, Sent
from gms_desktop.sync.signatures import Signer

ALICE, BEATA, EVIL = (bytes([number]) * 32 for number in (1, 2, 3))


@pytest.fixture
def two(hub: HubOfTest, tmp_path: Path) -> Iterator[tuple[WorkingBench, WorkingBench]]:
    first = working_bench(hub, tmp_path / "one.db")
    first.share()
    second = working_bench(hub, tmp_path / "two.db", "Bench 2", 2)
    second.share()
    yield first, second
    first.ledger.db.close()
    second.ledger.db.close()


def signs(bench: WorkingBench, key: bytes = ALICE) -> None:
    """Sign as a push does: the last entry that the hub has."""
    head = bench.ledger.head
    batch = Push(SCOPE, head.writer, head.last_seq, (Sent(head.last_hash, b""),), (), bench.standing())
    signatures.give(bench.enrolled.hub, Signer(lambda: key), SCOPE, signatures.last_of(batch))


def keeps(bench: WorkingBench) -> None:
    """Keep what the hub has of the signatures of others."""
    came = bench.enrolled.hub.signatures()
    assert all(signatures.holds(one, SCOPE) for one in came)
    with bench.ledger.db.write():
        signatures.keep(bench.ledger.db, came)


def gives_back(bench: WorkingBench, after: int) -> None:
    """Give back everything, as the sync of a bench does."""
    kept = signatures._all(bench.ledger.db)
    bench.enrolled.hub.reoffer_signatures([one for newest in kept.values() for one in newest])
    entries, values = giving_back.offers(bench.ledger.db, after, 10_000, 10**9)
    for start in range(0, len(entries), 400):
        bench.enrolled.hub.reoffer(entries[start : start + 400], values if start == 0 else ())
    bench.enrolled.hub.reoffer((), ())


def gives(bench: WorkingBench, entries: Sequence[tuple[int, Sent]], values: Sequence[PrivateValue] = ()) -> None:
    """Give back these, and say that this is all."""
    bench.enrolled.hub.reoffer(entries, values)
    bench.enrolled.hub.reoffer((), ())


def lost_tail(hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]) -> tuple[int, list[tuple[object, ...]]]:
    """The hub forgets work of the second bench that the first has pulled; the second bench never comes again."""
    first, second = two
    signs(second)
    first.share()
    backup, common = Backup(hub.admin), int(first.standing().position)
    second.act(2)
    second.push()
    signs(second)
    first.share()
    keeps(first)
    before = order(hub)
    hub.admin.execute("DELETE FROM hub.signature")
    backup.restore()
    return common, before


def test_what_another_bench_gives_back_is_placed_where_its_writer_signed_it(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    common, before = lost_tail(hub, two)
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    gives_back(two[0], common)
    assert recovering.unproved(hub.admin, SCOPE) == ()
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE")
    assert (closed.placed, closed.left_out, closed.changed) == (len(before) - common, 0, ())
    assert order(hub) == before


def test_what_nobody_signed_and_its_own_bench_did_not_bring_waits_for_a_persons_word(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, second = two
    common, before = lost_tail(hub, two)
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    entries, values = giving_back.offers(first.ledger.db, common, 10_000, 10**9)
    gives(first, entries, values)
    (one,) = recovering.unproved(hub.admin, SCOPE)
    writer = second.ledger.head.writer
    assert (one.writer, one.last - one.first + 1) == (writer, len(before) - common)
    assert [name.partition(" (")[0] for name in one.offered_by] == ["Bench 1"]
    assert one.owner.startswith("Bench 2")
    with pytest.raises(Refused, match="--place WRITER or --leave WRITER"):
        recovering.close(hub.admin, SCOPE, "EXAMPLE")
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE, Hub Admin", place=[writer])
    assert order(hub) == before
    assert {one.why for one in closed.changed} == {"on the word of EXAMPLE, Hub Admin"}


def test_what_a_person_leaves_out_says_who_offered_it(hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]) -> None:
    first, second = two
    common, _ = lost_tail(hub, two)
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    entries, values = giving_back.offers(first.ledger.db, common, 10_000, 10**9)
    gives(first, entries, values)
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE", leave=[second.ledger.head.writer])
    assert closed.placed == 0
    assert first.enrolled.enrolment.login in closed.changed[0].why


def test_made_up_entries_of_another_bench_are_not_placed_beside_what_it_signed(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, second = two
    common, before = lost_tail(hub, two)
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    writer = second.ledger.head.writer
    real, values = giving_back.offers(first.ledger.db, common, 10_000, 10**9)
    forged, last = [], known_hash(hub, writer)
    for position, sent in real:
        said = json.loads(sent.content)
        said["app"] = "made up"
        content = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        last = next_hash(last, content)
        forged.append((position, Sent(last, content, "accepted")))
    key = Signer(lambda: EVIL)
    first.enrolled.hub.name_key(key.public())
    seq = int(json.loads(forged[-1][1].content)["seq"])
    first.enrolled.hub.reoffer_signatures([key.sign(SCOPE, writer, seq, last)])
    gives(first, forged)
    garbage = [(position + 1000, replace(sent, content=forged[0][1].content)) for position, sent in real]
    gives(first, garbage)
    assert [one.writer for one in recovering.unproved(hub.admin, SCOPE)] == [writer]
    gives_back(first, common)
    assert recovering.unproved(hub.admin, SCOPE) == ()
    recovering.close(hub.admin, SCOPE, "EXAMPLE")
    assert order(hub) == before
    assert values


def known_hash(hub: HubOfTest, writer: str) -> bytes:
    row = hub.admin.execute("SELECT last_hash FROM hub.writer WHERE writer = %s", (writer,)).fetchone()
    assert row is not None
    return bytes(row[0])


def test_what_its_own_bench_gives_back_needs_no_signature_even_when_another_came_first(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, second = two
    common, before = lost_tail(hub, two)
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    entries, values = giving_back.offers(first.ledger.db, common, 10_000, 10**9)
    gives(first, entries, values)
    assert recovering.unproved(hub.admin, SCOPE)
    gives(second, entries, values)
    assert recovering.unproved(hub.admin, SCOPE) == ()
    recovering.close(hub.admin, SCOPE, "EXAMPLE")
    assert order(hub) == before


def test_a_writer_that_began_after_the_backup_belongs_to_the_bench_whose_key_signed_it(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench], tmp_path: Path
) -> None:
    first, second = two
    signs(second, BEATA)
    first.share()
    backup, common = Backup(hub.admin), int(first.standing().position)
    with second.ledger.db.write():
        second.ledger.begin_writer(SCOPE, "7K3M9Q", "restored", "Bench 2")
    second.act()
    second.push()
    signs(second, BEATA)
    first.share()
    keeps(first)
    before = order(hub)
    hub.admin.execute("DELETE FROM hub.signature")
    backup.restore()
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    gives_back(first, common)
    recovering.close(hub.admin, SCOPE, "EXAMPLE")
    assert order(hub) == before
    owner = hub.admin.execute("SELECT login FROM hub.writer WHERE writer = %s", (second.ledger.head.writer,)).fetchone()
    assert owner == (second.enrolled.enrolment.login,)


def test_a_login_gives_back_no_more_than_the_recovery_keeps_of_one(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, _ = two
    first.act(3)
    first.share()
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE", most_bytes=5_000)
    entries, _ = giving_back.offers(first.ledger.db, 0, 10_000, 10**9)
    for one in entries:
        first.enrolled.hub.reoffer([one], ())
    kept = hub.admin.execute("SELECT sum(octet_length(bytes)) FROM hub.reoffered").fetchone()
    assert kept is not None
    assert kept[0] < 8_000
    state = recovering.recoveries(hub.admin, SCOPE)[0]
    assert [name.partition(" (")[0] for name in state.turned_away] == ["Bench 1"]
    assert state.entries < len(entries)


def test_a_bench_signs_its_own_writers_only_under_a_key_of_its_own(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, second = two
    head = second.ledger.head
    key = Signer(lambda: EVIL)
    signed = key.sign(SCOPE, head.writer, head.last_seq, head.last_hash)
    first.enrolled.hub.name_key(key.public())
    assert not first.enrolled.hub.sign(signed)
    assert not second.enrolled.hub.sign(signed)
    signs(second)
    assert [one.writer for one in first.enrolled.hub.signatures()] == [head.writer]
    with first.enrolled.connect() as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("DELETE FROM hub.signature")


def test_a_signature_holds_for_its_entry_its_writer_and_its_laboratory_only() -> None:
    signed = Signer(lambda: ALICE).sign(SCOPE, "w", 7, b"h" * 32)
    assert signatures.holds(signed, SCOPE)
    assert not signatures.holds(signed, "elsewhere")
    for other in (replace(signed, seq=8), replace(signed, writer="x"), replace(signed, hash=b"g" * 32)):
        assert not signatures.holds(other, SCOPE)
    assert not signatures.holds(HeadSignature("w", 7, b"h" * 32, b"short", signed.signature), SCOPE)


def test_a_bench_keeps_the_newest_few_signatures_of_each_other_writer(
    two: tuple[WorkingBench, WorkingBench],
) -> None:
    first, _ = two
    db, key = first.ledger.db, Signer(lambda: BEATA)
    with db.write():
        for seq in (5, 9, 7, 12):
            signatures.keep(db, [key.sign(SCOPE, "other", seq, bytes([seq]) * 32)])
        signatures.keep(db, [key.sign(SCOPE, first.ledger.head.writer, 3, b"o" * 32)])
    kept = signatures._all(db)
    assert {writer: [one.seq for one in newest] for writer, newest in kept.items()} == {"other": [7, 9, 12]}


def called_otherwise(bench: WorkingBench, writer: str, short_code: str) -> Sent:
    """The entry by which this bench's writer began, as one of another name would have written it."""
    (_, began), *_ = giving_back.offers(bench.ledger.db, 0, 1, 10**9)[0]
    said = json.loads(began.content)
    said["writer"], said["body"]["writer"], said["body"]["short_code"] = writer, writer, short_code
    said["action"] = f"{writer}/1"
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Sent(next_hash(first_hash(writer, SCOPE), content), content, "accepted")


@pytest.mark.parametrize(
    ("writer", "short_code", "why"),
    [
        ("x" * 201, "ABCDEF", "has 201 bytes, the most is 200"),
        ("a writer", "ABCDEF", "other characters"),
        ("writer/1", "ABCDEF", "other characters"),
        ("wríter", "ABCDEF", "other characters"),
        ("x" * 200, "U" * 300, "short code that this writer began with is none"),
    ],
)
def test_a_writer_that_no_bench_would_mint_is_not_brought_in_by_a_recovery(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench], writer: str, short_code: str, why: str
) -> None:
    before = len(order(hub))
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    gives(two[0], [(before + 1, called_otherwise(two[0], writer, short_code))])
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE", place=[writer])
    assert (closed.placed, closed.left_out) == (0, 1)
    assert why in closed.changed[0].why
    assert hub.admin.execute("SELECT count(*) FROM hub.writer WHERE writer = %s", (writer,)).fetchone() == (0,)


def test_a_writer_with_a_name_as_long_as_may_be_is_brought_in_by_a_recovery(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    before = len(order(hub))
    recovering.begin(hub.admin, SCOPE, "restored", "EXAMPLE")
    gives(two[0], [(before + 1, called_otherwise(two[0], "x" * 200, "ABCDEF"))])
    closed = recovering.close(hub.admin, SCOPE, "EXAMPLE", place=["x" * 200])
    assert (closed.placed, closed.left_out) == (1, 0)
