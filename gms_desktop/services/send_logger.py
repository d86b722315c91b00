"""A temperature logger's file on a consignment: kept as it came, read where it is a table, and a broken limit said."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import logger_words
from gms_desktop.domain.consignments.on_the_way import Range
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import incoming_logger, logger_files, send_commands, send_item, send_scans
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

KIND = "consignment.temperature_logged"


def attach(ledger: Ledger, desk: Desk, name: str, content: bytes) -> Outcome:
    """Attach a logger's file to the consignment in view.

    Args:
        ledger: the bench's.
        desk: its memory.
        name: of the file.
        content: of the file.
    """
    if desk.send.incoming:
        return replace(incoming_logger.attach(ledger, desk, name, content), place=send_scans.PLACE)
    row = send_commands.in_view(ledger, desk)
    if row is None:
        return _said(logger_words.none_in_view())
    number, digest = str(row["number"]), sha256(content).hexdigest()
    if State(row["state"]) not in LEFT:
        return _said(logger_words.not_left(number))
    if any(one.body["sha256"] == digest for one in logs(ledger.db, row["id"])):
        return _said(logger_words.known(number))
    destination = send_item.profile(ledger.db, row)
    allowed = Range(destination.coldest, destination.warmest) if destination else Range()
    document = ledger.identity()
    found = logger_files.kept(ledger, desk, document, content, allowed)
    if isinstance(found, Verdict):
        return _said(found)
    pen = ledger.pen()
    body = {
        "consignment": row["id"],
        "document": document,
        "sha256": digest,
        "file": pen.write(name, f"consignment:{row['id']}"),
        "bench": desk.place.bench,
        **logger_files.body_of(found, allowed),
    }
    verdict = logger_files.judged(number, f"profile of {row['name']}", found, allowed)
    return Outcome(verdict, (Draft(KIND, body, pen.values, input={"by": "file"}),), place=send_scans.PLACE)


def _said(verdict: Verdict) -> Outcome:
    return Outcome(verdict, place=send_scans.PLACE)


def logs(db: Database, consignment: str) -> list[Entry]:
    """Each logger's file of a consignment, oldest first."""
    return said_look_up.of_kind(db, f"consignment:{consignment}", KIND)


def facts(db: Database, desk: Desk, row: Row) -> tuple[tuple[str, str], ...]:
    """Each in a line, with when it was outside."""
    if not row["temperature"]:
        return ()
    return logger_files.of_entries(logs(db, row["id"]), desk)
