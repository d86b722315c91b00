"""Made-up views of the Handover screen, as the services paint them. Nobody here exists."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import handover_words
from gms_desktop.documents.handover import Line, Note, Section, Sheet, Signature, Signatures
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.handover_view import HandoverView

AT = "22-Nov-2026 19:55"
_TEMI, _LONG = "OYELARAN, Temi  05-Mar-1971", "WILHELMINA-FEATHERSTONEHAUGH, Maximiliana Bartholomea  01-Jan-1980"
NOTES = (
    Note(
        "n1",
        "Mrs Wójcik's ward rings at 8 about 26K7Q0041Z: the second tube left their fridge at noon and comes by taxi.",
        "M. Silva",
        "Bench K2 Extraction",
        "22-Nov-2026 18:00",
    ),
    Note("n2", "The taxi firm wants the new account number.", "B. Novak", "Bench K7 Reception", "22-Nov-2026 19:31"),
)
LINES = {
    handover_words.URGENT: (
        Line(
            f"26K7Q0047C  {_TEMI}",
            "Received at Bench K7 Reception, 22-Nov-2026 19:40; not decided.",
            handover_words.DECIDE_ACTION,
            urgent=True,
        ),
        Line(
            f"r30000000007  {_LONG}",
            "Expected from RR8: R14.1, known since 22-Nov-2026 09:12.",
            handover_words.URGENT_AWAITED,
            urgent=True,
        ),
    ),
    handover_words.OPEN: (
        Line(
            f"r30000000001  {_TEMI}",
            "Bench K7 Reception, B. Novak: label 26K7Q0047C waits for tube 1 and 2 tubes are awaited.",
            "At Bench K7 Reception: put label 26K7Q0047C on tube 1 and scan it.",
        ),
    ),
    handover_words.HELD: tuple(
        Line(
            f"26K7Q00{number}X  {_LONG}",
            handover_words.held_stands(
                "Form, consent or clinical information missing", "22-Nov-2026 14:02", "R. Okafor", "testing", "rang"
            ),
            "Ask the sender for what is missing; once it is here, accept.",
        )
        for number in range(10, 22)
    ),
    handover_words.CLOCKS: (
        Line("Countersignature: Release a plate", "Ends 23-Nov-2026 07:00.", "asked by R. Okafor"),
    ),
    handover_words.DEVICES: (Line("Zebra ZD421", "Away. Switch it on.", "Tubes can be received; put labels off."),),
}
NEXT_SHIFT = handover_words.next_shift("Monday 23-Nov-2026 08:00", "Day")


def sheet(lines: dict[str, tuple[Line, ...]], notes: tuple[Note, ...]) -> Sheet:
    sections = tuple(
        Section(title, lines.get(title, ()), empty, NEXT_SHIFT if title == handover_words.CLOCKS else "")
        for title, empty in handover_words.EMPTY.items()
    )
    every = [line for lot in lines.values() for line in lot]
    lead = handover_words.lead(len(every), sum(line.urgent for line in every), len(notes))
    as_of = handover_words.as_of(AT, "All shared 19:50", 3)
    return Sheet("EXAMPLE laboratory & partners", "Bench K7 Reception", AT, "R. Okafor", as_of, lead, notes, sections)


SHEET, EMPTY = sheet(LINES, NOTES), sheet({}, ())
HANDED = Signatures(Signature("R. Okafor", "senior", "22-Nov-2026 19:57"))
BOTH = replace(HANDED, taken_over=Signature("M. Silva", "technician", "22-Nov-2026 20:04"))

HANDOVER = HandoverView(handover_words.heading(17, ""), SHEET, notes=NOTES, may_hand_over=True, may_note=True)
HANDOVER_EMPTY = HandoverView(handover_words.heading(0, ""), EMPTY, may_hand_over=True, may_note=True)
HANDOVER_WAITS = HandoverView(
    handover_words.heading(0, "R. Okafor"), SHEET, HANDED, NOTES, signed="s1", may_take_over=True, may_note=True
)
HANDOVER_OWN = replace(
    HANDOVER_WAITS, heading=handover_words.OWN_WAITS, may_take_over=False, remark=handover_words.OWN_HANDOVER
)
HANDOVER_READ = HandoverView(handover_words.heading(17, ""), SHEET, notes=NOTES, remark=handover_words.NOT_YOURS)
HANDOVER_DONE = replace(
    HANDOVER, verdict=Verdict(VerdictKind.FINISHED, "Note added", "It stands on the sheet until it is acknowledged.")
)
EVERY = {
    "handover": HANDOVER,
    "handover_empty": HANDOVER_EMPTY,
    "handover_waits": HANDOVER_WAITS,
    "handover_own": HANDOVER_OWN,
    "handover_read": HANDOVER_READ,
    "handover_done": HANDOVER_DONE,
}
