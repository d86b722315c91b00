"""What a person is told of an act that others overtook: with number and patient, and no longer than its case lasts."""

from __future__ import annotations

from two_benches import Laboratory

from gms_desktop.domain.commands import Command
from gms_desktop.services import flip_words


def test_a_notice_names_number_and_patient_and_goes_with_its_case() -> None:
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    for bench in (laboratory.one, laboratory.two):
        bench.scans("Q26-1-1")
    laboratory.meets()
    two = laboratory.two
    told = flip_words.notices(two.ledger, two.flips)
    assert f"{two.number(request)} OYELARAN, Test" in told[0].words
    assert flip_words.settled(two.ledger, told) == []
    laboratory.one.signs_in(laboratory.ada)
    laboratory.one.settles(Command.KEEP_BOTH)
    assert flip_words.settled(two.ledger, told) == []
    laboratory.meets()
    assert flip_words.settled(two.ledger, told) == told


def test_many_at_once_are_told_in_one_notice_that_goes_with_the_last_of_their_cases() -> None:
    laboratory = Laboratory()
    for number in range(4):
        laboratory.expects(f"Q26-{number}", f"PATIENT{number}")
    laboratory.meets()
    for bench in (laboratory.one, laboratory.two):
        for number in range(4):
            bench.scans(f"Q26-{number}-1")
            bench.scans(bench.number(request_of(bench, number)))
    laboratory.meets()
    [told] = flip_words.notices(laboratory.two.ledger, laboratory.two.flips)
    assert "PATIENT0" in told.words
    laboratory.one.signs_in(laboratory.ada)
    for left in range(4, 0, -1):
        laboratory.meets()
        assert (flip_words.settled(laboratory.two.ledger, [told]) == []) is (left > 0)
        laboratory.one.settles(Command.KEEP_BOTH)
    laboratory.meets()
    assert flip_words.settled(laboratory.two.ledger, [told]) == [told]


def request_of(bench: object, number: int) -> str:
    from gms_desktop.register import look_up

    return str(look_up.requests_by_code(bench.db, f"Q26-{number}")[0])  # type: ignore[attr-defined]
