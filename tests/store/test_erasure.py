"""What identifies a person can be erased: the values go, the chain, the digests and the history stay."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from decrypted import pages
from shift import KEY, Shift

from gms_desktop.bench_file import tidied
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.private import ERASED_IN_LOG
from gms_desktop.journal.sqlite_file import open_for_reading
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


def test_nothing_of_an_erased_person_is_left_in_free_space_or_in_the_log(bench_file: Database, path: Path) -> None:
    day = Shift(bench_file, 3).begin().work(60)
    with bench_file.write():
        while store.index_private(bench_file):
            pass
    of_patients = [one for one in store.every_private(bench_file) if one.subject.startswith("patient:") and one.value]
    # A value that no other patient shares, long enough to be no part of anything else.
    alone = [one for one in of_patients if [two.value for two in of_patients].count(one.value) == 1]
    known = next(one for one in alone if len(one.value or "") >= 7)
    said = (known.value or "").encode()
    assert said in pages(path, KEY)
    with bench_file.write():
        day.ledger.append([erasure(day.ledger, known.subject, "asked", "IG-7", day.operator)], day.operator)
    assert said in pages(path, KEY), "the log holds it until the bench has a moment"
    with closing(open_for_reading(path, KEY)) as reader:
        reader.raw.execute("BEGIN")
        reader.raw.execute("SELECT count(*) FROM entry").fetchone()
        tidied(day.ledger)
    tidied(day.ledger)
    assert said not in pages(path, KEY)
    assert store.meta(bench_file, ERASED_IN_LOG) == "0"
