"""The Downtime screen in words: the form being entered, what may be done, and the account of every number."""

from __future__ import annotations

from gms_desktop import downtime_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import downtime_commands, downtime_entry, downtime_issue, downtime_report
from gms_desktop.services.downtime_open import OpenNumber
from gms_desktop.services.receive import Desk
from gms_desktop.services.receive_view import banner
from gms_desktop.services.situation import situation
from gms_desktop.services.views import BackEntry, DowntimeReport, DowntimeView, Offer


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None, time_zone: str) -> DowntimeView:
    """Everything the screen paints, read from the register."""
    account = downtime_report.report(ledger.db, time_zone)
    question = desk.question if desk.question and desk.question.command in downtime_commands.COMMANDS else None
    entry = _entry(ledger, desk.downtime) if desk.downtime else None
    free = downtime_issue.free(ledger)
    return DowntimeView(
        heading=question.title if question else _heading(entry, account),
        report=account,
        verdict=verdict,
        entry=None if question else entry,
        question=question,
        offers=() if question else _offers(entry, account, free),
        free=free,
    )


def _heading(entry: BackEntry | None, account: DowntimeReport) -> str:
    if entry:
        return downtime_words.enter_the_form(entry.number)
    return account.heading if account.numbers else downtime_words.SCAN_A_NUMBER


def _entry(ledger: Ledger, opened: OpenNumber) -> BackEntry:
    around = situation(ledger.db, opened.tube.request) if opened.tube else None
    who = banner(around.people[around.request["patient"]], around.request) if around else None
    return BackEntry(
        number=opened.number,
        printed=downtime_entry.printed_words(ledger, opened.number),
        tube=opened.tube.words if opened.tube else "",
        banner=who,
        ask_hour=opened.ask_hour,
        values=opened.values,
        problems=opened.problems,
    )


def _offers(entry: BackEntry | None, account: DowntimeReport, free: int) -> tuple[Offer, ...]:
    if entry:
        return (
            Offer(Command.DOWNTIME_SPOIL, f"Spoil {entry.number}", argument=entry.number),
            Offer(Command.CANCEL, "Go back, change nothing"),
        )
    rest = [pack for pack in account.packs if pack.open]
    made = [Offer(Command.DOWNTIME_RANGE, "Set numbers aside", usual=not free)]
    made += [
        Offer(Command.DOWNTIME_REST, f"Account for {pack.open} left of {pack.printed}", argument=pack.pack)
        for pack in rest[:3]
    ]
    return tuple(made)
