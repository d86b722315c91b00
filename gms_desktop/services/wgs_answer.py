"""What came with a blood cancer specimen for whole genome sequencing: asked, read, and what is amiss."""

from __future__ import annotations

from gms_desktop import examination_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.volumes import read_figure
from gms_desktop.journal.database import Database, Row
from gms_desktop.services import wgs_check
from gms_desktop.services.views import Answer, Choice, Question
from gms_desktop.services.what_was_found import Found

_NOT_STATED = "not-stated"


def question(db: Database, specimen: Row, what: str, problems: tuple[str, ...] = ()) -> Question:
    """What is asked: the white cell count, and which papers are here. What is not chosen is not here."""
    papers = wgs_check.papers(db, wgs_check.wgs_test(db, specimen["id"]))
    return Question(
        command=Command.WGS_CHECK,
        title=f"What came with {what} for whole genome sequencing?",
        choices=(
            *(Choice(paper, f"{paper} is here") for paper in papers),
            Choice(_NOT_STATED, "White cell count not stated"),
        ),
        fields=(("cells", "White cell count, × 10⁹/L"),),
        confirm="Note what came with it",
        problems=problems,
    )


def read(db: Database, specimen: Row, answer: Answer) -> Found:
    """What an answer says."""
    found = Found()
    text = dict(answer.fields).get("cells", "").strip()
    count = read_figure(text) if text else None
    if (text and count is None) or (not text and _NOT_STATED not in answer.choices):
        found.amiss(examination_words.CELLS_FORM)
    if text and _NOT_STATED in answer.choices:
        found.amiss(examination_words.CELLS_TWICE)
    papers = wgs_check.papers(db, wgs_check.wgs_test(db, specimen["id"]))
    state = "not stated" if count is None else "stated"
    found.seen["cells"] = {"value": str(count) if count is not None else None, "raw": text or None, "state": state}
    found.seen["papers"] = {paper: "present" if paper in answer.choices else "absent" for paper in papers}
    here = [paper for paper in papers if paper in answer.choices]
    cells = f"white cells {count}" if count is not None else "white cells not stated"
    found.said += [cells, *(f"{paper} here" for paper in here)]
    return found
