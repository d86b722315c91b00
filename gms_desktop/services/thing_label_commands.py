"""Prints the label of a plate, a box, a badge or another thing through the queue, and sees it scanned back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.values import Entered, Scan
from gms_desktop import label_file_words, queue_words, review_words, words
from gms_desktop.domain import label_queue as rule
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import place_code
from gms_desktop.domain.label_sorts import ASKED, LabelSort, known_as, stuck_on
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import label_look_up, plate_look_up, rack_look_up, storage_look_up, tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    arrive,
    card_labels,
    case_list,
    parcel_labels,
    people,
    piece_labels,
    receive_commands,
    site_rules,
    thing_labels,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Offer, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

PLACES = {
    "plate": "plates",
    "place": "storage",
    "rack": "racks",
    "piece": "tissue",
    "consignment": "send_away",
    "operator": "people",
}
"""The screen on which each sort of thing is open."""
_SCREENS = frozenset(PLACES.values())
_DEVICES, _PEOPLE = "devices", "people"


def takes(given: Command) -> bool:
    """Whether a command is this one."""
    return given is Command.THING_LABEL


def offers(db: Database, desk: Desk, subject: str) -> tuple[Offer, ...]:
    """Printing the label of what is open, where a printer is named for its sort; else it is written as PDF."""
    sort = _sort(db, desk, subject)
    named = sort is not None and bool(desk.place.route(sort).printer)
    return (Offer(Command.THING_LABEL, label_file_words.PRINT, argument=subject),) if named else ()


def _sort(db: Database, desk: Desk, subject: str) -> LabelSort | None:
    """The sort that is printed: a slide has a tube's label where no printer is named for slides."""
    sort = thing_labels.sort_of(db, subject)
    return piece_labels.printed_as(desk.place, Sort.SLIDE) if sort is LabelSort.SLIDE else sort


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Print a label, or ask why it is printed again."""
    subject = (answer.subject if answer else "") or argument
    if subject.startswith(ASKED):
        return replace(card_labels.command(ledger, desk, answer, subject), place=_DEVICES)
    place = PLACES.get(subject.partition(":")[0], "")
    if place == _PEOPLE:
        # What is asked there stands on that screen, not in the way of the bench's next scan.
        return replace(_printed(ledger, desk, subject, answer), place=place)
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=place)
    desk.told = {"by": "hand", "device": "screen"}
    outcome = _printed(ledger, desk, subject, answer)
    desk.question = outcome.question
    return replace(outcome, place=place)


def _printed(ledger: Ledger, desk: Desk, subject: str, answer: Answer | None) -> Outcome:
    sort, code = _sort(ledger.db, desk, subject), thing_labels.code_of(ledger.db, subject)
    if sort is None or not code:
        return Outcome(label_file_words.nothing_open())
    if not desk.place.route(sort).printer:
        return Outcome(label_file_words.no_printer())
    if (dispute := case_list.held(ledger.db, known_as(subject))) is not None:
        return Outcome(review_words.in_dispute(code, case_list.row_title(dispute)))
    route = desk.place.route(sort)
    # What a patient's material bears is drawn in its turn, where need be without the name.
    of_patient = subject.startswith(f"{piece_labels.SUBJECT}:")
    if not of_patient and (why := thing_labels.refused(ledger.db, subject, route.layout)):
        return Outcome(label_file_words.not_made(why))
    draft, newest = _first(ledger, desk, sort, subject, code)
    if draft is not None:
        draft = replace(draft, input=desk.told)
        said = _words(ledger.db, subject, code, route.printer, sort)
        return Outcome(said, (draft,), print_labels=(str(draft.body["label"]),))
    return _again(ledger, desk, newest, answer) if newest else Outcome(label_file_words.nothing_open())


def _first(ledger: Ledger, desk: Desk, sort: LabelSort, subject: str, code: str) -> tuple[Draft | None, Row | None]:
    """The first label of a thing; None where it has one, with its newest copy."""
    kind, _, name = subject.partition(":")
    piece = tissue_look_up.piece(ledger.db, name) if kind == piece_labels.SUBJECT else None
    if piece is not None:
        # Its copies stand under its number, those of the bag that it came in too; the next is of its own sort.
        copies = [one | {"sort": sort, "subject": subject} for one in label_look_up.of_subject(ledger.db, code)]
        return piece_labels.first(ledger.db, desk.place, piece), next(iter(copies), None)
    newest = next(iter(label_look_up.of_subject(ledger.db, subject)), None)
    return None if newest else arrive.thing_draft(desk.place, sort.value, subject, code, 1, None), newest


def _words(db: Database, subject: str, code: str, printer: str, sort: LabelSort) -> Verdict:
    if sort is LabelSort.BADGE:
        return label_file_words.badge_printing(people.name_of(db, subject.partition(":")[2]), printer)
    return label_file_words.printing(code, printer, sort)


def _again(ledger: Ledger, desk: Desk, newest: Row, answer: Answer | None) -> Outcome:
    code, copy = str(newest["accession"]), int(newest["copy"]) + 1
    if newest["state"] in rule.QUEUED:
        return Outcome(queue_words.in_queue(code))
    reasons = site_rules.reasons(ledger.db, "reprint")
    reason = next((one for one in reasons if answer and one.code in answer.choices), None)
    if reason is None:
        title, confirm = queue_words.why_again(code), queue_words.again(code)
        stuck = stuck_on(newest["id"], newest["subject"])
        choices = tuple(Choice(one.code, one.words) for one in reasons)
        asked = Question(
            Command.THING_LABEL,
            title,
            choices,
            many=False,
            confirm=confirm,
            subject=stuck,
        )
        return Outcome(words.choose(confirm, "Choose the reason, then confirm."), question=asked)
    drafts, label = receive_commands.reprint(desk, newest, reason)
    said = queue_words.printing_again(code, copy, destroy=newest["state"] in rule.OUT | {"verified"})
    return Outcome(said, drafts, print_labels=(label,))


def beside(ledger: Ledger, outcome: Outcome, said: Scan, screen: str) -> Outcome:
    """What was scanned where it is worked on carries a label that reads: its newest copy is on it from now on."""
    if screen not in _SCREENS or said.entered is Entered.TYPED or outcome.verdict.kind is VerdictKind.REFUSED:
        return outcome
    text = said.text.strip()
    row = _parcel(ledger.db, text) if screen == PLACES[parcel_labels.SUBJECT] else _scanned(ledger.db, text)
    if row is None or row["state"] not in rule.OUT:
        return outcome
    verdict = outcome.verdict
    verified = Draft("label.verified", {"label": row["id"]}, input={"by": said.entered.value, "device": said.source})
    told = replace(verdict, sentence=f"{verdict.sentence} {label_file_words.CHECKED}".strip())
    return replace(outcome, verdict=told, drafts=(*outcome.drafts, verified))


def _parcel(db: Database, code: str) -> Row | None:
    """The newest copy of the label of the box or bag that has a code."""
    parcel = parcel_labels.of_code(db, code)
    return next(iter(label_look_up.of_subject(db, parcel)), None) if parcel else None


def _scanned(db: Database, code: str) -> Row | None:
    """The newest copy of the label of the plate, rack or place that has a code."""
    place = place_code.parts(code)
    if place is not None:
        found = storage_look_up.place_by_code(db, place[0]) if not place[1] else None
        subject = f"place:{found['id']}" if found else ""
    elif (plate := plate_look_up.plate_by_code(db, code)) is not None:
        subject = f"plate:{plate['id']}"
    else:
        rack = rack_look_up.rack_by_code(db, code)
        subject = f"rack:{rack['id']}" if rack else ""
    return next(iter(label_look_up.of_subject(db, subject)), None) if subject else None
