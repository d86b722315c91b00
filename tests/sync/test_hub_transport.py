"""What a bench hears when the way to the hub is cut, slow, closed or full: always an answer or words, never a wait."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from gms_desktop.journal.private import commit
from gms_desktop.sync.heard import heard
from gms_desktop.sync.hub.migrations import NewerHub, migrate
from gms_desktop.sync.messages import Answer, HubDigest, Standing, next_order_hash
from gms_desktop.sync.postgres_transport import HubAddress, PostgresHub
from gms_desktop.sync.transport import BaseOnOffer, HubCredential, HubRefusesBench, HubUnavailable


def test_the_hub_greets_a_bench_with_all_that_it_needs(hub: Any, bench: Any) -> None:
    hub.admin.execute(
        "INSERT INTO hub.base SELECT 'laboratory-1', p, v, '', '{}', 10 * p, '\\xaa', now() "
        "FROM (VALUES (1, 'r1'), (2, 'r1'), (1, 'r2')) AS u(p, v)"
    )
    said = bench.hub.greet()
    assert (said.scope, said.laboratory, said.bench, said.state) == (
        "laboratory-1",
        "EXAMPLE laboratory",
        "Bench 1",
        "active",
    )
    assert abs(said.server_time - datetime.now(UTC)) < timedelta(seconds=5)
    assert (said.head.position, len(said.head.order_hash)) == (1, 32)
    assert set(said.bases) == {BaseOnOffer("r1", 2, 20, b"\xaa"), BaseOnOffer("r2", 1, 10, b"\xaa")}
    assert set(said.short_codes) == set(bench.enrolment.short_codes[1:])


def test_pages_follow_one_another_until_nothing_is_left(bench: Any) -> None:
    bench.push(*(bench.writer.entry(seq) for seq in range(2, 30)))
    standing, seen = bench.standing, []
    while (page := bench.hub.pull(standing, 10).page).entries:
        running = standing.order_hash
        for placed in page.entries:
            running = next_order_hash(running, placed.hash, placed.verdict)
        standing = page.standing
        assert (page.head, standing.order_hash) == (29, running)
        seen += [placed.position for placed in page.entries]
    assert seen == list(range(1, 30))


def test_a_page_is_cut_at_a_megabyte_but_never_empty(bench: Any) -> None:
    body = {"text": "x" * 60_000}
    for start in (2, 17):
        assert bench.push(*(bench.writer.entry(seq, body=body) for seq in range(start, start + 15))).answer is Answer.OK
    page = bench.hub.pull(bench.standing, 5000).page
    assert 1_000_000 <= sum(len(placed.content) for placed in page.entries) < 1_070_000


def test_digests_travel_with_the_page_of_their_position(hub: Any, bench: Any) -> None:
    bench.push(bench.note())
    hub.admin.execute(
        "INSERT INTO hub.digest SELECT 'laboratory-1', p, t, d, 'r1' "
        "FROM (VALUES (1, 'specimen', 'aa'), (2, 'tube', 'bb')) AS u(p, t, d)"
    )
    page = bench.hub.pull(bench.standing, 1).page
    assert page.digests == (HubDigest(1, "specimen", "aa", "r1"),)


def test_order_hashes_are_told_of_the_positions_that_the_hub_has_even_in_a_recovery(hub: Any, bench: Any) -> None:
    bench.push(bench.note())
    page = bench.hub.pull(bench.standing, 10).page
    hub.admin.execute("INSERT INTO hub.recovery VALUES ('laboratory-1', 1, now(), NULL, 'EXAMPLE')")
    orders = bench.hub.orders([1, 2, 3])
    assert sorted(orders) == [1, 2]
    assert orders[2] == page.standing.order_hash


def test_entries_are_given_back_while_a_recovery_is_open_and_not_otherwise(hub: Any, bench: Any) -> None:
    value = commit("OYELARAN", bytes(16), "patient:1")
    offered = [(7, sent) for sent in bench.writer.sent]
    with pytest.raises(HubUnavailable):
        bench.hub.reoffer(offered, (value,))
    hub.admin.execute("INSERT INTO hub.recovery VALUES ('laboratory-1', 1, now(), NULL, 'EXAMPLE')")
    for _ in range(2):
        bench.hub.reoffer(offered, (value, replace(value, value="SMITH", commitment="0" * 64)))
    row = hub.admin.execute("SELECT position, writer, seq, bytes FROM hub.reoffered").fetchall()
    assert row == [(7, bench.writer.name, 1, bench.writer.sent[0].content)]
    assert hub.admin.execute("SELECT value FROM hub.reoffered_private").fetchall() == [("OYELARAN",)]


def test_the_chunks_of_a_base_come_in_order(hub: Any, bench: Any) -> None:
    hub.admin.execute("INSERT INTO hub.base VALUES ('laboratory-1', 1, 'r1', '', '{}', 3, '', now())")
    hub.admin.execute(
        "INSERT INTO hub.base_chunk SELECT 'laboratory-1', 1, 'r1', n, convert_to(n::text, 'UTF8') "
        "FROM generate_series(2, 0, -1) AS n"
    )
    offered = bench.hub.greet().bases[0]
    assert b"".join(bench.hub.base(offered)) == b"012"


def test_a_pin_set_at_one_bench_is_numbered_and_reaches_the_other_once(bench: Any, anothers: Any) -> None:
    other = anothers()
    bench.hub.give_credentials([HubCredential("ada", 1, "$argon2id$EXAMPLE"), HubCredential("ada", 2, "$argon2id$2")])
    bench.hub.give_credentials([HubCredential("ada", 1, "$argon2id$forged")])
    found = other.hub.credentials(0)
    assert [(one.pin, one.verifier) for one in found] == [(1, "$argon2id$EXAMPLE"), (2, "$argon2id$2")]
    assert other.hub.credentials(found[0].number) == found[1:]


def test_a_text_that_no_database_holds_is_refused_with_words(bench: Any) -> None:
    answer = bench.push_bytes([bench.note().to_bytes()], writer="writer\0")
    assert answer.answer is Answer.REFUSED
    assert bench.push(bench.note()).answer is Answer.OK


def nobody_there(tls: Any = "disable") -> HubAddress:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return HubAddress("127.0.0.1", port, "gms", "gms_bench_x", tls)


def test_a_hub_that_is_not_there_is_unavailable_in_words(bench: Any) -> None:
    with pytest.raises(HubUnavailable, match="cannot be reached"):
        PostgresHub(nobody_there(), "secret", "laboratory-1").greet()


def test_a_wrong_password_is_for_a_person_to_mend(bench: Any) -> None:
    hub = PostgresHub(bench.address, "another", "laboratory-1")
    with pytest.raises(HubRefusesBench, match="Enrol this bench again"):
        hub.pull(Standing(0, b""), 1)


def test_after_the_server_ended_the_session_the_next_question_calls_again(hub: Any, bench: Any) -> None:
    hub.admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (bench.address.login,)
    )
    with pytest.raises(HubUnavailable):
        bench.hub.greet()
    assert bench.hub.greet().head.position == 1


def test_a_hub_of_an_older_version_is_said_to_be_one(hub: Any, bench: Any) -> None:
    hub.admin.execute("DROP FUNCTION hub.greet()")
    with pytest.raises(HubUnavailable, match="another version"):
        bench.hub.greet()


def test_a_disk_that_is_full_is_said_in_words() -> None:
    assert "no room" in str(heard(psycopg.errors.DiskFull("no space left"), nobody_there()))


@pytest.fixture
def stranger() -> Iterator[Callable[[bytes], HubAddress]]:
    """Starts something at a port that says the same to everyone; returns its address."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def serve(server: socket.socket, words: bytes) -> None:
        server.settimeout(0.05)
        with server:
            while not stop.is_set():
                with contextlib.suppress(TimeoutError), server.accept()[0] as line:
                    line.recv(64)
                    line.sendall(words)

    def start(words: bytes, tls: Any = "verify-full") -> HubAddress:
        server = socket.create_server(("127.0.0.1", 0))
        threads.append(threading.Thread(target=serve, args=(server, words)))
        threads[-1].start()
        return HubAddress("127.0.0.1", server.getsockname()[1], "gms", "x", tls)

    yield start
    stop.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("tls", ["disable", "verify-full"])
def test_a_network_that_answers_in_the_hubs_place_is_no_hub(stranger: Any, tls: Any) -> None:
    page = b"HTTP/1.1 302 Found\r\nLocation: http://sign-in.example/\r\n\r\n"
    with pytest.raises(HubUnavailable):
        PostgresHub(stranger(page, tls), "secret", "laboratory-1").greet()


def test_a_server_that_speaks_no_tls_is_sent_no_password(stranger: Any) -> None:
    with pytest.raises(HubUnavailable, match="could not prove that it is the hub"):
        PostgresHub(stranger(b"N"), "secret", "laboratory-1").greet()


def test_a_line_that_goes_dead_is_given_up(hub: Any, bench: Any) -> None:
    quick = PostgresHub(bench.address, "a password of the bench's own", "laboratory-1", silence=0.3)
    assert quick.greet().head.position == 1
    with psycopg.connect(hub.dsn) as hog:
        hog.execute("LOCK TABLE hub.scope IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(HubUnavailable):
            quick.greet()
        assert time.monotonic() - began < 5
    # The hub's side of the dead line ends when it next wants to say something.
    own = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
    while hub.admin.execute(own, (bench.address.login,)).fetchone()[0] > 1:
        pass
    assert quick.greet().head.position == 1
    quick.close()


def test_a_hub_brought_up_by_a_newer_version_is_left_as_it_is(hub: Any) -> None:
    migrate(hub.dsn)
    hub.admin.execute("UPDATE hub.alembic_version SET version_num = '9999'")
    with pytest.raises(NewerHub, match="newer version"):
        migrate(hub.dsn)
