"""Command cards as they are recorded: each scan with what it came to. Which button it presses is for the screen."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from devices.values import Entered, Scan
from gms_desktop import words
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.label_queue import OUT
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered


def awaited(bench: Bench, said: Scan) -> Future[str]:
    """The copy of a card that came out of the printer here and is scanned for the first time; empty for any other."""
    card = command_card.read(said.text)
    if card is None or said.entered is Entered.TYPED:
        return bench.recorder.read(lambda _ledger: "")
    from gms_desktop.services import card_labels

    return bench.recorder.read(lambda ledger: card_labels.awaited(ledger, bench.desk.place.bench, card))


def note(bench: Bench, said: Scan, verdict: Verdict, place: str, printed: str = "") -> Future[Answered]:
    """Record the scan of a card with its verdict, and tell the scanner; at a locked screen it is refused.

    Args:
        bench: where it was scanned.
        said: the scan.
        verdict: what it comes to: its button is pressed, or is not in view.
        place: the screen in view.
        printed: the copy of it that is scanned back.
    """

    def job(ledger: Ledger) -> Answered:
        if bench.session.locked:
            return bench.answer(ledger, Outcome(words.locked_scan(), place=place), said)
        outcome = Outcome(verdict, place=place)
        if printed:
            from gms_desktop.services import card_labels, layout_release

            if card_labels.standing(ledger, printed) not in OUT:
                # The scanner looked at it for long: it is scanned back already.
                return bench.answer(ledger, outcome, said)
            told = {"by": said.entered.value, "device": said.source}
            outcome = replace(outcome, drafts=(Draft("label.verified", {"label": printed}, input=told),))
            outcome = layout_release.beside(ledger, outcome, said)
        return bench.answer(ledger, outcome, said)

    return bench.scanners.answered(said, bench.doing(job, said))
