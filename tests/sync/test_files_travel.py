"""Files at a real hub: given behind the entries, cut off and taken up again, fetched by who asks, erased everywhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import psycopg
import pytest
from corpus import Work
from hub_parts import PASSWORD, SCOPE, EnrolledBench, fresh_chance
from psycopg import errors

from gms_desktop.files import chunks
from gms_desktop.files.kept import State
from gms_desktop.files.store import FileStore
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.recorder import Recorder
from gms_desktop.register import files_cited, look_up, versions
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import repeat_requests
from gms_desktop.services.arrive import Place
from gms_desktop.services.erase import erasure
from gms_desktop.services.receive import Desk
from gms_desktop.sync.file_queue import FileQueue
from gms_desktop.sync.hub.laboratory import Laboratory, add
from gms_desktop.sync.hub.verify import verify
from gms_desktop.sync.postgres_transport import PostgresHub
from gms_desktop.sync.runner import Sync
from gms_desktop.sync.transport import FileChunk, Given, HubRefusesBench

KEY = bytes(32)
LONG = b"0123456789abcdef" * (chunks.CHUNK // 16) * 3 + b"the end"
PATIENCE = 20.0


class Clock:
    """The computer's own."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FullBench:
    """A bench's file, its file store, its recorder and, once it shares, its sync."""

    folder: Path
    enrolled: EnrolledBench
    number: int
    sync: Sync | None = None
    later: float = 0.0
    hub: PostgresHub = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.recorder = Recorder(self._ledger)
        self.recorder.opened.result()
        self.files = FileStore(self.folder / "files.db", KEY)
        self.hub = self.enrolled.hub
        self.queue = FileQueue(self.files, self.recorder, SCOPE, Clock(), steady=lambda: monotonic() + self.later)

    def _ledger(self) -> Ledger:
        db = open_for_writing(self.folder / "bench.db", KEY)
        versions.bring_up(db)
        ledger = Ledger(db, fresh_chance(), Clock(), "0.1")
        with db.write():
            ledger.begin_writer(SCOPE, self.enrolled.enrolment.short_codes[0], "set up", f"Bench {self.number}")
        return ledger

    def takes_in(self, content: bytes) -> str:
        """Keep a file, then record its import, as the application does; the file's hash."""
        act = self.recorder.read(lambda ledger: ledger.identity()).result()
        digest = self.files.put(content, "text/csv", f"import:{act}", "2026-03-02T08:00:00.000000Z").sha256

        def record(ledger: Ledger) -> None:
            pen = ledger.pen()
            name = pen.write("requests.csv", f"import:{act}")
            counts = {"layout": "EXAMPLE", "landed": 0, "waiting": 0, "already": 0}
            body = {"import": act, "file": name, "sha256": digest, "size": len(content), **counts}
            ledger.append([Draft("import.taken_in", body, pen.values, {"by": "file"})], None)

        self.recorder.write(record).result()
        return digest

    def shares(self) -> None:
        """Begin to share with the hub."""
        connect = lambda: PostgresHub(self.enrolled.address, PASSWORD, SCOPE)  # noqa: E731
        self.sync = Sync(self.recorder, connect, Clock(), fresh_chance(), files=self.files)

    def shares_entries(self) -> None:
        """Share until everything recorded is at the hub, then no more: the files are moved by hand."""
        # A login has room for the two lines of an application, and hardly more.
        self.hub.close()
        sync = Sync(self.recorder, lambda: PostgresHub(self.enrolled.address, PASSWORD, SCOPE), Clock(), fresh_chance())
        try:
            until(lambda: not sync.state.waiting and sync.state.shared_at is not None, "the entries are shared")
        except AssertionError as fault:
            raise AssertionError(f"{sync.last_fault} {sync.state}") from fault
        finally:
            sync.close()

    def moves(self) -> None:
        """Move files until there is nothing more to do at once; what was put off is due again."""
        self.later += 10_000.0
        until(lambda: not self.queue.step(self.hub), "the files are moved")

    def close(self) -> None:
        if self.sync is not None:
            self.sync.close()
        self.recorder.close()
        self.files.close()


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something to become so."""
    end, pause = monotonic() + PATIENCE, threading.Event()
    while not holds():
        assert monotonic() < end, f"not within {PATIENCE:.0f} s: {what}"
        pause.wait(0.01)


@pytest.fixture
def benches(hub: Any, tmp_path: Path) -> Iterator[list[FullBench]]:
    made = [FullBench(tmp_path / f"bench{n}", hub.bench(f"Bench {n}"), n) for n in (1, 2)]
    yield made
    for one in made:
        one.close()


def at_hub(hub: Any, digest: str) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = hub.admin.execute(
        "SELECT complete, emptied, (SELECT count(*) FROM hub.file_chunk c WHERE c.sha256 = f.sha256) "
        "FROM hub.file f WHERE sha256 = %s",
        (digest,),
    ).fetchone()
    return found


def is_here(bench: FullBench, digest: str) -> bool:
    known = bench.files.kept(digest)
    return known is not None and known.state is State.HERE


def test_a_file_reaches_the_hub_behind_its_entry_and_another_bench_that_asks(
    hub: Any, benches: list[FullBench]
) -> None:
    first, second = benches
    digest = first.takes_in(LONG)
    for one in benches:
        one.shares()
    until(lambda: at_hub(hub, digest) == (True, False, 4), "the file is at the hub")
    known = first.files.kept(digest)
    until(lambda: (one := first.files.kept(digest)) is not None and one.confirmed_at is not None, "it is confirmed")
    assert known is not None
    assert second.files.kept(digest) is None, "a file is fetched only when somebody asks"
    second.files.want(digest, "import:asked", "2026-03-02T09:00:00.000000Z")
    until(lambda: is_here(second, digest), "the file is at the other bench")
    assert b"".join(second.files.content(digest)) == LONG


def test_no_file_reaches_the_hub_before_the_entry_that_cites_it(hub: Any, benches: list[FullBench]) -> None:
    bench = benches[0]
    digest = bench.takes_in(b"rows")
    bench.moves()
    assert at_hub(hub, digest) is None
    bench.shares_entries()
    bench.moves()
    assert at_hub(hub, digest) == (True, False, 1)


@pytest.mark.parametrize("cut", range(7))
def test_a_line_that_is_cut_at_any_chunk_costs_no_chunk_twice(hub: Any, benches: list[FullBench], cut: int) -> None:
    first, second = benches
    digest = first.takes_in(LONG)
    first.shares_entries()
    second.files.want(digest, "import:asked", "2026-03-02T09:00:00.000000Z")
    for bench in (first, second):
        for _ in range(cut):
            bench.queue.step(bench.hub)
        given_so_far = at_hub(hub, digest)
        missing_here = second.files.missing(digest)
        assert bench.hub.greet()
        hub.admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s",
            (bench.enrolled.address.login,),
        )
        assert not bench.queue.step(bench.hub)
        assert not bench.queue.step(bench.hub), "it rests before it tries again"
        assert (at_hub(hub, digest), second.files.missing(digest)) == (given_so_far, missing_here)
        bench.moves()
    assert at_hub(hub, digest) == (True, False, 4)
    assert b"".join(second.files.content(digest)) == LONG


def test_a_hub_that_was_restored_without_a_file_is_given_it_again(hub: Any, benches: list[FullBench]) -> None:
    bench = benches[0]
    digest = bench.takes_in(b"rows")
    bench.shares_entries()
    bench.moves()
    hub.admin.execute("DELETE FROM hub.file")
    hub.admin.execute(
        "INSERT INTO hub.recovery (scope, number, began_at, ended_at, reason) VALUES (%s, 1, now(), now(), 'restored')",
        (SCOPE,),
    )
    bench.shares_entries()
    assert bench.files.prune("2027-01-01", "2027-01-01", bench.queue._epoch()) == 0
    bench.moves()
    assert at_hub(hub, digest) == (True, False, 1)


def test_a_file_that_was_given_up_is_fetched_again(benches: list[FullBench]) -> None:
    bench = benches[0]
    digest = bench.takes_in(LONG)
    bench.shares_entries()
    bench.moves()
    assert bench.files.prune("2027-01-01", "2027-01-01", bench.queue._epoch()) == 1
    assert not is_here(bench, digest)
    bench.files.want(digest, bench.files.subjects(digest)[0], "2026-03-02T09:00:00.000000Z")
    bench.moves()
    assert b"".join(bench.files.content(digest)) == LONG


def erase_name(bench: FullBench, digest: str) -> None:
    """Erase what an import's file was called, as an administrator."""
    subject = bench.files.subjects(digest)[0]

    def erase(ledger: Ledger) -> None:
        cited = files_cited.citing(ledger.db, subject, digest)
        assert cited is not None
        body = {"subject": subject, "commitments": [cited.name], "reason": "asked", "authority": "IG-7", "by": "anna"}
        name = ledger.pen().write("EXAMPLE, Anna", "operator:anna")
        added = {"operator": "anna", "name": name, "badge": "b1"}
        role = {"operator": "anna", "role": "administrator", "granter": None, "laboratory": "EXAMPLE"}
        ledger.append([Draft("operator.added", added), Draft("role.granted", role)], None)
        ledger.append([Draft("private.erased", body)], "anna")

    bench.recorder.write(erase).result()


def test_an_import_whose_name_is_erased_has_its_file_emptied_everywhere(hub: Any, benches: list[FullBench]) -> None:
    first, second = benches
    digest = first.takes_in(LONG)
    first.shares_entries()
    first.moves()
    second.shares_entries()
    second.files.want(digest, first.files.subjects(digest)[0], "2026-03-02T09:00:00.000000Z")
    second.moves()
    assert is_here(second, digest)
    erase_name(first, digest)
    for bench in benches:
        bench.shares_entries()
        bench.moves()
        known = bench.files.kept(digest)
        assert known is not None
        assert (known.state, bench.files.chunk(digest, 0)) == (State.EMPTIED, None)
    assert at_hub(hub, digest) == (False, True, 0)


def test_a_file_erased_before_it_was_given_never_reaches_the_hub(hub: Any, benches: list[FullBench]) -> None:
    bench = benches[0]
    digest = bench.takes_in(b"rows")
    cited = bench.recorder.read(
        lambda ledger: files_cited.citing(ledger.db, bench.files.subjects(digest)[0], digest)
    ).result()
    bench.shares_entries()
    erase_name(bench, digest)
    bench.shares_entries()
    chunk = FileChunk(digest, 4, "text/csv", cited.writer, cited.seq, 0, b"rows")
    assert bench.hub.give_file_chunk(chunk)[0] is Given.EMPTIED
    assert at_hub(hub, digest) == (False, True, 0)


def drafts_a_letter(bench: FullBench) -> tuple[str, str]:
    """A specimen came, and the letter about it is drafted as at a bench: the letter's hash, and whom it names."""

    def draft(ledger: Ledger) -> tuple[str, str]:
        work = Work(ledger)
        laboratory = {"laboratory": SCOPE, "name": "EXAMPLE", "ods": "R0A", "letter": "L", "rehearsal": False}
        ledger.append([Draft("laboratory.set_up", laboratory | {"time_zone": "Europe/London"})], None)
        ledger.append([asked := work.expected()], None)
        ledger.append([came := work.received(asked, 1)], None)
        desk = Desk(Place(ledger.head.writer, "L", "printer", "tube"), files=lambda: bench.files)
        specimen = look_up.row(ledger.db, "specimen", came.body["specimen"])
        assert specimen is not None
        outcome = repeat_requests.draft(ledger, desk, specimen)
        ledger.append(outcome.drafts, None)
        return outcome.drafts[0].body["sha256"], specimen["patient"]

    return bench.recorder.write(draft).result()


def erase_patient(bench: FullBench, patient: str) -> None:
    """Erase a patient, as an administrator."""

    def erase(ledger: Ledger) -> None:
        name = ledger.pen().write("EXAMPLE, Anna", "operator:anna")
        role = {"operator": "anna", "role": "administrator", "granter": None, "laboratory": "EXAMPLE"}
        added = Draft("operator.added", {"operator": "anna", "name": name, "badge": "b1"})
        ledger.append([added, Draft("role.granted", role)], None)
        ledger.append([erasure(ledger, f"patient:{patient}", "asked", "IG-7", "anna")], "anna")

    bench.recorder.write(erase).result()


def test_a_patient_who_is_erased_is_erased_from_the_letter_at_every_bench_and_at_the_hub(
    hub: Any, benches: list[FullBench]
) -> None:
    first, second = benches
    digest, patient = drafts_a_letter(first)
    first.shares_entries()
    first.moves()
    assert at_hub(hub, digest) == (True, False, 1)
    second.shares_entries()
    second.files.want(digest, first.files.subjects(digest)[0], "2026-03-02T09:00:00.000000Z")
    second.moves()
    assert is_here(second, digest)
    erase_patient(second, patient)
    for bench in (second, first):
        bench.shares_entries()
        bench.moves()
        known = bench.files.kept(digest)
        assert known is not None
        assert (known.state, bench.files.chunk(digest, 0)) == (State.EMPTIED, None)
    assert at_hub(hub, digest) == (False, True, 0)
    proof = verify(hub.admin, SCOPE)
    assert proof.findings == []


def test_a_letter_whose_patient_is_erased_before_it_was_given_never_reaches_the_hub(
    hub: Any, benches: list[FullBench]
) -> None:
    bench = benches[0]
    digest, patient = drafts_a_letter(bench)
    content = b"".join(bench.files.content(digest))
    (subject,) = bench.files.subjects(digest)
    cited = bench.recorder.read(lambda ledger: files_cited.citing(ledger.db, subject, digest)).result()
    assert cited is not None
    erase_patient(bench, patient)
    bench.shares_entries()
    chunk = FileChunk(digest, len(content), "application/pdf", cited.writer, cited.seq, 0, content)
    assert bench.hub.give_file_chunk(chunk)[0] is Given.EMPTIED
    assert at_hub(hub, digest) == (False, True, 0)


def test_a_qc_report_is_emptied_at_the_hub_with_the_values_of_anything_that_it_names(
    hub: Any, benches: list[FullBench]
) -> None:
    bench = benches[0]
    _, patient = drafts_a_letter(bench)

    def issued(ledger: Ledger) -> str:
        document = ledger.identity()
        digest = bench.files.put(b"QC", "text/csv", f"document:{document}", "2026-03-02T08:00:00.000000Z").sha256
        body = {"document": document, "sort": "qc-report", "form": "csv", "sha256": digest, "start": None, "end": None}
        about = {"about": [f"patient:{patient}"], "replaces": None, "file": None}
        ledger.append([Draft("document.issued", body | about)], None)
        return digest

    digest = bench.recorder.write(issued).result()
    bench.shares_entries()
    bench.moves()
    assert at_hub(hub, digest) == (True, False, 1)
    erase_patient(bench, patient)
    bench.shares_entries()
    bench.moves()
    known = bench.files.kept(digest)
    assert known is not None
    assert known.state is State.EMPTIED
    assert at_hub(hub, digest) == (False, True, 0)
    assert verify(hub.admin, SCOPE).findings == []


# --- what a bench must not do ---


@pytest.fixture
def shared(benches: list[FullBench]) -> tuple[FullBench, FileChunk]:
    """A bench with an import at the hub, and the chunk of its file."""
    bench = benches[0]
    digest = bench.takes_in(b"rows")
    bench.shares_entries()
    subject = bench.files.subjects(digest)[0]
    cited = bench.recorder.read(lambda ledger: files_cited.citing(ledger.db, subject, digest)).result()
    assert cited is not None
    return bench, FileChunk(digest, 4, "text/csv", cited.writer, cited.seq, 0, b"rows")


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ({"content": b"row"}, Given.REFUSED),
        ({"size": 5, "content": b"rows!"}, Given.REFUSED),
        ({"number": 1}, Given.REFUSED),
        ({"number": -1}, Given.REFUSED),
        ({"sha256": sha256(b"another").hexdigest()}, Given.REFUSED),
        ({"sha256": "not a hash"}, Given.REFUSED),
        ({"size": 200_000_001}, Given.REFUSED),
        ({"seq": 99}, Given.UNCITED),
        ({"seq": 1}, Given.REFUSED),
        ({"content": b"ROWS"}, Given.DIFFERS),
        ({}, Given.COMPLETE),
    ],
    ids=str,
)
def test_the_hub_takes_only_the_file_that_an_entry_cites(
    hub: Any, shared: tuple[FullBench, FileChunk], wrong: dict[str, Any], answer: Given
) -> None:
    bench, chunk = shared
    assert bench.hub.give_file_chunk(replace(chunk, **wrong))[0] is answer
    expected = {Given.COMPLETE: (True, False, 1), Given.DIFFERS: (False, False, 0)}.get(answer)
    assert at_hub(hub, chunk.sha256) == expected


@pytest.mark.parametrize("table", ["file", "file_chunk", "file_citation"])
def test_a_bench_that_tries_to_write_the_files_at_the_hub_itself_is_refused(
    shared: tuple[FullBench, FileChunk], table: str
) -> None:
    with shared[0].enrolled.connect() as session:
        for statement in (f"DELETE FROM hub.{table}", f"UPDATE hub.{table} SET sha256 = ''", f"TRUNCATE hub.{table}"):
            with pytest.raises(errors.InsufficientPrivilege):
                session.execute(statement)
        with pytest.raises(errors.InsufficientPrivilege):
            session.execute(f"INSERT INTO hub.{table} DEFAULT VALUES")


def test_a_bench_of_another_laboratory_sees_no_file(hub: Any, shared: tuple[FullBench, FileChunk]) -> None:
    bench, chunk = shared
    bench.hub.give_file_chunk(chunk)
    with psycopg.connect(hub.dsn) as admin:
        add(admin, Laboratory("laboratory-2", "EXAMPLE"))
    stranger = hub.bench("Stranger", "laboratory-2")
    with stranger.connect() as session:
        assert session.execute("SELECT count(*) FROM hub.file").fetchone() == (0,)
        assert session.execute("SELECT count(*) FROM hub.file_chunk").fetchone() == (0,)
    assert stranger.hub.give_file_chunk(chunk)[0] is Given.UNCITED
    hub.admin.execute("UPDATE hub.bench SET state = 'revoked' WHERE login = %s", (bench.enrolled.address.login,))
    with pytest.raises(HubRefusesBench):
        bench.hub.give_file_chunk(chunk)
