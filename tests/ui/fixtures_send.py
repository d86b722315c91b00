"""Made-up consignments for the Send away screen: being packed, a thing refused, closed, and the courier asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from importlib.resources import files

from gms_desktop import answer_words, destination_words, manifest_words, send_words, series_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.arrival import Door
from gms_desktop.domain.consignments.destinations import read_destinations
from gms_desktop.domain.consignments.destinations_text import with_destination
from gms_desktop.domain.consignments.packing import Stop, Why
from gms_desktop.domain.consignments.standing import State
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.exchange.consignments.series import Gathered
from gms_desktop.services import destination_commands, destination_form
from gms_desktop.services.send_lines import SendLine, SendView
from gms_desktop.services.views import Choice, Offer, Question

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
    facts=(("Kept papers", "letter.pdf, packing-list.pdf, packing-list.csv, manifest.gmsc, dwgs.csv"), *_FACTS),
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
_LETTER = Gathered("7C0A41D9", 5, {1: "", 3: "", 4: ""})
LETTER = replace(
    NONE,
    verdict=series_words.foreign(_LETTER),
    listed=(SendLine(*series_words.standing(_LETTER), VerdictKind.ATTENTION), *_LISTED),
    offers=(*NONE.offers, Offer(Command.SEND_ASIDE, series_words.PUT_ASIDE)),
)
NOT_WHOLE = replace(
    OPEN,
    verdict=manifest_words.not_made(
        [
            manifest_words.lacks(["FD20024631", "FD20024632"], "family_structure", ""),
            manifest_words.lacks(["FD20024625"], "primary_sample_state", "Skin"),
        ],
        3,
    ),
)
TO_US = SendView(
    heading="ZB7Q00309  from Second Genomic Laboratory Hub",
    verdict=answer_words.written("ZB7Q00309", "Second Genomic Laboratory Hub", answer_words.counts(2, 1, 0, 1, 0)),
    state="Answered 24-Nov-2026 09:41",
    facts=(
        ("From", "Second Genomic Laboratory Hub, ZZ888"),
        ("Closed there", "23-Nov-2026 16:02"),
        ("Priority", "urgent"),
        ("Follows", "ZB7Q00297"),
        ("Key of our answer", "FC06 E1B6 E87D BCE9 E4BB 6F56 9CFC 774B"),
        ("Answer 1", f"24-Nov-2026 09:41: {answer_words.counts(2, 1, 0, 1, 0)}"),
    ),
    items_title="3 of 4 booked in, 1 not",
    items=(
        SendLine("piece of tissue ZB7Q00304", answer_words.NOT_BOOKED_IN, VerdictKind.ATTENTION),
        SendLine("piece of tissue ZB7Q00301", answer_words.booked_in("ZK7Q0311A", "accepted", ())),
        SendLine("piece of tissue ZB7Q00302", answer_words.booked_in("ZK7Q0312C", "accepted", ())),
        SendLine(
            "piece of tissue ZB7Q00303",
            answer_words.booked_in("ZK7Q0313E", "rejected", ("Container leaking",)),
            VerdictKind.REFUSED,
        ),
    ),
    offers=(Offer(Command.SEND_ANSWER, "Write the answer", usual=True), _ASIDE),
    has_papers=True,
    to_us=True,
)
TO_US_ASKED = replace(
    TO_US,
    verdict=None,
    question=Question(
        Command.SEND_ANSWER,
        answer_words.asks("ZB7Q00309", 3, 4),
        (Choice(answer_words.REST, answer_words.rest(("ZB7Q00304",))),),
        fields=answer_words.FIELDS,
        confirm="Write the answer",
        problems=(answer_words.unsaid(("ZB7Q00304",)),),
        values=(("at", "24-Nov-2026 09:12"),),
    ),
)

_SHIPPED = read_destinations(files("resources").joinpath("rules", "destinations.toml").read_text("utf-8"))
_CHANGED = with_destination(_SHIPPED, replace(_SHIPPED[0], cut_off=time(14, 30), telephone="01632 960009"))
_OFFERS = (
    Offer(Command.SEND_PLACE_WHO, destination_words.WHO),
    Offer(Command.SEND_PLACE_TAKES, destination_words.TAKES),
    Offer(Command.SEND_PLACE_WHEN, destination_words.WHEN),
    Offer(Command.SEND_PLACE_TISSUE, destination_words.TISSUE),
    Offer(Command.SEND_PLACE, destination_words.CHOOSE),
    Offer(Command.SEND_PLACE_NEW, destination_words.NEW),
    Offer(Command.SEND_ASIDE, destination_words.ASIDE),
)
PLACES = SendView(
    heading=_SHIPPED[0].name,
    verdict=destination_words.kept(2),
    state=destination_words.state("EXAMPLE-1", approved=False),
    facts=tuple(one for one in destination_form.facts(_CHANGED[0]) if one[1]),
    items_title=destination_words.CHANGES,
    items=tuple(
        SendLine(name, what, VerdictKind.ATTENTION)
        for name, what in destination_commands.differences(_SHIPPED, _CHANGED)
    ),
    offers=(Offer(Command.SEND_PLACE_PROPOSE, destination_words.PROPOSE, usual=True), *_OFFERS),
)
PLACES_ASKED = replace(
    PLACES,
    heading=_SHIPPED[2].name,
    verdict=destination_words.fill_in(),
    question=destination_form.question(Command.SEND_PLACE_TAKES, _SHIPPED[2], None, ()),
    form_alone=True,
)
PLACES_TISSUE = replace(
    PLACES_ASKED,
    question=destination_form.question(
        Command.SEND_PLACE_TISSUE,
        _SHIPPED[2],
        None,
        (destination_words.not_understood(destination_words.FIELDS["bands"], "low", destination_words.NOT_BANDS),),
    ),
)
