"""The rehearsal without a window, and the command line as a shell gives it."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from command_line import CommandLine, in_a_process
from identifiers import corpus, enough_for, found_in

from gms_desktop import cli, logs
from gms_desktop.bench import Bench
from gms_desktop.errors import Refused
from gms_desktop.exchange.worklists import sample_sheet
from gms_desktop.rehearsal.dna_shift import TUBES
from gms_desktop.rehearsal.headless import MARKER, Paint, leave_rehearsal
from gms_desktop.rehearsal.index_shift import POOL


@dataclass
class Rehearsed:
    """One rehearsal: its folder, what it told, and the screens that it came by."""

    folder: Path
    told: list[str] = field(default_factory=list)

    @contextmanager
    def paints(self, screens: Path) -> Iterator[Paint]:
        screens.mkdir()

        def paint(name: str, bench: Bench) -> None:
            heading = bench.receive_view().result().heading
            (screens / f"{name}.txt").write_text(heading, "utf-8")

        yield paint


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    made = Rehearsed(tmp_path_factory.mktemp("rehearsal"))
    level = logging.getLogger().level
    with logs.kept(made.folder.with_name("kept")):
        # Whatever any library has to say of a shift is there too.
        logging.getLogger().setLevel(logging.DEBUG)
        try:
            leave_rehearsal(made.folder, made.told.append, made.paints)
        finally:
            logging.getLogger().setLevel(level)
    return made


PAPERS = {"labels", "reports", "worklists", "screens", "papers"}


def test_no_patient_stands_in_a_log_a_name_of_a_file_or_a_file_outside_stores_and_papers(rehearsed: Rehearsed) -> None:
    wanted = corpus()
    seen = {}
    for root in (rehearsed.folder, rehearsed.folder.with_name("kept")):
        for path in (one for one in root.rglob("*") if one.is_file()):
            name = path.relative_to(root)
            content = b"" if PAPERS & set(name.parts) else path.read_bytes()
            seen[str(name)] = found_in(content, enough_for(path.name, wanted), str(name))
    assert "logs/gms_desktop.jsonl" in {name.replace("\\", "/") for name in seen}
    assert {name: found for name, found in seen.items() if found} == {}


def test_every_step_of_the_shift_is_told(rehearsed: Rehearsed) -> None:
    told = "\n".join(rehearsed.told)
    for step in ("taps the badge", "Matches.", "Accepted.", "On hold.", "Rejected.", "Not expected.", "Undone."):
        assert step in told


def test_the_morning_van_is_received_each_thing_as_the_rules_say(rehearsed: Rehearsed) -> None:
    told = "\n".join(rehearsed.told)
    for step in (
        "Open urgent bag BAG-101",
        "told by phone. It heads Today until the next step has it.",
        "Another member. Q26-119012-1 is the father's tube",
        "Everything in bag BAG-102 is marked.",
        "Tell them apart.",
        "is accepted at discretion.",
        "Sample rejected prior to testing. Repeat bloods are requested.",
        "Judged. Sample accepted.",
        "Q26-119005 R208.1 is cancelled.",
        "Surplus.",
        "11 stated, 11 found (10 booked in, 1 passed on).",
        "Scans and touches of each good tube of the van (at most 3)",
    ):
        assert step in told


def test_a_good_tube_of_the_van_takes_at_most_three_scans_and_touches(rehearsed: Rehearsed) -> None:
    said = [line.split() for line in rehearsed.told if "scans, " in line]
    assert len(said) == 5
    assert {int(words[1]) + int(words[3]) for words in said} == {2}


def test_dna_is_extracted_bound_racked_read_plated_put_away_and_found_again(rehearsed: Rehearsed) -> None:
    told = "\n".join(rehearsed.told)
    steps = (
        "Batch begun.",
        "On its tube.",
        "Bound. Tube FD20024711",
        "Tube is used.",
        "2 findings. Rack SA00826894: 1 of 96 wells",
        "C01 agrees.",
        "Saved. Rack SA00826894: 3 tubes recorded as read.",
        "Not yet. PL-000417 is not given to the plate.",
        "Plate made. Plate 1 is PL-000417: 3 tubes.",
        "Worklists written.",
        "Position taken.",
        "\n    A01 of Room 4, Freezer A, Shelf 1, Box 12",
        "with its rack: Room 4, Freezer A, Shelf 1",
    )
    at = [told.index(step) for step in steps]
    assert at == sorted(at)


def test_the_worklists_of_the_plate_are_left_and_say_where_each_tube_goes(rehearsed: Rehearsed) -> None:
    left = {path.suffix: path for path in (rehearsed.folder / "worklists").iterdir()}
    assert set(left) == {".csv", ".gwl", ".pdf", ".png"}
    robot = left[".gwl"].read_text("utf-8")
    assert [line.split(";")[0] for line in robot.splitlines()[:2]] == ["A", "D"]
    assert robot.count("PL-000417") == 3


def test_a_made_up_set_of_indexes_is_taken_in_used_once_and_pooled_with_its_sheet(rehearsed: Rehearsed) -> None:
    told = "\n".join(rehearsed.told)
    steps = (
        "Set taken in.",
        "Indexes kept.",
        "Has its indexes.",
        "In the pool.",
        "Pool made.",
        "Sheet written.",
        "Where is POOL-0007?\n    D01 of Room 4, Freezer A, Shelf 1, Box 12",
    )
    at = [told.index(step) for step in steps]
    assert at == sorted(at)
    sheet = sample_sheet.read((rehearsed.folder / "worklists" / f"{POOL}_SampleSheet.csv").read_bytes())
    assert [one["Sample_ID"] for one in sheet.data] == [f"PL-000417_{well}" for well in ("A01", "B01", "C01")]
    assert len({(one["Index"], one["Index2"]) for one in sheet.data}) == 3


def test_labels_are_left_as_sent_as_pdf_and_as_pixels(rehearsed: Rehearsed) -> None:
    labels = rehearsed.folder / "labels"
    assert len(list(labels.glob("*.zpl"))) == len(list(labels.glob("*.pdf"))) == len(list(labels.glob("*.png"))) == 16
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in labels.glob("*.png"))
    assert all(path.read_bytes().startswith(b"%PDF") for path in labels.glob("*.pdf"))


def test_reports_and_screens_are_left(rehearsed: Rehearsed) -> None:
    assert {path.suffix for path in (rehearsed.folder / "reports").iterdir()} == {".pdf", ".xlsx", ".csv"}
    screens = {path.stem for path in (rehearsed.folder / "screens").iterdir()}
    assert {"today", "receive-compare", "receive-accepted", "receive-rejected", "receive-refused"} <= screens


def test_the_qc_report_of_the_folders_run_is_printed_with_what_was_measured_and_said(rehearsed: Rehearsed) -> None:
    [path] = (rehearsed.folder / "reports").glob("QC report *.pdf")
    document = pypdfium2.PdfDocument(path)
    paper = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    for said in (*TUBES, "run-17.csv", "50.2 ng/µL", "below minimum 10 ng/µL", "Qubit", "SHA-256", "R. Okafor", "QC1"):
        assert "".join(said.split()) in paper


def test_the_handover_sheet_is_left_with_what_is_open_and_both_names(rehearsed: Rehearsed) -> None:
    document = pypdfium2.PdfDocument(rehearsed.folder / "reports" / "handover.pdf")
    paper = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    for said in (
        "REHEARSAL: made-up patients, not for use",
        "The neonatal unit rings at 8",
        "URGENT",
        "Rehearsal bench, R. Okafor: label",
        "waiting for the printer",
        "Form, consent or clinical information missing. On hold since",
        "Ask the sender for what is missing; once it is here, accept.",
        "1 row of imported files",
        "Badge lost or at home",
        "The next shift (",
        "Put labels in.",
        "This bench works on its own: it has no hub",
        "Nothing of this bench waits to be shared.",
        "R. Okafor, biomedical scientist Signed on screen",
        "M. Silva, technician Signed on screen",
    ):
        assert said in paper
    told = "\n".join(rehearsed.told)
    for step in ("Note added.", "Handed over.", "Taken over.", "Acknowledged."):
        assert step in told


def test_a_tissue_case_goes_from_its_block_to_confirmed_receipt_at_a_second_copy(rehearsed: Rehearsed) -> None:
    told = "\n".join(rehearsed.told)
    steps = (
        "Three slides are cut",
        "Rehearsal Genomic Laboratory Hub: The courier has it",
        "Second Genomic Laboratory Hub: The signed file",
        "2 received, 1 not received",
        "Arrived, not as sent.",
        "Not reconciled.",
        "was left behind",
        "A consignment follows it",
        "Arrived. ",
        "What followed is confirmed\n    Reconciled.",
        "OVERDUE: due",
        "Chased.",
        "The block is back",
        "Ended.",
    )
    at = [told.index(step) for step in steps]
    assert at == sorted(at)
    left = rehearsed.folder / "two-laboratories"
    sorts = {path.name.partition("-")[2] for path in (left / "papers").iterdir()}
    assert {"manifest.gmsc", "answer-1.gmsc", "answer-letter-1.pdf", "chase-1.pdf", "temperature-1.csv"} <= sorts
    for name in ("sender", "receiver"):
        said = in_a_process("verify", str(left / name / "bench.db"))
        assert (said.code, "Everything holds." in said.out) == (0, True)


def test_the_file_left_is_proved_with_no_other_argument(rehearsed: Rehearsed) -> None:
    said = in_a_process("verify", str(rehearsed.folder / "bench.db"))
    assert (said.code, said.err) == (0, "")
    assert "Everything holds." in said.out
    assert "specimen           14" in said.out


def test_nothing_of_the_bench_at_work_is_left_over(rehearsed: Rehearsed) -> None:
    left = {path.name for path in rehearsed.folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert left == {
        "screens",
        "labels",
        "reports",
        "worklists",
        "two-laboratories",
        "secrets",
        "bench.db",
        "files.db",
        MARKER,
    }
    # Its badges can be used at what is left, so the key to them is left with it.
    assert {path.name for path in (rehearsed.folder / "secrets").iterdir()} == {"bench-key.secret", "pepper.secret"}


def test_a_tube_of_the_shift_is_found_in_the_file_left(
    rehearsed: Rehearsed, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = [path.name.partition(".")[0] for path in (rehearsed.folder / "labels").glob("*.1.pdf")]
    find = CommandLine(rehearsed.folder, capsys)
    # A label of the shift was put off, so not every one was scanned on its tube.
    assert any(f"{number} scanned on its tube" in find("find", number).out for number in numbers)


def test_a_folder_that_no_rehearsal_made_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ui import command

    (tmp_path / "bench.db").write_bytes(b"a bench's own")
    assert command.main(["rehearse", "--headless", "--out", str(tmp_path)]) == 2
    assert "holds files that no rehearsal made. Name a new or empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["bench.db"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(Refused, match="is a file"):
        leave_rehearsal(tmp_path / "out", lambda _said: None)


def test_help_names_every_command() -> None:
    said = in_a_process("--help")
    assert said.code == 0
    for command in ("run", "rehearse", "verify", "rebuild", "backup", "salvage", "doctor", "find", "import"):
        assert f"\n  {command} " in said.out


def test_help_is_quick_since_it_loads_no_store_and_no_qt() -> None:
    asked = "import sys; from ui.command import main; main(['--help']); print('loaded', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.partition("loaded")[2].split()}
    assert loaded & {"PySide6", "sqlalchemy", "sqlcipher3", "pandas", "reportlab", "structlog", "pydantic"} == set()


def test_a_screen_of_the_shift_is_painted_without_a_display(tmp_path: Path) -> None:
    asked = (
        "import os, pathlib\n"
        "os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from gms_desktop.rehearsal.shift import open_shift\n"
        "from ui.command_line import _painting\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "with _painting(folder / 'screens') as paint, open_shift(folder / 'bench', print) as shift:\n"
        "    paint('today', shift.bench)\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    painted = list((tmp_path / "screens").glob("today*.png"))
    assert painted
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in painted)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux goes without a display")
@pytest.mark.parametrize("command", ["run", "rehearse"])
def test_where_there_is_no_display_a_window_is_refused_in_words(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui.command import main

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([command]) == 2
    assert "There is no display here." in capsys.readouterr().err


def test_a_fault_of_ours_is_a_sentence_with_a_report_and_never_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise LookupError("KOWALCZYK")

    monkeypatch.setenv("GMS_DESKTOP_DATA", str(tmp_path))
    app = cli.make_app()
    app.command("fail")(fail)
    assert cli.call(app, ["fail"]) == 3
    said = capsys.readouterr()
    assert "The program failed and stopped this step." in said.err
    assert "KOWALCZYK" not in said.out + said.err
    assert "Traceback" not in said.err
    assert len(list((tmp_path / "crashes").glob("crash-*.json"))) == 1


def test_the_version_is_told() -> None:
    said = in_a_process("--version")
    assert said.code == 0
    assert said.out.startswith("gms-desktop 0.")


@pytest.mark.parametrize("arguments", [["bogus"], ["verify", "--no-such-option"], ["import"], ["salvage"]])
def test_a_command_line_that_is_not_understood_ends_with_2_and_its_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from ui import command

    assert command.main(arguments) == 2
    assert "Usage: gms-desktop" in capsys.readouterr().err


def test_an_out_folder_without_headless_is_refused_before_any_window_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui import command

    assert command.main(["rehearse", "--out", str(tmp_path)]) == 2
    assert "--headless --out DIR" in capsys.readouterr().err
