"""How fast does the register fold a journal, against a fold written by hand for speed alone?"""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import by_hand
import pytest
from corpus import ENTRIES, KEY, corpus
from figures import report

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_reading, open_for_writing
from gms_desktop.register import rebuild, versions
from gms_desktop.register.driver import Driver

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

LOT = 1000
MOST = 100_000
AT_LEAST = 0.6


def lots_of_rows() -> list[list[tuple[object, ...]]]:
    """The corpus's entries as they stand in the file, in lots."""
    db = open_for_reading(corpus(), KEY)
    statement = store._since
    found = list(islice(db.stream(statement, {"n": 0}, LOT), min(ENTRIES, MOST) // LOT))
    db.close()
    return found


def fresh(path: Path) -> Database:
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    return db


def test_the_register_folds_against_a_fold_written_by_hand(tmp_path: Path) -> None:
    lots = lots_of_rows()
    ours, theirs = fresh(tmp_path / "ours.db"), fresh(tmp_path / "by-hand.db")
    driver = Driver(ours)
    spent = [0.0, 0.0]
    for lot in lots:
        start = time.perf_counter()
        with ours.write():
            rebuild.fold_again(driver, [store.stored(values) for values in lot])
        between = time.perf_counter()
        with theirs.write():
            for values in lot:
                by_hand.fold(theirs.raw, values[1])
        spent = [spent[0] + between - start, spent[1] + time.perf_counter() - between]
    assert by_hand.rows(ours.raw) == by_hand.rows(theirs.raw)
    count = sum(map(len, lots))
    ratio = spent[1] / spent[0]
    said = f"{count / spent[0]:.0f} entries a second against {count / spent[1]:.0f} by hand, {count} entries"
    report("fold", said, ratio, f"at least {AT_LEAST}", ratio >= AT_LEAST)
    ours.close()
    theirs.close()
