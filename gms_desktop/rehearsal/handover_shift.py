"""The end of the scripted shift: something is left open, a note is written, and another person takes the shift over.

A colleague without her badge opens a session without PIN and leaves a note; the printer runs out of paper with a tube
in hand; whoever goes signs the sheet, and the colleague, back with her badge, takes it over.
"""

from __future__ import annotations

import time
from threading import Event

from gms_desktop.documents.handover import Signatures
from gms_desktop.domain.commands import Command
from gms_desktop.handover_desk import HandoverDesk
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.shift import WAIT_S, Shift
from gms_desktop.services import handover, handover_commands
from gms_desktop.services.answers import Answered
from gms_desktop.services.handover_view import HandoverView
from gms_desktop.services.people import name_of
from gms_desktop.services.views import Answer
from gms_desktop.sessions import OpenedWithoutPin

NOTE = "The neonatal unit rings at 8 about a second tube of the baby: it left them by taxi at 15:10."
_GOES, _COMES = made_up.PEOPLE[:2]


def hand_over(shift: Shift) -> HandoverView:
    """Play the end of the shift; the sheet with both names under it."""
    desk = HandoverDesk(shift.bench)
    _without_badge(shift)
    shift.sign_in(_GOES)
    _left_open(shift)
    view = desk.view().result(WAIT_S)
    shift.tell(f"The handover sheet is made\n    {view.sheet.lead}")
    _given(shift, Command.HAND_OVER, f"{_GOES.name} signs it", Answer(comment=view.sheet.as_text()))
    shift.sign_in(_COMES)
    waiting = desk.view().result(WAIT_S)
    note = waiting.notes[0].id
    _given(shift, Command.TAKE_OVER, f"{_COMES.name} reads it and takes over", argument=waiting.signed)
    _given(shift, Command.ACKNOWLEDGE_NOTE, "The note is acknowledged", argument=note)
    return HandoverView(
        waiting.heading,
        waiting.sheet,
        shift.bench.recorder.read(lambda ledger: _signatures(ledger, shift)).result(WAIT_S),
    )


def _signatures(ledger: Ledger, shift: Shift) -> Signatures:
    done = handover.newest(ledger, shift.bench.time_zone)
    return done.signatures if done else Signatures()


def _left_open(shift: Shift) -> None:
    shift.tell("The printer runs out of paper")
    shift.printer.suffer(paper_out=True)
    shift.scan("Q26-118951-1", "One more tube is scanned")
    _wait(shift)


def _wait(shift: Shift) -> None:
    """Wait until the printer is known to stand still."""
    until = time.monotonic() + WAIT_S
    while shift.bench.devices()[1].ready:
        if time.monotonic() > until:
            raise TimeoutError("the printer did not stand")
        Event().wait(0.02)


def _without_badge(shift: Shift) -> None:
    def colleague(ledger: Ledger) -> str:
        known = (str(row["id"]) for row in look_up.operators(ledger.db))
        return next(one for one in known if name_of(ledger.db, one) == _COMES.name)

    who = shift.bench.recorder.read(colleague).result(WAIT_S)
    shift.bench.lock().result(WAIT_S)
    told = shift.bench.sessions.open_without_pin(OpenedWithoutPin(who, "badge-lost")).result(WAIT_S)
    shift.tell(f"{_COMES.name} has left her badge at home\n    {told.words}")
    _given(shift, Command.WRITE_NOTE, "She leaves a note for the next shift", Answer(comment=NOTE))


def _given(shift: Shift, command: Command, what: str, answer: Answer | None = None, argument: str = "") -> None:
    bench = shift.bench

    def carried(ledger: Ledger) -> Answered:
        outcome = handover_commands.command(ledger, bench.desk, command, answer, argument, bench.time_zone)
        return bench.answer(ledger, outcome, None)

    answered = bench.doing(carried).result(WAIT_S)
    shift.tell(f"{what}\n    {answered.verdict.title}. {answered.verdict.sentence}")
