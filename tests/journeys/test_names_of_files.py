"""A file's name comes from whoever sent it: no path in it leads anywhere, on the way in or out."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import BenchTop, Person, file_of

from gms_desktop.cli.kept_files import save_files
from gms_desktop.rehearsal import made_up

NAMES = (
    "../../outside.csv",
    "..\\..\\outside.csv",
    "C:\\Windows\\outside.csv",
    "/etc/outside.csv",
    "..",
    "\udcff-outside.csv",
    "a\0b.csv",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_path_in_the_name_of_a_file_that_is_taken_in_leads_nowhere(
    name: str, empty_bench: BenchTop, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.suffix == ".csv"}
    mapping = made_up.expected_file()[2]
    empty_bench.takes_in(name, file_of(Person("OKORO", "A-1", "A-1-1")), mapping)
    empty_bench.close()
    out = tmp_path / "copies"
    out.mkdir()
    told: list[str] = []
    person = made_up.PEOPLE[0]
    assert save_files(out, empty_bench.folder, told.append, person.badge, made_up.SHORT_PIN) == 0
    made = {path for path in tmp_path.rglob("*") if path.suffix == ".csv"} - before
    saved = {path for path in out.iterdir() if path.is_file()}
    assert len(saved) == 1
    assert made <= saved
    assert not list(tmp_path.parent.glob("outside*"))
