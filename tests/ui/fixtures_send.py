"""Made-up consignments for the Send away screen: being packed, a thing refused, closed, and the courier asked for."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import send_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.arrival import Door
from gms_desktop.domain.consignments.packing import Stop, Why
from gms_desktop.domain.consignments.standing import State
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.send_lines import SendLine, SendView
from gms_desktop.services.views import Offer, Question

_NUMBER, _NAME = "ZK7Q0201B", "EXAMPLE designated sequencing laboratory"
_ASIDE = Offer(Command.SEND_ASIDE, "Put aside")
_DOOR = send_words.door(Door.CLOSED_DAY, "28-Nov-2026", "30-Nov-2026")
_CONCEDED = SendLine("FluidX tube FD20024631", "BOX-01, outside rule total amount v2, conceded", VerdictKind.ATTENTION)
_ITEMS = (
    SendLine("FluidX tube FD20024632", "BOX-01"),
    _CONCEDED,
    *(SendLine(f"FluidX tube FD200246{place}", "BOX-01") for place in range(30, 18, -1)),
)
_FACTS = (
    ("Arrival", _DOOR),
    ("Example", "This destination is made up: nothing may be sent"),
    ("Takes", "FluidX tubes"),
    ("Needs", "referral id, participant id, tube id"),
    ("High risk", "not taken"),
    ("Keep at", "ambient"),
    ("Courier until", "16:00"),
    ("Telephone", "01632 960001"),
    ("Address", "EXAMPLE Sequencing Laboratory, Sample Reception, 1 Example Street, Exampleton EX1 1AA"),
)
_LISTED = (
    SendLine(f"{_NUMBER}  {_NAME}", send_words.STATES[State.OPEN]),
    SendLine("ZK7Q0197D  EXAMPLE pathology laboratory", send_words.STATES[State.PACKED], VerdictKind.ATTENTION),
    SendLine("ZK7Q0188C  EXAMPLE pathology laboratory", send_words.STATES[State.HANDED_OVER]),
)
OPEN = SendView(
    heading=f"{_NUMBER} for {_NAME}",
    verdict=send_words.packed("Tube FD20024632", 14, _NUMBER, "BOX-01", ()),
    state="URGENT   Open: scan things in   Now BOX-01",
    facts=_FACTS,
    items_title="14 things in it, the last first",
    items=_ITEMS,
    listed=_LISTED,
    offers=(
        Offer(Command.SEND_TAKE_OUT, "Take Tube FD20024632 out", argument="tube:1"),
        Offer(Command.SEND_CLOSE, "Close", usual=True),
        Offer(Command.SEND_CONTAINER, "Box or bag"),
        _ASIDE,
    ),
    has_label=True,
)
REFUSED = replace(
    OPEN,
    verdict=send_words.not_packed((Stop(Why.HELD, "Consent withdrawn"), Stop(Why.NO_REFERRAL)), "Tube FD20024650"),
)
PACKED = replace(
    OPEN,
    verdict=send_words.closed(_NUMBER, 14, send_words.while_away("22-Nov-2026 03:10"), _DOOR),
    state="Packed and closed, not handed over",
    offers=(
        Offer(Command.SEND_HAND_OVER, "Hand to courier", usual=True),
        Offer(Command.SEND_REOPEN, "Take it back"),
        Offer(Command.SEND_FOLLOW, "Following consignment"),
        _ASIDE,
    ),
    has_papers=True,
)
ASKED = replace(
    PACKED,
    verdict=None,
    question=Question(
        Command.SEND_HAND_OVER,
        send_words.asks_hand_over(_NUMBER),
        fields=send_words.HAND_OVER_FIELDS,
        confirm="Save it",
        problems=(send_words.NEEDS_COURIER,),
        values=(("courier", "EXAMPLE courier"),),
    ),
)
NONE = SendView(
    heading="Send away",
    listed=_LISTED,
    offers=(Offer(Command.SEND_OPEN, "New consignment", usual=True), Offer(Command.SEND_SHOW, "Go on with one")),
)
