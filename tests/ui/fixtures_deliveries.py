"""Made-up views of the Receive screen with a delivery."""

from __future__ import annotations

from fixtures_views import SCANS

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.delivery_questions import ARRIVAL_FIELDS
from gms_desktop.services.views import Choice, DeliveryLine, Offer, Question, ReceiveView

RECEIVE_EMPTY = ReceiveView(
    heading="Scan a referral or a tube",
    verdict=None,
    banner=None,
    delivery=DeliveryLine(
        "No delivery",
        "What is booked in now came by hand.",
        offers=(
            Offer(Command.NEW_DELIVERY, "New delivery"),
            Offer(Command.TAKE_UP_DELIVERY, "Go on with a delivery"),
            Offer(Command.FORM_ANSWERED, "Answer about a form"),
        ),
    ),
)

RECEIVE_DELIVERY = ReceiveView(
    heading="Scan a tube or its request",
    verdict=Verdict(
        VerdictKind.ATTENTION, "Urgent first", "Bag DX-00418 is open. Urgent and not opened yet: DX-00420 and DX-00421."
    ),
    banner=None,
    offers=(Offer(Command.UNANNOUNCED, "Unannounced arrival"),),
    scans=SCANS,
    undo="Undo: book from bag DX-00418",
    delivery=DeliveryLine(
        "Delivery DX van 23-Nov-2026 07:40",
        "Bag DX-00418, 7 of 12 booked in, 1 passed on. URGENT, not opened: DX-00420 and DX-00421",
        VerdictKind.ATTENTION,
        (
            Offer(Command.NEXT_BAG, "Next bag"),
            Offer(Command.BAG_LEAKS, "A bag leaks"),
            Offer(Command.NOT_FOR_US, "Not for us"),
            Offer(Command.FORM_ALONE, "Form without specimen"),
            Offer(Command.CLOSE_DELIVERY, "Count and close"),
            Offer(Command.TAKE_UP_DELIVERY, "Another delivery"),
        ),
    ),
)

RECEIVE_NEW_DELIVERY = ReceiveView(
    heading="What does this delivery say?",
    verdict=Verdict(VerdictKind.ATTENTION, "There is a problem", "Choose its condition."),
    banner=None,
    question=Question(
        Command.NEW_DELIVERY,
        "What does this delivery say?",
        (
            Choice("in-order", "In order: closed, dry, within temperature"),
            Choice("wet", "Wet or leaking outside"),
            Choice("warm", "Too warm"),
            Choice("cold", "Too cold or frozen"),
            Choice("open", "Open or damaged"),
            Choice("no-paperwork", "No list of what is in it"),
        ),
        many=False,
        fields=ARRIVAL_FIELDS,
        confirm="Enter this delivery",
        problems=("Choose its condition.",),
        values=(("arrived", "23/11/2026 07:40"), ("bags", "DX-00418")),
    ),
    scans=SCANS,
)
