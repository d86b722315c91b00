"""Which service carries a command out: undo, what Find shows, or the work of the bench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gms_desktop import words
from gms_desktop.domain.commands import Command
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    afterwards_commands,
    delivery_commands,
    examine_commands,
    extract_commands,
    family_commands,
    find_commands,
    handover_commands,
    history_commands,
    hold_commands,
    index_commands,
    label_queue_commands,
    layout_commands,
    limit_commands,
    lot_commands,
    measure_commands,
    nipt_commands,
    nipt_outcome_commands,
    people_commands,
    plate_commands,
    rack_commands,
    receive_commands,
    risk_commands,
    send_commands,
    sharing_commands,
    storage_commands,
    table_commands,
    thing_label_commands,
    tissue_commands,
    undo,
    urgent_commands,
    volume_commands,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer


@dataclass(frozen=True)
class Given:
    """A command as somebody gave it."""

    ledger: Ledger
    desk: Desk
    command: Command
    answer: Answer | None
    argument: str
    zone: str

    @property
    def about(self) -> tuple[Ledger, Desk, Command, Answer | None, str]:
        """All but the time zone."""
        return self.ledger, self.desk, self.command, self.answer, self.argument


_ROOMS: tuple[tuple[Callable[[Command], bool], Callable[[Given], Outcome]], ...] = (
    (people_commands.takes, lambda it: people_commands.command(*it.about, it.zone)),
    (hold_commands.takes, lambda it: hold_commands.command(*it.about)),
    (handover_commands.takes, lambda it: handover_commands.command(*it.about, it.zone)),
    (afterwards_commands.takes, lambda it: afterwards_commands.command(*it.about)),
    (sharing_commands.takes, lambda it: sharing_commands.command(*it.about)),
    (family_commands.takes, lambda it: family_commands.command(*it.about)),
    (delivery_commands.takes, lambda it: delivery_commands.command(*it.about[:4], it.zone)),
    (examine_commands.takes, lambda it: examine_commands.command(*it.about, it.zone)),
    (nipt_commands.takes, lambda it: nipt_commands.command(it.ledger, *it.about[2:], it.zone)),
    (nipt_outcome_commands.takes, lambda it: nipt_outcome_commands.command(*it.about, it.zone)),
    (volume_commands.takes, lambda it: volume_commands.command(*it.about)),
    (rack_commands.takes, lambda it: rack_commands.command(*it.about)),
    (extract_commands.takes, lambda it: extract_commands.command(*it.about)),
    (plate_commands.takes, lambda it: plate_commands.command(*it.about)),
    (index_commands.takes, lambda it: index_commands.command(*it.about)),
    (storage_commands.takes, lambda it: storage_commands.command(*it.about)),
    (tissue_commands.takes, lambda it: tissue_commands.command(*it.about)),
    (risk_commands.takes, lambda it: risk_commands.command(*it.about)),
    (measure_commands.takes, lambda it: measure_commands.command(*it.about)),
    (limit_commands.takes, lambda it: limit_commands.command(*it.about)),
    (thing_label_commands.takes, lambda it: thing_label_commands.command(*it.about)),
    (table_commands.takes, lambda it: table_commands.command(*it.about)),
    (layout_commands.takes, lambda it: layout_commands.command(*it.about)),
    (history_commands.takes, lambda it: history_commands.command(it.ledger, it.desk, it.argument)),
    (lot_commands.takes, lambda it: lot_commands.command(*it.about)),
    (send_commands.takes, lambda it: send_commands.command(*it.about)),
)


def carry_out(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    if given is Command.UNDO:
        return _undo(ledger, desk, argument)
    if given not in {Command.URGENT, Command.CANCEL}:
        urgent_commands.pass_by(desk)
    it = Given(ledger, desk, given, answer, argument, zone)
    if label_queue_commands.takes(given, argument, answer):
        return label_queue_commands.command(*it.about)
    room = next((command for takes, command in _ROOMS if takes(given)), None)
    if room is not None:
        return room(it)
    if find_commands.is_specimen(ledger, argument):
        outcome = find_commands.command(*it.about)
        # What was decided about another tube does not stand above the one in hand; a label to put on does.
        return outcome if outcome.print_labels else replace(outcome, place="find")
    return examine_commands.with_limits(ledger, desk, receive_commands.command(*it.about), zone)


def _undo(ledger: Ledger, desk: Desk, argument: str) -> Outcome:
    imported = argument == "import"
    act = undo.newest_import(ledger.db, ledger.head.writer) if imported else undo.newest(ledger, desk.nothing_to_undo)
    desk.question, desk.last_code = None, ""
    return undo.undo(ledger, act.action, act.words) if act else Outcome(words.nothing_to_undo())
