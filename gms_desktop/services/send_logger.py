"""A temperature logger's file on a consignment: kept as it came, read where it is a table, and a broken limit said."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import logger_words
from gms_desktop.domain.consignments.on_the_way import Range, Travelled, travelled
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange import temperature_log
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import kept_files, send_commands, send_item, send_scans
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

KIND = "consignment.temperature_logged"
PDF = b"%PDF-"
_NAMED = 20
_SHOWN = 3


def is_one(content: bytes) -> bool:
    """Whether a file may be a logger's: a PDF, or a table with a time and a temperature."""
    if content.startswith(PDF):
        return True
    try:
        temperature_log.read(content)
    except temperature_log.NotALog as fault:
        return fault.why in {"unit", "empty"}
    return True


def attach(ledger: Ledger, desk: Desk, name: str, content: bytes) -> Outcome:
    """Attach a logger's file to the consignment in view.

    Args:
        ledger: the bench's.
        desk: its memory.
        name: of the file.
        content: of the file.
    """
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
    is_pdf, document = content.startswith(PDF), ledger.identity()
    try:
        found = None if is_pdf else travelled(temperature_log.read(content), allowed)
        if desk.files is None:
            raise Refused("This bench keeps no files")
        media = kept_files.PDF if is_pdf else "text/csv"
        desk.files().put(content, media, f"document:{document}", kept_files.now(ledger))
    except temperature_log.NotALog as fault:
        return _said(logger_words.not_read(fault.why))
    except (Refused, Unavailable) as fault:
        return _said(logger_words.not_kept(str(fault)))
    pen = ledger.pen()
    body = {
        "consignment": row["id"],
        "document": document,
        "sha256": digest,
        "file": pen.write(name, f"consignment:{row['id']}"),
        "bench": desk.place.bench,
        **_body(found, allowed),
    }
    verdict = _verdict(row, found, allowed)
    return Outcome(verdict, (Draft(KIND, body, pen.values, input={"by": "file"}),), place=send_scans.PLACE)


def _said(verdict: Verdict) -> Outcome:
    return Outcome(verdict, place=send_scans.PLACE)


def _body(found: Travelled | None, allowed: Range) -> dict[str, object]:
    """What is recorded of the readings; the file has them all."""
    if found is None:
        return dict.fromkeys(("lowest", "highest", "readings", "gaps", "outside", "many_outside", "limits"))
    named = [[one.at, str(one.value)] for one in found.outside[:_NAMED]]
    return {
        "lowest": str(found.lowest) if found.lowest is not None else None,
        "highest": str(found.highest) if found.highest is not None else None,
        "readings": found.readings,
        "gaps": found.gaps,
        "outside": named,
        "many_outside": len(found.outside),
        "limits": allowed.words or None,
    }


def _verdict(row: Row, found: Travelled | None, allowed: Range) -> Verdict:
    number = str(row["number"])
    if found is None:
        return logger_words.attached(number)
    said = _summary(_body(found, allowed))
    if found.outside:
        first = found.outside[0]
        return logger_words.outside(number, said, f"{first.at} ({first.value} °C)")
    if found.gaps:
        return logger_words.gaps(number, said)
    if not allowed.laid_down:
        return logger_words.no_limits(number, said, str(row["name"]))
    return logger_words.within(number, said)


def _summary(body: dict[str, object]) -> str:
    if body["readings"] is None:
        return logger_words.pdf()
    return logger_words.summary(
        str(body["lowest"]),
        str(body["highest"]),
        int(str(body["readings"])),
        int(str(body["gaps"])),
        int(str(body["many_outside"])),
        str(body["limits"] or ""),
    )


def logs(db: Database, consignment: str) -> list[Entry]:
    """Each logger's file of a consignment, oldest first."""
    return said_look_up.of_kind(db, f"consignment:{consignment}", KIND)


def facts(db: Database, desk: Desk, row: Row) -> tuple[tuple[str, str], ...]:
    """Each in a line, with when it was outside."""
    if not row["temperature"]:
        return ()
    made = list[tuple[str, str]]()
    for entry in logs(db, row["id"]):
        body = entry.body
        made.append(("Temperature", f"{local_minute(entry.occurred_at, desk.time_zone)}: {_summary(body)}"))
        if body["outside"]:
            said = tuple(f"{at}, {value} °C" for at, value in body["outside"][:_SHOWN])
            made.append(("Outside", logger_words.times(said, body["many_outside"] - len(said))))
    return tuple(made)
