"""What a job answers: a verdict for the person and the drafts that record it."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Draft
from gms_desktop.services.views import Question


@dataclass(frozen=True)
class Outcome:
    """The verdict, what is recorded in one act, the question that stands open, and labels to print once it is saved.

    ``place`` names the screen that the work goes on with; empty for the one it is on.
    """

    verdict: Verdict
    drafts: tuple[Draft, ...] = ()
    question: Question | None = None
    print_labels: tuple[str, ...] = ()
    place: str = ""
