"""Files of expected requests, taken in from the command line as hospitals really write them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from command_line import EXPECTED, MAPPING, SIGNED, CommandLine, copy_of, set_up, spoil_page

from gms_desktop.journal.lock import BenchLock
from gms_desktop.rehearsal.made_up import SHORT_PIN

TEXT = EXPECTED.read_text("utf-8")
ROWS = 8
WAITING = 1


@pytest.fixture(scope="session")
def bench_for_imports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("imports") / "bench")


@pytest.fixture
def gms(bench_for_imports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_for_imports, tmp_path / "bench"), capsys)


def written(folder: Path, content: bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="as UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="with a byte order mark"),
        pytest.param(TEXT.encode("utf-16"), id="as UTF-16"),
        pytest.param(TEXT.replace(",", ";").encode(), id="with semicolons"),
        pytest.param(
            TEXT.replace(",", "\t").replace("\n", "\r\n").encode(), id="with tabs and the line ends of Windows"
        ),
    ],
)
def test_a_file_lands_however_the_hospital_wrote_it(gms: CommandLine, tmp_path: Path, content: bytes) -> None:
    said = gms.takes_in(written(tmp_path, content), "--mapping", MAPPING)
    assert said.code == 0
    assert f"{ROWS} rows landed." in said.out
    assert gms("find", "KOWALCZYK").out.count("KOWALCZYK-ŻÓŁĆ, Małgorzata") >= 1
    assert gms("verify").code == 0


def test_a_number_that_a_spreadsheet_shortened_waits_in_the_fix_it_list_and_says_so(gms: CommandLine) -> None:
    said = gms.takes_in(EXPECTED, "--mapping", MAPPING)
    assert "Row 10, NHS number: “1.7E+09” is what a spreadsheet made of a longer number." in said.out
    assert f"{WAITING} wait" in said.out


def test_a_file_taken_in_twice_lands_once(gms: CommandLine) -> None:
    assert gms.takes_in(EXPECTED, "--mapping", MAPPING).code == 0
    again = gms.takes_in(EXPECTED, "--mapping", MAPPING)
    assert again.code == 0
    assert f"0 rows landed. {ROWS} were here already." in again.out


def test_a_file_without_the_columns_that_are_needed_is_refused_and_nothing_is_written(
    gms: CommandLine, tmp_path: Path
) -> None:
    before = gms.entries()
    said = gms.takes_in(written(tmp_path, b"Colour,Size\nred,4\n"), "--mapping", MAPPING)
    assert said.code == 2
    assert "Columns found: Colour, Size." in said.out
    assert "Order number" in said.out
    assert gms.entries() == before


@pytest.mark.parametrize("content", [b"", b"   \n", b"PK\x03\x04\x14\x00\x06\x00", b"\x00\xff\x00\x01" * 40])
def test_what_is_no_text_is_refused_in_words(gms: CommandLine, tmp_path: Path, content: bytes) -> None:
    said = gms.takes_in(written(tmp_path, content), "--mapping", MAPPING)
    assert said.code == 2
    assert "Not imported: nothing of the file was taken in." in said.out


def test_a_file_whose_rows_all_wait_ends_with_1(gms: CommandLine, tmp_path: Path) -> None:
    lines = TEXT.splitlines(keepends=True)
    said = gms.takes_in(written(tmp_path, (lines[0] + lines[9]).encode()), "--mapping", MAPPING)
    assert said.code == 1
    assert "0 rows landed." in said.out


def test_a_dry_run_writes_nothing_and_works_beside_an_open_window(gms: CommandLine) -> None:
    before = gms.entries()
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        said = gms("import", EXPECTED, "--mapping", MAPPING, "--dry-run")
    finally:
        window.release()
    assert said.code == 0
    assert f"Dry run, nothing was written. {ROWS} rows landed." in said.out
    assert gms.entries() == before


def test_an_import_is_refused_while_a_window_has_the_bench_open_and_names_who_has_it(gms: CommandLine) -> None:
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        said = gms.takes_in(EXPECTED, "--mapping", MAPPING)
    finally:
        window.release()
    assert said.code == 2
    assert "open already: R. Okafor, process 4711. Use that window, or close it" in said.err


def test_the_answer_in_json_tells_each_row(gms: CommandLine) -> None:
    said = gms.takes_in(EXPECTED, "--mapping", MAPPING, "--json")
    answer = json.loads(said.out)
    assert (answer["landed"], answer["rows_landed"], answer["already"]) == (ROWS, list(range(2, 10)), [])
    assert [(row["row"], row["reason"]) for row in answer["waiting"]] == [(10, "number-shortened")]
    assert answer["dry_run"] is False


def test_a_refused_file_is_told_in_json_too(gms: CommandLine, tmp_path: Path) -> None:
    said = gms.takes_in(written(tmp_path, b""), "--json")
    assert said.code == 2
    assert json.loads(said.out)["file_problems"] == ["The file is empty. Ask the sender to export it again."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("columns = [", "cannot be read: it ends in the middle of a value"),
        ("colums = 1", "colums: not a part of a mapping"),
        ('required = ["surname"]\n[columns]\nforename = "First name"', "no column is given for surname"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_told_with_the_part_to_put_right(
    gms: CommandLine, tmp_path: Path, text: str, sentence: str
) -> None:
    said = gms.takes_in(EXPECTED, "--mapping", written(tmp_path, text.encode(), "mapping.toml"))
    assert said.code == 2
    assert sentence in said.err


def test_a_mapping_that_a_windows_editor_saved_is_read(gms: CommandLine, tmp_path: Path) -> None:
    mapping = written(tmp_path, MAPPING.read_text("utf-8").encode("utf-8-sig"), "mapping.toml")
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(mapping.read_text("utf-8"))
    assert gms("import", EXPECTED, "--mapping", mapping, "--dry-run").code == 0


def test_a_file_that_is_not_there_or_is_a_folder_is_refused_by_name(gms: CommandLine, tmp_path: Path) -> None:
    for path, why in ((tmp_path / "no-such.csv", "is not there"), (tmp_path, "is a folder")):
        said = gms.takes_in(path)
        assert said.code == 2
        assert f"{path} {why}" in said.err


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_bench_that_is_not_set_up_takes_nothing_in_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    said = CommandLine(tmp_path / "nothing", capsys).takes_in(EXPECTED, "--mapping", MAPPING, *options)
    assert said.code == 2
    assert "not set up yet. Start gms-desktop run" in said.err
    assert not (tmp_path / "nothing").exists()


def test_an_empty_folder_is_no_bench_and_gets_no_file(gms: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = CommandLine(tmp_path / "empty", gms.capsys).takes_in(EXPECTED, "--mapping", MAPPING)
    assert said.code == 2
    assert "not set up yet" in said.err
    assert not (tmp_path / "empty" / "bench.db").exists()


def test_a_copied_bench_takes_a_file_in_under_a_new_code_and_says_so(gms: CommandLine) -> None:
    (gms.data / "lease.json").unlink()
    said = gms.takes_in(EXPECTED, "--mapping", MAPPING)
    assert said.code == 0
    assert "New numbers begin at a new code" in said.err


def test_a_damaged_bench_takes_nothing_in_and_its_file_is_set_aside_whole(gms: CommandLine) -> None:
    spoil_page(gms.path, 0.0)
    before = gms.path.read_bytes()
    said = gms.takes_in(EXPECTED, "--mapping", MAPPING)
    assert said.code == 2
    assert "was damaged and is kept as bench.damaged-" in said.err
    aside = next(gms.data.glob("bench.damaged-*.db"))
    assert aside.read_bytes() == before


def test_no_name_of_a_patient_reaches_the_log_of_an_import(gms: CommandLine) -> None:
    gms.takes_in(EXPECTED, "--mapping", MAPPING)
    log = (gms.data / "logs" / "gms_desktop.jsonl").read_text("utf-8")
    assert [json.loads(line)["event"] for line in log.splitlines()] == ["started", "file taken in", "ended"]
    assert "OYELARAN" not in log
    assert "expected.csv" not in log


def test_who_takes_a_file_in_is_named_with_their_role_in_every_entry(gms: CommandLine) -> None:
    before = gms.entries()
    assert gms.takes_in(EXPECTED, "--mapping", MAPPING).code == 0
    made = gms.journal()[before:]
    assert len(made) > ROWS
    (who,) = {entry.operator for entry in made}
    assert all(any(f"role:{who}:biomedical scientist" in str(one) for one in entry.premises.expects) for entry in made)


def test_a_file_is_taken_in_by_nobody_without_a_badge_that_is_known_here(gms: CommandLine) -> None:
    before = gms.entries()
    said = gms("import", EXPECTED, "--mapping", MAPPING, "--badge", "BADGE-STRANGER", "--pin", SHORT_PIN)
    assert said.code == 2
    assert "belongs to nobody here" in said.err
    assert gms.entries() == before


def test_a_file_is_not_taken_in_by_somebody_whose_role_may_not(gms: CommandLine) -> None:
    new = ("--new-badge", "BADGE-MENSAH", "--new-pin", SHORT_PIN)
    assert gms("add-person", "K. Mensah", "quality manager", *new, *SIGNED).code == 0
    before = gms.entries()
    said = gms("import", EXPECTED, "--mapping", MAPPING, "--badge", "BADGE-MENSAH", "--pin", SHORT_PIN)
    assert said.code == 2
    assert "technician" in said.err
    assert gms.entries() == before
    assert gms("files").out.count("expected.csv") == 0


def test_a_dry_run_asks_for_no_badge(gms: CommandLine) -> None:
    assert gms("import", EXPECTED, "--mapping", MAPPING, "--dry-run").code == 0
