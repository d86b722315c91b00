"""What became of a piece of tissue: said once, while it is here or was sent, and corrected with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop import tissue_correct_words, tissue_end_words, tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT
from gms_desktop.domain.consignments.standing import State as Standing
from gms_desktop.domain.tissue.pieces import State
from gms_desktop.domain.tissue.rules import End
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import site_rules, tissue_notes, tissue_pieces, tissue_stops
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

SORT = "end"
_HERE = State.HERE.value
_FIELDS = (("to", tissue_words.TO), ("comment", tissue_words.COMMENT))
_SAID = frozenset({State.EXHAUSTED, State.RETURNED, State.RETAINED, State.DISCARDED})


def end(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """What a piece came to."""
    number, rules = str(row["number"]), site_rules.tissue(ledger.db)
    if not tissue_pieces.piece_of(row).state.may_be_used:
        return Outcome(tissue_end_words.already(number, tissue_pieces.piece_of(row).state))
    chosen = next((one for one in rules.ends if answer and one.code in answer.choices), None)
    if chosen is None or answer is None:
        return tissue_notes.asks(
            row,
            Command.TISSUE_END,
            tissue_words.END,
            tuple(Choice(one.code, one.words) for one in rules.ends),
            fields=_FIELDS,
            values=answer.fields if answer else (),
            confirm="Record it",
            problems=(tissue_words.END_PROBLEM,) if answer else (),
        )
    if (refused := _in_the_way(ledger.db, row, chosen)) is not None:
        return Outcome(refused)
    said = {name: value.strip() for name, value in answer.fields}
    draft = _draft(ledger, desk, row, (chosen.code, chosen.state), said.get("to", ""), said.get("comment", ""))
    return Outcome(tissue_words.ended(number, chosen.words), (draft,))


def _in_the_way(db: Database, row: Row, chosen: End) -> Verdict | None:
    """Why a piece cannot have come to that: it is packed, it left, or it stands in a store."""
    number, away = str(row["number"]), tissue_stops.away(db, row)
    if away is not None and Standing(away["state"]) not in LEFT:
        return tissue_end_words.packed(number, str(away["number"]))
    if away is not None and chosen.state is State.RETAINED:
        return tissue_end_words.left(number, str(away["number"]))
    if chosen.state is not State.RETAINED and (where := tissue_stops.stands(db, row)):
        return tissue_words.take_it_out(number, where)
    return None


def _draft(ledger: Ledger, desk: Desk, row: Row, end: tuple[str, State], to: str, comment: str) -> Draft:
    subject, pen, (code, state) = f"piece:{row['id']}", Pen(ledger.chance), end
    said = {"code": code, "state": state.value, "comment": pen.write(comment, subject), "to": pen.write(to, subject)}
    return tissue_notes.draft(ledger, desk, row, "ended", said, pen)


def choices(row: Row) -> Iterator[Choice]:
    """What was said of a piece at its end may be wrong; what was scraped off a slide is off it."""
    state = tissue_pieces.piece_of(row).state
    if state in _SAID:
        yield Choice(f"{SORT}:{row['id']}", tissue_end_words.which(str(row["number"]), state))


def correct(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """Ask what is right and why, then record it: what was said before stays in the history."""
    number, state = str(row["number"]), tissue_pieces.piece_of(row).state
    if state not in _SAID:
        return Outcome(tissue_correct_words.changed_meanwhile(number))
    ends = {
        _HERE: (_HERE, State.HERE),
        **{one.code: (one.code, one.state) for one in site_rules.tissue(ledger.db).ends},
    }
    chosen = next((ends[one] for one in answer.choices if one in ends), None) if answer else None
    why = answer.comment.strip() if answer else ""
    wrong = (
        (chosen is None, tissue_words.END_PROBLEM),
        (chosen is not None and chosen[1] is state, tissue_correct_words.NOTHING_PROBLEM),
        (not why, tissue_correct_words.WHY_PROBLEM),
    )
    problems = tuple(words for there, words in wrong if there)
    if answer is None or chosen is None or problems:
        return _asks(ledger.db, row, answer, problems if answer else ())
    # What became of a piece is nothing that whoever has its slides would have to know.
    gone = chosen[1].may_be_used and row["left_um"] == "0"
    rests = (tissue_end_words.say_what_is_left(number),) if gone else ()
    return Outcome(tissue_correct_words.corrected(number, rests), (_draft(ledger, desk, row, chosen, "", why),))


def _asks(db: Database, row: Row, answer: Answer | None, problems: tuple[str, ...]) -> Outcome:
    title = tissue_end_words.title(str(row["number"]), tissue_pieces.piece_of(row).state)
    ends = (Choice(one.code, one.words) for one in site_rules.tissue(db).ends)
    asked = Question(
        Command.TISSUE_CORRECT,
        title,
        (Choice(_HERE, tissue_end_words.IS_HERE), *ends),
        many=False,
        comment_label=tissue_correct_words.WHY,
        confirm=tissue_correct_words.ACT,
        problems=problems,
        chosen=answer.choices if answer else (),
        subject=f"{SORT}:{row['id']}",
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)
