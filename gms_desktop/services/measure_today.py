"""Today's lists of measurements: readings that wait for their tube, and runs that are held."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop import folder_words, measure_words
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.instrument_folder import Looked
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import measure_deciding, measured_runs
from gms_desktop.services.today_items import MOST
from gms_desktop.services.views import WorkItem, WorkList

_COUNTED = 999


def lists(ledger: Ledger, looked: Looked) -> tuple[WorkList, ...]:
    """What waits at Measure; nothing while nothing does, for a laboratory that measures elsewhere.

    Args:
        ledger: the bench's.
        looked: what lay in the instruments' folders when they were looked at last.
    """
    db = ledger.db
    held, waiting = reading_look_up.held_runs(db, _COUNTED), reading_look_up.waiting(db, _COUNTED)
    found = []
    if lies := [*_lies(looked)]:
        found.append(WorkList(folder_words.FOLDERS, tuple(lies[:MOST]), folder_words.NOTHING_LIES, len(lies)))
    if held:
        items = tuple(_held(db, row) for row in held[:MOST])
        found.append(WorkList(measure_words.HELD, items, measure_words.NOTHING_HELD, len(held)))
    if waiting:
        items = tuple(_waiting(db, row) for row in waiting[:MOST])
        found.append(WorkList(measure_words.WAITING, items, measure_words.NOTHING_WAITS, len(waiting)))
    return tuple(found)


def _lies(looked: Looked) -> Iterator[WorkItem]:
    """What is to be seen to first: a folder that is away, a file that is left, then what waits to be opened."""
    for said in (*looked.away, *looked.left):
        folder, _, why = said.partition(": ")
        yield WorkItem(folder, why, VerdictKind.ATTENTION, "measure")
    for one in looked.came:
        yield WorkItem(one.path.name, folder_words.waits(one.folder), VerdictKind.ATTENTION, "measure")


def _held(db: Database, row: Row) -> WorkItem:
    name = measure_deciding.run_name(row)
    detail = "; ".join(measure_deciding.held_words(db, row))
    return WorkItem(name[:1].upper() + name[1:], detail, VerdictKind.ATTENTION, "measure")


def _waiting(db: Database, row: Row) -> WorkItem:
    name = measured_runs.sample_of(db, row) or "no name"
    return WorkItem(name, f"{row['instrument']} {row['well'] or ''}".strip(), VerdictKind.ATTENTION, "measure")
