"""What lies in the morning's delivery, one thing after the other: what it is, what to do with it, what to expect.

For the desk beside the rehearsal's window. The scripted shift receives the same things in :mod:`morning_van`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up

STATED = 11
_LOOKED_BACK = 500
_TOOK = frozenset({"found", "matches", "attention"})


@dataclass(frozen=True)
class VanStep:
    """One thing of the van.

    Attributes:
        title: what it is, in a few words.
        code: the code on it; empty where nothing is scanned.
        todo: what to do besides scanning it.
        expect: what the window then says.
        refused: it is scanned here at the wrong moment, to see it refused.
    """

    title: str
    code: str = ""
    todo: str = ""
    expect: str = ""
    refused: bool = False


_LABEL = "Click its printed label."
VAN = (
    VanStep(
        f"Sign in: the badge of {made_up.PEOPLE[0].name}",
        made_up.PEOPLE[0].badge,
        f"Enter the PIN {made_up.SHORT_PIN}, then Ctrl Enter.",
        "The screen opens, as this person's.",
    ),
    VanStep(
        "The van is here",
        todo=f"On Receive (F2) press Ctrl F1. Enter what its list says: carrier DX van, bags BAG-101 BAG-102, urgent "
        f"BAG-101, {STATED} specimens. Choose “In order”. Ctrl Shift C.",
        expect="Open urgent bag BAG-101. The line above the tubes counts what is booked in.",
    ),
    VanStep(
        "Urgent bag: tube of KAMARA, Baby of Fatou",
        "Q26-119006-1",
        f"{_LABEL} Then say who was told: “Told by phone”, a name, Ctrl Shift C. Or scan on: Today keeps asking.",
        "URGENT, though its form says Routine: R14 goes first by the laboratory's list. It heads Today.",
    ),
    VanStep("The second bag, wet outside", "BAG-102", expect="Bag BAG-102 is open."),
    VanStep(
        "It leaks",
        todo="Press Ctrl F3, choose BAG-102, Ctrl Shift C.",
        expect="Everything that comes out of it shows the leak.",
    ),
    VanStep("A trio: form of VASQUEZ", "r30000000002", expect="The heading asks for the proband's tube by name."),
    VanStep(
        "The father's tube, too early",
        "Q26-119012-1",
        expect="Refused, and told whose tube it is and whose is awaited.",
        refused=True,
    ),
    VanStep("Tube of VASQUEZ, Lucía, the proband", "Q26-119010-1", _LABEL, "Accepted. Next, the mother's tube."),
    VanStep("Tube of VASQUEZ, Ana, the mother", "Q26-119011-1", _LABEL, "Accepted. Next, the father's tube."),
    VanStep("Tube of VASQUEZ, Diego, the father", "Q26-119012-1", _LABEL, "Accepted. The family is complete."),
    VanStep(
        "Twins: tube of BRANDT, Twin 1 of Eva",
        "Q26-119001-1",
        f"{_LABEL} Choose “NHS number agrees”, Ctrl Shift C, and click the label once more.",
        "Another open patient has this surname and birthday: it asks what tells the two apart.",
    ),
    VanStep(
        "Tube of BRANDT, Twin 2 of Eva",
        "Q26-119002-1",
        "As before.",
        "The second twin is asked about in the same way.",
    ),
    VanStep(
        "Bone marrow of HOLLIS: the tube has no label, so scan its form",
        "Q26-119003",
        "Ctrl Shift N: no code on this tube. Ctrl Shift D: choose “absent” and every line but the specimen type, "
        "Ctrl Shift C. Then Ctrl Shift I: accept at discretion, “Tube has no label”, who confirms whose it is, "
        f"Ctrl Shift C. {_LABEL}",
        "Too few identifiers agree, so the label alone accepts nothing. It is marked irreplaceable: rejecting it would "
        "be asked twice.",
    ),
    VanStep(
        "NIPT: first tube of LINDGREN, haemolysed",
        "Q26-118700-1",
        f"{_LABEL} F9, click the label again. Ctrl F1 and enter the form: FASP; drawn 09/11/2026; due 30/04/2027; "
        "weight 68.5 kg; 1 fetus; conditions T21/T13/T18; chance 120; options offered yes; First sample. Ctrl Shift C. "
        "Ctrl F2: “rejected prior to testing”, Ctrl Shift C; “haemolysed”, repeat asked for: yes, Ctrl Shift C.",
        "The form is checked at once. Rejected: repeat bloods are requested.",
    ),
    VanStep(
        "NIPT: the repeat of LINDGREN",
        "Q26-119004-1",
        f"F2 first. {_LABEL} F9, click the label again. Ctrl F1: the same form, but drawn 19/11/2026, Repeat sample, "
        "the number of the first, why: 1. Ctrl Shift C. Ctrl F2: “Sample accepted”, Ctrl Shift C.",
        "A repeat names the first sample and why it was repeated; a pregnancy has one first sample.",
    ),
    VanStep(
        "The ward rings: SORENSEN is cancelled. Its form",
        "Q26-119005",
        "Press F9, then scan it. Shift F5: “By telephone”, Dr Whitfield, Ordered twice, Ctrl Shift C.",
        "Request cancelled; nothing of it has arrived.",
    ),
    VanStep(
        "And there is its tube: SORENSEN, Karl",
        "Q26-119005-1",
        f"F2 first. Ctrl F9: store it as surplus, a reason, Ctrl Shift C. {_LABEL}",
        "Request cancelled, with who asked. It gets a number and a label all the same, and nothing is lost.",
    ),
    VanStep(
        "At the bottom: a pot marked histology",
        todo="Close what is open (F12). Ctrl F5: “Addressed to another laboratory”, what it is, to whom, Ctrl Shift C.",
        expect="Passed on unopened. It counts as found.",
    ),
    VanStep(
        "Count",
        todo="Ctrl F11. Then look at Today (F1), Find (F9) and Handover (Shift F1).",
        expect=f"{STATED} stated, {STATED} found: closed.",
    ),
)


def taken(ledger: Ledger) -> frozenset[str]:
    """Codes that were scanned here and did something: where the work stands after a restart."""
    rows = look_up.last_scans(ledger.db, ledger.head.writer, _LOOKED_BACK)
    return frozenset(str(row["text"]) for row in rows if row["verdict"] in _TOOK)
