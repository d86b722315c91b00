"""Find leads to the file that a thing came in: by the thing, by the file's name, by its hash; never by a cell of it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from bench_top import BenchTop

from gms_desktop.kept_copies import save_file
from gms_desktop.rehearsal import made_up
from gms_desktop.services.kept_files import Wanted


def test_a_specimen_and_its_request_show_the_file_that_they_came_in(empty_bench: BenchTop, tmp_path: Path) -> None:
    name, content, mapping = made_up.expected_file()
    empty_bench.takes_in(name, content, mapping)
    number = empty_bench.receives("Q26-118901-1")
    for query in (number, "Q26-118901"):
        shown = empty_bench.bench.find(query).result()
        shown = empty_bench.bench.find(query, shown.hits[0].subject).result()
        [line] = shown.files
        assert (line.file, line.kept, line.sha256) == (name, "here", sha256(content).hexdigest())
    save_file(empty_bench.bench, Wanted(line.sha256, line.subject, line.came_in_at), tmp_path / "copy.csv")
    assert (tmp_path / "copy.csv").read_bytes() == content


def test_a_file_is_found_by_its_name_and_by_the_beginning_of_its_hash(empty_bench: BenchTop) -> None:
    name, content, mapping = made_up.expected_file()
    empty_bench.takes_in(name, content, mapping)
    for query in (name, name.partition(".")[0], sha256(content).hexdigest(), sha256(content).hexdigest()[:10]):
        view = empty_bench.bench.find(query).result()
        assert [(hit.title, hit.kind) for hit in view.hits] == [(name, "file as it came")], query
        assert [line.file for line in view.files] == [name]
        assert view.timeline


def test_a_patient_named_in_a_cell_does_not_lead_to_the_file(empty_bench: BenchTop) -> None:
    empty_bench.takes_in(*made_up.expected_file())
    hits = empty_bench.bench.find("OYELARAN").result().hits
    assert hits
    assert "file as it came" not in {hit.kind for hit in hits}
