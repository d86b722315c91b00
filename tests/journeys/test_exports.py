"""Files saved from the bench: in one folder, listed with who and when, and deleted when their time is over."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from bench_top import BenchTop
from command_line import CommandLine, copy_of, set_up

from gms_desktop import exports, settings
from gms_desktop.domain.exports import Export, Place, Standing
from gms_desktop.errors import Refused
from gms_desktop.period_desk import PeriodDesk
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import exported
from gms_desktop.settings import ExportSettings
from gms_desktop.starting import bench_file
from ui.payloads import ReportWanted
from ui.report_file import report_papers


def text_of(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


WEEK = 7 * 24 * 3600.0
NAME = "Featherstonehaugh, Wilhelmina.csv"


def standings(bench: BenchTop) -> dict[str, Standing]:
    return {one.export.name: one.standing for one in reversed(bench.bench.exports.lines())}


def save(bench: BenchTop, name: str = NAME, content: bytes = b"surname\r\n") -> Path:
    out = bench.bench.exports
    return out.save(out.folder / name, content, "table")


def test_who_saved_what_and_when_is_listed_and_its_name_stands_in_no_entry(bench: BenchTop) -> None:
    path = save(bench)
    assert path.read_bytes() == b"surname\r\n"
    (one,) = bench.bench.exports.lines()
    export = one.export
    assert (export.name, export.size, export.sort, one.standing) == (NAME, 9, "table", Standing.HERE)
    assert export.operator == bench.bench.session.operator.id  # type: ignore[union-attr]
    assert not any(b"Featherstonehaugh" in entry for entry in bench.entries())
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_after_its_time_it_is_deleted_once_and_the_journal_says_so(bench: BenchTop) -> None:
    path = save(bench)
    bench.clock.forward(WEEK - 60)
    assert bench.bench.exports.expire() == 0
    assert path.exists()
    bench.clock.forward(120)
    assert bench.bench.exports.expire() == 1
    assert not path.exists()
    assert bench.bench.exports.expire() == 0
    assert bench.count("export.removed") == 1
    assert standings(bench) == {NAME: Standing.REMOVED}


def test_what_somebody_changed_or_put_there_is_named_and_never_touched(bench: BenchTop) -> None:
    path = save(bench)
    path.write_bytes(b"surname, and what a person wrote beside it\r\n")
    (path.parent / "notes.txt").write_text("to ring", "utf-8")
    bench.clock.forward(2 * WEEK)
    assert bench.bench.exports.expire() == 0
    assert standings(bench) == {NAME: Standing.CHANGED}
    out = bench.bench.exports
    assert exports.strangers(out.lines(), out.folder) == (NAME, "notes.txt")


def test_a_file_saved_again_under_its_name_is_kept_for_the_time_of_the_newest(bench: BenchTop) -> None:
    save(bench)
    bench.clock.forward(WEEK - 60)
    path = save(bench)
    bench.clock.forward(120)
    assert bench.bench.exports.expire() == 0
    assert path.exists()
    bench.clock.forward(WEEK)
    assert bench.bench.exports.expire() == 1
    assert not path.exists()


def test_what_is_saved_elsewhere_is_listed_and_left_to_the_person(bench: BenchTop, tmp_path: Path) -> None:
    path = tmp_path / "for the robot.csv"
    bench.bench.exports.save(path, b"A1", "position-file")
    bench.clock.forward(2 * WEEK)
    assert bench.bench.exports.expire() == 0
    assert path.exists()
    assert standings(bench) == {str(path): Standing.ELSEWHERE}


def test_what_cannot_be_saved_is_noted_as_such(bench: BenchTop, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such"):
        bench.bench.exports.save(tmp_path / "away" / "table.csv", b"A1", "table")
    (one,) = bench.bench.exports.lines()
    assert (one.standing, one.export.removed) == (Standing.REMOVED, exports.NOT_SAVED)


def test_a_save_does_not_stand_between_a_person_and_what_they_undo(bench: BenchTop) -> None:
    bench.receives("Q26-118901-1")
    save(bench)
    assert bench.undoes().kind.value != "refused"


def test_a_name_that_leads_out_of_the_folder_deletes_nothing(bench: BenchTop, tmp_path: Path) -> None:
    """As a file that was changed behind the application's back would have it."""
    outside = bench.folder / "settings.toml"
    outside.write_bytes(b"x")
    save(bench, content=b"x")
    (one,) = bench.read(exported.listed)
    crafted: Export = replace(one, name="../settings.toml")
    (told,) = exports.standing((crafted,), bench.bench.exports.folder)
    assert told.standing is Standing.GONE
    assert outside.exists()


@pytest.mark.parametrize("days", [0, 366, "a week"])
def test_a_time_that_is_none_is_refused_with_its_name(days: object, tmp_path: Path) -> None:
    settings.write(tmp_path, settings.Settings())
    path = tmp_path / "settings.toml"
    said = path.read_text("utf-8").replace("days = 7", f"days = {days!r}".replace("'", '"'))
    path.write_text(said, "utf-8")
    with pytest.raises(Refused, match=r"exports\.days is not understood"):
        settings.read(tmp_path)


@pytest.fixture(scope="module")
def bench_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("exports") / "bench")


def test_the_command_line_lists_them_with_what_was_put_there_by_hand(
    bench_set_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gms = CommandLine(copy_of(bench_set_up, tmp_path / "bench"), capsys)
    assert "Nothing was saved from this bench" in gms("exports").out
    file = bench_file(gms.data)
    file.take()
    ledger: Ledger = file.open()
    folder = exports.folder_of(gms.data, ExportSettings())
    folder.mkdir()
    (folder / NAME).write_bytes(b"A1")
    with ledger.db.write():
        said = (2, sha256(b"A1").hexdigest())
        exported.note_saved(ledger, NAME, Place.OURS, "table", said, 7, None)
    ledger.db.close()
    file.release()
    assert "OK  Exports         1 saved file lies in the exports folder" in gms("doctor").out
    listed = gms("exports")
    assert listed.code == 0
    assert f"nobody signed in, Rehearsal bench: table, {NAME} (2 bytes); is deleted on " in listed.out
    (folder / "notes.txt").write_text("to ring")
    listed = gms("exports")
    assert listed.code == 1
    assert "DO  Exports         1 file lies in the exports folder that should not" in gms("doctor").out
    assert "notes.txt is not as the bench saved it, or was put there by hand" in listed.out


def test_what_was_saved_stands_on_a_paper_that_is_looked_at_on_reports(bench: BenchTop, tmp_path: Path) -> None:
    save(bench)
    bench.bench.exports.save(tmp_path / "for the robot.csv", b"A1", "position-file")
    desk = PeriodDesk(bench.bench)
    (table,) = desk.view("exports").tables
    who = bench.bench.session.operator
    assert who is not None
    assert [row[1:4] for row in table.rows] == [
        (who.name, "Rehearsal bench", "position file"),
        (who.name, "Rehearsal bench", "table"),
    ]
    assert [row[-1].split(" ")[0] for row in map(list, table.rows)] == ["outside", "is"]  # type: ignore[union-attr]
    _, paper = desk.issue("exports", "", "", "pdf")
    said = " ".join(text_of(paper).split())
    assert "2 files were saved." in said
    assert "Featherstonehaugh" not in said
    papers = report_papers(bench.bench, ReportWanted("01-Nov-2026", "30-Nov-2026", "look"))
    assert papers[-2].name.startswith("exports-")
    assert "Audit trail" in text_of(papers[-1].bring())
    assert desk.view("exports", "01-Jan-2026", "31-Jan-2026").tables[0].rows == ()


def test_labels_of_a_bench_without_a_printer_go_after_the_same_time(tmp_path: Path) -> None:
    label, other = tmp_path / "label-20261123T090000-0001-aa.zpl", tmp_path / "notes.zpl"
    for path in (label, other):
        path.write_bytes(b"^XA^XZ")
    made = label.stat().st_mtime
    assert exports.expire_labels(tmp_path, made + WEEK - 60, 7) == 0
    assert exports.expire_labels(tmp_path, made + WEEK + 60, 7) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["notes.zpl"]
    assert exports.expire_labels(tmp_path / "away", made, 7) == 0
