"""A block that was taken into the wrong case is moved to its own, with everything that was cut from it.

What is known of a piece belongs to the piece: assessments, pictures and agreements go with it. What left the building,
or stands on paper, under the earlier case is named. Two people move it where the site rule ``second-person`` says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop import tissue_correct_words, tissue_move_words, tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import case_list, tissue_pieces, tissue_rests, tissue_whose
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

SORT = "move"


def choices(row: Row) -> Iterator[Choice]:
    """What arrived may be of another case; what was cut from it goes where it goes."""
    if row["specimen"]:
        yield Choice(f"{SORT}:{row['id']}", tissue_move_words.which(str(row["number"])))


def move(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """Ask for the case and why, then move it."""
    db, number = ledger.db, str(row["number"])
    if case_list.held(db, f"piece:{row['id']}") is not None:
        return Outcome(tissue_words.in_dispute(number))
    earlier = tissue_look_up.case(db, row["tissue_case"] or "")
    if earlier is None or not row["specimen"]:
        return Outcome(tissue_correct_words.changed_meanwhile(number))
    if answer is None:
        return _asks(row, earlier, None, ())
    written = dict(answer.fields).get("case", "").strip().upper()
    case = tissue_look_up.case_by_number(db, written) if written else None
    wrong = (
        (case is None, tissue_move_words.CASE_PROBLEM),
        (case is not None and case["id"] == earlier["id"], tissue_move_words.is_there(str(earlier["number"]))),
        (not answer.comment.strip(), tissue_correct_words.WHY_PROBLEM),
    )
    problems = tuple(words for there, words in wrong if there)
    if case is None or problems:
        return _asks(row, earlier, answer, problems)
    if (refused := _in_the_way(db, row, case)) is not None:
        return Outcome(refused)
    every = tissue_pieces.family(db, row)
    drafts = tuple(_draft(ledger, desk, one, case, answer.comment) for one in every)
    said = tissue_move_words.moved(number, len(every) - 1, str(case["number"]), tissue_rests.on(db, row))
    return Outcome(said, drafts)


def _in_the_way(db: Database, row: Row, case: Row) -> Verdict | None:
    if case_list.held(db, f"tissue_case:{case['id']}") is not None:
        return tissue_words.in_dispute(str(case["number"]))
    specimen = look_up.row(db, "specimen", row["specimen"])
    return tissue_whose.another_patients(db, case, specimen) if specimen else None


def _draft(ledger: Ledger, desk: Desk, row: Row, case: Row, why: str) -> Draft:
    subject, pen = f"piece:{row['id']}", Pen(ledger.chance)
    last = f"last:{subject}"
    body: Body = {"piece": row["id"], "case": case["id"], "earlier": row["tissue_case"]}
    body |= {"reason": pen.write(why.strip(), subject), "rests_on": ledger.driver.holders([last])[last]}
    return Draft("tissue.piece_moved", body | {"bench": desk.place.bench}, pen.values, input=desk.told)


def _asks(row: Row, earlier: Row, answer: Answer | None, problems: tuple[str, ...]) -> Outcome:
    title = tissue_move_words.title(str(row["number"]), str(earlier["number"]))
    asked = Question(
        Command.TISSUE_CORRECT,
        title,
        fields=(("case", tissue_move_words.CASE),),
        comment_label=tissue_correct_words.WHY,
        confirm=tissue_move_words.ACT,
        problems=problems,
        values=answer.fields if answer else (),
        subject=f"{SORT}:{row['id']}",
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)
