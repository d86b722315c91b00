"""Days without a network: a bench's journal on a stick, taken in by a real hub as if the bench had sent it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hub_parts import PASSWORD, HubOfTest, fresh_chance

from gms_desktop import settings
from gms_desktop.journal import ballast, secret_store, sqlite_file, store
from gms_desktop.journal.lock import BenchLock
from gms_desktop.rehearsal import made_up
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import bench_file
from gms_desktop.sync import carried_files, carrying, replica
from gms_desktop.sync.hub.enrol import enrol
from gms_desktop.sync.hub.laboratory import Laboratory, add
from gms_desktop.sync.hub.verify import verify
from gms_desktop.sync.joining import address_of, take_up
from ui import command

RESOURCES = Path(__file__).parents[2] / "resources" / "rehearsal"
SIGNED = ("--badge", made_up.PEOPLE[0].badge, "--pin", made_up.SHORT_PIN)
PASSPHRASE = "copper kettle Tuesday"


@dataclass
class Outage:
    """A bench that cannot reach its hub, the hub, and what the command line said."""

    data: Path
    hub: HubOfTest
    scope: str
    login: str
    capsys: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def run(self, *arguments: object) -> int:
        self.capsys.readouterr()
        code = command.main([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        self.out, self.err = said.out, said.err
        assert "Traceback" not in self.out + self.err
        return code

    def carry_out(self, file: Path, passphrase: str = PASSPHRASE) -> int:
        return self.run("carry-out", file, "--passphrase", passphrase, "--data", self.data)

    def take_in(self, file: Path, fingerprint: str = "", **other: str) -> int:
        said = {"passphrase": PASSPHRASE, "database": self.hub.dsn, "login": self.login} | other
        options = [f"--{name}={value}" for name, value in said.items()]
        return self.run("hub", "take-in", file, "--fingerprint", fingerprint or self.fingerprint, *options)

    def works(self) -> None:
        """Something is recorded: a file of expected requests, once more as another file."""
        said = (RESOURCES / "expected.csv").read_text("utf-8") + f"# {len(self.mine())}\n"
        (self.data.parent / "more.csv").write_text(said.replace("Q26-", f"X{len(self.mine())}-"), "utf-8")
        mapping = RESOURCES / "mapping.toml"
        self.run("import", self.data.parent / "more.csv", "--mapping", mapping, "--data", self.data, *SIGNED)

    def mine(self) -> list[tuple[int, bytes, bytes]]:
        key = secret_store.key_of(secret_store.FileSecrets(self.data / "secrets"))
        assert key is not None
        db = sqlite_file.open_for_reading(self.data / "bench.db", key)
        try:
            return [(one.entry.seq, one.hash, one.content) for lot in store.since(db) for one in lot]
        finally:
            db.close()

    def theirs(self) -> list[tuple[int, bytes, bytes]]:
        rows = self.hub.admin.execute(
            "SELECT seq, hash, bytes FROM hub.entry WHERE scope = %s ORDER BY position", (self.scope,)
        )
        return [(seq, bytes(digest), bytes(content)) for seq, digest, content in rows]

    def private(self) -> int:
        row = self.hub.admin.execute("SELECT count(*) FROM hub.private WHERE scope = %s", (self.scope,)).fetchone()
        assert row is not None
        return int(row[0])

    @property
    def fingerprint(self) -> str:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        from gms_desktop.sync.journal_file import fingerprint

        secret = carrying.signing_key(secret_store.secrets_of(self.data))
        return fingerprint(Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw())


def set_up(data: Path) -> str:
    """Set a bench up as its first screen does; its laboratory."""
    settings.write(data, Settings(bench="Bench 3", rehearsal=True, printer=PrinterSettings(mode="folder")))
    with (data / "ballast").open("wb") as reserve:
        reserve.truncate(ballast.SIZE)
    file = bench_file(data)
    file.take()
    try:
        ledger = file.open(lambda fresh: made_up.begin(fresh, file.pepper))
        scope = ledger.head.scope
        ledger.db.close()
    finally:
        file.release()
    return scope


@pytest.fixture
def outage(hub: HubOfTest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Outage:
    data = tmp_path / "bench"
    scope = set_up(data)
    with hub.admin.transaction():
        add(hub.admin, Laboratory(scope, "EXAMPLE laboratory", rehearsal=True))
    enrolment = enrol(hub.admin, hub.place, "Bench 3", scope, fresh_chance())
    take_up(enrolment.code, address_of(enrolment.code, tls="disable"), PASSWORD)
    said = Outage(data, hub, scope, enrolment.login, capsys)
    said.works()
    return said


def test_what_a_bench_carried_out_stands_at_the_hub_byte_for_byte_with_its_private_values(
    outage: Outage, tmp_path: Path
) -> None:
    stick = tmp_path / "stick.gmsj"
    assert outage.carry_out(stick) == 0
    assert f"Fingerprint of this bench: {outage.fingerprint}" in outage.out
    assert outage.take_in(stick) == 0, outage.err
    assert f"The hub has all {len(outage.mine())} entries of the file" in outage.out
    assert outage.theirs() == outage.mine()
    assert outage.private() > 0


def test_the_files_that_entries_cite_are_carried_and_stand_at_the_hub(outage: Outage, tmp_path: Path) -> None:
    outage.works()
    stick = tmp_path / "stick.gmsj"
    assert outage.carry_out(stick) == 0
    assert "and 2 files carried out" in outage.out
    assert outage.take_in(stick) == 0, outage.err
    assert "The hub has 2 of the 2 files." in outage.out
    proof = verify(outage.hub.admin, outage.scope)
    assert proof.clean
    assert (proof.files.cited, proof.files.whole) == (2, 2)
    assert outage.take_in(stick) == 0
    assert "The hub has 2 of the 2 files." in outage.out


def test_files_above_what_a_stick_takes_stay_here_and_that_is_said(
    outage: Outage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outage.works()
    sizes = sorted((tmp_path / "more.csv").stat().st_size for _ in range(2))
    monkeypatch.setattr(carried_files.gather, "__defaults__", (sizes[0] + 10,))
    assert outage.carry_out(tmp_path / "stick.gmsj") == 0
    assert "and 1 file carried out" in outage.out
    assert "1 files stay here" in outage.out
    assert outage.take_in(tmp_path / "stick.gmsj") == 0, outage.err
    assert len(verify(outage.hub.admin, outage.scope).files.missing) == 1


def test_the_same_file_twice_changes_nothing_and_a_later_one_adds_what_is_new(outage: Outage, tmp_path: Path) -> None:
    first, second = tmp_path / "first.gmsj", tmp_path / "second.gmsj"
    outage.carry_out(first)
    assert outage.take_in(first) == 0
    before, private = outage.theirs(), outage.private()
    assert outage.take_in(first) == 0
    assert "it had them already, nothing was changed" in outage.out
    assert (outage.theirs(), outage.private()) == (before, private)
    outage.works()
    outage.carry_out(second)
    assert outage.take_in(second) == 0, outage.err
    assert outage.theirs() == outage.mine()
    assert outage.take_in(first) == 0
    assert outage.theirs() == outage.mine()


def test_a_cut_or_changed_file_or_a_wrong_passphrase_is_refused_in_words_and_nothing_is_taken_in(
    outage: Outage, tmp_path: Path
) -> None:
    stick = tmp_path / "stick.gmsj"
    outage.carry_out(stick)
    content = stick.read_bytes()
    for said in (content[:-100], content[:500] + b"x" + content[501:]):
        stick.write_bytes(said)
        assert outage.take_in(stick) == 2
        assert "cut or changed on its way. Carry it out again" in outage.err
    stick.write_bytes(content)
    assert outage.take_in(stick, passphrase="copper kettle Monday") == 2
    assert "The passphrase is not the one" in outage.err
    assert outage.theirs() == []


def test_a_file_signed_by_another_bench_is_refused(outage: Outage, tmp_path: Path) -> None:
    stick = tmp_path / "stick.gmsj"
    outage.carry_out(stick)
    assert outage.take_in(stick, "0000-0000-0000-0000") == 2
    assert "Do not take it in; ask the bench." in outage.err
    assert outage.theirs() == []


def test_a_bench_that_the_hub_has_never_met_is_named_and_what_to_do(outage: Outage, tmp_path: Path) -> None:
    stick = tmp_path / "stick.gmsj"
    outage.carry_out(stick)
    assert outage.take_in(stick, login="") == 2
    assert "Enrol it, let it take up its code once, and name its login" in outage.err


def test_a_revoked_bench_gets_nothing_in_by_stick_either(outage: Outage, tmp_path: Path) -> None:
    stick = tmp_path / "stick.gmsj"
    outage.carry_out(stick)
    outage.hub.admin.execute("UPDATE hub.bench SET state = 'revoked' WHERE login = %s", (outage.login,))
    assert outage.take_in(stick) == 2
    assert "was taken off this hub" in outage.err
    assert outage.theirs() == []


def test_a_hub_that_is_away_is_told_of(outage: Outage, tmp_path: Path) -> None:
    stick = tmp_path / "stick.gmsj"
    outage.carry_out(stick)
    assert outage.take_in(stick, database="host=127.0.0.1 port=1 dbname=hub connect_timeout=2") == 2
    assert "The hub gives no answer" in outage.err


# --- at the bench ---


def test_the_journal_is_carried_out_while_the_application_has_the_bench(outage: Outage, tmp_path: Path) -> None:
    window = BenchLock(outage.data, "R. Okafor, process 4711")
    try:
        assert outage.carry_out(tmp_path / "stick.gmsj") == 0
    finally:
        window.release()
    assert f"{len(outage.mine())} entries and 1 file carried out" in outage.out


def test_what_was_carried_out_is_shown_as_not_confirmed_until_the_hub_has_acknowledged_it(
    outage: Outage, tmp_path: Path
) -> None:
    count = len(outage.mine())
    outage.carry_out(tmp_path / "stick.gmsj")
    outage.works()
    outage.run("doctor", "--data", outage.data)
    assert f"OK  Carried out     {count} entries carried out on " in outage.out
    assert ", not confirmed" in outage.out
    key = secret_store.key_of(secret_store.FileSecrets(outage.data / "secrets"))
    assert key is not None
    db = sqlite_file.open_for_writing(outage.data / "bench.db", key)
    try:
        with db.write():
            replica.put_acked(db, replica.own_writers(db)[0], count, count)
        assert carrying.on_its_way(db, outage.data) is None
        (waiting,) = carrying.pushes(db, outage.scope)
        assert waiting.first_seq == count + 1
    finally:
        db.close()


def test_a_file_that_is_there_and_a_short_passphrase_are_refused(outage: Outage, tmp_path: Path) -> None:
    there = tmp_path / "there.gmsj"
    there.write_bytes(b"somebody's")
    assert outage.carry_out(there) == 2
    assert there.read_bytes() == b"somebody's"
    assert outage.carry_out(tmp_path / "new.gmsj", "kettle") == 2
    assert "at least 12 characters" in outage.err
    assert not (tmp_path / "new.gmsj").exists()
    assert carrying.notes(outage.data) == {}


def test_a_note_that_cannot_be_read_is_no_note(tmp_path: Path) -> None:
    for left in ("", "[", "[]", '{"w": 1}', json.dumps({"w": ["x", "y"]})):
        (tmp_path / carrying.NOTE).write_text(left)
        assert carrying.notes(tmp_path) == {}
