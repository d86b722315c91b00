"""The print queue made up for screens: while the printer has no labels in, one in question, and a reason asked."""

from __future__ import annotations

from dataclasses import replace

import fixtures_views as views

from devices.values import PrinterCondition
from gms_desktop import queue_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.label_queue_view import QueueLine, QueueView, asked_of_unknown, offers
from gms_desktop.services.views import Choice, DeviceLine, Offer, Question

WHY = queue_words.STANDS[PrinterCondition.PAPER_OUT]
PAPER_OUT = DeviceLine(
    "Label printer",
    "printer",
    "10.0.4.17:9100, 300 dpi",
    "paper out",
    "Put labels in.",
    ready=False,
    without="Tubes can be received; labels wait and come out once it is ready, or put them off.",
)
_NAMES = ("SAMPLE, Alex", "SAMPLE, Robin", "MUSTER, Kim", "PROBE, Chris", "EXAMPLE, Sam")
WAITING = tuple(
    QueueLine(
        f"26K0042{place}.1",
        f"26K0042{place}  {_NAMES[place % len(_NAMES)]}",
        f"waits: {WHY}, since 09:{14 + place}",
        VerdictKind.ATTENTION,
    )
    for place in range(12)
)
UNKNOWN = QueueLine(
    "26K00417.2",
    "26K00417, copy 2  MUSTER, Kim",
    f"{queue_words.STATES['unknown']}, since 09:12; printed again: The label is torn or creased",
    VerdictKind.ATTENTION,
)
PRINTED = QueueLine(
    "26K00416.1",
    "26K00416  PROBE, Chris",
    f"{queue_words.STATES['printed']}, since 09:11",
    VerdictKind.MATCHES,
)


def _row(line: QueueLine, state: str) -> dict[str, str]:
    return {"id": line.key, "accession": line.key.partition(".")[0], "state": state}


QUEUE = QueueView(
    queue_words.heading(12, WHY, 0),
    WAITING,
    chosen=WAITING[0].key,
    offers=offers(_row(WAITING[0], "intended"), 12),
)
QUEUE_UNKNOWN = QueueView(
    queue_words.heading(0, "", 1),
    (PRINTED, UNKNOWN),
    chosen=UNKNOWN.key,
    offers=offers(_row(UNKNOWN, "unknown"), 0),
)
QUEUE_QUESTION = replace(
    QUEUE_UNKNOWN,
    question=Question(
        Command.PRINT_AGAIN,
        "Why is label 26K00417 printed again?",
        (
            Choice("not-printed", "Nothing came out of the printer"),
            Choice("unreadable", "The label cannot be read"),
            Choice("damaged", "The label is torn or creased"),
            Choice("lost", "The label is lost"),
            Choice("more-tubes", "A second container needs one"),
            Choice("taken-up", "Was put off, wanted now"),
        ),
        many=False,
        confirm="Print label 26K00417 again",
        subject=f"label:{UNKNOWN.key}",
    ),
)
QUEUE_ANSWERED = replace(QUEUE_UNKNOWN, verdict=queue_words.came_out("26K00416"))
RECEIVE_UNKNOWN = replace(
    views.RECEIVE,
    heading="Look at the printer: did label 1 come out?",
    verdict=words.label_trouble("26K7Q0042X", "unknown"),
    offers=(*views.OFFERS[:-1], *asked_of_unknown("1"), Offer(Command.LABEL_SPOILED, "Spoil label 1")),
)
EVERY = {
    "devices_queue": QUEUE,
    "devices_queue_unknown": QUEUE_UNKNOWN,
    "devices_queue_question": QUEUE_QUESTION,
    "devices_queue_answered": QUEUE_ANSWERED,
}
