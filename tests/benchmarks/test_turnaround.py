"""How long does the report of turnaround take over every specimen of a file, past acceptance too?

The specimens are written by the real ledger. What became of them, an eluate, a tube, a reading, a well and a
consignment each, is put into the register's rows by SQL: the report reads nothing else.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from corpus import ENTRIES, copy_of, corpus, reopen, rows_of
from figures import report

from gms_desktop.journal.database import Database
from gms_desktop.services import turnaround

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ZONE = "Europe/London"
# The report is read beside the work, and no scan waits for it.
MOST_S = 60
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


def test_turnaround_of_every_specimen(tmp_path: Path) -> None:
    ledger = reopen(copy_of(corpus(), tmp_path))
    with_stages(ledger.db)
    ledger.clock.at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # type: ignore[attr-defined]
    began, used = time.perf_counter(), time.process_time()
    told = turnaround.report(ledger, "01-Jan-2026", "20-Nov-2026", ZONE)
    took, cpu = time.perf_counter() - began, time.process_time() - used
    many = rows_of(ledger.db, "specimen")
    assert {row[0]: row[1] for row in told.tables[0].rows}["Sent away"] == many, told
    said = f"{took:.1f} s ({cpu:.1f} s of the processor), {many:,} specimens, {ENTRIES:,} entries"
    report("turnaround of every specimen", said, took / MOST_S, f"at most {MOST_S} s", took <= MOST_S)
