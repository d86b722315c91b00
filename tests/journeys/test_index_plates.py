"""At index plates and pools: a set from the laboratory's file, a plate of it, indexes, a pool, its sheet, Find."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from bench_top import WAIT_S, BenchTop
from plate_work import PLATE, made, scans, two_tubes
from rack_work import FIRST, RACK, SECOND
from storage_at_work import laboratory, takes_out
from storage_at_work import scans as at_storage

from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.worklists import sample_sheet
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.services.plate_views import PlateView

INDEXES, POOL = "IX-000045", "POOL-0007"


def bases(seed: str) -> str:
    """A made-up index of ten bases, the same for the same seed."""
    return "".join("ACGT"[byte % 4] for byte in hashlib.sha256(seed.encode()).digest()[:10])


def file_of(prefix: str = "UDX", *, heading: str = "i5 forward", lines: dict[str, str] | None = None) -> bytes:
    """A laboratory's own file of 96 made-up pairs."""
    said = {
        well: f"{well},{prefix}{n:04},{bases(f'{prefix} i7 {n}')},{bases(f'{prefix} i5 {n}')}"
        for n, well in enumerate(Shape(8, 12).wells, 1)
    }
    return "\n".join([f"Well,Name,i7,{heading}", *(said | (lines or {})).values(), ""]).encode()


def view(bench: BenchTop) -> PlateView:
    return PlateDesk(bench.bench).view().result(WAIT_S)


def gives_file(bench: BenchTop, content: bytes, name: str = "indexes.csv") -> Verdict:
    return PlateDesk(bench.bench).take_indexes(name, content).result(WAIT_S).verdict


def set_known(bench: BenchTop, content: bytes | None = None, name: str = "Set A") -> None:
    assert gives_file(bench, content or file_of()).title == "Which set"
    assert bench.says(Command.INDEX_SET, name=name).title == "Set taken in"


def index_plate_known(bench: BenchTop, code: str = INDEXES, expiry: str = "31-Jan-2099", name: str = "Set A") -> None:
    assert scans(bench, code).title == "New index plate"
    [row] = bench.rows("SELECT id FROM index_set WHERE name = :name", name=name)
    said = bench.says(Command.INDEX_REGISTER, row["id"], argument=code, lot="L-88", expiry=expiry)
    assert said.title == "Index plate", said


def indexed(bench: BenchTop) -> None:
    """A plate of two tubes with the indexes of its own wells."""
    two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    set_known(bench)
    index_plate_known(bench)
    assert scans(bench, PLATE).title == "Look, then keep"
    assert bench.asks_for(Command.INDEX_KEEP).title == "Indexes kept"


def pooled(bench: BenchTop) -> None:
    indexed(bench)
    assert bench.asks_for(Command.POOL_BEGIN).title == "New pool"
    assert scans(bench, PLATE).title == "In the pool"
    assert scans(bench, POOL).title == "Pool made"


def looks(bench: BenchTop) -> dict[str, str]:
    return {one.well: one.look for one in view(bench).wells if one.look not in {"empty", "free", "no index"}}


def test_a_plate_is_indexed_pooled_and_its_sample_sheet_saved_where_it_is_wanted(
    bench: BenchTop, tmp_path: Path
) -> None:
    pooled(bench)
    assert (bench.count("index_set.taken_in"), bench.count("plate.indexed"), bench.count("pool.made")) == (1, 1, 1)
    assert bench.says(Command.POOL_SHEET, run="a run", lane="").title == "Name is wanted"
    said = bench.says(Command.POOL_SHEET, run="RUN_0042", lane="3")
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Sheet written")
    assert view(bench).sheet == f"{POOL}_SampleSheet.csv"
    saved = PlateDesk(bench.bench).save_sheet(tmp_path / view(bench).sheet)
    assert saved.title == "Sheet saved"
    found = bench.looks_up(POOL).find
    assert found is not None
    assert [(one.file, one.kept) for one in found.files] == [(f"{POOL}_SampleSheet.csv", "here")]
    sheet = sample_sheet.read((tmp_path / f"{POOL}_SampleSheet.csv").read_bytes())
    assert sheet.sections["Header"]["RunName"] == "RUN_0042"
    assert sheet.sections["Header"]["IndexOrientation"] == "Forward"
    assert [(one["Lane"], one["Sample_ID"], one["Index"], one["Index2"]) for one in sheet.data] == [
        ("3", f"{PLATE}_A01", bases("UDX i7 1"), bases("UDX i5 1")),
        ("3", f"{PLATE}_B01", bases("UDX i7 2"), bases("UDX i5 2")),
    ]
    assert {one["BarcodeMismatchesIndex1"] for one in sheet.data} == {"1"}


def test_an_index_well_is_used_once_and_the_library_that_has_it_is_named(bench: BenchTop) -> None:
    indexed(bench)
    [row] = bench.rows("SELECT id FROM index_plate")
    bench.asks_for(Command.PLATE_ASIDE)
    said = scans(bench, INDEXES)
    assert said.sentence == f"{INDEXES} is of set Set A: 94 wells free. Scan the plate to be indexed from it."
    used = {one.well: (one.look, one.code) for one in view(bench).wells if one.look == "used"}
    assert used == {"A01": ("used", f"{PLATE}_A01"), "B01": ("used", f"{PLATE}_B01")}
    holders = bench.rows("SELECT holder FROM key_holder WHERE key = :key", key=f"A01:index:{row['id']}")
    [plate] = bench.rows("SELECT id FROM plate")
    assert [one["holder"] for one in holders] == [f"library:{plate['id']}.A01"]


def test_a_person_changes_an_index_and_two_that_change_places_are_both_kept(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    set_known(bench)
    index_plate_known(bench)
    scans(bench, PLATE)
    assert bench.asks_for(Command.PLATE_MOVE, "H12").title == "No tube there"
    assert bench.asks_for(Command.PLATE_MOVE, "A01").title == "Now its index"
    assert view(bench).heading == f"Which well of {INDEXES} for A01 of {PLATE}?"
    assert bench.asks_for(Command.PLATE_MOVE, "B01").title == "Index changed"
    bench.asks_for(Command.INDEX_KEEP)
    kept = {one["well"]: one["index_well"] for one in bench.rows("SELECT well, index_well FROM library")}
    assert kept == {"A01": "B01", "B01": "A01"}


def test_wells_that_are_used_are_passed_over_and_a_used_one_is_refused_with_its_history(bench: BenchTop) -> None:
    indexed(bench)
    bench.undoes()
    assert bench.rows("SELECT id FROM library") == []
    bench.asks_for(Command.PLATE_ASIDE)
    scans(bench, INDEXES)
    scans(bench, PLATE)
    bench.asks_for(Command.PLATE_MOVE, "A01")
    bench.asks_for(Command.PLATE_MOVE, "C07")
    bench.asks_for(Command.INDEX_KEEP)
    assert {one["index_well"] for one in bench.rows("SELECT index_well FROM library")} == {"C07", "B01"}
    scans(bench, INDEXES)
    assert scans(bench, PLATE).title == "Has its indexes"


def test_an_index_plate_past_its_last_day_gives_nobody_an_index(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    set_known(bench)
    index_plate_known(bench, expiry="01-Jan-2020")
    said = scans(bench, PLATE)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Past its last day")
    assert "01-Jan-2020" in said.sentence
    assert bench.asks_for(Command.INDEX_KEEP).title == "Nothing to keep"


def test_libraries_that_cannot_be_told_apart_are_not_pooled_until_one_is_left_out(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    near = f"B01,UDX0002,{bases('UDX i7 1')},{bases('UDX i5 1')[:-1]}C"
    set_known(bench, file_of(lines={"B01": near}))
    index_plate_known(bench)
    scans(bench, PLATE)
    bench.asks_for(Command.INDEX_KEEP)
    bench.asks_for(Command.POOL_BEGIN)
    said = scans(bench, PLATE)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Look at the pool")
    assert looks(bench) == dict.fromkeys(("A01", "B01"), "library, cannot be pooled")
    assert scans(bench, POOL).title == "Not pooled"
    assert bench.asks_for(Command.PLATE_MOVE, "B01").title == "Left out"
    assert looks(bench) == {"A01": "library", "B01": "left out"}
    assert scans(bench, POOL).title == "Pool made"
    assert [one["library"][-3:] for one in bench.rows("SELECT library FROM pool_library")] == ["A01"]


def test_i5_written_the_other_way_is_told_and_no_sheet_is_written_of_it(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    said = gives_file(bench, file_of(heading="i5"))
    assert "nobody says which way round i5 is written" in said.sentence
    assert bench.says(Command.INDEX_SET, name="Set A").kind is VerdictKind.ATTENTION
    assert bench.says(Command.INDEX_SET, "reverse complement", name="Set A").title == "Set taken in"
    index_plate_known(bench)
    scans(bench, PLATE)
    bench.asks_for(Command.INDEX_KEEP)
    bench.asks_for(Command.POOL_BEGIN)
    scans(bench, PLATE)
    scans(bench, POOL)
    said = bench.says(Command.POOL_SHEET, run="RUN_0042", lane="")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "No sheet written")
    assert "a sheet takes them forward" in said.sentence
    assert bench.count("document.issued") == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Well,i7\nA1,AC\n", "headings for the well, i7 and i5"),
        (file_of(lines={"C01": "A01,X,ACGT,ACGT"}), "names a well that an earlier row has"),
        (file_of(lines={"C01": "C01,X,ACGU,ACGT"}), "letters other than A, C, G and T"),
        (file_of(lines={"C01": f"C01,X,{bases('UDX i7 1')},{bases('UDX i5 1')}"}), "the same pair of indexes"),
        (b"\x00\xff", "cannot be read"),
    ],
)
def test_of_a_file_that_is_not_sound_nothing_is_taken(bench: BenchTop, content: bytes, said: str) -> None:
    told = gives_file(bench, content)
    assert (told.kind, told.title) == (VerdictKind.REFUSED, "File not taken")
    assert said in told.sentence
    assert "Nothing of the file is taken." in told.sentence
    assert bench.says(Command.INDEX_SET, name="Set A").title == "No file chosen"


def test_a_set_is_taken_in_once_and_its_name_is_its_own(bench: BenchTop) -> None:
    set_known(bench)
    assert gives_file(bench, file_of()).title == "Known already"
    gives_file(bench, file_of("UDY"))
    assert bench.says(Command.INDEX_SET, name="set a").kind is VerdictKind.ATTENTION
    assert bench.says(Command.INDEX_SET, name="Set B").title == "Set taken in"


def test_a_code_that_is_something_else_is_no_index_plates_and_no_pools(bench: BenchTop) -> None:
    numbers = two_tubes(bench)
    made(bench)
    bench.asks_for(Command.INDEX_WORK)
    assert scans(bench, INDEXES).title == "No set is known"
    set_known(bench)
    assert scans(bench, numbers[0]).title == "Not for here"
    assert scans(bench, RACK).title == "Not for here"
    index_plate_known(bench)
    assert bench.asks_for(Command.INDEX_WORK).title == "Plates"
    assert scans(bench, INDEXES).title == "Index plate"
    bench.asks_for(Command.POOL_BEGIN)
    assert scans(bench, POOL).title == "Pool is empty"
    assert scans(bench, PLATE).title == "No libraries"


def test_a_library_that_is_pooled_keeps_its_index_when_undo_is_asked_for(bench: BenchTop) -> None:
    pooled(bench)
    assert bench.undoes().kind is not VerdictKind.REFUSED
    assert bench.rows("SELECT id FROM pool") == []
    assert len(bench.rows("SELECT id FROM library")) == 2


def test_find_shows_what_each_was_made_from_and_what_became_of_it(bench: BenchTop) -> None:
    pooled(bench)
    numbers = [row["accession"] for row in bench.rows("SELECT accession FROM specimen ORDER BY accession")]
    library = bench.looks_up(f"{PLATE}_A01").find
    assert library is not None
    assert library.heading == f"Library {PLATE}_A01"
    facts = dict(library.facts)
    assert facts["Index"] == f"UDX0001, A01 of {INDEXES}"
    assert facts["Made from"].startswith(f"tube {FIRST}, ")
    assert facts["Became"] == f"pool {POOL}"
    tube = bench.looks_up(FIRST).find
    assert tube is not None
    assert ("Became", f"library {PLATE}_A01, pool {POOL}") in tube.facts
    pool = bench.looks_up(POOL).find
    assert pool is not None
    assert pool.heading == f"Pool {POOL}"
    made_from = dict(pool.facts)["Made from"]
    assert all(part in made_from for part in (f"library {PLATE}_B01", f"tube {SECOND}", *numbers))
    specimen = bench.looks_up(numbers[0]).find
    assert specimen is not None
    assert dict(specimen.facts)["Became"].endswith(f"pool {POOL}")
    index_plate = bench.looks_up(INDEXES).find
    assert index_plate is not None
    assert dict(index_plate.facts)["A01"] == f"library {PLATE}_A01"


def consent_withdrawn(bench: BenchTop, number: str) -> None:
    """Somebody says on the telephone that the specimen is not to be tested."""
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    said = bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by="Ruth Bell")
    assert number in said.sentence


def test_a_library_whose_specimen_may_not_be_tested_is_not_pooled_and_leaves_the_sheet(bench: BenchTop) -> None:
    pooled(bench)
    numbers = [
        row["accession"]
        for row in bench.rows(
            "SELECT s.accession FROM specimen s JOIN fluidx_tube t ON t.specimen = s.id WHERE t.code = :code",
            code=SECOND,
        )
    ]
    consent_withdrawn(bench, numbers[0])
    said = bench.says(Command.POOL_SHEET, run="RUN_0042", lane="")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "No sheet written")
    assert f"{PLATE}_B01: {numbers[0]}" in said.sentence
    assert bench.count("document.issued") == 0
    assert bench.asks_for(Command.LEAVE_OUT).title == "Leave libraries out?"
    [library] = bench.rows("SELECT id FROM library WHERE well = 'B01'")
    assert bench.says(Command.LEAVE_OUT, library["id"], why="Consent withdrawn").title == "Left out"
    said = bench.says(Command.POOL_SHEET, run="RUN_0042", lane="")
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Written in part")
    assert f"{PLATE}_B01" in said.sentence
    found = bench.looks_up(POOL).find
    assert found is not None
    assert any(f"Leave {PLATE}_B01 out of the sample sheet of pool {POOL}" in one.words for one in found.timeline)
    assert bench.proved().clean
    bench.asks_for(Command.POOL_BEGIN)
    assert f"{PLATE}_B01 may not be sequenced" in scans(bench, PLATE).sentence
    assert looks(bench) == {"A01": "library", "B01": "library, cannot be pooled"}
    assert scans(bench, "POOL-0008").title == "Not pooled"
    bench.asks_for(Command.PLATE_MOVE, "B01")
    assert scans(bench, "POOL-0008").title == "Pool made"


def test_a_pool_is_put_away_taken_out_and_found_like_any_tube(bench: BenchTop) -> None:
    pooled(bench)
    codes = laboratory(bench)
    at_storage(bench, codes["box"])
    said = at_storage(bench, POOL)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Put away")
    found = bench.looks_up(POOL).find
    assert found is not None
    assert dict(found.facts)["Storage"] == "A01 of Room 4, Freezer A, Shelf 1, Box 12"
    assert any(f"Put Pool {POOL} into A01" in one.words for one in found.timeline)
    bench.asks_for(Command.PLACE_ASIDE)
    at_storage(bench, POOL)
    takes_out(bench, "work")
    found = bench.looks_up(POOL).find
    assert found is not None
    assert dict(found.facts)["Storage"].startswith("out: ")
    assert bench.proved().clean
