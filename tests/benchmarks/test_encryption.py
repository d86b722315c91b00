"""What encryption costs: scan to painted verdict, the register folded again, and an open file encrypted.

The same bench, once as it is and once lying open, in turns. The processor's time of the whole process is compared: the
machine's other work does not count.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from corpus import ENTRIES, KEY, corpus
from figures import Spread, report
from sqlcipher3 import dbapi2 as driver
from test_scan_to_paint import Bench

from gms_desktop.journal import encrypting, lease, sqlite_file
from gms_desktop.rehearsal.labels_read import number_on

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.timeout(3600),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

TURNS, TUBES = 3, 40
MOST_SCAN, MOST_REBUILD = 1.3, 2.0
MOST_REBUILT = 100_000


def laid_open(source: Path, target: Path) -> None:
    """A copy of an encrypted file that anybody can read."""
    raw = driver.connect(str(source), isolation_level=None)
    raw.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    raw.execute("ATTACH ? AS made KEY ''", (str(target),))
    raw.execute("SELECT sqlcipher_export('made')").fetchall()
    version = raw.execute("PRAGMA main.user_version").fetchone()[0]
    raw.execute(f"PRAGMA made.user_version={version}")
    raw.close()


@pytest.fixture
def both(bench_folder: Path, tmp_path: Path) -> dict[str, Path]:
    """The bench as it is, and the same lying open."""
    made = {}
    for sort in ("encrypted", "open"):
        folder = tmp_path / sort
        shutil.copytree(bench_folder, folder, ignore=shutil.ignore_patterns("bench.lock", "bench.db*", "ballast"))
        if sort == "open":
            laid_open(bench_folder / "bench.db", folder / "bench.db")
        else:
            shutil.copyfile(bench_folder / "bench.db", folder / "bench.db")
        known = lease.read(folder / "lease.json")
        assert known is not None
        lease.write(folder / "lease.json", replace(known, file=lease.file_identity(folder / "bench.db")))
        made[sort] = folder
    return made


class Kept:
    """Opens files with or without their key."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self._unlock = monkeypatch, sqlite_file._unlock
        monkeypatch.setattr(encrypting, "unfinished", lambda _path: False)

    def with_key(self, *, needed: bool) -> None:
        def without(_raw: Any, _key: bytes) -> None:
            """There is nothing to unlock."""

        self._patch.setattr(sqlite_file, "_unlock", self._unlock if needed else without)


def scanned(folder: Path, codes: list[str]) -> tuple[list[float], list[float]]:
    """Receive tubes and scan their labels back: the processor's and the clock's time of each scan, in microseconds."""
    at_work = Bench(folder)
    spent: list[float] = []
    clock: list[float] = []
    for place, code in enumerate(codes):
        for again in (False, True):
            if again:
                at_work.until(lambda count=place: len(at_work.desk.printer.labels) > count)
            began = time.process_time()
            took = at_work.scan(number_on(at_work.desk.printer.labels[place])[0] if again else code)
            spent.append((time.process_time() - began) * 1e6)
            clock.append(took[0] * 1000)
    at_work.close()
    return spent[10:], clock[10:]


def test_what_encryption_costs_a_scan(both: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    codes = json.loads((both["open"] / "codes.json").read_text("utf-8"))["codes"]
    kept = Kept(monkeypatch)
    spent: dict[str, list[float]] = {"encrypted": [], "open": []}
    clock: dict[str, list[float]] = {"encrypted": [], "open": []}
    for turn in range(TURNS):
        for sort, folder in both.items():
            kept.with_key(needed=sort == "encrypted")
            of_processor, of_clock = scanned(folder, codes[turn * TUBES : (turn + 1) * TUBES])
            spent[sort] += of_processor
            clock[sort] += of_clock
    kept.with_key(needed=True)
    spreads = {sort: Spread(tuple(times)) for sort, times in spent.items()}
    ratio = spreads["encrypted"].p50 / spreads["open"].p50
    on_clock = {sort: Spread(tuple(times)).p50 for sort, times in clock.items()}
    said = f"of the processor {spreads['encrypted']} against {spreads['open']} lying open"
    said += f"; on the clock p50 {on_clock['encrypted']:.0f} against {on_clock['open']:.0f} µs"
    report("encrypted scan to painted verdict", said, ratio, f"at most {MOST_SCAN}", ratio <= MOST_SCAN)


def rebuilt(path: Path) -> float:
    """The processor's seconds for folding the register again."""
    from gms_desktop.register import rebuild

    db = sqlite_file.open_for_writing(path, KEY)
    began = time.process_time()
    rebuild.rebuild(db)
    spent = time.process_time() - began
    db.close()
    return spent


def test_what_encryption_costs_a_rebuild_and_an_open_file_to_be_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = corpus(min(ENTRIES, MOST_REBUILT))
    encrypted, lying_open = tmp_path / "encrypted.db", tmp_path / "open.db"
    shutil.copyfile(source, encrypted)
    laid_open(source, lying_open)
    migrated = tmp_path / "migrated.db"
    shutil.copyfile(lying_open, migrated)
    kept = Kept(monkeypatch)
    spent = {True: 0.0, False: 0.0}
    for needed, path in ((True, encrypted), (False, lying_open), (True, encrypted), (False, lying_open)):
        kept.with_key(needed=needed)
        spent[needed] += rebuilt(path)
    kept.with_key(needed=True)
    ratio = spent[True] / spent[False]
    size = source.stat().st_size / 1e6
    said = f"{spent[True] / 2:.1f} s of the processor against {spent[False] / 2:.1f} lying open, {size:.0f} MB"
    report("encrypted rebuild", said, ratio, f"at most {MOST_REBUILD}", ratio <= MOST_REBUILD)
    monkeypatch.undo()
    began = time.process_time()
    assert encrypting.encrypt(migrated, KEY)
    took = time.process_time() - began
    sys.stdout.write(f"an open file of {size:.0f} MB encrypted and proved: {took:.1f} s of the processor\n")
