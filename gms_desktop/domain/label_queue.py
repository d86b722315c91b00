"""Whose turn it is at the label printer, and what a printer's word says of labels that it took. Pure rules."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Sequence
from dataclasses import dataclass

INTENDED, SENDING, SENT, PRINTED = "intended", "sending", "sent", "printed"
UNKNOWN, NOT_SENT, PUT_OFF = "unknown", "not sent", "put off"

UNSETTLED = (INTENDED, SENDING, SENT, PRINTED, UNKNOWN, NOT_SENT)
"""States of a copy that was made and is not on its tube yet, nor spoiled or put off."""
QUEUED = frozenset({INTENDED, SENDING})
"""States of a copy that comes out without anybody's doing: a further one beside it would be one too many."""
OUT = frozenset({SENDING, SENT, PRINTED, UNKNOWN})
"""States of a copy that lies on the bench or may lie there: bytes of it have left, and nobody scanned it back."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a label as the queue sees it.

    Attributes:
        label: number and copy.
        patient: whose it is; empty where that is not known.
        state: as the register has it.
        aside: its tube is in dispute or stands under another number: its label is neither wanted nor awaited.
        sort: what it is stuck on; labels of sorts that come out of other printers are not overtaken by it.
        of_patient: whether it stands on a patient's material. A plate's or a place's label ends on no wrong tube: it
            neither waits for a patient's label nor is waited for.
    """

    label: str
    patient: str
    state: str
    aside: bool = False
    sort: str = "tube"
    of_patient: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """The copy whose turn it is.

    Attributes:
        label: the copy.
        behind: a copy of another patient that must be on its tube, spoiled or put off first; empty where none must.
    """

    label: str
    behind: str = ""


def turn(copies: Sequence[Copy], *, one_patient: bool, sorts: Container[str] | None = None) -> Turn | None:
    """The copy that goes to a printer next.

    None is overtaken at one printer: where the first must wait, those after it wait too.

    Args:
        copies: what a bench has that is not settled, in the order in which it was asked for.
        one_patient: whether labels of one patient only may lie on the bench, whichever printer they come out of.
        sorts: those that come out of that printer; None for all.
    """
    wanted = [copy for copy in copies if not copy.aside]
    here = (copy for copy in wanted if sorts is None or copy.sort in sorts)
    first = next((copy for copy in here if copy.state == INTENDED), None)
    if first is None:
        return None
    out = (copy for copy in wanted if copy.state in OUT and copy.of_patient)
    others = (copy.label for copy in out if copy.patient != first.patient)
    return Turn(first.label, next(others, "") if one_patient and first.of_patient else "")


def all_out(ready: bool, holds: int | None) -> bool:
    """Whether a printer that was asked after it took some labels says that all of them are out.

    It counts labels, whoever sent them: only where it holds none at all is none of them one's own.
    """
    return ready and holds == 0


@dataclass(frozen=True, slots=True)
class LabelRules:
    """The laboratory's rules about printing labels.

    Attributes:
        one_patient: labels of one patient only lie on a bench at a time.
        approved_after: copies of one label after which a second person confirms a further one; 0 for none.
    """

    one_patient: bool
    approved_after: int


def read_label_rules(text: str) -> LabelRules:
    """Read the rule set ``labels``.

    Raises:
        KeyError, TypeError, ValueError: where the text is not one.
    """
    said = tomllib.loads(text)
    one_patient, after = said["one_patient_at_a_time"], said["approved_after_copies"]
    if not isinstance(one_patient, bool) or not isinstance(after, int) or isinstance(after, bool):
        raise TypeError("one_patient_at_a_time is true or false, approved_after_copies a whole number")
    if not 0 <= after <= _MOST_COPIES:
        raise ValueError(f"approved_after_copies is from 0 (nobody is asked) to {_MOST_COPIES}")
    return LabelRules(one_patient, after)


_MOST_COPIES = 99


def asks_approval(rules: LabelRules, copy: int) -> bool:
    """Whether a second person confirms this copy of a label."""
    return 0 < rules.approved_after < copy
