"""What an answer says of each thing: what Receive recorded, what a person says of the rest, and never a guess."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gms_desktop.exchange.consignments.contents import Acknowledgement, Found, Item, Outcome, Party
from gms_desktop.services.incoming import HowFar
from gms_desktop.services.incoming_answer import NotSaid, former, found

TUBE = Item(number="N1", sort="tube", codes=("FD1",))
SLIDE, PLATE = Item(number="N2", sort="piece"), Item(number="N3", sort="plate")
HERE = HowFar(TUBE, "Y1", "accepted", (), "2026-11-24T09:00:00.000000Z")
REJECTED = HowFar(SLIDE, "Y2", "rejected", ("Container leaking",))
NOT_HERE = HowFar(PLATE)


def outcomes(*far: HowFar, nothing_else: bool = False, **said: str) -> Mapping[str, Outcome]:
    return {one.number: one.outcome for one in found("C-1", far, said, nothing_else=nothing_else)}


def test_what_is_booked_in_is_received_and_what_was_rejected_is_said_with_its_reason() -> None:
    assert outcomes(HERE, REJECTED) == {"N1": Outcome.RECEIVED, "N2": Outcome.REJECTED}
    assert found("C-1", (REJECTED,), {}, nothing_else=False)[0].words == "Container leaking"


def test_a_thing_that_nobody_speaks_of_keeps_the_answer_from_being_written() -> None:
    with pytest.raises(NotSaid, match="what became of N3"):
        outcomes(HERE, NOT_HERE)
    assert outcomes(NOT_HERE, nothing_else=True) == {"N3": Outcome.MISSING}


def test_a_plate_that_is_booked_in_nowhere_is_received_by_a_persons_word() -> None:
    assert outcomes(NOT_HERE, received="n3") == {"N3": Outcome.RECEIVED}


def test_a_thing_is_named_by_its_own_code_too() -> None:
    assert outcomes(HERE, damaged="fd1") == {"N1": Outcome.DAMAGED}


def test_what_its_sender_left_out_is_missing_without_anybodys_word() -> None:
    assert outcomes(HowFar(SLIDE, follows_in="C-2")) == {"N2": Outcome.MISSING}


def test_what_is_in_the_box_besides_is_said_after_the_list() -> None:
    assert outcomes(HERE, unexpected="X-9, x-9") == {"N1": Outcome.RECEIVED, "X-9": Outcome.UNEXPECTED}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"missing": "N1"}, "Booked in here"),
        ({"damaged": "N9"}, "Not on the list"),
        ({"damaged": "N3", "missing": "N3"}, "Named twice"),
        ({"unexpected": "FD1"}, "On the list"),
    ],
)
def test_what_contradicts_the_list_or_the_register_is_refused(said: dict[str, str], why: str) -> None:
    with pytest.raises(NotSaid, match=why):
        outcomes(HERE, NOT_HERE, nothing_else=True, **said)


def test_whoever_writes_again_does_not_type_again_what_was_said() -> None:
    party = Party(name="Second laboratory")
    items = (
        Found(number="N1", outcome=Outcome.MISSING),
        Found(number="N3", outcome=Outcome.DAMAGED),
        Found(number="X-9", outcome=Outcome.UNEXPECTED),
    )
    answer = Acknowledgement(
        sender=party, receiver=party, consignment="C-1", manifest="", received_at="", items=items, words="Wet box"
    )
    # The first came meanwhile: that it was missing is said no more.
    assert former((HERE, NOT_HERE), answer) == (("damaged", "N3"), ("unexpected", "X-9"), ("words", "Wet box"))
