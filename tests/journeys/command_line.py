"""What tests of the command line stand on: a bench set up without a window, and commands given to it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

import pytest

from gms_desktop import settings
from gms_desktop.journal import ballast, lease, secret_store, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.rehearsal import made_up
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import bench_file
from ui import command

RESOURCES = Path(__file__).parents[2] / "resources" / "rehearsal"
EXPECTED, MAPPING = RESOURCES / "expected.csv", RESOURCES / "mapping.toml"
SIGNED = ("--badge", made_up.PEOPLE[0].badge, "--pin", made_up.SHORT_PIN)
SETTINGS = Settings(bench="Bench 3", printer=PrinterSettings(mode="folder"))


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str


class Typed(io.StringIO):
    """Lines that a person types one after another; an empty one ends the input."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Queue[str] = Queue()

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        while (line := self.lines.get()) != "":
            yield line + "\n"


@dataclass(frozen=True)
class CommandLine:
    """Gives commands to one bench."""

    data: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Said:
        self.capsys.readouterr()
        name, *rest = (str(argument) for argument in arguments)
        code = command.main([name, "--data", str(self.data), *rest])
        said = self.capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(code, said.out, said.err)

    def takes_in(self, file: object, *options: object) -> Said:
        """Take a file in, signed in by badge and PIN."""
        return self("import", file, *SIGNED, *options)

    @property
    def path(self) -> Path:
        return self.data / "bench.db"

    def opened(self) -> Database:
        """The bench's file, to be changed behind the application's back."""
        return sqlite_file.open_for_writing(self.path, key_of(self.data))

    def entries(self) -> int:
        db = sqlite_file.open_for_reading(self.path, key_of(self.data))
        try:
            return int(db.raw.execute("SELECT count(*) FROM entry").fetchone()[0])
        finally:
            db.close()

    def journal(self) -> list[Entry]:
        """What is recorded, in its order."""
        db = sqlite_file.open_for_reading(self.path, key_of(self.data))
        try:
            return [one.entry for lot in store.since(db) for one in lot]
        finally:
            db.close()


def key_of(data: Path) -> bytes:
    key = secret_store.key_of(secret_store.FileSecrets(data / "secrets"))
    assert key is not None
    return key


def set_up(data: Path) -> Path:
    """Set a bench up as its first screen does."""
    settings.write(data, SETTINGS)
    (data / "labels").mkdir()
    _lay_ballast(data)
    file = bench_file(data)
    file.take()
    try:
        ledger = file.open(lambda fresh: made_up.begin(fresh, file.pepper))
        with ledger.db.write():
            store.put_meta(ledger.db, secret_store.RECOVERY_KEY_SHOWN, "2026-11-02T09:00:00.000000Z")
        ledger.db.close()
    finally:
        file.release()
    return data


def copy_of(made: Path, data: Path) -> Path:
    """Put a bench made before in this place, as the file that last ran here."""
    shutil.copytree(made, data, ignore=shutil.ignore_patterns("ballast", "bench.lock"))
    _lay_ballast(data)
    known = lease.read(data / "lease.json")
    assert known is not None
    lease.write(data / "lease.json", replace(known, file=lease.file_identity(data / "bench.db")))
    return data


def _lay_ballast(data: Path) -> None:
    # A file with a hole is as long and costs no disk: what the ballast is for is tested elsewhere.
    with (data / "ballast").open("wb") as reserve:
        reserve.truncate(ballast.SIZE)


def spoil_page(path: Path, place: float) -> None:
    """Overwrite bytes in the middle of a page, as a failing disk does."""
    content = bytearray(path.read_bytes())
    at = int(len(content) / 4096 * place) * 4096 + 512
    content[at : at + 1024] = bytes(1024)
    path.write_bytes(content)


def in_a_process(*arguments: str) -> Said:
    """Give a command as a shell does."""
    program = [sys.executable, "-c", "import sys; from ui.command import main; sys.exit(main())", *arguments]
    done = subprocess.run(program, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
