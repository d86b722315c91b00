"""Commands at a tissue case: which room carries each out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import tissue_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Row
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    tissue_assessing,
    tissue_cases,
    tissue_correcting,
    tissue_cutting,
    tissue_ending,
    tissue_notes,
    tissue_scans,
)
from gms_desktop.services.at_tissue import AtTissue
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.tissue_scans import PLACE, open_case
from gms_desktop.services.views import Answer

_BY_SCREEN = {"by": "hand", "device": "screen"}


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO or given in _OF_A_CASE or given in _OF_A_PIECE


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at tissue, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    desk.told = dict(_BY_SCREEN)
    desk.tissue = tissue_scans.at(ledger.db, desk)
    outcome = _outcome(ledger, desk, given, answer, argument)
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def _outcome(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    if given in _DO:
        return _DO[given](ledger, desk, answer, argument)
    if given in _OF_A_CASE:
        case = tissue_look_up.case(ledger.db, desk.tissue.case) if desk.tissue.case else None
        return _OF_A_CASE[given](ledger, desk, case, answer) if case else Outcome(tissue_words.no_case())
    piece = _meant(ledger, desk, answer)
    return _OF_A_PIECE[given](ledger, desk, piece, answer) if piece else Outcome(tissue_words.no_piece())


def _meant(ledger: Ledger, desk: Desk, answer: Answer | None) -> Row | None:
    """The piece that a form was about, else the one in hand."""
    name = (answer.subject if answer else "") or desk.tissue.piece
    return tissue_look_up.piece(ledger.db, name) if name else None


def _open(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """A case that is named is opened here; else a new one begins."""
    sort, _, name = argument.partition(":")
    piece = tissue_look_up.piece(ledger.db, name) if sort == "piece" else None
    if piece is not None:
        return tissue_scans.shown(ledger.db, desk, piece)
    known = tissue_look_up.case(ledger.db, name) if sort == "case" else None
    return open_case(desk, known) if known else tissue_cases.begin(ledger, desk, answer)


def _aside(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    case = tissue_look_up.case(ledger.db, desk.tissue.case) if desk.tissue.case else None
    desk.tissue = AtTissue(clean_for=desk.tissue.clean_for)
    return Outcome(tissue_words.aside(str(case["number"])) if case else words.cancelled())


def _blade(_ledger: Ledger, desk: Desk, case: Row, _answer: Answer | None) -> Outcome:
    desk.tissue = replace(desk.tissue, clean_for=case["id"])
    changed = Draft("tissue.blade_changed", {"case": case["id"], "bench": desk.place.bench}, input=desk.told)
    return Outcome(tissue_words.blade_changed(str(case["number"])), (changed,))


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.TISSUE_CASE: _open,
    Command.TISSUE_ASIDE: _aside,
    Command.TISSUE_CORRECT: tissue_correcting.correct,
}
_OF_A_CASE: Mapping[Command, Callable[[Ledger, Desk, Row, Answer | None], Outcome]] = {
    Command.TISSUE_JOIN: tissue_cases.join,
    Command.TISSUE_CHANGE: tissue_cases.change,
    Command.TISSUE_BLADE: _blade,
}
_OF_A_PIECE: Mapping[Command, Callable[[Ledger, Desk, Row, Answer | None], Outcome]] = {
    Command.TISSUE_TIMES: tissue_notes.times,
    Command.TISSUE_LEFT: tissue_notes.left,
    Command.TISSUE_STAIN: tissue_notes.stain,
    Command.TISSUE_REPORT: tissue_notes.report,
    Command.TISSUE_END: tissue_ending.end,
    Command.TISSUE_ASSESS: tissue_assessing.assess,
    Command.TISSUE_AGREED: tissue_assessing.agree,
    Command.TISSUE_CUT: tissue_cutting.cut,
    Command.TISSUE_SCRAPE: tissue_cutting.scrape,
}
