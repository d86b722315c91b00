"""Verify finds whatever was changed behind the journal's back, names it, and never stumbles over it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shift import KEY, Shift

from gms_desktop.journal import store
from gms_desktop.journal.chain import next_hash
from gms_desktop.journal.database import Database
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import touched, verify, versions
from gms_desktop.register.ledger import Pen
from gms_desktop.register.rows import derived

Tamper = Callable[[Database], None]


@pytest.fixture
def worked(bench_file: Database) -> Shift:
    shift = Shift(bench_file, 2).begin().work(30)
    with shift.db.write():
        touched.follow(shift.db)
    assert findings(shift.db) == []
    return shift


def findings(db: Database) -> list[str]:
    return verify.verify(db, verify.scratch_database()).findings


def entry_at(db: Database, n: int) -> store.Stored:
    return next(store.since(db, n - 1, 1))[0]


def rewrite(db: Database, n: int, content: bytes, digest: bytes | None = None) -> None:
    one = entry_at(db, n)
    sql = store.text_statement("UPDATE entry SET bytes = :bytes, hash = :hash WHERE n = :n")
    db.run(sql, {"bytes": content, "hash": digest or one.hash, "n": n})


def another_word(content: bytes) -> bytes:
    return content.replace(b'"app":"0.1"', b'"app":"0.2"')


def change_a_byte(db: Database) -> None:
    rewrite(db, 9, another_word(entry_at(db, 9).content))


def change_a_byte_and_its_own_hash(db: Database) -> None:
    content = another_word(entry_at(db, 9).content)
    rewrite(db, 9, content, next_hash(entry_at(db, 8).hash, content))


def break_the_text(db: Database) -> None:
    rewrite(db, 9, entry_at(db, 9).content[:-1])


def empty_it(db: Database) -> None:
    rewrite(db, 9, b"{}")


def set_it_out_with_spaces(db: Database) -> None:
    rewrite(db, 9, json.dumps(json.loads(entry_at(db, 9).content)).encode())


def delete_one(db: Database) -> None:
    db.raw.execute("DELETE FROM entry WHERE n = 9")


def delete_the_first(db: Database) -> None:
    db.raw.execute("DELETE FROM entry WHERE n = 1")


def delete_the_newest(db: Database) -> None:
    db.raw.execute("DELETE FROM entry WHERE n = (SELECT max(n) FROM entry)")


def exchange_two(db: Database) -> None:
    ninth, tenth = entry_at(db, 9), entry_at(db, 10)
    rewrite(db, 9, tenth.content, tenth.hash)
    rewrite(db, 10, ninth.content, ninth.hash)


def slip_one_in(db: Database) -> None:
    last = entry_at(db, store.last_n(db))
    content = another_word(last.content).replace(
        f'"seq":{last.entry.seq}'.encode(), f'"seq":{last.entry.seq + 1}'.encode()
    )
    sql = (
        "INSERT INTO entry (n, writer, seq, hash, bytes, verdict) VALUES (:n, :writer, :seq, :hash, :bytes, 'accepted')"
    )
    row = {"n": last.n + 1, "writer": last.entry.writer, "seq": last.entry.seq + 1}
    db.run(store.text_statement(sql), row | {"hash": next_hash(last.hash, content), "bytes": content})


def turn_a_verdict(db: Database) -> None:
    db.raw.execute("UPDATE entry SET verdict = 'refused' WHERE n = 9")


def make_up_a_verdict(db: Database) -> None:
    db.raw.execute("UPDATE entry SET verdict = 'fine' WHERE n = 9")


def change_a_row(db: Database) -> None:
    db.raw.execute("UPDATE request SET state = 'arrived' WHERE id = (SELECT min(id) FROM request)")


def delete_a_row(db: Database) -> None:
    db.raw.execute("DELETE FROM request WHERE id = (SELECT min(id) FROM request)")


def add_a_row(db: Database) -> None:
    db.raw.execute("INSERT INTO operator (id, state) VALUES ('nobody', 'active')")


def free_a_key(db: Database) -> None:
    db.raw.execute("DELETE FROM key_holder WHERE holder LIKE 'operator:%'")


def give_a_key_to_another(db: Database) -> None:
    db.raw.execute("UPDATE key_holder SET holder = 'operator:nobody' WHERE holder LIKE 'operator:%'")


def change_a_private_value(db: Database) -> None:
    db.raw.execute("UPDATE private SET value = 'SMITH' WHERE commitment = (SELECT min(commitment) FROM private)")


def take_a_private_value_away(db: Database) -> None:
    db.raw.execute("DELETE FROM private WHERE commitment = (SELECT min(commitment) FROM private)")


def change_the_index_of_subjects(db: Database) -> None:
    db.raw.execute("DELETE FROM touch WHERE n = 9")


def change_whose_entry_it_is(db: Database) -> None:
    db.raw.execute("UPDATE entry SET writer = 'another' WHERE n = 9")


def forget_the_head(db: Database) -> None:
    db.raw.execute("DELETE FROM writer")


def turn_the_head(db: Database) -> None:
    with db.write():
        [head] = store.writers(db)
        other = store.Writer(head.writer, head.scope, head.short_code, head.last_seq, entry_at(db, 9).hash, 0)
        store.put_writer(db, other, store.last_n(db))


TAMPERING: dict[Tamper, str] = {
    change_a_byte: "differs from its hash",
    change_a_byte_and_its_own_hash: "differs from its hash",
    break_the_text: "not in its canonical form",
    empty_it: "not in its canonical form",
    set_it_out_with_spaces: "not in its canonical form",
    delete_one: "is missing",
    delete_the_first: "is missing",
    delete_the_newest: "its head says",
    exchange_two: "differs from its hash",
    slip_one_in: "is held by",
    turn_a_verdict: "differs",
    make_up_a_verdict: "unknown verdict",
    change_a_row: "table request differs",
    delete_a_row: "table request differs",
    add_a_row: "table operator differs",
    free_a_key: "key",
    give_a_key_to_another: "is held by operator:nobody",
    change_a_private_value: "differs from its commitment",
    take_a_private_value_away: "private values that entries cite are not there",
    change_the_index_of_subjects: "index of what entries touch",
    change_whose_entry_it_is: "says of itself",
    forget_the_head: "no head",
    turn_the_head: "its head says",
}


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda tamper: tamper.__name__)
def test_verify_finds_who_would(tamper: Tamper, worked: Shift) -> None:
    tamper(worked.db)
    found = findings(worked.db)
    assert any(TAMPERING[tamper] in finding for finding in found), found


def test_a_head_that_was_set_back_follows_from_the_newest_entries_again(worked: Shift) -> None:
    [head] = store.writers(worked.db)
    one = entry_at(worked.db, 9)
    with worked.db.write():
        store.put_writer(worked.db, store.Writer(head.writer, head.scope, head.short_code, one.entry.seq, one.hash, 0))
    assert store.writers(worked.db) == [head]
    assert findings(worked.db) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_changed_byte_of_any_entry_is_found(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    db = open_for_writing(tmp_path_factory.mktemp("shift") / "bench.db", KEY)
    versions.bring_up(db)
    Shift(db, 3).begin()
    one = entry_at(db, data.draw(st.integers(1, store.last_n(db))))
    content = bytearray(one.content)
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    rewrite(db, one.n, bytes(content))
    assert any(f"{one.entry.id} differs from its hash" in finding for finding in findings(db))
    db.close()


def test_an_entry_that_somebody_wrote_as_text_is_found_and_ends_no_proof(worked: Shift) -> None:
    one = entry_at(worked.db, 9)
    with worked.db.write():
        worked.db.raw.execute("UPDATE entry SET bytes = CAST(bytes AS TEXT) WHERE n = ?", (one.n,))
    assert any(f"{one.entry.id} is text where bytes were written" in finding for finding in findings(worked.db))


@pytest.mark.parametrize("tamper", [change_a_byte, delete_a_row, free_a_key], ids=lambda tamper: tamper.__name__)
def test_verify_finds_at_the_hub_too_who_would(tamper: Tamper, postgres: str) -> None:
    hub = open_postgres(postgres)
    Shift(hub, 2).begin().work(30)
    assert findings(hub) == []
    tamper(hub)
    assert any(TAMPERING[tamper] in finding for finding in findings(hub))
    hub.close()


def test_verify_writes_nothing(worked: Shift) -> None:
    before = [one for lot in store.since(worked.db) for one in lot]
    findings(worked.db)
    assert [one for lot in store.since(worked.db) for one in lot] == before
    worked.scan()
    assert findings(worked.db) == []


def test_a_file_torn_to_pieces_gives_no_more_findings_than_a_person_can_read(worked: Shift) -> None:
    worked.db.raw.execute("UPDATE entry SET verdict = 'fine'")
    worked.db.raw.execute("DELETE FROM key_holder")
    worked.db.raw.execute("UPDATE private SET value = 'SMITH'")
    assert 10 < len(findings(worked.db)) <= 50


def test_an_erased_value_leaves_chain_and_digests_whole(worked: Shift) -> None:
    before = verify.verify(worked.db, verify.scratch_database())
    worked.db.raw.execute("UPDATE private SET value = NULL WHERE subject LIKE 'patient:%'")
    after = verify.verify(worked.db, verify.scratch_database())
    assert after.findings == []
    assert after.erased > 0
    assert after.digests == before.digests


def test_no_private_text_stands_in_any_stored_byte_row_or_key(worked: Shift) -> None:
    texts = {text.encode() for text in worked.private_texts}
    journal = b"\n".join(one.content for lot in store.since(worked.db) for one in lot)
    assert len(texts) > 10
    assert [text for text in texts if text in journal] == []
    names = ("key_holder", "touch", "meta", *sorted(derived.tables))
    rows = [worked.db.tuples(store.text_statement(f"SELECT * FROM {name}")) for name in names]
    rows.append(worked.db.tuples(store.text_statement("SELECT formers, stand FROM entry")))
    stored = json.dumps(rows, ensure_ascii=False).encode()
    assert [text for text in texts if text in stored] == []


def assert_found_however_typed(worked: Shift, pen: Pen) -> None:
    for typed in ("oshaughnessyskvorecky", "skvor", "OSHAUGHNESSY", "shaughnessy"):
        assert ("patient:p1", pen.values[0].commitment) in store.find_private(worked.db, typed), typed
    for whole in ("O'Shaughnessy Skvorecky", "škvorecký"):
        assert ("patient:p1", pen.values[0].commitment) in store.find_exact_private(worked.db, whole), whole
    assert ("patient:p1", pen.values[0].commitment) not in store.find_exact_private(worked.db, "skvor")


def test_a_private_value_is_found_by_any_of_its_words_however_they_are_typed(worked: Shift) -> None:
    pen = worked.ledger.pen()
    with worked.db.write():
        pen.write("O’Shaughnessy-Škvorecký", "patient:p1")
        store.add_private(worked.db, pen.values)
        assert_found_however_typed(worked, pen)
        while store.index_private(worked.db):
            pass
    assert_found_however_typed(worked, pen)
    assert store.find_private(worked.db, "  ") == []
    assert store.private_values(worked.db, ["patient:p1"]) == {pen.values[0].commitment: "O’Shaughnessy-Škvorecký"}
