"""Which service carries a command out: undo, what Find shows, or the work of the bench."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import words
from gms_desktop.domain.commands import Command
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    afterwards_commands,
    delivery_commands,
    examine_commands,
    family_commands,
    find_commands,
    handover_commands,
    hold_commands,
    nipt_commands,
    people_commands,
    receive_commands,
    risk_commands,
    undo,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer


def carry_out(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    if given is Command.UNDO:
        head = ledger.head
        act = (
            undo.newest_import(ledger.db, head.writer)
            if argument == "import"
            else undo.newest(ledger.db, head.writer, head.last_seq)
        )
        desk.question, desk.last_code = None, ""
        return undo.undo(ledger, act.action, act.words) if act else Outcome(words.nothing_to_undo())
    if people_commands.takes(given):
        return people_commands.command(ledger, desk, given, answer, argument, zone)
    if hold_commands.takes(given):
        return hold_commands.command(ledger, desk, given, answer, argument)
    if handover_commands.takes(given):
        return handover_commands.command(ledger, desk, given, answer, argument, zone)
    if afterwards_commands.takes(given):
        return afterwards_commands.command(ledger, desk, given, answer, argument)
    if family_commands.takes(given):
        return family_commands.command(ledger, desk, given, answer, argument)
    if delivery_commands.takes(given):
        return delivery_commands.command(ledger, desk, given, answer, zone)
    if examine_commands.takes(given):
        return examine_commands.command(ledger, desk, given, answer, argument, zone)
    if nipt_commands.takes(given):
        return nipt_commands.command(ledger, given, answer, argument, zone)
    if risk_commands.takes(given):
        return risk_commands.command(ledger, desk, given, answer, argument)
    if find_commands.is_specimen(ledger, argument):
        outcome = find_commands.command(ledger, desk, given, answer, argument)
        # What was decided about another tube does not stand above the one in hand; a label to put on does.
        return outcome if outcome.print_labels else replace(outcome, place="find")
    outcome = receive_commands.command(ledger, desk, given, answer, argument)
    return examine_commands.with_limits(ledger, desk, outcome, zone)
