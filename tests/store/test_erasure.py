"""What identifies a person can be erased: the values go, the chain, the digests and the history stay."""

from __future__ import annotations

import pytest
from shift import Shift

from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import verify
from gms_desktop.services.erase import erasure


def test_an_erased_person_cannot_be_found_any_more_and_the_file_still_proves(database: Database) -> None:
    day = Shift(database, 3).begin()
    day.expect(tubes=1)
    with database.write():
        while store.index_private(database):
            pass
    known = next(value for value in store.every_private(database) if value.subject.startswith("patient:"))
    subject = known.subject
    with database.write():
        draft = erasure(day.ledger, subject, "asked by the person", "IG-7", day.operator)
        day.ledger.append([draft], day.operator)
    assert all(value is None for value in store.private_values(database, [subject]).values())
    assert subject not in {found for found, _ in store.find_private(database, known.value or "")}
    found = verify.verify(database, verify.scratch_database())
    assert found.clean, found.findings
    assert found.erased > 0


def test_an_erasure_without_authority_or_with_nothing_left_is_refused(database: Database) -> None:
    day = Shift(database, 3).begin()
    with pytest.raises(Refused, match="authority"):
        erasure(day.ledger, "patient:x", "asked", " ", day.operator)
    with pytest.raises(Refused, match="Nothing identifying"):
        erasure(day.ledger, "patient:x", "asked", "IG-7", day.operator)
