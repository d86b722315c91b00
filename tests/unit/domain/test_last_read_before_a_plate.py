"""A plate gets its code when every rack that it is filled from was read once more and agrees as a whole."""

from __future__ import annotations

from plate_tubes import NATIONAL, PLAIN, proband
from rack_reads import CAMERA, RACK, full, scan

from gms_desktop.domain.plates.contents import Plate
from gms_desktop.domain.plates.last_read import Stop, Why, before_code
from gms_desktop.domain.plates.plan import propose
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.reads import rack_read
from gms_desktop.domain.racks.saving import Purpose, Saving, may_save

TUBES = [proband(one) for one in range(3)]
CODES = tuple(tube.code for tube in TUBES)
STANDS = dict(zip(("A01", "B01", "C01"), CODES, strict=True))
PLANNED = {code: (RACK, well) for well, code in STANDS.items()}


def plate() -> Plate:
    return propose(TUBES, pack=NATIONAL, template=PLAIN, plates=1).plates[0]


def read_again(there: dict[str, str], expected: dict[str, str] = STANDS) -> Saving:
    found = compare(CAMERA, rack_read(CAMERA, scan(there)), Expected(RACK, expected), {})
    return may_save(found, Purpose.PLATING)


def test_a_plate_whose_rack_agrees_as_a_whole_gets_its_code() -> None:
    assert before_code(plate(), PLANNED, {RACK: read_again(STANDS)}) == ()


def test_a_rack_that_was_not_read_again_stops_it() -> None:
    assert before_code(plate(), PLANNED, {}) == (Stop(Why.NOT_READ_AGAIN, RACK, CODES),)


def test_one_tube_that_moved_stops_all_of_its_rack() -> None:
    moved = {"A01": CODES[0], "B01": CODES[2], "C01": CODES[1]}
    assert before_code(plate(), PLANNED, {RACK: read_again(moved)}) == (Stop(Why.DISAGREES, RACK, CODES),)


def test_a_rack_that_agrees_with_another_layout_than_the_plan_names_the_tubes() -> None:
    moved = {"A01": CODES[0], "B01": CODES[2], "C01": CODES[1]}
    stop = before_code(plate(), PLANNED, {RACK: read_again(moved, moved)})
    assert stop == (Stop(Why.ELSEWHERE, RACK, CODES[1:]),)


def test_a_tube_that_the_plan_took_from_no_rack_is_named() -> None:
    known = {code: PLANNED[code] for code in CODES[:2]}
    stop = before_code(plate(), known, {RACK: read_again(full(0) | STANDS)})
    assert stop == (Stop(Why.NOWHERE, "", CODES[2:]),)
