"""A downtime number stands for one specimen, for ever: what the judge says, whoever wrote the second entry."""

from __future__ import annotations

from typing import Any

import pytest
from shift import Shift

from gms_desktop.domain.identifiers import downtime
from gms_desktop.journal.database import Database
from gms_desktop.register import downtime_look_up, undoing
from gms_desktop.register.ledger import Draft, PremiseFailed

ONE, OTHER = (downtime.mint("Z", "K7Q3ZD", place) for place in (1, 2))


@pytest.fixture
def day(database: Database) -> Shift:
    """A shift with a pack of two numbers and two specimens."""
    shift = Shift(database, 3).begin()
    shift.expect(tubes=2)
    shift.receive()
    shift.receive()
    area, pack = shift.ledger.identity(), shift.ledger.identity()
    shift.act(lambda: [shift.draft_range(area)])
    body = {"pack": pack, "range": area, "bench": shift.bench, "count": 2, "sha256": "ef" * 32, "pages": 3}
    issued = [
        Draft("downtime.number_issued", {"number": number, "pack": pack, "place": place})
        for place, number in enumerate((ONE, OTHER), start=1)
    ]
    shift.act(lambda: [Draft("downtime.pack_printed", body), *issued])
    return shift


def use(day: Shift, number: str, place: int) -> str:
    specimen = day.specimens[place]["specimen"]
    return day.act(lambda: [day.draft_used(number, specimen)])[0].action


def spoil(day: Shift, number: str) -> None:
    body = {"number": number, "reason": "torn", "comment": None, "bench": day.bench}
    day.act(lambda: [Draft("downtime.number_spoiled", body)])


def row(day: Shift, number: str) -> dict[str, Any]:
    found = downtime_look_up.number(day.db, number)
    assert found is not None
    return found


def test_a_number_of_a_pack_is_issued_until_something_becomes_of_it(day: Shift) -> None:
    assert (row(day, ONE)["state"], row(day, ONE)["specimen"]) == ("issued", None)


def test_a_second_specimen_never_has_a_number_that_stands_for_one(day: Shift) -> None:
    use(day, ONE, 0)
    with pytest.raises(PremiseFailed):
        use(day, ONE, 1)
    assert row(day, ONE)["specimen"] == day.specimens[0]["specimen"]


def test_one_specimen_may_have_two_numbers_when_it_was_labelled_twice(day: Shift) -> None:
    use(day, ONE, 0)
    use(day, OTHER, 0)
    assert row(day, ONE)["specimen"] == row(day, OTHER)["specimen"]


def test_a_spoiled_number_receives_nothing_and_a_used_one_is_not_spoiled(day: Shift) -> None:
    spoil(day, ONE)
    with pytest.raises(PremiseFailed):
        use(day, ONE, 0)
    use(day, OTHER, 0)
    with pytest.raises(PremiseFailed):
        spoil(day, OTHER)


def test_only_undo_lets_a_number_go(day: Shift) -> None:
    action = use(day, ONE, 0)
    with day.db.write():
        day.ledger.append(undoing.undo_drafts(day.ledger, action), day.operator)
    assert row(day, ONE)["state"] == "issued"
    use(day, ONE, 1)
    assert row(day, ONE)["specimen"] == day.specimens[1]["specimen"]


def test_the_name_of_whoever_received_the_tube_is_a_private_value(day: Shift) -> None:
    entries = day.act(lambda: [day.draft_used(ONE, day.specimens[0]["specimen"])])
    assert b"Featherstone" not in entries[0].to_bytes()
    assert row(day, ONE)["who_private"] == entries[0].private[0]
