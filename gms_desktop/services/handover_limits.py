"""The limits of the handover sheet: what is past, what nobody knows, and what ends before the next shift begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gms_desktop import handover_words
from gms_desktop.documents.handover import Line, Section
from gms_desktop.domain.time_limits import Standing
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import time_left
from gms_desktop.services.handover_clocks import Span
from gms_desktop.services.handover_sections import section, specimen
from gms_desktop.services.limits_today import Waiting, Waits

MOST = 60
"""Lines: whoever takes over reads them all, and has what is due first among them."""
_ACTIONS = {
    Standing.PAST: handover_words.LIMIT_PAST_ACTION,
    Standing.MAY_BE_PAST: handover_words.LIMIT_PAST_ACTION,
    Standing.UNKNOWN: handover_words.LIMIT_UNKNOWN_ACTION,
    Standing.IN_TIME: handover_words.LIMIT_ACTION,
}


def limits(ledger: Ledger, span: Span) -> Section:
    """Steps with a limit from collection that cannot wait for the shift after: urgent specimens first."""

    def cannot_wait(one: Waits) -> bool:
        return one.deadline is None or span.wall(one.deadline) <= span.until

    waiting = Waiting.of(ledger)
    found = waiting.first(MOST + 1, cannot_wait) if waiting else []
    lines = list(_lines(ledger.db, found, ledger.clock.now(), span))
    if len(lines) > MOST:
        lines = [*lines[:MOST], Line(handover_words.more(MOST))]
    return section(handover_words.LIMITS, lines, handover_words.limits_note(waiting.total if waiting else 0))


def _lines(db: Database, found: list[Waits], now: datetime, span: Span) -> Iterator[Line]:
    for one in found:
        row = look_up.row(db, "specimen", one.specimen)
        if row is None:
            continue
        [left] = time_left.standing([one.limit], row["collected"], now, span.time_zone)
        said = f"{one.limit.step}: {left.words(span.time_zone)}."
        action, urgent = _ACTIONS[left.left.standing], row["priority"] == "urgent"
        yield Line(specimen(db, row), f"{said[:1].upper()}{said[1:]}", action, urgent)
