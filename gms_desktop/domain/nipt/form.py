"""What a NIPT request states, as it states it: nothing filled in, no unit assumed, an unknown left unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt.codes import Pathway, Sequence

KILOGRAMS: Final = {"kg": Decimal(1), "lb": Decimal("0.45359237"), "st": Decimal("6.35029318")}
"""A kilogram, a pound and a stone in kilograms, exactly (Weights and Measures Act 1985, schedule 1)."""

PREGNANCY_DAYS: Final = 280
"""From the first day of the last period to the expected delivery date, by which weeks of gestation are counted."""

_WEIGHT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*(kg|lb|st)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight with the unit that it was stated in: ``kg``, ``lb`` or ``st``."""

    value: Decimal
    unit: str

    @property
    def kilograms(self) -> Decimal:
        """In kilograms: as stated, or converted and rounded to 0.01 kg."""
        if self.unit == "kg":
            return self.value
        return (self.value * KILOGRAMS[self.unit]).quantize(Decimal("0.01"))


def read_weight(text: str) -> Weight | None:
    """A weight as written, "68.5 kg"; None for one without its unit, of nothing, or in another form."""
    match = _WEIGHT.fullmatch(text.strip())
    if match is None or not Decimal(match[1]):
        return None
    return Weight(Decimal(match[1]), match[2].lower())


@dataclass(frozen=True, slots=True)
class Form:
    """One request for NIPT. None and an empty text mean: not stated.

    Attributes:
        pathway: the screening pathway, or R445.
        sampled: the day of the draw.
        weight: the mother's, on that day.
        due: the expected delivery date by ultrasound.
        fetuses: how many.
        chorionicity: code; of twins only.
        ivf: code.
        ethnicity: code.
        postcode: as written.
        conditions: code of the conditions that screening was accepted for; empty where it is blank or not clear.
        chance: N of the screening test's "1 in N" at term.
        offered: whether the form says that the clinical options were offered before the draw.
        history: ineligible reasons 1 to 7 that the form states.
        sequence: first or repeat sample.
        first: of a repeat, which sample was the first one.
        repeat_reason: of a repeat, its code.
    """

    pathway: Pathway = Pathway.FASP
    sampled: date | None = None
    weight: Weight | None = None
    due: date | None = None
    fetuses: int | None = None
    chorionicity: str = ""
    ivf: str = ""
    ethnicity: str = ""
    postcode: str = ""
    conditions: str = ""
    chance: int | None = None
    offered: bool | None = None
    history: tuple[str, ...] = ()
    sequence: Sequence | None = None
    first: str = ""
    repeat_reason: str = ""


# What a form says of the mother's history. The table's other reasons are worked out, or are "Other".
HISTORY: Final = ("1", "2", "3", "4", "5", "6", "7")

TWINS_UNSAID = "nipt-form-twins-without-chorionicity"
SINGLETON_SAID = "nipt-form-chorionicity-of-no-twins"
NO_FIRST, FIRST_OF_FIRST = "nipt-form-repeat-without-first", "nipt-form-first-names-a-first"
NO_REASON, REASON_OF_FIRST = "nipt-form-repeat-without-reason", "nipt-form-first-has-a-repeat-reason"
NO_SEQUENCE, UNKNOWN_CODE = "nipt-form-sequence-not-stated", "nipt-form-code-unknown"
NO_FETUS = "nipt-form-number-of-fetuses"
NO_CHANCE = "nipt-form-chance"


def problems(form: Form) -> tuple[str, ...]:
    """What about a form must be put right before it is recorded: a stable code for each; what is missing is none.

    Missing chorionicity of twins is asked for, since "4 Unknown" is an answer that the table has.
    """
    return (*_pregnancy(form), *_sequence(form), *_codes(form))


def _pregnancy(form: Form) -> tuple[str, ...]:
    found = []
    if form.fetuses is not None and form.fetuses < 1:
        found.append(NO_FETUS)
    if form.chance is not None and form.chance < 1:
        found.append(NO_CHANCE)
    if form.fetuses == 2 and not form.chorionicity:
        found.append(TWINS_UNSAID)
    if form.fetuses != 2 and form.chorionicity:
        found.append(SINGLETON_SAID)
    return tuple(found)


def _sequence(form: Form) -> tuple[str, ...]:
    match form.sequence:
        case None:
            return (NO_SEQUENCE,)
        case Sequence.FIRST:
            said = ((form.first, FIRST_OF_FIRST), (form.repeat_reason, REASON_OF_FIRST))
            return tuple(code for value, code in said if value)
    return tuple(code for value, code in ((form.first, NO_FIRST), (form.repeat_reason, NO_REASON)) if not value)


def _codes(form: Form) -> tuple[str, ...]:
    said = (
        (form.chorionicity, codes.CHORIONICITIES),
        (form.ivf, codes.IVF),
        (form.ethnicity, codes.ETHNICITIES),
        (form.conditions, codes.CONDITIONS),
        (form.repeat_reason, codes.REPEAT_REASONS),
    )
    wrong = any(value and value not in table for value, table in said)
    return (UNKNOWN_CODE,) if wrong or not set(form.history) <= set(HISTORY) else ()


def gestation(due: date, day: date) -> int:
    """Days of gestation on a day, from the expected delivery date; 153 is 21+6 weeks."""
    return PREGNANCY_DAYS - (due - day).days
