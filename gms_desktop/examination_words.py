"""Every sentence about a specimen as it was found: its condition, volume and type, and how long is left."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

NOTHING_SEEN = "nothing seen"
LIMITS_TITLE = "Time left from collection"
NO_LIMIT_RUNS = "No step with a limit waits. Limits are the laboratory's own: it approves them as “time-limits”."
VOLUME_FORM = "Enter the volume as a figure and its unit, as 2.5 ml, 250 µl, 40 mg or 2 pieces."
HOW_MISSING = "Choose how the volume is known: measured, estimated, or stated by the sender."
VOLUME_MISSING = "Enter the volume, or take back how it is known."
NOTHING_SAID = "Enter what was found: a volume, another type, or what is asked below."
NO_LIMIT = "No step with a limit waits for this specimen."
CHOOSE_STEP = "Choose what was done."
CELLS_FORM = "Enter the white cell count as a figure, as 4.2, or choose “not stated”."
CELLS_TWICE = "A count was entered, and “not stated” was chosen. Keep one of them."
CODE_FORM = "Enter the code of their tube as it stands on it: letters, digits, full stops, - and / only."
ORIGIN_FORM = "Enter the laboratory that extracted it by its ODS code: 3 to 6 letters and digits."
DAY_FORM = "Enter the day of extraction as 21/11/2026."
WGS_TITLES = {
    "wrong type": "Blood or bone marrow in EDTA is wanted",
    "type unknown": "Say which type it is",
    "short": "Below the least volume",
    "volume unknown": "Say how much there is",
    "cells low": "White cells below the least count: ask for bone marrow, keep the blood",
    "cells not stated": "White cell count not stated: accept, and ask for it",
    "paper missing": "Missing",
    "paper unknown": "Look whether it is here",
    "FISH awaited": "Result of FISH awaited",
}


def one_of(field: str, listed: str) -> str:
    """Something that is on no list."""
    return f"Enter {field} as one of: {listed}."


def examined(number: str, what: str) -> Verdict:
    """What was seen is recorded. It decides nothing."""
    return Verdict(VerdictKind.FOUND, "Noted", f"{number}: {what}. What becomes of the specimen is decided apart.")


def type_differs(number: str, found: str, expected: str) -> Verdict:
    """The type is another than was expected."""
    return Verdict(
        VerdictKind.ATTENTION,
        "Another type",
        f"{number} is {found}, expected was {expected}. Both are recorded. Decide whether it will do.",
    )


def step_done(number: str, step: str) -> Verdict:
    """A step with a limit is done."""
    return Verdict(VerdictKind.FOUND, "Noted", f"{number}: {step}, done now. Its limit runs no more.")


def which_specimen() -> Verdict:
    """A command about a specimen, and none is in hand."""
    return Verdict(VerdictKind.ATTENTION, "Which specimen?", "Scan a tube first, or choose a specimen on Find.")


def left(state: str, duration: str, until: str, limit: str, *, example: bool) -> str:
    """How long is left for a step.

    Args:
        state: "in time", "may be past", "past" or "unknown".
        duration: how long is left, or how long ago it ended.
        until: the moment at which it ends or ended.
        limit: the limit in words.
        example: whether the limit is a published EXAMPLE.
    """
    rule = f"{limit} from collection{', EXAMPLE' if example else ''}"
    if state == "unknown":
        return f"unknown: collection not stated ({rule})"
    if state == "in time":
        return f"{duration} left, until {until} ({rule})"
    if state == "may be past":
        return f"may be past: the hour of collection is not stated ({rule})"
    return f"past since {until}, {duration} ago ({rule})"


def offered_reason(reason: str, what: str) -> str:
    """The coded reason that a passed limit offers."""
    return f"{reason}  ({what})"


def not_looked_for(absent: str) -> str:
    """Which identifiers are rightly absent."""
    return f"Choose what is here, then confirm. {absent}: made by the sequencing laboratory, so not looked for here."


def not_opened(number: str, why: str) -> Verdict:
    """A specimen is not opened while that is stopped."""
    said = f"{number} is not opened: {why}. Keep it closed, and settle that on Find first."
    return Verdict(VerdictKind.REFUSED, "Not to be opened", said)


def separated(number: str, plasma: int, cells: int) -> Verdict:
    """A specimen was spun and poured."""
    poured = plasma + cells
    labels = f"{poured} label{'s' if poured != 1 else ''}"
    what = f"{plasma} of plasma" if not cells else f"{plasma} of plasma, {cells} of cells"
    return Verdict(VerdictKind.FOUND, "Separated", f"{number}: {what}. Put the {labels} on the tubes, scan each.")


def on_aliquot(number: str, what: str) -> Verdict:
    """The label of an aliquot was scanned on its tube."""
    return Verdict(VerdictKind.MATCHES, "Label verified", f"{number} is on its tube: {what}.")


def aliquot_known(number: str, what: str) -> Verdict:
    """An aliquot that has its label already."""
    return Verdict(VerdictKind.ALREADY, "Already labelled", f"{number}: {what}.")


PROGRAMME_MISSING = "Choose the programme of the centrifuge."
TIMES_FORM = "Enter when the spin began and ended, as 14:05, or with its day as 21/11/2026 14:05."
TIMES_ORDER = "The spin ended before it began, or in time to come. Enter both again."
PLASMA_FORM = "Enter the volume of each tube of plasma, as 1.0 ml, 0.8 ml."
CELLS_VOLUME_FORM = "Enter the volume of the cells, as 0.5 ml; leave it empty where no cells are kept."
NOTHING_POURED = "Enter at least one tube of plasma or of cells."


def aliquots_print(number: str, labels: int) -> Verdict:
    """Labels of what was poured are printed again."""
    what = f"{labels} label{'s' if labels != 1 else ''} of what was poured"
    said = f"{number}: {what} printed again. Destroy the former ones, put these on, scan each."
    return Verdict(VerdictKind.FOUND, "Printing again", said)


def no_aliquot_label(number: str) -> Verdict:
    """Every label of what was poured is on its tube."""
    return Verdict(VerdictKind.ALREADY, "All labelled", f"{number}: every label of what was poured is on its tube.")
