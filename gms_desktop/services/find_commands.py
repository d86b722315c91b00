"""Commands given from Find on one specimen: print its label again, release a hold, reject."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import queue_words, review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_queue import QUEUED
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    afterwards,
    case_list,
    consent_check,
    decide,
    hold_terms,
    identity,
    identity_check,
    reject_twice,
    site_rules,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.receive_commands import reprint
from gms_desktop.services.situation import Situation, Tube, open_situation, situation
from gms_desktop.services.views import Answer, Choice, Question

_FROM_FIND = frozenset(
    {
        Command.PRINT_AGAIN,
        Command.ACCEPT_WITH_COMMENT,
        Command.ACCEPT_AT_DISCRETION,
        Command.REJECT,
        Command.HOLD,
        Command.SURPLUS,
    }
)
_PUTS_AWAY = frozenset({Command.HOLD, Command.SURPLUS})


def is_specimen(ledger: Ledger, argument: str) -> bool:
    """Whether a command's argument names a specimen, as those from Find do."""
    return bool(argument) and "/" not in argument and look_up.row(ledger.db, "specimen", argument) is not None


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry out a command on the specimen that Find shows."""
    specimen = look_up.row(ledger.db, "specimen", (answer.subject if answer else "") or argument)
    if specimen is None or given not in _FROM_FIND:
        return Outcome(words.nothing_in_hand())
    here = open_situation(ledger.db, desk.place.bench)
    if here and here.in_hand and here.in_hand.specimen:
        return Outcome(words.label_waits(here.in_hand.specimen["accession"], here.in_hand.number))
    if row := case_list.held(ledger.db, f"specimen:{specimen['id']}"):
        return Outcome(review_words.in_dispute(str(specimen["accession"]), case_list.row_title(row)))
    if given is Command.SURPLUS and (kept := afterwards.kept(ledger.db, specimen)) is not None:
        return Outcome(kept)
    may = afterwards.may_be_put_away(ledger.db, specimen) if given in _PUTS_AWAY else False
    if given is not Command.PRINT_AGAIN and specimen["outcome"] != "on hold" and not may:
        return Outcome(words.not_on_hold(str(specimen["accession"])))
    desk.told = {"by": "hand", "device": "screen"}
    if given is Command.PRINT_AGAIN:
        return _print_again(ledger, desk, specimen, answer)
    return _decide(ledger, desk, given, specimen, answer)


def _print_again(ledger: Ledger, desk: Desk, specimen: Row, answer: Answer | None) -> Outcome:
    labels = look_up.labels_of_specimen(ledger.db, specimen["id"])
    if labels and labels[-1]["state"] in QUEUED:
        return Outcome(queue_words.in_queue(str(specimen["accession"])))
    offered = site_rules.reasons(ledger.db, "reprint")
    chosen = next((reason for reason in offered if answer and reason.code in answer.choices), None)
    number = str(specimen["accession"])
    if chosen is None or not labels:
        choices = tuple(Choice(reason.code, reason.words) for reason in offered)
        title = f"Why is label {number} printed again?"
        asked = Question(Command.PRINT_AGAIN, title, choices, many=False, confirm=f"Print label {number} again")
        asked = replace(asked, subject=specimen["id"])
        return Outcome(words.choose("Print again", "Choose the reason, then confirm."), question=asked)
    drafts, label = reprint(desk, labels[-1], chosen)
    said = words.copy_prints(number, int(labels[-1]["copy"]) + 1, destroy=len(drafts) > 1)
    # The tube becomes the work in hand, so that its label is awaited like any other.
    opened = tuple(
        Draft("reception.opened", {"bench": desk.place.bench, "request": request["id"]}, input=desk.told)
        for request in look_up.requests_of_specimen(ledger.db, specimen["id"])[:1]
    )
    return Outcome(said, (*opened, *drafts), print_labels=(label,))


def _decide(ledger: Ledger, desk: Desk, given: Command, specimen: Row, answer: Answer | None) -> Outcome:
    number = str(specimen["accession"])
    here, tube = _on_its_tube(ledger.db, specimen)
    found = identity.of_tube(ledger.db, here, tube, by_eye=False) if here and tube else None
    if given is Command.ACCEPT_WITH_COMMENT and found is not None and (why := identity_check.problem(found)):
        return Outcome(words.refused("Not with a comment", f"{number}: {why}"))
    refusal = consent_check.refused_for(ledger.db, specimen["patient"], number)
    if refusal is not None and given is not Command.REJECT:
        return Outcome(refusal)
    missing = decide.problems(ledger.db, given, answer) if answer and not reject_twice.is_second(answer) else ()
    if answer is None or missing:
        request = hold_terms.request_of(ledger.db, specimen["id"])
        asked = decide.question(ledger.db, given, 1, missing, hold_terms.prefilled(ledger, request))
        title, confirm = _named(asked.title, number), _named(asked.confirm, number)
        said = " ".join(missing) or "Say why, then confirm."
        return Outcome(
            words.choose(confirm, said), question=replace(asked, title=title, confirm=confirm, subject=specimen["id"])
        )
    again = reject_twice.asked(ledger, desk, given, number, specimen["type"], answer, specimen["id"])
    if isinstance(again, Outcome):
        return again
    answer, lines = again, found.lines if found else ()
    draft = decide.decision(ledger, specimen["id"], decide.OUTCOMES[given], lines, answer, identity=found)
    return Outcome(words.decided_from_find(number, decide.OUTCOMES[given]), (draft,))


def _on_its_tube(db: Database, specimen: Row) -> tuple[Situation, Tube] | tuple[None, None]:
    """The specimen as the tube of its request."""
    for request in look_up.requests_of_specimen(db, specimen["id"]):
        here = situation(db, request["id"])
        for tube in here.tubes if here else ():
            if here and tube.specimen and tube.specimen["id"] == specimen["id"]:
                return here, tube
    return None, None


def _named(text: str, number: str) -> str:
    return text.replace("tube 1", number)
