"""How long does the report of turnaround take over every specimen of a file, past acceptance too?

The specimens are written by the real ledger. What became of them, an eluate, a tube, a reading, a well and a
consignment each, is put into the register's rows by SQL: the report reads nothing else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from corpus import copy_of, corpus, reopen, rows_of
from figures import report

from gms_desktop.journal.database import Database
from gms_desktop.services import turnaround
from gms_desktop.services.report_period import Period, period

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ZONE = "Europe/London"
TODAY = date(2026, 11, 20)
MANY = int(os.environ.get("GMS_DESKTOP_BENCH_SPECIMENS", "250000"))
MOST_TIMES = 2.0
_LATER = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', received_at, '+{} days')"
_NUMBERED = (
    "CREATE TEMP TABLE numbered AS SELECT id, received_at, k, 'x' || (k / 96) AS lot "
    "FROM (SELECT id, received_at, row_number() OVER (ORDER BY id) - 1 AS k FROM specimen)"
)
_ELUATES = "INSERT INTO eluate (id, specimen, at) SELECT 'e' || id, id, {1} FROM numbered"
_TUBES = (
    "INSERT INTO fluidx_tube (id, code, specimen, source_sort, source, state, at) "
    "SELECT 't' || id, id, id, 'eluate', 'e' || id, 'bound', {2} FROM numbered"
)
_READINGS = (
    "INSERT INTO reading (id, run, item, state, at) "
    "SELECT 'r' || id, 'run', 'tube:t' || id, 'matched', {3} FROM numbered"
)
_PLATES = "INSERT INTO plate (id, state, made_at, at) SELECT lot, 'made', {4}, {4} FROM numbered WHERE k % 96 = 0"
_WELLS = "INSERT INTO plate_well (id, plate, tube) SELECT 'w' || id, lot, 't' || id FROM numbered"
_CONSIGNMENTS = (
    "INSERT INTO consignment (id, state, handed_at, at) "
    "SELECT lot, 'handed over', {6}, {6} FROM numbered WHERE k % 96 = 0"
)
_ITEMS = (
    "INSERT INTO consignment_item (id, consignment, sort, item, state, at) "
    "SELECT 'i' || id, lot, 'tube', 't' || id, 'packed', {5} FROM numbered"
)
_MADE = (_NUMBERED, _ELUATES, _TUBES, _READINGS, _PLATES, _WELLS, _CONSIGNMENTS, _ITEMS)


def with_stages(db: Database) -> None:
    """Every specimen reaches every stage, a day after the other."""
    later = [_LATER.format(days) for days in range(7)]
    with db.write():
        for made in _MADE:
            db.raw.execute(made.format(*later))


_COPIED = {"request": ("id",), "specimen_request": ("id", "specimen", "request"), "specimen": ("id",)}


def multiplied(db: Database, many: int) -> None:
    """The specimens of the file, with their requests, again and again until there are so many."""
    there = rows_of(db, "specimen")
    with db.write():
        for table, keys in _COPIED.items():
            columns = [row[1] for row in db.raw.execute(f"PRAGMA table_info({table})")]
            told = ", ".join(_again(column, keys) for column in columns)
            db.raw.execute(
                f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {-(-many // there) - 1}) "
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told} FROM {table} CROSS JOIN n"
            )


def _again(column: str, keys: tuple[str, ...]) -> str:
    if column == "id" and "specimen" in keys:
        return "specimen || 'x' || k || '/' || request || 'x' || k"
    # Two specimens received at one moment are told apart by their identity.
    return f"{column} || 'x' || k" if column in keys else column


def test_turnaround_of_every_specimen(tmp_path: Path) -> None:
    """Beside reading what it rests on and nothing else: what is counted of it may not take longer than that."""
    ledger = reopen(copy_of(corpus(), tmp_path))
    multiplied(ledger.db, MANY)
    with_stages(ledger.db)
    ledger.clock.at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # type: ignore[attr-defined]
    many = rows_of(ledger.db, "specimen")
    chosen = period("01-Jan-2026", "20-Nov-2026", TODAY, ZONE)
    assert isinstance(chosen, Period)
    read = timed(lambda: sum(1 for _ in turnaround.specimens(ledger.db, chosen)))
    steps = list[tuple[int, float]]()
    began = time.perf_counter()

    def heard(done: int) -> None:
        steps.append((done, time.perf_counter()))

    told = turnaround.report(ledger, "01-Jan-2026", "20-Nov-2026", ZONE, heard)
    took = time.perf_counter() - began
    assert {row[0]: row[1] for row in told.tables[0].rows}["Sent away"] == many, told
    assert steps[-1][0] == many
    longest = max(later - at for (_, at), (_, later) in pairwise([(0, began), *steps]))
    said = f"{took:.1f} s, reading alone {read:.1f} s, {many:,} specimens; told how far every {longest:.2f} s at most"
    report("turnaround of every specimen", said, took / read, f"at most {MOST_TIMES}", took <= read * MOST_TIMES)


def timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
