"""The print queue of a bench: whose turn it is, and what became of each copy, each noted before the next is touched.

The queue is what the register has as intended, so that it survives a crash, keeps its order, and forgets by itself what
is put off, spoiled or undone. That bytes begin to leave is on disk before the first of them does: a copy that was only
intended when the application ended may be sent at the next start, one whose sending had begun may lie in the tray.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from devices.values import Sent
from gms_desktop.domain import label_queue as rule
from gms_desktop.domain.label_queue import Copy, LabelRules, Turn
from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.journal.database import Row
from gms_desktop.register import label_look_up, look_up
from gms_desktop.register.labels import WAITS
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.site_layouts import Laid
from gms_desktop.services.site_rules import label_rules

APP_ENDED = "the application ended before the printer answered"
_CONNECTION_LOST = "the connection to the printer was lost"
_NOT_TAKEN = "the printer took no connection"


def turn(ledger: Ledger, sorts: Container[str] | None = None) -> Turn | None:
    """The copy of this bench that goes next to the printer of some sorts of labels; of all where none are named."""
    rows = label_look_up.queue(ledger.db, ledger.head.writer)
    return turn_of(rows, label_rules(ledger.db), sorts) if rows else None


def turn_of(rows: Sequence[Row], rules: LabelRules, sorts: Container[str] | None = None) -> Turn | None:
    """The copy whose turn it is, of the queue's rows."""
    return rule.turn([_copy(row) for row in rows], one_patient=rules.one_patient, sorts=sorts)


def _copy(row: Row) -> Copy:
    sort, of_patient = row["sort"] or LabelSort.TUBE, row["sort"] is None or row["specimen"] is not None
    return Copy(row["id"], row["patient"] or "", row["state"], bool(row["aside"]), sort, of_patient)


def waiting(ledger: Ledger) -> list[str]:
    """Numbers whose labels are not on their tubes, newest first."""
    states, here = look_up.UNSETTLED, ledger.head.writer
    return [row["accession"] for one in states for row in look_up.labels_at_bench(ledger.db, here, one)][::-1]


def begun(ledger: Ledger, label: str, sorts: Container[str] | None = None) -> bool:
    """Note that a copy is about to be sent; False when it is no longer wanted, or not its turn any more."""
    now = turn(ledger, sorts)
    if now is None or now.label != label or now.behind:
        return False
    ledger.append([Draft("label.sending", {"label": label})], None)
    return True


@dataclass(frozen=True)
class Printed:
    """What a copy is printed by.

    Attributes:
        printer: its name at this bench.
        laid: the layout, with the hash of its text.
    """

    printer: str
    laid: Laid


def ended(ledger: Ledger, label: str, sent: Sent, detail: str, by: Printed) -> None:
    """Note what sending a copy came to; one that the printer did not take waits again."""
    outcome = WAITS if sent is Sent.NOT_SENT else sent.value
    why = {Sent.SENT: detail, Sent.UNKNOWN: detail or _CONNECTION_LOST, Sent.NOT_SENT: detail or _NOT_TAKEN}[sent]
    _sent(ledger, label, outcome, why, by)


def cannot_be_made(ledger: Ledger, label: str, why: str) -> None:
    """Note that a copy was not sent and does not wait either: it needs a person."""
    _sent(ledger, label, Sent.NOT_SENT.value, why)


def printed(ledger: Ledger, labels: Sequence[str]) -> None:
    """Note that the printer holds none of these any more; nothing of those that are settled meanwhile."""
    rows = {label: look_up.row(ledger.db, "label", label) for label in labels}
    said = [
        Draft("label.printed", {"label": label, "said_by": "printer"})
        for label, row in rows.items()
        if row is not None and row["state"] == rule.SENT
    ]
    if said:
        ledger.append(said, None)


def unfinished(ledger: Ledger) -> list[str]:
    """Copies whose sending had begun when the application ended: whether they came out is unknown, and said so."""
    rows = look_up.labels_at_bench(ledger.db, ledger.head.writer, rule.SENDING)
    for row in rows:
        _sent(ledger, row["id"], Sent.UNKNOWN.value, APP_ENDED)
    return [row["id"] for row in rows]


def _sent(ledger: Ledger, label: str, outcome: str, detail: str, by: Printed | None = None) -> None:
    body = {"label": label, "outcome": outcome, "detail": detail, "printer": None, "layout": None, "sha256": None}
    if by is not None:
        body |= {"printer": by.printer, "layout": by.laid.layout.name, "sha256": by.laid.sha256}
    ledger.append([Draft("label.sent", body)], None)
