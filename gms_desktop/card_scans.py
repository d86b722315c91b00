"""Command cards as they are recorded: each scan with what it came to. Which button it presses is for the screen."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from devices.values import Scan
from gms_desktop import words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered


def note(bench: Bench, said: Scan, verdict: Verdict, place: str) -> Future[Answered]:
    """Record the scan of a card with its verdict, and tell the scanner; at a locked screen it is refused.

    Args:
        bench: where it was scanned.
        said: the scan.
        verdict: what it comes to: its button is pressed, or is not in view.
        place: the screen in view.
    """

    def job(ledger: Ledger) -> Answered:
        shown = words.locked_scan() if bench.session.locked else verdict
        return bench.answer(ledger, Outcome(shown, place=place), said)

    return bench.scanners.answered(said, bench.doing(job, said))
