"""At Measure: an instrument's file beside the tubes, judged by the laboratory's rules, saved, claimed and conceded."""

from __future__ import annotations

import gzip
from pathlib import Path

from bench_top import OKAFOR, SILVA, WAIT_S, BenchTop
from measure_work import FIRST, RULE, SECOND, approves, line, opens, qubit_file, refused, scans, tube, view
from people_at_work import BRIGHT, MENSAH, added, stands_beside, works
from rack_work import ANOTHER, RACK, SINGLE, bound, rack_open

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.rehearsal.made_up import MadeUpPerson
from gms_desktop.services.views import WorkItem


def found(bench: BenchTop, code: str) -> dict[str, list[str]]:
    """What Find says of a code, by label."""
    shown = bench.looks_up(code).find
    assert shown is not None
    facts: dict[str, list[str]] = {}
    for label, value in shown.facts:
        facts.setdefault(label, []).append(value)
    return facts


def today(bench: BenchTop) -> dict[str, tuple[WorkItem, ...]]:
    """The lists of Today by title."""
    return {one.title: one.items for one in bench.bench.today().result(WAIT_S).lists}


def added_by(bench: BenchTop, person: MadeUpPerson) -> None:
    """The administrator adds a senior and a quality manager; the one named signs in."""
    works(bench, OKAFOR)
    added(bench, BRIGHT, MENSAH)
    works(bench, person)


def test_a_run_is_shown_beside_its_tubes_saved_and_found_with_unit_judgement_and_file(
    bench: BenchTop, tmp_path: Path
) -> None:
    approves(bench)
    number = tube(bench)
    said = opens(bench, qubit_file(tmp_path, line(FIRST, "50.2"), line("somebody's sample", "112")))
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Look at both sides")
    known, unknown = view(bench).lines
    assert (known.sample, known.tube, known.how) == (FIRST, FIRST, f"{number}, EDTA blood, by its code")
    assert "concentration 50.2 ng/µL" in known.values
    assert known.said == "meets rule eluate v3"
    assert "waits for a tube" in unknown.tube
    assert bench.count("run.imported") == 0
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    assert bench.count("reading.recorded") == 2
    [measured] = found(bench, FIRST)["Measured"]
    assert measured == "concentration 50.2 ng/µL, meets rule eluate v3, Qubit, run.csv"
    assert any(FIRST in one and "50.2" in one for one in found(bench, number)["Measured"])
    # What somebody typed at the instrument stands in no entry.
    assert not any(b"somebody" in entry for entry in bench.entries())


def test_the_same_file_twice_is_refused_whatever_it_is_called(bench: BenchTop, tmp_path: Path) -> None:
    opens(bench, qubit_file(tmp_path, line("x", "1")))
    bench.asks_for(Command.SAVE_RUN)
    said = opens(bench, qubit_file(tmp_path, line("x", "1"), name="copy.csv"))
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Taken in before")
    assert "copy.csv was taken in as run.csv" in said.sentence
    assert bench.asks_for(Command.SAVE_RUN).kind is VerdictKind.REFUSED


def test_a_file_that_is_no_run_is_refused_in_words(bench: BenchTop, tmp_path: Path) -> None:
    path = tmp_path / "letter.csv"
    path.write_text("Dear colleague\n")
    assert refused(bench, path).startswith("Nothing here reads letter.csv as a run.")


def test_a_reading_without_a_tube_waits_and_is_claimed_by_scanning_the_tube(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    opens(bench, qubit_file(tmp_path, line("unnamed", "5")))
    bench.asks_for(Command.SAVE_RUN)
    number = tube(bench)
    [waits] = view(bench).lines
    assert waits.sample == "unnamed"
    assert [item.title for item in today(bench)["Readings that wait for a tube"]] == ["unnamed"]
    assert scans(bench, FIRST).title == "Tube"
    assert bench.asks_for(Command.NAME_READING, waits.key).title == "Scan its tube"
    assert scans(bench, FIRST).title == "Claimed"
    assert view(bench).lines == ()
    [measured] = found(bench, FIRST)["Measured"]
    assert "below minimum 10 ng/µL of rule eluate v3" in measured
    assert number


def test_a_tube_is_scanned_for_a_line_of_the_open_file(bench: BenchTop, tmp_path: Path) -> None:
    tube(bench)
    opens(bench, qubit_file(tmp_path, line("a", "5"), line("b", "6")))
    assert bench.asks_for(Command.NAME_READING, "0/1").title == "Scan its tube"
    assert scans(bench, FIRST).title == "Matched"
    first, second = view(bench).lines
    assert "waits" in first.tube
    assert (second.tube, second.how.rpartition(", ")[2]) == (FIRST, "scanned")
    assert second.said == "no rule"


def test_a_later_rule_never_rewrites_what_was_judged(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "50.2")))
    bench.asks_for(Command.SAVE_RUN)
    approves(bench, RULE.replace('version = "3"', 'version = "4"').replace('min = "10"', 'min = "60"'))
    [measured] = found(bench, FIRST)["Measured"]
    assert "meets rule eluate v3" in measured
    [row] = bench.rows("SELECT id FROM fluidx_tube")
    said = bench.asks_for(Command.JUDGE_AGAIN, row["id"])
    assert said.sentence.startswith(f"{FIRST}: concentration below minimum 60 ng/µL of rule eluate v4")
    [measured] = found(bench, FIRST)["Measured"]
    assert "below minimum 60 ng/µL of rule eluate v4" in measured
    assert bench.count("reading.judged") == 2
    assert bench.asks_for(Command.JUDGE_AGAIN, row["id"]).title == "Nothing new"


def test_the_last_complete_run_stands_and_never_the_best(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    tube(bench)
    for concentration in ("50.2", "7"):
        opens(bench, qubit_file(tmp_path, line(FIRST, concentration)))
        bench.asks_for(Command.SAVE_RUN)
    [measured] = found(bench, FIRST)["Measured"]
    assert measured.startswith("concentration 7 ng/µL, below minimum")
    rows = bench.rows("SELECT id FROM reading ORDER BY at, id")
    [item] = bench.rows("SELECT DISTINCT item FROM reading")
    asked = bench.asks_for(Command.READING_STANDS, item["item"].partition(":")[2])
    assert asked.title == "Which reading stands?"
    choice = f"concentration, Qubit|{rows[0]['id']}"
    said = bench.says(Command.READING_STANDS, choice, comment="Bubble seen", argument=item["item"].partition(":")[2])
    assert said.title == "It stands"
    [measured] = found(bench, FIRST)["Measured"]
    assert measured.startswith("concentration 50.2 ng/µL, meets rule eluate v3, stands because a person said so")
    assert not any(b"Bubble" in entry for entry in bench.entries())


def test_a_file_taken_in_late_or_cut_off_never_stands_over_a_later_measurement(bench: BenchTop, tmp_path: Path) -> None:
    tube(bench)
    late, early = "11/23/2026 3:40:54 PM", "11/23/2026 9:40:54 AM"
    cut = qubit_file(tmp_path, line(FIRST, "9", at="11/24/2026 9:40:54 AM"), name="cut.csv")
    cut.write_text(cut.read_text(encoding="utf-8").rstrip()[:-40], encoding="utf-8")
    for path in (
        qubit_file(tmp_path, line(FIRST, "7", at=late)),
        qubit_file(tmp_path, line(FIRST, "8", at=early), name="b.csv"),
    ):
        opens(bench, path)
        bench.asks_for(Command.SAVE_RUN)
    opens(bench, cut)
    assert any("ends in the middle of a row" in note for note in view(bench).notes)
    bench.asks_for(Command.SAVE_RUN)
    stands, aside = found(bench, FIRST)["Measured"]
    assert stands == "concentration 7 ng/µL, no rule, Qubit, run.csv"
    assert aside == "Qubit: its file was cut off, it does not count"


def test_replicates_are_shown_with_mean_and_variation_and_none_is_dropped(bench: BenchTop, tmp_path: Path) -> None:
    tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "10"), line(FIRST, "11"), line(FIRST, "18")))
    said = next(note for note in view(bench).notes if "3 times" in note)
    assert "concentration: 3 readings, mean 13 ng/µL, CV 33.53 %; furthest from the mean: reading 3, 38.46 %" in said
    bench.asks_for(Command.SAVE_RUN)
    [measured] = found(bench, FIRST)["Measured"]
    assert measured.startswith("concentration 10 ng/µL, 11 ng/µL, 18 ng/µL, 3 readings, mean 13 ng/µL")


def test_a_run_whose_control_failed_is_held_until_it_is_released_with_a_reason(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    tube(bench)
    said = opens(bench, qubit_file(tmp_path, line("QC1", "14"), line(FIRST, "50.2")))
    assert said.title == "Control out of range"
    control = "Control QC1, lot L77: concentration above maximum, 14 ng/µL, expected 9 to 11 ng/µL"
    assert control in said.sentence
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved as held"
    not_yet = ["concentration not measured, rule eluate v3", "Qubit: held, it does not count yet"]
    assert found(bench, FIRST)["Measured"] == not_yet
    assert control.split(",", maxsplit=1)[0] in today(bench)["Runs that are held"][0].detail
    [run] = bench.rows("SELECT id FROM run")
    assert bench.says(Command.RELEASE_RUN, comment="New vial", argument=run["id"]).title == "Not yours to do"
    added_by(bench, BRIGHT)
    assert bench.asks_for(Command.RELEASE_RUN, run["id"]).title == "Why may it count?"
    assert bench.says(Command.RELEASE_RUN, comment="Vial was new", argument=run["id"]).title == "Released"
    [measured] = found(bench, FIRST)["Measured"]
    assert measured.startswith("concentration 50.2 ng/µL, meets rule eluate v3")
    assert not any(b"Vial was new" in entry for entry in bench.entries())


def test_what_fails_goes_on_only_with_a_reason_and_a_second_person(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "7")))
    bench.asks_for(Command.SAVE_RUN)
    [item] = bench.rows("SELECT DISTINCT item FROM reading")
    added_by(bench, BRIGHT)
    asked = bench.asks_for(Command.CONCEDE, item["item"].partition(":")[2])
    assert "concentration 7 ng/µL below minimum 10 ng/µL of rule eluate v3" in asked.sentence
    said = bench.says(Command.CONCEDE, "eluate|3", comment="No more blood", argument=item["item"].partition(":")[2])
    assert said.title == "A second person confirms"
    assert bench.count("reading.conceded") == 0
    stands_beside(bench, MENSAH)
    assert bench.verdict is not None
    assert bench.verdict.title == "Goes on"
    assert found(bench, FIRST)["Goes on"] == ["although it fails rule eluate v3: No more blood"]
    [offered] = [one for one in bench.looks_up(FIRST).find.offers if one.command is Command.CONCEDE] or [None]
    assert offered is None


def test_a_code_that_is_nothing_measured_is_refused(bench: BenchTop, tmp_path: Path) -> None:
    opens(bench, qubit_file(tmp_path, line("x", "1")))
    assert scans(bench, SECOND).title == "Not known here"


def test_a_run_that_was_saved_by_mistake_is_undone_and_its_file_may_come_again(bench: BenchTop, tmp_path: Path) -> None:
    tube(bench)
    path = qubit_file(tmp_path, line(FIRST, "7"))
    opens(bench, path)
    bench.asks_for(Command.SAVE_RUN)
    assert bench.undoes().title == "Undone"
    assert "Measured" not in found(bench, FIRST)
    assert opens(bench, path).title == "Read"


def test_how_an_instrument_writes_dates_is_asked_once_at_a_bench(bench: BenchTop, tmp_path: Path) -> None:
    unclear = line("x", "1", run="r1", at="03/04/2026 9:40:54 AM")
    opens(bench, qubit_file(tmp_path, unclear))
    assert any("Day and month cannot be told apart" in note for note in view(bench).notes)
    assert Command.RUN_DATES in [offer.command for offer in view(bench).offers]
    assert bench.says(Command.RUN_DATES, "day first").title == "Kept"
    assert view(bench).notes == (*[note for note in view(bench).notes if note.startswith("Not read")],)
    bench.asks_for(Command.SAVE_RUN)
    [reading] = bench.rows("SELECT taken FROM reading")
    assert '"local":"2026-04-03T09:40:54"' in reading["taken"].replace(" ", "")
    opens(bench, qubit_file(tmp_path, line("y", "1", run="r2", at="03/04/2026 9:41:00 AM")))
    assert not any("Day and month" in note for note in view(bench).notes)


def test_a_tube_that_fails_and_that_nobody_conceded_is_left_out_of_plates_where_the_laboratory_says_so(
    bench: BenchTop, tmp_path: Path
) -> None:
    from gms_desktop.register import rack_look_up
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.services import plate_plan

    def kept_out(ledger: Ledger) -> str:
        row = rack_look_up.tube_by_code(ledger.db, FIRST)
        assert row is not None
        return plate_plan._kept_out(ledger.db, row, holding=False)

    approves(bench, RULE.replace('version = "1"', 'version = "1"\nkeeps_off_plates = true', 1))
    tube(bench)
    assert bench.read(kept_out) == ""
    opens(bench, qubit_file(tmp_path, line(FIRST, "7")))
    bench.asks_for(Command.SAVE_RUN)
    said = bench.read(kept_out)
    assert said.startswith(f"{FIRST}: concentration 7 ng/µL below minimum 10 ng/µL of rule eluate v3. Measure it again")


def test_a_tube_that_may_go_onto_no_plate_goes_into_a_holding_rack_and_is_shown_as_such(
    bench: BenchTop, tmp_path: Path
) -> None:
    approves(bench, RULE.replace('version = "1"', 'version = "1"\nkeeps_off_plates = true', 1))
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    opens(bench, qubit_file(tmp_path, line(FIRST, "7")))
    bench.asks_for(Command.SAVE_RUN)
    bench.clock.forward(5)
    bench.bench.scan(Scan(RACK.encode(), RACK, None, bench.clock.now(), "Scanner"), "plates").result(WAIT_S)
    assert [title for title, _ in plan(bench)] == [f"{FIRST} left out"]
    assert bench.asks_for(Command.PLATE_HOLDING).title == "Holding rack"
    [(title, words)] = plan(bench)
    assert title == "Stored, not for a plate"
    assert words.endswith("It may be kept in a holding rack, and goes onto no plate.")
    assert [one.look for one in PlateDesk(bench.bench).view().result(WAIT_S).wells if one.code] == [
        "tube, not for a plate"
    ]
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"


def plan(bench: BenchTop) -> list[tuple[str, str]]:
    """What stands beside the plan on Plates."""
    return [(line.title, line.words) for line in PlateDesk(bench.bench).view().result(WAIT_S).lines]


def test_tubes_of_a_rack_are_matched_in_the_order_of_the_run_only_after_a_look_at_both_sides(
    bench: BenchTop, tmp_path: Path
) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    bound(bench, other, SECOND)
    opens(bench, qubit_file(tmp_path, line("Sample 1", "20"), line("Sample 2", "30")))
    assert scans(bench, RACK).title == "By order"
    assert [shown.tube.split(",")[0] for shown in view(bench).lines] == [FIRST, SECOND]
    assert view(bench).offers[0].command is Command.RUN_SEEN
    assert bench.asks_for(Command.SAVE_RUN).title == "Look at both sides"
    assert bench.asks_for(Command.RUN_SEEN).title == "Both sides agree"
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    assert "30 ng/µL" in found(bench, SECOND)["Measured"][0]


def test_a_reading_saved_while_the_code_went_to_another_tube_is_of_neither(bench: BenchTop, tmp_path: Path) -> None:
    number = tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "20")))
    [row] = bench.rows("SELECT id FROM fluidx_tube")
    said = bench.says(Command.RELEASE_BIND, "never held liquid", argument=row["id"], comment="Wrong one")
    assert said.title == "Code is free"
    # The run is matched anew when it is saved: what the file was thought to be of is no more.
    [shown] = view(bench).lines
    assert "waits for a tube" in shown.tube
    assert number


def test_tubes_are_matched_by_rack_and_well_when_the_rack_that_was_measured_is_scanned(
    bench: BenchTop, tmp_path: Path
) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    path = tmp_path / "flex.csv"
    row = "131222-164034,13/12/2022 04:41:09 PM,DNA HS,S1,528,ng/uL,2.64,ug/mL,1,200,,A1,,,6,1.5.0,6"
    heads = "Run ID,Test Date,Assay Name,Sample Name,Original Sample Conc.,Original sample conc. units,Qubit Tube Conc."
    heads += ",Qubit tube conc. units,Sample Volume (uL),Dilution Factor,Plate Barcode,Well,Sample ID,Tags"
    path.write_text(f"{heads},Calibrated Tubes,Software Version,Selected Samples\n{row}\n", encoding="utf-8")
    opens(bench, path)
    assert view(bench).lines[0].tube == "its name is no tube here: it waits for a tube"
    assert scans(bench, RACK).sentence.startswith(f"Rack {RACK}: 1 position with its tube")
    [shown] = view(bench).lines
    assert (shown.tube, shown.how) == (FIRST, f"{number}, EDTA blood, by rack and well")
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    assert "528 ng/µL" in found(bench, FIRST)["Measured"][0]


def test_whose_tube_comes_next_is_one_persons_and_the_file_stays_open_for_the_other(
    bench: BenchTop, tmp_path: Path
) -> None:
    tube(bench)
    opens(bench, qubit_file(tmp_path, line("a", "5")))
    assert bench.asks_for(Command.NAME_READING, "0/0").title == "Scan its tube"
    works(bench, SILVA)
    assert view(bench).file == "run.csv"
    assert scans(bench, FIRST).title == "Tube"


def test_a_code_that_is_typed_gives_no_reading_to_a_tube(bench: BenchTop, tmp_path: Path) -> None:
    tube(bench)
    opens(bench, qubit_file(tmp_path, line("a", "5")))
    bench.asks_for(Command.NAME_READING, "0/0")
    said = Scan(FIRST.encode(), FIRST, None, bench.clock.now(), "keyboard", Entered.TYPED)
    assert bench.bench.scan(said, "measure").result(WAIT_S).verdict.title == "Scan the tube"
    assert "waits" in view(bench).lines[0].tube


REAL = Path(__file__).parents[1] / "data" / "instruments"


def test_every_instruments_own_file_is_shown_saved_and_waits_for_its_tubes(bench: BenchTop, tmp_path: Path) -> None:
    # One is of a laboratory's own form.
    given = [path for path in sorted(REAL.iterdir()) if path.suffix not in {".md", ".gz"} and path.stem != "quant_test"]
    for packed in REAL.glob("*.gz"):
        path = tmp_path / packed.stem
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        assert "tapes that do not agree" in refused(bench, path)
    taken = 0
    for path in given:
        said = opens(bench, path)
        assert said.title in {"Look at both sides", "Read", "Control out of range"}, (path.name, said)
        shown = view(bench)
        assert shown.lines, path.name
        assert bench.asks_for(Command.SAVE_RUN).kind is not VerdictKind.REFUSED, path.name
        taken += len(shown.lines)
    assert bench.rows("SELECT count(*) AS many FROM reading") == [{"many": taken}]
    waiting = bench.rows("SELECT count(*) AS many FROM reading WHERE state = 'waiting'")[0]["many"]
    assert len(view(bench).lines) == min(waiting, 200)


def test_a_concentration_by_absorbance_never_hides_one_by_fluorescence(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "7")))
    bench.asks_for(Command.SAVE_RUN)
    absorbance = tmp_path / "nano.csv"
    text = (REAL / "nanodrop_one_dsDNA.csv").read_text("utf-8")
    absorbance.write_text(text.replace("Sample 1,", f"{FIRST},"), "utf-8")
    opens(bench, absorbance)
    assert any(shown.tube == FIRST for shown in view(bench).lines)
    bench.asks_for(Command.SAVE_RUN)
    said = found(bench, FIRST)["Measured"]
    assert any(one.startswith("concentration 7 ng/µL, below minimum 10 ng/µL of rule eluate v3, Qubit") for one in said)
    # Its file has two rows of that name.
    replicates = "concentration 715.462 ng/µL, 1011.898 ng/µL, 2 readings, mean 863.7 ng/µL, CV 24.27 %, no rule"
    assert any(one.startswith(f"{replicates}, NanoDrop One") for one in said)


def test_a_limit_that_nothing_was_measured_for_is_named_once_the_tube_has_a_reading(
    bench: BenchTop, tmp_path: Path
) -> None:
    approves(bench, RULE.replace("[[control]]", '[[rule.limit]]\nof = "DIN"\nmin = "6"\n[[control]]'))
    tube(bench)
    assert "Measured" not in found(bench, FIRST)
    opens(bench, qubit_file(tmp_path, line(FIRST, "50")))
    bench.asks_for(Command.SAVE_RUN)
    assert "DIN not measured, rule eluate v3" in found(bench, FIRST)["Measured"]


def test_a_number_that_is_a_thousand_or_one_is_asked_about_once_and_read_so_from_then_on(
    bench: BenchTop, tmp_path: Path
) -> None:
    tube(bench)
    written = line(FIRST, "5").replace(",5,ng/µL", ',"1,234",ng/µL').replace(",30.4,", ",30,").replace("49.43", "49")
    opens(bench, qubit_file(tmp_path, written))
    assert "concentration not readable" in view(bench).lines[0].values
    asked = bench.asks_for(Command.RUN_DATES)
    assert asked.title.startswith("How does this Qubit") or "How does this Qubit" in asked.sentence
    assert bench.says(Command.RUN_DATES, "decimal comma").title == "Kept"
    assert "concentration 1.234 ng/µL" in view(bench).lines[0].values
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, qubit_file(tmp_path, written.replace("1,234", "2,345"), name="later.csv"))
    assert "concentration 2.345 ng/µL" in view(bench).lines[0].values


def test_the_unit_that_a_plate_readers_standard_curve_leaves_out_is_asked_once_of_the_instrument(
    bench: BenchTop, tmp_path: Path
) -> None:
    """The file's own raw cell of A01 is 75.783 under a heading without a unit: nobody can say of what."""
    file = Path(__file__).parents[1] / "data" / "instruments" / "fluostar_picogreen_bare_cr.csv"
    opens(bench, file)
    assert "concentration not readable (“75.783”)" in view(bench).lines[0].values
    offer = next(one for one in view(bench).offers if one.command is Command.RUN_DATES)
    assert offer.label == "In which unit"
    bench.asks_for(Command.RUN_DATES)
    said = bench.says(Command.RUN_DATES, "unit ng/mL")
    assert (said.title, said.sentence[:52]) == ("Kept", "FLUOstar writes its concentrations in ng/mL, a thous")
    assert "concentration 0.075783 ng/µL" in view(bench).lines[0].values
    assert not any(one.command is Command.RUN_DATES for one in view(bench).offers)
    bench.asks_for(Command.RUN_ASIDE)
    later = tmp_path / "later.csv"
    later.write_bytes(file.read_bytes().replace(b"75.783", b"85.783"))
    opens(bench, later)
    assert "concentration 0.085783 ng/µL" in view(bench).lines[0].values
