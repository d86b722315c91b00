"""A published Test Directory on the command line: what it holds, who puts it in force, and what it then says."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from command_line import EXPECTED, MAPPING, CommandLine, Said, copy_of, set_up

from gms_desktop.cli.signing import add_person
from gms_desktop.files.store import FileStore
from gms_desktop.rehearsal.made_up import SHORT_PIN
from gms_desktop.starting import bench_file

DATA = Path(__file__).parents[1] / "data" / "test-directory"
RARE, CANCER = DATA / "rare-and-inherited-disease-v5.1.xlsx", DATA / "cancer-2020-21.xlsx"
SHA = "651e5fd22b13125d014887c08e9afab585f298ed406bb9ef6efc849bbbed60ac"
SENIOR = ("BADGE-OSEI", "8642")


@pytest.fixture(scope="session")
def bench_for_directories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = set_up(tmp_path_factory.mktemp("directories") / "bench")
    add_person("F. Osei", "senior", *SENIOR, made, "BADGE-OKAFOR", SHORT_PIN, lambda _line: None)
    return made


@pytest.fixture
def gms(bench_for_directories: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_for_directories, tmp_path / "bench"), capsys)


def take_in(gms: CommandLine, path: Path, *more: object, badge: str = "BADGE-OKAFOR") -> Said:
    return gms("import", path, "--badge", badge, "--pin", SHORT_PIN, *more)


def without_r14(folder: Path, *rows: tuple[str, ...]) -> Path:
    """The published directory without its tests of R14, and with rows of one's own."""
    import openpyxl

    book = openpyxl.load_workbook(RARE)
    sheet = book.worksheets[0]
    place = next(row for row in range(3, 700) if sheet.cell(row, 1).value == "R14")
    sheet.delete_rows(place)
    last = next(row for row in range(3, 700) if sheet.cell(row, 2).value is None)
    for number, row in enumerate(rows):
        for column, text in enumerate(row, start=1):
            sheet.cell(last + number, column, text)
    sheet.cell(1, 1, "National Genomic Test Directory for rare and inherited disease, v6 April 2024")
    out = io.BytesIO()
    book.save(out)
    path = folder / "v6.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_a_dry_run_says_how_many_indications_and_tests_it_read_and_needs_nobody(gms: CommandLine) -> None:
    before = gms.entries()
    said = gms("import", RARE, "--dry-run", "--json")
    answer = json.loads(said.out)
    assert said.code == 0
    assert (answer["indications"], answer["tests"], answer["rows"], answer["method_spellings"]) == (372, 619, 619, 36)
    assert (answer["directory"], answer["version"], answer["published"]) == (
        "rare and inherited disease", "v5.1", "June 2023",
    )  # fmt: skip
    assert (answer["sha256"], answer["unread"], answer["dry_run"]) == (SHA, [], True)
    assert gms.entries() == before


def test_a_dry_run_of_the_cancer_directory_lists_the_sheet_without_tests(gms: CommandLine) -> None:
    said = gms("import", CANCER, "--dry-run")
    assert said.code == 0
    assert "cancer 2020/2021, November 2020, draft: 203 indications, 1,565 tests." in said.out
    assert "sheet “Explanatory note”: no headings of a Test Directory stand in it" in said.out


def test_taken_in_it_is_kept_as_it_came_and_completes_and_checks_requests(gms: CommandLine, tmp_path: Path) -> None:
    said = take_in(gms, RARE)
    assert said.code == 0
    assert (
        "Test Directory in force. rare and inherited disease v5.1, June 2023: 372 indications, 619 tests." in said.out
    )
    assert "A second person countersigns it" in said.out
    files: FileStore = bench_file(gms.data).files
    assert b"".join(files.content(SHA)) == RARE.read_bytes()
    files.close()
    assert "rare-and-inherited-disease-v5.1.xlsx  82,648 bytes  here" in gms("files").out
    assert gms("find", "rare-and-inherited").code == 1
    changed = tmp_path / "requests.csv"
    changed.write_text(EXPECTED.read_text("utf-8").replace("R208.1", "R208.99").replace("R134.1", "R9999"), "utf-8")
    answer = json.loads(gms("import", changed, "--mapping", MAPPING, "--dry-run", "--json").out)
    told = [one["sentence"] for one in answer["warnings"] if one["reason"].startswith("test-")]
    assert len(told) == 4
    assert told[0].startswith("Row 5, Test code: R208.99 is not in the directory of June 2023. R208 ")
    assert "R9999 is not known: there is no indication R9999 in the directory of June 2023." in told[2]
    assert answer["landed"] == 8
    assert gms("verify").code == 0


def test_the_same_file_given_again_changes_nothing(gms: CommandLine) -> None:
    take_in(gms, RARE)
    before = gms.entries()
    said = take_in(gms, RARE)
    assert said.code == 0
    assert "In force already" in said.out
    assert gms.entries() == before


def test_a_new_edition_says_what_it_takes_the_place_of_and_lists_rows_not_read(
    gms: CommandLine, tmp_path: Path
) -> None:
    take_in(gms, RARE)
    newer = without_r14(
        tmp_path, ("R14", "R14.7", "Acutely unwell", "x", "WGS"), ("R14", "fourteen", "Acutely", "x", "WGS")
    )
    said = take_in(gms, newer)
    assert said.code == 0
    assert "It takes the place of rare and inherited disease v5.1, June 2023: 1 tests are new, 1 are gone." in said.out
    assert "R&ID indications, row 622: “fourteen” is not a test code such as R14.1" in said.out
    assert "1 row was not read" in said.out


def test_a_second_person_beside_signs_in_the_same_act(gms: CommandLine) -> None:
    said = take_in(gms, RARE, "--second-badge", SENIOR[0], "--second-pin", SENIOR[1])
    assert said.code == 0
    assert "countersigns" not in said.out
    assert gms("verify").code == 0


def test_nobody_is_their_own_second_person(gms: CommandLine) -> None:
    said = take_in(gms, RARE, "--second-badge", "BADGE-OKAFOR", "--second-pin", SHORT_PIN)
    assert said.code == 2
    assert "never the same person" in said.err


def test_a_technician_puts_no_directory_in_force_and_nothing_is_kept(gms: CommandLine) -> None:
    before = gms.entries()
    said = take_in(gms, RARE, badge="BADGE-SILVA")
    assert said.code == 2
    assert "ask an administrator" in said.err
    assert gms.entries() == before


def test_a_file_that_cannot_be_read_is_refused_in_words_and_asks_for_no_badge(gms: CommandLine, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(RARE.read_bytes()[:50_000])
    said = gms("import", damaged)
    assert said.code == 2
    assert "damaged or was not loaded whole" in said.out
    assert json.loads(gms("import", damaged, "--dry-run", "--json").out)["refused"].startswith(
        "The workbook is damaged"
    )
