"""Find on what was made from a specimen: the patient's banner stands above an eluate, a tube, a plate of one."""

from __future__ import annotations

from bench_top import BenchTop
from extract_work import ended, labelled
from extract_work import scans as at_extract
from rack_work import ANOTHER, FIRST, SECOND, SINGLE, bound, rack_open, reads
from test_plates import PLATE, kept, made, two_tubes
from test_plates import scans as at_plates

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Banner


def banner(bench: BenchTop, code: str) -> Banner | None:
    found = bench.looks_up(code).find
    assert found is not None
    assert len(found.hits) == 1
    return found.banner


def test_an_eluate_and_a_tube_have_the_banner_of_their_specimen(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    ended(bench, number)
    eluate = labelled(bench, number)
    at_extract(bench, eluate)
    rack_open(bench)
    bound(bench, eluate, FIRST)
    own = banner(bench, number)
    assert own is not None
    assert banner(bench, eluate) == banner(bench, FIRST) == own


def test_a_plate_of_one_specimen_has_its_banner(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    kept(bench)
    bench.asks_for(Command.PLATE_RESCAN)
    reads(bench, {"A01": FIRST})
    bench.asks_for(Command.WELLS_EMPTY)
    bench.asks_for(Command.SAVE_RACK)
    assert at_plates(bench, PLATE).title == "Plate made"
    assert banner(bench, PLATE) == banner(bench, number) is not None


def test_a_plate_of_more_than_one_patient_has_no_banner(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    assert banner(bench, PLATE) is None


def test_of_two_tubes_each_has_the_banner_of_its_own(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    bound(bench, one, FIRST)
    bound(bench, other, SECOND)
    assert banner(bench, FIRST) == banner(bench, one)
    assert banner(bench, SECOND) == banner(bench, other)
    assert banner(bench, FIRST) != banner(bench, SECOND)
