"""A temperature logger's file that lay in a box that was sent to us: kept, read, judged, and told in our answer."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import answer_words, logger_words
from gms_desktop.domain.consignments.on_the_way import Range
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exchange.consignments.contents import Acknowledgement, Logged, Manifest
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import incoming, logger_files
from gms_desktop.services.incoming import Incoming
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

KIND = "consignment.arrival_logged"


def attach(ledger: Ledger, desk: Desk, name: str, content: bytes) -> Outcome:
    """Attach a logger's file to the consignment that was sent to us and is in view.

    Args:
        ledger: the bench's.
        desk: its memory.
        name: of the file.
        content: of the file.
    """
    came = incoming.one(ledger.db, desk, desk.send.incoming)
    if came is None or came.manifest is None:
        return Outcome(answer_words.file_away() if came else answer_words.not_in_view())
    number, digest = came.manifest.consignment, sha256(content).hexdigest()
    if any(one.body["sha256"] == digest for one in logs(ledger.db, came.act)):
        return Outcome(logger_words.known(number))
    document, allowed = ledger.identity(), limits(came.manifest)
    found = logger_files.kept(ledger, desk, document, content, allowed)
    if isinstance(found, Verdict):
        return Outcome(found)
    pen = ledger.pen()
    body = {
        "import": came.act,
        "document": document,
        "sha256": digest,
        "file": pen.write(name, f"import:{came.act}"),
        "bench": desk.place.bench,
        **logger_files.body_of(found, allowed),
    }
    verdict = logger_files.judged(number, f"manifest of {came.manifest.sender.name}", found, allowed)
    return Outcome(verdict, (Draft(KIND, body, pen.values, input={"by": "file"}),))


def limits(manifest: Manifest) -> Range:
    """Between which temperatures its sender keeps what it sends us, by our profile there; none where nobody said."""
    return Range(_degrees(manifest.coldest), _degrees(manifest.warmest))


def _degrees(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def logs(db: Database, act: str) -> list[Entry]:
    """Each logger's file that came with it, oldest first."""
    return said_look_up.of_kind(db, f"import:{act}", KIND)


def facts(db: Database, desk: Desk, found: Incoming) -> tuple[tuple[str, str], ...]:
    """Each in a line, with when it was outside."""
    return logger_files.of_entries(logs(db, found.act), desk)


def told(db: Database, act: str) -> tuple[Logged, ...]:
    """The same as our answer tells it."""
    return tuple(_told(one.body) for one in logs(db, act))


def _told(body: dict[str, object]) -> Logged:
    if body["readings"] is None:
        return Logged(sha256=str(body["sha256"]), form="pdf")
    named = body["outside"]
    return Logged(
        sha256=str(body["sha256"]),
        form="csv",
        lowest=str(body["lowest"] or ""),
        highest=str(body["highest"] or ""),
        readings=int(str(body["readings"])),
        gaps=int(str(body["gaps"])),
        many_outside=int(str(body["many_outside"])),
        limits=str(body["limits"] or ""),
        outside=tuple((str(at), str(value)) for at, value in named) if isinstance(named, list) else (),
    )


def in_answer(answer: Acknowledgement) -> tuple[tuple[str, str], ...]:
    """What a receiver's answer tells of the loggers in the box, each in a line."""
    return tuple(line for one in answer.temperature for line in logger_files.lines("read out there: ", _body(one)))


def on_letter(answer: Acknowledgement) -> tuple[str, ...]:
    """The same as sentences of the letter."""
    return tuple(
        logger_words.on_letter(*line) for one in answer.temperature for line in logger_files.lines("", _body(one))
    )


def _body(one: Logged) -> dict[str, object]:
    said: dict[str, object] = {name: getattr(one, name) for name in ("lowest", "highest", "gaps", "many_outside")}
    return said | {
        "readings": one.readings if one.form == "csv" else None,
        "limits": one.limits,
        "outside": [list(pair) for pair in one.outside],
    }
