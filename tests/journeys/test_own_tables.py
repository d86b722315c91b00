"""At Measure: a table of the laboratory's own is pointed at, proposed, approved by another, and read from then on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bench_top import OKAFOR, WAIT_S, BenchTop
from measure_work import FIRST, line, opens, qubit_file, refused, tube, view
from people_at_work import NOVAK, added, works

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.services.views import Answer
from gms_desktop.settings import InstrumentSettings, NamedFolder
from ui import command

ROWS = f"Picogreen of November\n\nTube;Measured;Conc;Unit;Who\n{FIRST};03/04/2026 09:30;1,234;ng/ml;A. Person\n"
SAID = (("0", "sample"), ("1", "date"), ("2", "of:concentration"), ("3", "unit"))


def table_file(folder: Path, text: str = ROWS, name: str = "picogreen.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def points_at(bench: BenchTop, path: Path) -> Verdict:
    """With the tables in view, the person chooses a file."""
    desk = MeasureDesk(bench.bench)
    return desk.take_table(desk.read_table(path)).result(WAIT_S).verdict


def says(bench: BenchTop, given: Command, *choices: str, about: str = "", **fields: str) -> Verdict:
    answer = Answer(choices, "", tuple(fields.items()), about)
    return bench.bench.command(given, answer, about).result(WAIT_S).verdict


def says_all(bench: BenchTop, *columns: tuple[str, str]) -> None:
    """Say what each column is."""
    for column, what in columns or SAID:
        bench.asks_for(Command.TABLE_COLUMN, column)
        if what.startswith("of:"):
            says(bench, Command.TABLE_COLUMN, "value", about=column)
            said = says(bench, Command.TABLE_COLUMN, what, about=column, unit="", part="")
        else:
            said = says(bench, Command.TABLE_COLUMN, what, about=column)
        assert said.title == "Said"


def proposes(bench: BenchTop, name: str = "Our PicoGreen", instrument: str = "Plate reader") -> Verdict:
    bench.asks_for(Command.PROPOSE_TABLE)
    return says(bench, Command.PROPOSE_TABLE, name=name, instrument=instrument)


def approves(bench: BenchTop) -> Verdict:
    bench.asks_for(Command.SHOW_TABLES)
    offer = next(one for one in view(bench).offers if one.command is Command.APPROVE_TABLE)
    said = bench.asks_for(Command.APPROVE_TABLE, offer.argument)
    if said.title in {"Approved", "Another person"}:
        return said
    return bench.bench.command(Command.SECOND_PERSON, Answer(("countersign",))).result(WAIT_S).verdict


@pytest.fixture
def people(bench: BenchTop) -> BenchTop:
    works(bench, OKAFOR)
    added(bench, NOVAK)
    return bench


def approved(bench: BenchTop, tmp_path: Path) -> None:
    """One person points and proposes, the other approves."""
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_TABLES)
    points_at(bench, table_file(tmp_path))
    says_all(bench)
    assert bench.asks_for(Command.PROPOSE_TABLE).title == "Say it once"
    says(bench, Command.TABLE_READS, "comma", "day")
    assert proposes(bench).title == "Proposed"
    works(bench, OKAFOR)
    assert approves(bench).title == "Approved"


def test_a_table_is_pointed_at_proposed_by_one_approved_by_another_and_read_from_then_on(
    people: BenchTop, tmp_path: Path
) -> None:
    bench = people
    tube(bench)
    path = table_file(tmp_path)
    assert refused(bench, path).startswith("Nothing here reads picogreen.csv as a run.")
    works(bench, NOVAK)
    assert bench.asks_for(Command.SHOW_TABLES).title == "Own tables"
    assert view(bench).takes_table
    assert points_at(bench, path).title == "Point at it"
    seen = view(bench)
    assert seen.first_rows is not None
    assert seen.first_rows.headings == ("Tube", "Measured", "Conc", "Unit", "Who")
    assert seen.first_rows.rows == ((FIRST, "03/04/2026 09:30", "1,234", "ng/ml", "A. Person"),)
    assert seen.notes[0] == "No column is a measured value yet."
    says_all(bench)
    seen = view(bench)
    assert [one.tube for one in seen.lines[2:]] == ["concentration", "the unit of the values beside it", "not read"]
    assert seen.lines[2].said == "unit of “Unit”"
    [read] = seen.runs
    assert read.tube == "concentration not readable (“1,234”), from “1,234 ng/ml”"
    assert "Not read: Who." in seen.notes
    said = bench.asks_for(Command.PROPOSE_TABLE)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Say it once")
    assert says(bench, Command.TABLE_READS, "comma", "day").title == "Said"
    [read] = view(bench).runs
    assert read.tube.startswith("concentration 0.001234 ")
    assert read.how == "03-Apr-2026 09:30 from “03/04/2026 09:30”, day first"
    assert proposes(bench).title == "Proposed"
    assert bench.count("site_data.approved") == 0
    assert approves(bench).title == "Another person"
    assert refused(bench, path)
    works(bench, OKAFOR)
    assert approves(bench).title == "Approved"
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, path)
    [shown] = view(bench).lines
    assert (shown.tube, shown.values.partition(" n")[0]) == (FIRST, "concentration 0.001234")
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    [run] = bench.rows("SELECT instrument, dialect, unread FROM run")
    assert (run["instrument"], run["dialect"], run["unread"]) == ("Plate reader", "Our PicoGreen v1", '["Who"]')


def test_a_file_that_an_own_table_reads_is_changed_as_a_new_version(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approved(bench, tmp_path)
    works(bench, NOVAK)
    assert points_at(bench, table_file(tmp_path)).title == "Known table"
    assert view(bench).lines[0].tube == "the sample's name or code"
    bench.asks_for(Command.TABLE_COLUMN, "4")
    says(bench, Command.TABLE_COLUMN, "operator", about="4")
    assert proposes(bench).sentence.startswith("Our PicoGreen v2 is not read yet.")
    works(bench, OKAFOR)
    approves(bench)
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, table_file(tmp_path))
    bench.asks_for(Command.SAVE_RUN)
    assert [row["dialect"] for row in bench.rows("SELECT dialect FROM run")] == ["Our PicoGreen v2"]


def test_a_table_never_takes_what_an_instrument_wrote(people: BenchTop, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"run\.csv is read as Qubit 4 already"):
        MeasureDesk(people.bench).read_table(qubit_file(tmp_path, line(FIRST, "5")))


def test_two_own_tables_that_read_one_file_give_nothing_until_one_of_them_is_withdrawn(
    people: BenchTop, tmp_path: Path
) -> None:
    bench = people
    approved(bench, tmp_path)
    works(bench, NOVAK)
    points_at(bench, table_file(tmp_path))
    proposes(bench, "Another name")
    works(bench, OKAFOR)
    approves(bench)
    assert "Another name v1, Our PicoGreen v1" in refused(bench, table_file(tmp_path))
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_TABLES)
    bench.asks_for(Command.WITHDRAW_TABLE)
    assert says(bench, Command.WITHDRAW_TABLE, "instrument-table-another-name").title == "Proposed"
    assert approves(bench).title == "Another person"
    works(bench, OKAFOR)
    assert approves(bench).sentence.startswith("Another name is read no longer, at any bench")
    opens(bench, table_file(tmp_path))
    assert view(bench).file == "picogreen.csv"


def test_what_was_said_is_asked_again_where_it_cannot_be_kept(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    bench.asks_for(Command.SHOW_TABLES)
    points_at(bench, table_file(tmp_path))
    assert bench.asks_for(Command.PROPOSE_TABLE).sentence.startswith("No column is a measured value yet.")
    says(bench, Command.TABLE_COLUMN, "value", about="2")
    says(bench, Command.TABLE_COLUMN, "of:concentration", about="2", unit="bp", part="")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == ("bp is no unit of concentration.",)
    says(bench, Command.TABLE_COLUMN, "of:concentration", about="2", unit="ng/ul", part="")
    assert bench.asks_for(Command.TABLE_HEADINGS).title == "Say what it is"
    says(bench, Command.TABLE_HEADINGS, line="77")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == ("“77” is no line of this table with headings in it.",)
    assert says(bench, Command.TABLE_HEADINGS, line="1").title == "Headings"
    shown = view(bench).first_rows
    assert shown is not None
    assert shown.headings == ("Picogreen of November",)
    assert bench.asks_for(Command.RUN_ASIDE).title == "Put aside"
    assert bench.asks_for(Command.RUN_ASIDE).title == "Measurements"


def test_whoever_signs_in_next_points_anew(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    bench.asks_for(Command.SHOW_TABLES)
    points_at(bench, table_file(tmp_path))
    works(bench, NOVAK)
    assert bench.asks_for(Command.PROPOSE_TABLE).title == "No table is open"


def test_a_folders_file_is_offered_once_its_table_is_approved(people: BenchTop, tmp_path: Path) -> None:
    bench, folder = people, tmp_path / "folder"
    folder.mkdir()
    table_file(folder)
    watched = InstrumentSettings((NamedFolder("Reader", str(folder)),))
    bench.bench.settings = replace(bench.bench.settings, instruments=watched)
    desk = MeasureDesk(bench.bench)
    desk.came()
    assert desk.came().left[0].startswith("Reader: Nothing here reads picogreen.csv as a run.")
    approved(bench, tmp_path)
    assert [one.path.name for one in desk.came().came] == ["picogreen.csv"]


def test_the_command_line_reads_a_file_by_the_benchs_own_tables(
    people: BenchTop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = people
    approved(bench, tmp_path)
    path = table_file(tmp_path)
    assert command.main(["read", str(path), "--data", str(bench.folder)]) == 0
    told = json.loads(capsys.readouterr().out)
    [run] = told["runs"]
    assert (told["adapter"], run["dialect"]) == ("table of the laboratory's own", "Our PicoGreen v1")
    [reading] = run["readings"]
    assert (reading["raw"], reading["raw_unit"], reading["value"]) == ("1,234", "ng/ml", "0.001234")
    assert reading["time"]["decided_by"] == "what this instrument is known to write"
    assert run["unread_columns"] == ["Who"]
