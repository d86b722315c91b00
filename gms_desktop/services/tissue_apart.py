"""A person says of two cases, in which one number of another laboratory stands, that they are two."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop import tissue_correct_words, tissue_same_words, tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import tissue_same
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

SORTS = frozenset(one.value for one in Numbered)


def choices(db: Database, case: str) -> Iterator[Choice]:
    """The cases that nobody has told from this one yet."""
    row = tissue_look_up.case(db, case)
    for one in tissue_same.undecided(db, row) if row else ():
        words = tissue_same_words.which(one.numbered, str(one.other["number"]))
        yield Choice(f"{one.numbered.value}:{case}/{one.other['id']}", words)


def tell(ledger: Ledger, desk: Desk, sort: str, name: str, answer: Answer | None) -> Outcome:
    """Ask why they are two, and record it."""
    numbered, (mine, _, theirs) = Numbered(sort), name.partition("/")
    case, other = tissue_look_up.case(ledger.db, mine), tissue_look_up.case(ledger.db, theirs)
    if case is None or other is None or not _undecided(ledger.db, case, other, numbered):
        return Outcome(tissue_correct_words.changed_meanwhile(str(case["number"]) if case else "it"))
    if answer is None or not answer.comment.strip():
        title = tissue_same_words.title(numbered, str(case["number"]), str(other["number"]))
        asked = Question(
            Command.TISSUE_CORRECT,
            title,
            comment_label=tissue_same_words.WHY_TWO,
            confirm=tissue_same_words.APART,
            problems=(tissue_same_words.WHY_TWO_PROBLEM,) if answer else (),
            subject=f"{sort}:{name}",
        )
        return Outcome(tissue_words.answer_needed(title), question=asked)
    draft = tissue_same.told_apart(ledger, desk, mine, (other,), numbered, answer.comment)
    return Outcome(tissue_same_words.told_apart(str(case["number"]), str(other["number"])), (draft,))


def _undecided(db: Database, case: Row, other: Row, numbered: Numbered) -> bool:
    found = tissue_same.undecided(db, case)
    return any(one.other["id"] == other["id"] and one.numbered is numbered for one in found)
