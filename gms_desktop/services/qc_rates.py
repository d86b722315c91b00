"""Rejection and failed QC of a period's specimens, read from the register: what stands for their tubes counts."""

from __future__ import annotations

from collections.abc import Iterable

from gms_desktop.domain.readings.judging import FAILS, Word
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.reports.qc_rates import RateCount, Seen, count, share
from gms_desktop.reports.unacceptable import OUTSIDE_THE_RATES
from gms_desktop.services import item_readings, measure_on_find
from gms_desktop.services.views import QcRateRow
from gms_desktop.words import NOT_STATED

_JUDGED = FAILS | {Word.MEETS}


def rates(db: Database, specimens: Iterable[tuple[Row, str]]) -> tuple[QcRateRow, ...]:
    """The table: each specimen with who asked for it; EQA, control and research material stands outside."""
    seen = [_seen(db, row, who) for row, who in specimens if (row["category"] or "clinical") not in OUTSIDE_THE_RATES]
    if not any(one.measured for one in seen):
        return ()
    return tuple(_row(kind, who, made) for (kind, who), made in sorted(count(seen).items()))


def _seen(db: Database, row: Row, requestor: str) -> Seen:
    subject = f"specimen:{row['id']}"
    items = [subject, *(item for item, _ in measure_on_find.made_of(db, row["id"]))]
    standing = [one for item in items for one in item_readings.standings(db, item)]
    words = {Word(said["word"]) for one in standing for said in item_readings.newest(one.judgements)}
    return Seen(
        kind=row["type"] or NOT_STATED,
        requestor=requestor,
        rejected=row["outcome"] == "rejected",
        measured=bool(standing),
        judged=bool(words & _JUDGED),
        failed=bool(words & FAILS),
        conceded=any(reading_look_up.concessions(db, item) for item in items),
    )


def _row(kind: str, requestor: str, made: RateCount) -> QcRateRow:
    return QcRateRow(
        kind=kind,
        requestor=requestor,
        rejected=share(made.rejected, made.received),
        measured=share(made.measured, made.received),
        failed=share(made.failed, made.judged),
        conceded=share(made.conceded, made.failed),
    )
