"""Chases what is overdue: a letter is drafted and kept, and whom it asks, for what and when is recorded."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import chase_words, send_words, words
from gms_desktop.documents.chase_letter import Asked
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.packing_list import Line, Papers
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import consignment_look_up, look_up, said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, kept_files, rights, send_commands, send_item
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.views import Answer, Offer, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

KIND = "consignment.chased"


def overdue(db: Database, row: Row, today: date) -> str:
    """What a consignment is overdue with, one of :data:`chase_words.OFFERS`; empty where nothing is."""
    state = State(row["state"])
    if state not in LEFT or state is State.ENDED:
        return ""
    if row["return_by"] and row["return_by"] < today.isoformat() and consignment_look_up.count(db, row["id"]):
        return chase_words.RETURN
    late = row["expected"] and row["expected"] < today.isoformat()
    return chase_words.ANSWER if state is State.HANDED_OVER and late else ""


def offers(ledger: Ledger, row: Row) -> tuple[Offer, ...]:
    """The chase, where something is overdue."""
    what = overdue(ledger.db, row, rights.laboratory_day(ledger))
    return (Offer(Command.SEND_CHASE, chase_words.OFFERS[what]),) if what else ()


def chases(db: Database, consignment: str) -> list[Entry]:
    """Each time that somebody was asked about a consignment, oldest first."""
    return said_look_up.of_kind(db, f"consignment:{consignment}", KIND)


def facts(db: Database, desk: Desk, row: Row) -> tuple[tuple[str, str], ...]:
    """The same in words, the last first."""
    if not row["chased_at"]:
        return ()
    known = store.private_values(db, [f"consignment:{row['id']}"])
    return tuple(
        ("Chased", chase_words.asked_of(_minute(desk, one), known.get(one.body["who"] or "") or "", one.body["what"]))
        for one in reversed(chases(db, row["id"]))
    )


def chase(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Draft the letter and record that somebody is asked; who is asked first."""
    row = send_commands.in_view(ledger, desk)
    if row is None:
        return Outcome(send_words.nothing_in_view())
    what = overdue(ledger.db, row, rights.laboratory_day(ledger))
    if not what:
        return Outcome(chase_words.not_overdue(str(row["number"])))
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    if not said.get(chase_words.WHO):
        return _asks(row, what, answer)
    return _chased(ledger, desk, row, what, said)


def _asks(row: Row, what: str, answer: Answer | None) -> Outcome:
    title = chase_words.asks(str(row["number"]), what, _due(row, what))
    question = Question(
        Command.SEND_CHASE,
        title,
        fields=chase_words.FIELDS,
        confirm="Draft the letter",
        problems=(chase_words.NEEDS_WHO,) if answer else (),
        values=answer.fields if answer else (),
    )
    return Outcome(words.choose(title, chase_words.NEEDS_WHO), question=question)


def _chased(ledger: Ledger, desk: Desk, row: Row, what: str, said: dict[str, str]) -> Outcome:
    document, who = ledger.identity(), said[chase_words.WHO]
    try:
        content = letter(ledger, desk, row, document, what, said.get(chase_words.WORDS, ""))
        if desk.files is None:
            raise Refused("This bench keeps no files")
        desk.files().put(content, kept_files.PDF, f"document:{document}", kept_files.now(ledger))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(chase_words.not_drafted(str(fault)))
    pen, about = ledger.pen(), f"consignment:{row['id']}"
    body = {
        "consignment": row["id"],
        "what": what,
        "document": document,
        "who": pen.write(who, about),
        "bench": desk.place.bench,
    }
    issued = {
        "document": document,
        "sort": case_documents.CHASE,
        "form": "pdf",
        "sha256": sha256(content).hexdigest(),
        "start": None,
        "end": None,
        "about": [about],
        "replaces": None,
        "file": None,
    }
    drafts = (Draft(KIND, body, pen.values, input=desk.told), Draft("document.issued", issued, input=desk.told))
    return Outcome(chase_words.drafted(str(row["number"]), who), drafts)


def letter(ledger: Ledger, desk: Desk, row: Row, document: str, what: str, besides: str) -> bytes:
    """The letter as PDF.

    Args:
        ledger: the bench's.
        desk: its memory.
        row: the consignment.
        document: the letter's own identity, which stands on it as Data Matrix.
        what: what is overdue.
        besides: what it says beside that.

    Raises:
        Refused: when the receiver is in the profiles no more.
        LabelUnreadable: when the code does not read back from the page.
    """
    from gms_desktop.documents.packing_list_pdf import chase_letter_pdf

    destination, laboratory = send_item.profile(ledger.db, row), look_up.laboratory(ledger.db)
    if destination is None or laboratory is None:
        raise Refused("The receiver is in the rule set destinations no more")
    courier = " ".join(part for part in (row["courier"], row["reference"]) if part)
    facts = (("Courier", courier), ("Your ODS code", destination.ods))
    papers = Papers(
        code=document,
        number=str(row["number"]),
        to=(destination.name, *(one for one in destination.address if one != destination.name)),
        example=destination.example,
        facts=tuple((name, value) for name, value in facts if value),
        lines=_lines(ledger.db, row),
    )
    asked = Asked(
        what == chase_words.RETURN,
        _minute_of(desk, row["handed_at"]),
        _due(row, what),
        tuple(_minute(desk, one) for one in chases(ledger.db, row["id"])),
        besides,
    )
    actor = rights.actor(ledger.db, desk.place.bench)
    who = name_of(ledger.db, actor.operator) if actor else "the application"
    imprint = Imprint(laboratory["name"], _minute_of(desk, kept_files.now(ledger)), who, bool(laboratory["rehearsal"]))
    return chase_letter_pdf(papers, asked, imprint)


def _lines(db: Database, row: Row) -> tuple[Line, ...]:
    """What is out: a thing that came back, or was left behind, is in its consignment no more."""
    items = consignment_look_up.items(db, row["id"])
    return tuple(
        Line(place, send_words.ONE.get(one["sort"], str(one["sort"])), str(one["number"]), one["container"] or "", "")
        for place, one in enumerate(items, start=1)
    )


def _due(row: Row, what: str) -> str:
    return dates.display(date.fromisoformat(row["return_by"] if what == chase_words.RETURN else row["expected"]))


def _minute(desk: Desk, entry: Entry) -> str:
    return _minute_of(desk, entry.occurred_at)


def _minute_of(desk: Desk, at: str) -> str:
    return local_minute(at, desk.time_zone)
