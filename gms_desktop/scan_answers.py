"""One resolver for every screen: what a code that was scanned opens, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.values import Scan
from gms_desktop import words
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import home, scan_on
from gms_desktop.services.answers import Answered
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.views import FindView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench

FIND, HOME = "find", "today"


def answered(bench: Bench, ledger: Ledger, code: Resolved, said: Scan, screen: str) -> Answered:
    """Answer a scan that is fit to be looked up.

    On Find everything is found and nothing is done. On the home screen what waits for the scan goes on where it is
    worked on, and what nothing waits for is found.
    """
    at_home = screen == HOME and home.is_free(ledger.db, bench.desk)
    awaited = home.awaited_on(ledger.db, code, said) if at_home else ""
    if screen == FIND or (at_home and not awaited and home.is_settled(ledger.db, bench.desk, code, said.text)):
        found = _find(bench, ledger, said)
        verdict = found.verdict or words.found_it(found.heading)
        answer = bench.answer(ledger, Outcome(verdict, place=FIND), said, private=code.private)
        return replace(answer, find=found)
    outcome = scan_on.scan(ledger, bench.desk, code, said, awaited or screen)
    answer = bench.answer(ledger, outcome, said, private=code.private)
    return _with_lot(bench, ledger, said, answer) if at_home and code.is_a(Kind.GS1) else answer


def _with_lot(bench: Bench, ledger: Ledger, said: Scan, answer: Answered) -> Answered:
    """A kit on the home screen: its lot's record beside the verdict, where the lot is known now."""
    from gms_desktop.services import lots

    if lots.subject(said.text, said.symbology, ledger.db) is None:
        return answer
    found = replace(_find(bench, ledger, said), verdict=answer.verdict)
    return replace(answer, find=found, place=FIND)


def _find(bench: Bench, ledger: Ledger, said: Scan) -> FindView:
    from gms_desktop.services.find import find

    return find(ledger, said.text, "", bench.time_zone, said.symbology, bench.file.kept_file)
