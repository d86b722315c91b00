"""Commands of the Handover screen: a note, its acknowledgement, and the two signatures under a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import handover_words, words
from gms_desktop.documents.handover import read_sheet
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.register import people_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import handover, rights
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer

PLACE = "handover"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry a command out.

    Args:
        ledger: the bench's.
        desk: what lies on the bench.
        given: one of those that :func:`takes` knows.
        answer: its comment is the note; to hand over, the whole text of the sheet that was on screen.
        argument: the note that is acknowledged, or the signature that is taken over.
        zone: the laboratory's time zone.

    Raises:
        NotAllowed: when the person may not hand over.
    """
    actor = rights.actor(ledger.db, desk.place.bench)
    if actor is None:
        return Outcome(words.locked_scan(), place=PLACE)
    text = answer.comment if answer else ""
    try:
        outcome = _DO[given](ledger, desk, actor, text or argument, zone)
    except Refused as fault:
        return Outcome(words.refused("Not done", str(fault)), place=PLACE)
    drafts = tuple(replace(draft, input=desk.told) for draft in outcome.drafts)
    return replace(outcome, drafts=drafts, place=PLACE)


def _note(ledger: Ledger, desk: Desk, actor: rights.Actor, text: str, _zone: str) -> Outcome:
    draft = handover.note_written(ledger, text, actor.operator, desk.place.bench)
    return Outcome(handover_words.note_written(), (draft,))


def _acknowledge(ledger: Ledger, _desk: Desk, actor: rights.Actor, note: str, _zone: str) -> Outcome:
    row = people_look_up.note(ledger.db, note)
    if row is None or row["state"] != "open":
        return Outcome(handover_words.note_gone())
    draft = handover.note_acknowledged(ledger, note, actor.operator)
    return Outcome(handover_words.note_acknowledged(name_of(ledger.db, actor.operator)), (draft,))


def _hand_over(ledger: Ledger, _desk: Desk, actor: rights.Actor, text: str, zone: str) -> Outcome:
    try:
        sheet = read_sheet(text)
    except ValueError as fault:
        raise Refused(handover_words.SHEET_CHANGED) from fault
    draft = handover.handed_over(ledger, sheet, handover.signer(ledger, actor, zone))
    return Outcome(handover_words.handed_over(name_of(ledger.db, actor.operator)), (draft,))


def _take_over(ledger: Ledger, _desk: Desk, actor: rights.Actor, signature: str, zone: str) -> Outcome:
    waiting = handover.awaited(ledger, zone)
    if waiting is None:
        raise Refused(handover_words.NOTHING_HANDED_OVER)
    if waiting.signature != signature:
        raise Refused(handover_words.SHEET_CHANGED)
    draft = handover.taken_over(ledger, waiting, handover.signer(ledger, actor, zone))
    former = name_of(ledger.db, waiting.by)
    return Outcome(handover_words.taken_over(name_of(ledger.db, actor.operator), former), (draft,))


_Do = Callable[[Ledger, Desk, rights.Actor, str, str], Outcome]
_DO: Mapping[Command, _Do] = {
    Command.WRITE_NOTE: _note,
    Command.ACKNOWLEDGE_NOTE: _acknowledge,
    Command.HAND_OVER: _hand_over,
    Command.TAKE_OVER: _take_over,
}
