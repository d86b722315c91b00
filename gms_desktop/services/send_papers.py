"""Which kept files belong to the consignment in view, by the names under which they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import send_words
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_documents, incoming, incoming_logger, send_documents, send_logger
from gms_desktop.services.incoming import Incoming

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

_NAMES = {case_documents.ANSWER_RECEIVED: "answer", case_documents.CHASE: "chase", incoming.SORT: "answer"}
_NAMES |= {case_documents.ANSWER_TABLE: "gel1005", case_documents.ANSWER_LETTER: "answer-letter"}


def in_view(ledger: Ledger, desk: Desk) -> dict[str, str]:
    """What is saved of the consignment in view: the hash of each file by its name.

    Raises:
        Refused: when it has no files that count.
    """
    row = consignment_look_up.consignment(ledger.db, desk.send.consignment)
    if row is not None:
        files = of_ours(ledger, row)
    else:
        came = incoming.one(ledger.db, desk, desk.send.incoming)
        files = _of_theirs(ledger, came, came.manifest.consignment) if came and came.manifest else {}
    if not files:
        raise Refused(send_words.NO_PAPERS)
    return files


def of_ours(ledger: Ledger, row: Row) -> dict[str, str]:
    """Every kept file of a consignment of ours: the papers that count, and what was written and answered since."""
    number = str(row["number"])
    papers = send_documents.kept(ledger.db, row["id"])
    files = {f"{number}-{send_documents.NAMES[sort]}": sha256 for sort, sha256 in papers.items()}
    files |= _logged(number, send_logger.logs(ledger.db, row["id"]))
    return files | _numbered(number, case_documents.ever_about(ledger.db, f"consignment:{row['id']}"))


def _of_theirs(ledger: Ledger, came: Incoming, number: str) -> dict[str, str]:
    """What we answered to a consignment that was sent to us, and the loggers' files that lay in it."""
    logged = _logged(number, incoming_logger.logs(ledger.db, came.act))
    return logged | _numbered(number, incoming.documents(ledger.db, came.act))


def _logged(number: str, logs: list[Entry]) -> dict[str, str]:
    forms = ("pdf" if one.body["readings"] is None else "csv" for one in logs)
    return {
        f"{number}-temperature-{place}.{form}": one.body["sha256"]
        for place, (one, form) in enumerate(zip(logs, forms, strict=True), start=1)
    }


def _numbered(number: str, entries: tuple[Entry, ...] | list[Entry]) -> dict[str, str]:
    """What comes several times has the place in which it came in its name."""
    made, many = dict[str, str](), dict[str, int]()
    for one in entries:
        if (name := _NAMES.get(one.body["sort"])) is not None:
            many[name] = many.get(name, 0) + 1
            made[f"{number}-{name}-{many[name]}.{one.body['form']}"] = one.body["sha256"]
    return made
