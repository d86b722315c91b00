"""What a bench's login may not do, tried with a bench's real login."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from gms_desktop.journal.private import commit
from gms_desktop.sync.hub.laboratory import Laboratory, add
from gms_desktop.sync.messages import Answer, Push, first_order_hash

TABLES = (
    "scope",
    "recovery",
    "bench",
    "writer",
    "short_code",
    "entry",
    "key_holder",
    "private",
    "credential",
    "reoffered",
    "reoffered_private",
    "reoffered_signature",
    "signing_key",
    "signature",
    "digest",
    "base",
    "base_chunk",
    "template",
)


@pytest.fixture
def session(bench: Any) -> Iterator[psycopg.Connection]:
    """A session of the bench's own login."""
    with bench.connect() as connection:
        yield connection


def refuses(session: psycopg.Connection, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        session.execute(statement)


# What is refused changes nothing, so one hub is enough for all tables: a failure shows the statement.


def test_a_bench_that_tries_to_alter_a_row_is_refused(session: psycopg.Connection) -> None:
    others = {"base_chunk": "number", "short_code": "code", "bench": "name", "template": "kind"}
    for table in TABLES:
        column = others.get(table, "scope")
        refuses(session, f"UPDATE hub.{table} SET {column} = {column}")


def test_a_bench_that_tries_to_delete_a_row_is_refused(session: psycopg.Connection) -> None:
    for table in TABLES:
        refuses(session, f"DELETE FROM hub.{table}")


def test_a_bench_that_tries_to_insert_a_row_is_refused(session: psycopg.Connection) -> None:
    for table in TABLES:
        refuses(session, f"INSERT INTO hub.{table} DEFAULT VALUES")


def test_a_bench_that_tries_to_empty_drop_or_lock_a_table_is_refused(session: psycopg.Connection) -> None:
    for table in TABLES:
        refuses(session, f"TRUNCATE hub.{table}")
        refuses(session, f"DROP TABLE hub.{table}")
        refuses(session, f"ALTER TABLE hub.{table} DISABLE ROW LEVEL SECURITY")
        with pytest.raises(errors.InsufficientPrivilege), session.transaction():
            session.execute(f"LOCK TABLE hub.{table} IN EXCLUSIVE MODE")


def test_a_bench_that_tries_to_hold_the_head_row_is_refused(session: psycopg.Connection) -> None:
    refuses(session, "SELECT * FROM hub.scope FOR UPDATE")


def test_a_bench_may_not_read_a_partition_beside_the_table(hub: Any, session: psycopg.Connection) -> None:
    partition = hub.admin.execute("SELECT inhrelid::regclass::text FROM pg_inherits").fetchone()[0]
    refuses(session, f"SELECT * FROM {partition}")


def test_a_bench_that_forges_another_benchs_writer_is_refused(bench: Any, anothers: Any) -> None:
    victim = anothers()
    forged = victim.writer.chained([victim.note().to_bytes()])
    answer = bench.hub.push(Push("laboratory-1", victim.writer.name, 2, forged, (), bench.standing))
    assert (answer.answer, answer.acked_seq) == (Answer.REFUSED, 0)
    assert victim.push(victim.note()).answer is Answer.OK


def test_a_bench_that_repeats_anothers_entries_as_its_own_is_refused(bench: Any, anothers: Any) -> None:
    victim = anothers()
    replayed = tuple(victim.writer.sent)
    as_victim = bench.hub.push(Push("laboratory-1", victim.writer.name, 1, replayed, (), bench.standing))
    as_itself = bench.hub.push(Push("laboratory-1", bench.writer.name, 2, replayed, (), bench.standing))
    assert (as_victim.answer, as_itself.answer) == (Answer.REFUSED, Answer.REFUSED)


def test_a_bench_that_replays_its_own_entries_changes_nothing(bench: Any) -> None:
    before = bench.hub.greet().head
    answer = bench.hub.push(Push("laboratory-1", bench.writer.name, 1, tuple(bench.writer.sent), (), bench.standing))
    assert (answer.answer, bench.hub.greet().head) == (Answer.DUP, before)


def test_a_bench_that_skips_a_number_is_told_of_the_gap(bench: Any) -> None:
    assert bench.push_bytes([bench.writer.entry(3).to_bytes()], first_seq=3).answer is Answer.GAP


def test_a_bench_that_sends_bytes_whose_columns_differ_is_refused(bench: Any) -> None:
    answer = bench.push_bytes([bench.writer.entry(9).to_bytes()])
    assert (answer.answer, "number 9" in answer.detail) == (Answer.REFUSED, True)


@pytest.fixture
def neighbour(hub: Any) -> Any:
    """A bench of another laboratory on the same hub, with an entry and a private value there."""
    with psycopg.connect(hub.dsn) as admin:
        add(admin, Laboratory("laboratory-2", "EXAMPLE neighbour"))
    made = hub.bench("Neighbour", "laboratory-2")
    value = commit("OYELARAN", bytes(16), "patient:1")
    began = made.writer.began()
    content = [began.to_bytes(), made.writer.entry(2, private=(value.commitment,)).to_bytes()]
    answer = made.push_bytes(content, (value,), scope="laboratory-2")
    assert answer.answer is Answer.OK, answer.detail
    return made


def test_a_bench_reads_nothing_of_another_scope(neighbour: Any, session: psycopg.Connection) -> None:
    hidden = {"template", "signing_key"}
    for table in [name for name in TABLES if not name.startswith("reoffered") and name not in hidden]:
        column = "login" if table == "short_code" else "scope"
        own = {"short_code": "session_user"}.get(table, "'laboratory-1'")
        assert session.execute(f"SELECT count(*) FROM hub.{table} WHERE {column} <> {own}").fetchone() == (0,), table


def test_a_bench_that_pulls_or_pushes_for_another_scope_is_refused(bench: Any, neighbour: Any) -> None:
    bench.hub._scope = "laboratory-2"
    pulled = bench.hub.pull(type(bench.standing)(0, first_order_hash("laboratory-2")), 10)
    assert (pulled.answer, pulled.page, pulled.head) == (Answer.REFUSED, None, 0)
    pushed = bench.push_bytes([bench.note().to_bytes()], scope="laboratory-2")
    assert (pushed.answer, pushed.head) == (Answer.REFUSED, 1)


def test_a_bench_that_calls_the_owners_functions_is_refused(hub: Any, session: psycopg.Connection) -> None:
    open_to_all = {"append", "pull", "greet", "take_up", "own_scope", "epoch", "answer_of", "admit_session"}
    open_to_all |= {"give_credentials", "share_pepper", "reoffer", "give_chunk"}
    open_to_all |= {"name_key", "sign", "reoffer_signatures"}
    functions = hub.admin.execute(
        "SELECT p.oid::regprocedure::text, p.proname FROM pg_proc p WHERE p.pronamespace = 'hub'::regnamespace"
    ).fetchall()
    may = {
        name
        for signature, name in functions
        if session.execute("SELECT has_function_privilege(%s, 'EXECUTE')", (signature,)).fetchone() == (True,)
    }
    assert may == open_to_all
    refuses(session, "SELECT hub.erase(NULL, NULL, NULL, NULL)")
    refuses(session, "SELECT hub.say('GMREF', 'words')")


def test_a_bench_that_tries_to_become_the_owner_or_make_things_is_refused(session: psycopg.Connection) -> None:
    refuses(session, "SET ROLE gms_hub")
    refuses(session, "CREATE TABLE hub.mine (n integer)")
    refuses(session, "CREATE FUNCTION hub.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    refuses(session, "CREATE ROLE another")
    refuses(session, "ALTER ROLE gms_bench CREATEROLE")


def test_a_table_of_the_benchs_own_by_the_name_of_the_hubs_changes_nothing(bench: Any) -> None:
    with bench.connect() as session:
        session.execute("CREATE TEMP TABLE bench AS SELECT session_user::text AS login, 'laboratory-2' AS scope")
        session.execute("SET search_path = pg_temp, hub, pg_catalog")
        row = session.execute("SELECT scope FROM hub.greet()").fetchone()
    assert row == ("laboratory-1",)


def test_a_bench_whose_password_is_wrong_does_not_come_in(bench: Any) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**bench.address.parameters(), password="another")


def test_a_login_that_is_no_bench_reads_and_pushes_nothing(hub: Any, bench: Any) -> None:
    hub.admin.execute("UPDATE hub.bench SET state = 'revoked'")
    with bench.connect() as session:
        assert session.execute("SELECT count(*) FROM hub.entry").fetchone() == (0,)
    answer = bench.push(bench.note())
    assert (answer.answer, "taken off" in answer.detail) == (Answer.REFUSED, True)
