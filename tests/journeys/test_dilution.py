"""At a plate that was made: its tubes are brought to one concentration, each looked at before a robot is told."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pypdfium2
import pytest
from bench_top import OKAFOR, WAIT_S, BenchTop
from measure_work import approves, line, opens, qubit_file
from people_at_work import BRIGHT, MENSAH, added, stands_beside, works
from plate_work import PLATE, made, states_volume
from rack_work import ANOTHER, FIRST, SECOND, SINGLE, bound, rack_open

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.services import site_rules
from gms_desktop.services.item_readings import standings
from gms_desktop.services.plate_views import PlateView

BOUNDS = {"smallest_ul": "2", "dead_volume_ul": "5", "capacity_ul": "150", "step_ul": "0.1"}


def view(bench: BenchTop) -> PlateView:
    return PlateDesk(bench.bench).view().result(WAIT_S)


def approves_bounds(bench: BenchTop, **changed: str) -> None:
    """The laboratory approves what its pipettes and plates allow: made-up numbers."""
    text = files("resources").joinpath("rules", "dilution.toml").read_text("utf-8")
    for name, value in (BOUNDS | changed).items():
        text = text.replace(f'\n{name} = ""', f'\n{name} = "{value}"')

    def approved(ledger) -> None:  # type: ignore[no-untyped-def]
        operator = bench.bench.operator_id() or ""
        ledger.append([site_rules.approval(text, "dilution", operator)], operator)

    bench.write(approved)


@pytest.fixture
def plate(bench: BenchTop, tmp_path: Path) -> BenchTop:
    """A plate of two tubes was made: 100 and 10 ng/µL were measured, each tube has 50 µL."""
    numbers = [bench.receives(SINGLE), bench.receives(ANOTHER)]
    rack_open(bench)
    for number, code in zip(numbers, (FIRST, SECOND), strict=True):
        bound(bench, number, code)
    made(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "100"), line(SECOND, "10")))
    bench.asks_for(Command.SAVE_RUN)
    for code in (FIRST, SECOND):
        states_volume(bench, code, "50")
    return bench


def shown(bench: BenchTop) -> dict[str, str]:
    return {one.title: one.words for one in view(bench).lines}


def test_nothing_is_planned_while_the_laboratory_said_nothing_of_its_pipettes(plate: BenchTop) -> None:
    assert plate.asks_for(Command.PLATE_DILUTE).title == "Not set up"


def test_each_tube_is_looked_at_and_what_can_be_diluted_is_written_for_the_robot(plate: BenchTop) -> None:
    approves_bounds(plate)
    assert plate.asks_for(Command.PLATE_DILUTE).title == "To what?"
    said = plate.says(Command.PLATE_DILUTE, concentration="20", volume="40")
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Look at each tube")
    wells = {one.code: one.well for one in view(plate).wells if one.code}
    left, dilutes = f"{wells[SECOND]}  {SECOND} left out", f"{wells[FIRST]}  {FIRST}"
    assert shown(plate) == {
        left: "10 ng/µL, 50 µL: is weaker than what is wanted.",
        dilutes: "100 ng/µL, 50 µL: 8 µL and 32 µL of diluent make 40 µL of 20 ng/µL.",
    }
    assert plate.count("document.issued") == 0
    said = plate.asks_for(Command.DILUTION_LIST)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Worklist written")
    assert said.sentence.endswith(f"Not in it: {SECOND}.")
    [document] = plate.looks_up(PLATE).find.files  # type: ignore[union-attr]
    assert document.file == f"{PLATE} dilution.csv"
    assert view(plate).lines == ()


def approves_diluent(bench: BenchTop) -> None:
    """The laboratory says where diluent stands on its Tecan."""
    text = files("resources").joinpath("rules", "worklists.toml").read_text("utf-8")
    text = text.replace('[tecan.diluent]\nlabel = ""', '[tecan.diluent]\nlabel = "Diluent"')

    def approved(ledger) -> None:  # type: ignore[no-untyped-def]
        operator = bench.bench.operator_id() or ""
        ledger.append([site_rules.approval(text, "worklists", operator)], operator)

    bench.write(approved)


def kept(bench: BenchTop, name: str) -> str:
    """The text of a file of the plate, as Find has it."""
    [one] = [one for one in bench.looks_up(PLATE).find.files if one.file.endswith(name)]  # type: ignore[union-attr]
    return b"".join(bench.bench.file.files.content(one.sha256)).decode()


def test_what_one_step_would_need_too_little_of_is_diluted_twice_through_an_empty_plate(
    plate: BenchTop, tmp_path: Path
) -> None:
    """2 µL is the least that is pipetted, 150 µL the most that a well holds: 2000 to 4 ng/µL fits into no one step."""
    approves_bounds(plate)
    approves_diluent(plate)
    later = line(FIRST, "2000", at="11/24/2026 9:40:54 AM"), line(SECOND, "10", at="11/24/2026 9:40:55 AM")
    opens(plate, qubit_file(tmp_path, *later, name="later.csv"))
    plate.asks_for(Command.SAVE_RUN)
    wells = {one.code: one.well for one in view(plate).wells if one.code}
    plate.asks_for(Command.PLATE_DILUTE)
    plate.says(Command.PLATE_DILUTE, concentration="4", volume="50")
    assert "needs two dilutions: name an empty plate" in shown(plate)[f"{wells[FIRST]}  {FIRST} left out"]
    plate.asks_for(Command.PLATE_DILUTE)
    said = plate.says(Command.PLATE_DILUTE, concentration="4", volume="50", between="DIL-1")
    assert said.kind is VerdictKind.FOUND
    planned = shown(plate)[f"{wells[FIRST]}  {FIRST}"]
    assert planned.startswith("2000 ng/µL, 50 µL: in DIL-1 ")
    assert planned.endswith("µL and 47.8 µL of diluent make 50 µL of 3.931 ng/µL.")
    assert plate.asks_for(Command.DILUTION_LIST).title == "Worklist written"
    rows = [one.split(",") for one in kept(plate, "dilution.csv").splitlines()[1:]]
    first, *rest = [(one[0], one[3], one[4], one[8]) for one in rows]
    assert first[1:] == ("6.7", "DIL-1", "143.3"), "the first dilution comes before what is taken of it"
    [second] = [one for one in rest if one[0] == "DIL-1"]
    assert second[1:] == ("2.2", PLATE, "47.8")
    steps = [one.split(";") for one in kept(plate, "dilution.gwl").splitlines()]
    moved = [(one[1], one[6]) for one in steps if one[0] == "A"]
    assert moved[:2] == [("Diluent", "143.3"), (first[0], "6.7")]
    assert ("DIL-1", "2.2") in moved
    assert len([one for one in moved if one[0] == "Diluent"]) == 3


@pytest.mark.parametrize(
    ("between", "problem"),
    [
        (PLATE, f"“{PLATE}” is known here already."),
        (FIRST, f"“{FIRST}” is known here already."),
        ("DIL;1", "“DIL;1” is no code of a plate"),
    ],
)
def test_a_plate_for_first_dilutions_is_empty_and_has_a_code(plate: BenchTop, between: str, problem: str) -> None:
    approves_bounds(plate)
    plate.asks_for(Command.PLATE_DILUTE)
    plate.says(Command.PLATE_DILUTE, concentration="20", volume="40", between=between)
    question = view(plate).question
    assert question is not None
    assert question.problems[0].startswith(problem)


def test_volumes_that_changed_since_the_look_are_looked_at_again(plate: BenchTop) -> None:
    approves_bounds(plate)
    plate.asks_for(Command.PLATE_DILUTE)
    plate.says(Command.PLATE_DILUTE, concentration="20", volume="40")
    states_volume(plate, FIRST, "6")
    assert plate.asks_for(Command.DILUTION_LIST).title == "Look again"
    assert any(said.endswith("there is not enough, 7 µL are missing.") for said in shown(plate).values())
    assert plate.asks_for(Command.DILUTION_LIST).title == "Nothing written"
    assert plate.count("document.issued") == 0


def test_what_does_not_fit_a_well_or_is_no_number_is_asked_again(plate: BenchTop) -> None:
    approves_bounds(plate)
    plate.asks_for(Command.PLATE_DILUTE)
    plate.says(Command.PLATE_DILUTE, concentration="twenty", volume="40")
    question = view(plate).question
    assert question is not None
    assert question.problems[0].startswith("Enter a concentration and a volume")
    assert plate.says(Command.PLATE_DILUTE, concentration="20", volume="151").title == "Too much"


def test_the_concentration_that_stands_is_never_the_best_one(plate: BenchTop, tmp_path: Path) -> None:
    approves_bounds(plate)
    opens(plate, qubit_file(tmp_path, line(FIRST, "Out of range", at="11/24/2026 9:40:54 AM"), name="later.csv"))
    assert plate.asks_for(Command.SAVE_RUN).title == "Saved"
    [row] = plate.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=FIRST)
    stands = plate.read(lambda ledger: standings(ledger.db, f"tube:{row['id']}"))
    assert [one.cells[0].value for one in stands if one.name == "concentration"] == [None]
    plate.asks_for(Command.PLATE_DILUTE)
    plate.says(Command.PLATE_DILUTE, concentration=str(Decimal(20)), volume="40")
    assert any("has no concentration that stands" in said for said in shown(plate).values())


def test_the_map_of_a_plate_names_the_tube_that_goes_on_although_it_fails_with_both_persons(
    bench: BenchTop, tmp_path: Path
) -> None:
    numbers = [bench.receives(SINGLE), bench.receives(ANOTHER)]
    rack_open(bench)
    for number, code in zip(numbers, (FIRST, SECOND), strict=True):
        bound(bench, number, code)
    approves(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "50"), line(SECOND, "7")))
    bench.asks_for(Command.SAVE_RUN)
    [tube] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=SECOND)
    works(bench, OKAFOR)
    added(bench, BRIGHT, MENSAH)
    works(bench, BRIGHT)
    bench.says(Command.CONCEDE, "eluate|3", comment="No more blood", argument=tube["id"])
    stands_beside(bench, MENSAH)
    made(bench)
    bench.asks_for(Command.PLATE_WORKLISTS)
    bench.says(Command.PLATE_WORKLISTS, volume="10")
    [printed] = [one for one in bench.looks_up(PLATE).find.files if one.file.endswith("map.pdf")]  # type: ignore[union-attr]
    page = pypdfium2.PdfDocument(b"".join(bench.bench.file.files.content(printed.sha256)))[0]
    paper = " ".join(page.get_textpage().get_text_range().split())
    said = f"{SECOND}: goes on although it fails rule eluate v3: No more blood ({BRIGHT.name} with {MENSAH.name}"
    assert "".join(said.split()) in "".join(paper.split())
