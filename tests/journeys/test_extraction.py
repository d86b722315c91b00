"""At Extract: specimens into a batch, the batch through its instrument, each eluate out, its DNA into a tube."""

from __future__ import annotations

from importlib.resources import files

from bench_top import WAIT_S, BenchTop
from extract_work import ANOTHER, SINGLE, begun, ended, labelled, scans
from people_at_work import BRIGHT, added, works

from devices.values import Entered, Scan
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.extract_desk import ExtractDesk
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import batch_sheets, batches, extract_view, site_rules
from gms_desktop.services.views import WorkItem

TUBE, SECOND_TUBE = "FD20024619", "FD20024620"


def test_a_specimen_is_extracted_its_eluate_numbered_and_bound_into_a_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    batch = ended(bench, number)
    eluate = labelled(bench, number)
    said = scans(bench, eluate)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "On its tube")
    assert f"DNA of {number}, batch {batch} A01" in said.sentence
    assert scans(bench, eluate, screen="racks").title == "Now the tube"
    assert scans(bench, TUBE, screen="racks").title == "Bound"
    [tube] = bench.rows("SELECT * FROM fluidx_tube")
    assert tube["source_sort"] == "eluate"
    assert bench.proved().clean
    assert bench.rows("SELECT * FROM case_entry") == []


def facts(bench: BenchTop, code: str) -> dict[str, str]:
    found = bench.looks_up(code).find
    assert found is not None
    return dict(found.facts)


def limit(bench: BenchTop, most: str) -> None:
    """The laboratory lays the limit of its DNA blanks down."""
    text = files("resources").joinpath("rules", "extraction.toml").read_text("utf-8")
    own = text.replace('most = ""\nsource = ""', f'most = "{most}"\nsource = "Validation V-1"', 1)

    def approve(ledger: Ledger) -> None:
        [row] = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
        operator = row["id"].partition("/")[0]
        ledger.append([site_rules.approval(own, "extraction", operator)], operator)

    bench.write(approve)


def test_an_eluate_goes_straight_into_a_tube_only_after_its_source_was_scanned(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    batch = ended(bench, number)
    assert bench.asks_for(Command.NAME_POSITION, "A01").title == "A01"
    assert scans(bench, TUBE).title == "Which eluate?"
    assert scans(bench, "A01").title == "Now its tube"
    said = scans(bench, TUBE)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Bound")
    assert scans(bench, number).title == "Scanned out"
    shown = facts(bench, TUBE)
    assert f"DNA of {number}, batch {batch} A01, into tube {TUBE}" in shown["Eluate"]
    assert shown["Blank"] == f"batch {batch}: B01 not measured"
    assert shown["Lots"] == "Extraction kit 12AB"
    bench.undoes()
    assert bench.rows("SELECT state FROM fluidx_tube") == [{"state": "bound"}]


def test_a_blank_over_its_limit_holds_every_eluate_until_a_senior_says_why_it_may_go_on(bench: BenchTop) -> None:
    limit(bench, "0.1")
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    batch = ended(bench, one, other)
    eluate = labelled(bench, one)
    scans(bench, eluate)
    bench.asks_for(Command.NAME_POSITION, "C01")
    assert bench.asks_for(Command.MEASURE_BLANK).title == "Blank"
    said = bench.says(Command.MEASURE_BLANK, argument="C01", value="0.4")
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Batch is held")
    assert scans(bench, eluate, screen="racks").title == "Batch is held"
    assert scans(bench, other).title == "Now its tube"
    assert scans(bench, TUBE).title == "Batch is held"
    assert [line.title for line in held_today(bench)] == [f"{batch}  DNA from blood"]
    assert bench.asks_for(Command.RELEASE_BATCH).title == "Release the batch?"
    assert bench.says(Command.RELEASE_BATCH, comment="Measured twice").title == "Not yours to do"
    added(bench, BRIGHT)
    works(bench, BRIGHT)
    assert bench.says(Command.RELEASE_BATCH, comment="Measured twice").title == "Batch released"
    assert scans(bench, eluate, screen="racks").title == "Now the tube"
    assert scans(bench, SECOND_TUBE, screen="racks").title == "Bound"


def test_what_is_held_not_accepted_or_in_another_batch_goes_into_no_position(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    first = begun(bench, number)
    bench.asks_for(Command.BATCH_ASIDE)
    scans(bench, other)
    bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="Robot 2")
    said = scans(bench, number)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "In another batch")
    assert f"A01 of batch {first}" in said.sentence
    assert scans(bench, other).title == "In A01"
    assert bench.rows("SELECT count(*) AS many FROM extraction_position WHERE role = 'specimen'") == [{"many": 2}]


def test_a_batch_does_not_start_without_its_kit_and_blank_and_an_expired_kit_is_refused(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    scans(bench, number)
    bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="Robot 1")
    said = bench.asks_for(Command.START_BATCH)
    assert said.title == "Not to be started"
    assert "scan the kit (Extraction kit)" in said.sentence
    assert "it needs a blank" in said.sentence
    assert scans(bench, "0109506000134352" + "17261031" + "1012AB", "]d2").title == "Lot expired"
    assert bench.count("extraction.lot_used") == 0
    assert bench.count("extraction.started") == 0


def test_what_came_to_nothing_is_on_the_worklist_again_and_its_repeat_keeps_both_batches(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert waiting(bench) == [number]
    first = ended(bench, number)
    assert waiting(bench) == []
    bench.asks_for(Command.NAME_POSITION, "A01")
    assert bench.asks_for(Command.POSITION_FAILED).title == "Came to nothing"
    said = bench.says(Command.POSITION_FAILED, "clot", "again", argument="A01")
    assert said.sentence == f"A01, {number}, came to nothing. It is on the worklist again."
    assert scans(bench, number).title == "Nothing to scan out"
    bench.asks_for(Command.BATCH_ASIDE)
    assert waiting(bench) == [number]
    second = ended(bench, number)
    eluate = labelled(bench, number)
    assert f"batch {second} A01" in facts(bench, eluate)["Eluate"]
    assert bench.rows("SELECT repeats FROM extraction_position WHERE repeats IS NOT NULL") == [{"repeats": first}]


def test_placing_and_ending_are_taken_back_one_after_the_other(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    ended(bench, number)
    assert bench.undoes().title == "Undone"
    assert bench.undoes().title == "Undone"
    assert scans(bench, other).title == "Into C01"
    assert bench.undoes().title == "Undone"
    assert waiting(bench) == [other]


def test_a_specimen_is_moved_by_scanning_its_new_position_and_then_the_specimen(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    batch = begun(bench, number, other)
    assert scans(bench, "B01").title == "Position taken"
    assert scans(bench, number).title == "In A01"
    assert scans(bench, "E05").title == "E05"
    said = scans(bench, number)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Moved to E05")
    assert said.sentence == f"{number} goes from A01 to E05. A01 is free."
    assert placed(bench) == {"B01": other, "C01": "", "E05": number}
    found = bench.looks_up(number).find
    assert found is not None
    moved = [line.words for line in found.timeline if f"A01 to E05 of batch {batch}" in line.words]
    assert len(moved) == 1
    assert bench.undoes().title == "Undone"
    assert placed(bench) == {"A01": number, "B01": other, "C01": ""}
    assert bench.proved().clean


def test_what_runs_is_not_moved_and_a_moved_specimen_comes_out_of_its_new_position(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    begun(bench, number)
    bench.asks_for(Command.NAME_POSITION, "H12")
    assert scans(bench, number).title == "Moved to H12"
    bench.asks_for(Command.START_BATCH)
    assert scans(bench, "A01").kind is VerdictKind.REFUSED
    assert scans(bench, number).title == "The batch runs"
    bench.asks_for(Command.END_BATCH)
    assert scans(bench, number).sentence.startswith(f"H12, {number}")
    assert bench.rows("SELECT to_come FROM extraction") == [{"to_come": 1}]


def test_a_typed_number_is_put_into_no_position_and_brings_no_eluate_out(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    begun(bench, number)
    typed = Scan(other.encode(), other, None, bench.clock.now(), "Keys", Entered.TYPED)
    assert bench.bench.scan(typed, "extract").result(WAIT_S).verdict.title == "Scan the label"
    assert placed(bench) == {"A01": number, "B01": ""}


def placed(bench: BenchTop) -> dict[str, str]:
    """What stands in each position of every batch."""
    rows = bench.rows("SELECT position, code FROM extraction_position ORDER BY position")
    return {row["position"]: row["code"] for row in rows}


def test_the_position_file_is_read_back_and_one_that_differs_is_told(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    begun(bench, number)
    desk = ExtractDesk(bench.bench)
    content = desk.position_file().result(WAIT_S)
    assert f",A01,specimen,{number}".encode() in content
    assert desk.compare(content).result(WAIT_S).title == "File agrees"
    other = content.replace(number.encode(), b"Z-K7QM-9999-9")
    said = desk.compare(other).result(WAIT_S)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "File differs")
    assert f"A01 holds {number}, and the file says Z-K7QM-9999-9" in said.sentence
    assert desk.compare(b"nonsense").result(WAIT_S).title == "File differs"


def test_a_pool_keeps_all_its_parents_and_is_held_with_any_of_them(bench: BenchTop) -> None:
    limit(bench, "0.1")
    number = bench.receives(SINGLE)
    first = ended(bench, number)
    one = labelled(bench, number)
    scans(bench, one)
    assert bench.asks_for(Command.POOL_ELUATES).title == "Scan two eluates"
    bench.asks_for(Command.BATCH_ASIDE)
    second = ended(bench, number)
    two = labelled(bench, number)
    scans(bench, one)
    scans(bench, two)
    said = bench.asks_for(Command.POOL_ELUATES)
    assert f"is the pool of {one} and {two}" in said.sentence
    [pool] = bench.rows("SELECT accession FROM eluate WHERE batch IS NULL")
    scans(bench, pool["accession"])
    shown = bench.looks_up(pool["accession"]).find
    assert shown is not None
    blanks = [value for name, value in shown.facts if name == "Blank"]
    assert blanks == [f"batch {first}: B01 not measured", f"batch {second}: B01 not measured"]
    bench.asks_for(Command.NAME_POSITION, "B01")
    bench.says(Command.MEASURE_BLANK, argument="B01", value="0.2")
    assert f"A blank of batch {second}" in scans(bench, pool["accession"], screen="racks").sentence
    assert scans(bench, one, screen="racks").title == "Now the tube"


def test_the_volume_of_an_eluate_is_nominal_until_it_is_measured(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    ended(bench, number)
    eluate = labelled(bench, number)
    scans(bench, eluate)
    assert "Eluted in" not in facts(bench, eluate)
    assert bench.asks_for(Command.ELUATE_VOLUME).title == "Volume"
    assert bench.says(Command.ELUATE_VOLUME, volume="48.5").title == "Volume"
    assert bench.says(Command.ELUATE_VOLUME, volume="48.5 µl").title == "Volume recorded"
    assert facts(bench, eluate)["Eluted in"] == "48.5 µl, measured"
    scans(bench, eluate, screen="racks")
    scans(bench, TUBE, screen="racks")
    assert bench.rows("SELECT volume, volume_how FROM fluidx_tube") == [{"volume": "48.5", "volume_how": "measured"}]


def waiting(bench: BenchTop) -> list[str]:
    """The numbers on the worklist."""
    lists = bench.read(lambda ledger: extract_view.worklists(ledger.db))
    return [item.code for work in lists for item in work.items]


def held_today(bench: BenchTop) -> tuple[WorkItem, ...]:
    lists = bench.bench.today().result(WAIT_S).lists
    return next(work.items for work in lists if work.title == "Extraction batches")


def test_the_sheet_of_a_batch_names_every_position_and_its_code_opens_the_batch_again(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    batch = ended(bench, one, other)
    eluate = labelled(bench, one)
    said = bench.read(lambda ledger: batch_sheets.sheet_of(ledger, here(bench, ledger), bench.bench.desk.place.bench))
    assert [(each.position, each.what, each.code, each.out) for each in said.positions] == [
        ("A01", "specimen", one, f"out: {eluate}"),
        ("B01", "specimen", other, ""),
        ("C01", "blank", "", ""),
    ]
    assert ("Extraction kit", "lot 12AB, use by 31-Dec-2027") in said.facts
    assert said.made == "As recorded. Made 23-Nov-2026 09:00 by R. Okafor"
    made = ExtractDesk(bench.bench).sheet().result(WAIT_S)
    [picture] = rasters(made, 300)
    [(_, read)] = decode(picture)
    assert read == batch
    bench.asks_for(Command.BATCH_ASIDE)
    assert scans(bench, read).title == "Batch"
    assert view(bench).heading == f"Batch {batch}, DNA from blood"


def here(bench: BenchTop, ledger: Ledger) -> batches.OpenBatch:
    found = batches.load(ledger.db, bench.bench.desk.extract.batch)
    assert found is not None
    return found


def view(bench: BenchTop) -> extract_view.ExtractView:
    return ExtractDesk(bench.bench).view().result(WAIT_S)


def test_a_specimen_is_taken_out_of_a_planned_batch_with_a_reason_and_waits_again(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    batch = begun(bench, number, other)
    assert scans(bench, number).title == "In A01"
    assert Command.TAKE_OUT_OF_BATCH in {offer.command for offer in view(bench).offers}
    asked = bench.asks_for(Command.TAKE_OUT_OF_BATCH)
    assert (asked.title, asked.sentence) == ("Take it out?", f"Say why {number} is taken out of A01, then confirm.")
    said = bench.says(Command.TAKE_OUT_OF_BATCH, "urgent-first", argument="A01")
    assert said.sentence == f"Lift {number} out of A01 of batch {batch}: A01 is free. It is on the worklist again."
    assert (placed(bench), waiting(bench)) == ({"B01": other, "C01": ""}, [number])
    found = bench.looks_up(number).find
    assert found is not None
    assert any(f"out of A01 of batch {batch}: Others go first" in line.words for line in found.timeline)
    assert bench.undoes().title == "Undone"
    assert (placed(bench), waiting(bench)) == ({"A01": number, "B01": other, "C01": ""}, [])
    assert bench.proved().clean


def test_a_specimen_chosen_on_screen_is_taken_out_only_with_the_word_that_its_tube_was_not_scanned(
    bench: BenchTop,
) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    batch = begun(bench, number, other)
    assert scans(bench, other).title == "In B01"
    assert bench.asks_for(Command.TAKE_OUT_OF_BATCH, argument="A01").title == "Scan it first"
    question = view(bench).question
    assert question is not None
    assert all(choice.label.endswith("(tube not scanned)") for choice in question.choices)
    bench.says(Command.TAKE_OUT_OF_BATCH, "material", argument="A01")
    assert placed(bench) == {"B01": other, "C01": ""}
    found = bench.looks_up(number).find
    assert found is not None
    said = f"out of A01 of batch {batch}: The specimen is not fit or not here (tube not scanned)"
    assert any(said in line.words for line in found.timeline)


def test_a_batch_that_can_never_start_is_dropped_with_a_reason_and_its_specimens_wait_again(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    batch = begun(bench, number, other)
    assert bench.asks_for(Command.DROP_BATCH).sentence.startswith(f"Batch {batch} holds 2 specimens.")
    assert bench.says(Command.DROP_BATCH).title == "Drop the batch?"
    assert bench.says(Command.DROP_BATCH, "lot").title == "Batch dropped"
    assert sorted(waiting(bench)) == sorted([number, other])
    assert held_today(bench) == ()
    said = scans(bench, batch)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Batch was dropped")
    assert "A kit or reagent cannot be used" in said.sentence
    shown = facts(bench, batch)
    assert shown["State"] == "dropped before its start: A kit or reagent cannot be used"
    assert bench.undoes().title == "Undone"
    assert waiting(bench) == []
    assert scans(bench, batch).title == "Batch"
    bench.asks_for(Command.BATCH_ASIDE)
    assert scans(bench, number).title == "In another batch"


def test_a_specimen_of_a_dropped_batch_goes_into_another_and_a_running_batch_is_not_dropped(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    begun(bench, number)
    bench.asks_for(Command.DROP_BATCH)
    bench.says(Command.DROP_BATCH, "instrument")
    second = begun(bench, number)
    bench.asks_for(Command.START_BATCH)
    for command in (Command.DROP_BATCH, Command.TAKE_OUT_OF_BATCH):
        assert bench.asks_for(command).sentence == f"Batch {second} is running."
    assert bench.proved().clean


def test_what_was_typed_to_begin_a_batch_stands_there_after_a_problem(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    scans(bench, number)
    bench.says(Command.BEGIN_BATCH, "rna-blood", instrument="Robot 7", input="a lot")
    question = view(bench).question
    assert question is not None
    assert question.problems
    assert dict(question.values) == {"instrument": "Robot 7", "input": "a lot"}
    assert question.chosen == ("rna-blood",)
