"""A patient erased at one bench is in no byte of the hub or of any bench: pages, free room, write-ahead log, index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

import pytest
from corpus import Work
from decrypted import pages
from hub_parts import SCOPE
from test_files_travel import KEY, FullBench, at_hub, is_here

from gms_desktop.bench_file import tidied
from gms_desktop.journal import store
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import patients_values, repeat_requests
from gms_desktop.services.arrive import Place
from gms_desktop.services.erase import erasures
from gms_desktop.services.receive import Desk
from gms_desktop.sync.hub.verify import verify

OTHERS = 40


@pytest.fixture
def benches(hub: Any, tmp_path: Path) -> Iterator[list[FullBench]]:
    made = [FullBench(tmp_path / f"bench{n}", hub.bench(f"Bench {n}"), n) for n in (1, 2)]
    yield made
    for one in made:
        one.close()


def tables_of_the_hub_with(hub: Any, values: list[str]) -> set[str]:
    """The tables of the hub in any column of which one of these stands."""
    every = hub.admin.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hub'").fetchall()
    found = set()
    for (name,) in every:
        rows = hub.admin.execute(f'SELECT t::text FROM hub."{name}" AS t').fetchall()
        found |= {name for (row,) in rows if any(one in row or one.encode().hex() in row for one in values)}
    return found


def works(bench: FullBench) -> tuple[str, str]:
    """A patient between many others, with a specimen and a drafted letter: the patient, and the letter's hash."""

    def work(ledger: Ledger) -> tuple[str, str]:
        made = Work(ledger)
        laboratory = {"laboratory": SCOPE, "name": "EXAMPLE", "ods": "R0A", "letter": "L", "rehearsal": False}
        ledger.append([Draft("laboratory.set_up", laboratory | {"time_zone": "Europe/London"})], None)
        found = ("", "")
        for nth in range(OTHERS):
            ledger.append([asked := made.expected()], None)
            ledger.append([came := made.received(asked, 1)], None)
            if nth == OTHERS // 2:
                desk = Desk(Place(ledger.head.writer, "L", "printer", "tube"), files=lambda: bench.files)
                specimen = look_up.row(ledger.db, "specimen", came.body["specimen"])
                assert specimen is not None
                letter = repeat_requests.draft(ledger, desk, specimen)
                ledger.append(letter.drafts, None)
                found = (str(specimen["patient"]), str(letter.drafts[0].body["sha256"]))
        return found

    found = bench.recorder.write(work).result()
    while bench.recorder.write(lambda ledger: store.index_private(ledger.db)).result():
        pass
    return found


def identifying(bench: FullBench, patient: str) -> list[str]:
    """The patient's values that nobody else has: each as it is kept, and as the search index keeps it."""

    def read(ledger: Ledger) -> list[str]:
        own = set(patients_values.subjects(ledger.db, patient))
        rows = list(store.every_private(ledger.db))
        others = " ".join(one.value or "" for one in rows if one.subject not in own)
        return [one.value for one in rows if one.subject in own and one.value and one.value not in others]

    return [value for value in bench.recorder.read(read).result() if len(value) >= 6]


def erases(bench: FullBench, patient: str) -> None:
    """An administrator erases the patient, with all that is the patient's alone."""

    def erase(ledger: Ledger) -> None:
        name = ledger.pen().write("EXAMPLE, Anna", "operator:anna")
        role = {"operator": "anna", "role": "administrator", "granter": None, "laboratory": "EXAMPLE"}
        added = Draft("operator.added", {"operator": "anna", "name": name, "badge": "b1"})
        ledger.append([added, Draft("role.granted", role)], None)
        ledger.append(erasures(ledger, patient, "asked by the person", "IG-7", "anna"), "anna")

    bench.recorder.write(erase).result()


def left_at(folder: Path, parts: list[bytes]) -> list[tuple[str, bytes]]:
    """Which values, and parts of the letter, stand in which file of a bench."""
    found = []
    for path in sorted(folder.glob("*.db")):
        content = pages(path, KEY)
        found += [(path.name, part) for part in parts if part in content]
    return found


def test_a_patient_erased_at_one_bench_is_in_no_byte_of_the_hub_and_of_both_benches(
    hub: Any, benches: list[FullBench]
) -> None:
    first, second = benches
    patient, letter = works(first)
    first.shares_entries()
    first.moves()
    second.shares_entries()
    while second.recorder.write(lambda ledger: store.index_private(ledger.db)).result():
        pass
    second.files.want(letter, first.files.subjects(letter)[0], "2026-03-02T09:00:00.000000Z")
    second.moves()
    assert is_here(second, letter)
    values = identifying(first, patient)
    assert len(values) >= 2
    content = b"".join(first.files.content(letter))
    parts = [*(one.encode() for one in values), *(content[at : at + 24] for at in range(1000, len(content), 3000))]
    for bench in benches:
        here = left_at(bench.folder, parts)
        assert {one for name, one in here if name == "bench.db"} == {one.encode() for one in values}
        assert [one for name, one in here if name == "files.db"], "the letter is found while it is here"
    assert tables_of_the_hub_with(hub, values)
    erases(second, patient)
    for bench in (second, first):
        bench.shares_entries()
        bench.moves()
        bench.recorder.read(tidied).result()
    assert [left_at(bench.folder, parts) for bench in benches] == [[], []]
    assert tables_of_the_hub_with(hub, values) == set()
    assert at_hub(hub, letter) == (False, True, 0)
    assert verify(hub.admin, SCOPE).findings == []
