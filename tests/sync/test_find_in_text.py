"""Find on the command line says what the Find screen says: what is in dispute, and who may be one person."""

from __future__ import annotations

import pytest
from two_benches import Laboratory

from gms_desktop.cli.finding import found
from gms_desktop.journal import store
from gms_desktop.register import look_up
from gms_desktop.services.link_patients import possibly_same


@pytest.fixture
def laboratory() -> Laboratory:
    return Laboratory()


def test_a_tube_that_is_in_dispute_is_told_as_such_and_so_is_each_entry_of_it(laboratory: Laboratory) -> None:
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    laboratory.two.scans("Q26-1-1")
    laboratory.meets()
    _, lines = found(laboratory.two.ledger, laboratory.two.number(request))
    assert lines[0].startswith("In dispute. ")
    assert [line for line in lines if "Bench 2: " in line and line.endswith("(in dispute)")]
    _, several = found(laboratory.two.ledger, "OYELARAN")
    assert any("in dispute, held back. Put it in the review rack." in line for line in several), several


def test_patients_who_may_be_one_person_are_told_in_the_list_and_in_the_history(laboratory: Laboratory) -> None:
    laboratory.expects("Q26-10", nhs="9990000018")
    laboratory.expects("Q26-11", nhs="9990000018", bench=laboratory.two)
    laboratory.meets()
    view, lines = found(laboratory.one.ledger, "OYELARAN")
    assert sum("Possibly the same patient as" in line for line in lines) == 2
    patient = next(place for place, hit in enumerate(view.hits, start=1) if hit.kind == "patient")
    _, chosen = found(laboratory.one.ledger, "OYELARAN", patient)
    assert sum("Possibly the same patient as" in line for line in chosen) == 1


@pytest.mark.parametrize("indexed", [False, True])
def test_one_of_many_with_the_same_surname_is_found_by_surname_and_day_of_birth(
    laboratory: Laboratory, indexed: bool
) -> None:
    def registered(number: int, born: str) -> str:
        row = look_up.row(laboratory.one.db, "request", laboratory.expects(f"Q26-{number}", "SMITH", born=born))
        assert row is not None
        return str(row["patient"])

    first = registered(1, "2001-12-31")
    for number in range(2, 262):
        registered(number, f"19{60 + number % 40}-0{1 + number % 9}-{10 + number % 19}")
    second = registered(262, "2001-12-31")
    db = laboratory.one.db
    with db.write():
        while indexed and store.index_private(db):
            pass
    assert possibly_same(db, first) == (second,)
    assert possibly_same(db, second) == (first,)
