"""Whether a request shows that the sample is eligible for the screening pathway (lines 1684-1698, 1744, 1959-1970).

The rule proposes; a person judges. R445 is not a part of the screening pathway and has no such rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from gms_desktop.domain.nipt.codes import Pathway
from gms_desktop.domain.nipt.form import Form, gestation

LATEST_GESTATION: Final = 21 * 7 + 6
CHANCE_FROM, CHANCE_TO = 2, 150
"""A higher chance is 1 in 2 to 1 in 150 at term (line 1688)."""

THRESHOLD_NOT_MET, TOO_LATE, TRIPLETS = "8", "9", "10"

NOT_STATED_CHANCE, NOT_STATED_OFFER = "chance at term", "that the clinical options were offered before the draw"
NOT_STATED_DUE, NOT_STATED_SAMPLED = "expected delivery date", "date of the draw"
NOT_STATED_FETUSES = "number of fetuses"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What a form shows.

    Attributes:
        reasons: codes of INELIGIBLE REASON that it shows, in the order of the table.
        asked: what it does not say and must be asked before the sample may be found eligible.
    """

    reasons: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether everything is stated and nothing speaks against it."""
        return not self.reasons and not self.asked


def eligibility(form: Form, first_sampled: date | None = None) -> Eligibility:
    """What a form shows of the eligibility for the screening pathway.

    Args:
        form: what the request states.
        first_sampled: of a repeat, the day of the first draw: gestation is counted on that day (line 1968).
    """
    if form.pathway is Pathway.R445:
        return Eligibility()
    reasons, asked = list(form.history), list[str]()
    day = first_sampled or form.sampled
    if form.chance is None:
        asked.append(NOT_STATED_CHANCE)
    elif not CHANCE_FROM <= form.chance <= CHANCE_TO:
        reasons.append(THRESHOLD_NOT_MET)
    if form.offered is not True:
        asked.append(NOT_STATED_OFFER)
    if form.due is None or day is None:
        asked.append(NOT_STATED_DUE if form.due is None else NOT_STATED_SAMPLED)
    elif gestation(form.due, day) > LATEST_GESTATION:
        reasons.append(TOO_LATE)
    if form.fetuses is None:
        asked.append(NOT_STATED_FETUSES)
    elif form.fetuses > 2:
        reasons.append(TRIPLETS)
    return Eligibility(tuple(sorted(set(reasons), key=int)), tuple(asked))
