"""The rehearsal's morning van: a family, an urgent baby, twins, a leak, a marrow with no label, NIPT, a cancellation.

Made-up patients. Every step goes through the simulated scanner and the bench's own commands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.shift import WAIT_S, Shift, Tell
from gms_desktop.rehearsal.van_steps import STATED
from gms_desktop.services.views import Answer

MOST = 3
"""Scans and touches that a good tube may take."""

_NIPT = {
    "due": "30/04/2027",
    "weight": "68.5 kg",
    "fetuses": "1",
    "conditions": "T21/T13/T18",
    "chance": "120",
    "offered": "yes",
}
_ABSENT = ("request number", "surname", "forename", "birth date", "nhs number", "hospital number", "=absent")


@dataclass(frozen=True)
class GoodTube:
    """What a good tube took from its first scan until its label was on it; ``told``: touches to say who was told."""

    number: str
    scans: int
    touches: int
    told: int = 0


def receive_the_van(shift: Shift) -> list[GoodTube]:
    """Book the van's two bags in, each thing in them as the laboratory's rules say, then count it."""
    shift.tell(f"{made_up.expect_the_van(shift.bench)} more requests are expected")
    _arrives(shift)
    good = _urgent_baby(shift)
    _leaking_bag(shift)
    good += _family(shift)
    _twins(shift)
    _marrow(shift)
    good += _nipt(shift)
    _cancelled(shift)
    _counted(shift)
    return good


def tell_the_count(good: list[GoodTube], tell: Tell) -> None:
    """Say how many scans and touches each good tube of the van took."""
    tell(f"Scans and touches of each good tube of the van (at most {MOST})")
    for tube in good:
        then = f"; urgent, so that who was told was asked: {tube.told} more" if tube.told else ""
        tell(f"    {tube.number}: {tube.scans} scans, {tube.touches} touches{then}")


def _arrives(shift: Shift) -> None:
    asked = shift.ask(Command.NEW_DELIVERY, "The van is here: a delivery is entered")
    said = dict(asked.values) | {"carrier": "DX van", "bags": "BAG-102", "urgent": "BAG-101", "stated": str(STATED)}
    shift.command(Command.NEW_DELIVERY, "What its list says", Answer(("in-order",), fields=tuple(said.items())))
    shift.painted("receive-delivery")


def _received(shift: Shift, code: str, what: str) -> GoodTube:
    scans, touches = shift.scans, shift.touches
    shift.scan(code, what)
    number = shift.next_label()
    shift.scan(number, "Its label is scanned on the tube")
    return GoodTube(number, shift.scans - scans, shift.touches - touches)


def _urgent_baby(shift: Shift) -> list[GoodTube]:
    good = _received(shift, "Q26-119006-1", "A baby's tube in the urgent bag: R14 goes first by the laboratory's list")
    before = shift.touches
    _told(shift)
    return [replace(good, told=shift.touches - before)]


def _told(shift: Shift) -> None:
    """Who was told of the urgent work whose last label is on."""
    question = shift.bench.receive_view().result(WAIT_S).question
    assert question is not None
    told = Answer(("phone",), fields=(("whom", "Priya at extraction"),), subject=question.subject)
    shift.command(Command.URGENT, "Extraction is rung up", told, question.subject)
    shift.painted("receive-urgent")


def _leaking_bag(shift: Shift) -> None:
    shift.scan("BAG-102", "The second bag is scanned: it is wet")
    asked = shift.ask(Command.BAG_LEAKS, "A bag leaks")
    leak = Answer(("BAG-102",), "A tube broke", subject=asked.subject)
    shift.command(Command.BAG_LEAKS, "Everything in it is marked", leak)


def _family(shift: Shift) -> list[GoodTube]:
    shift.scan("r30000000002", "The form of a trio is scanned")
    shift.scan("Q26-119012-1", "The father's tube is scanned, the proband's is awaited")
    shift.painted("receive-another-member")
    return [
        _received(shift, f"Q26-11901{place}-1", f"The {whose} tube is scanned")
        for place, whose in enumerate(("proband's", "mother's", "father's"))
    ]


def _twins(shift: Shift) -> None:
    for place in ("1", "2"):
        shift.scan(f"Q26-11900{place}-1", f"The tube of twin {place} is scanned")
        number = shift.next_label()
        shift.scan(number, "Its label is scanned: another patient has this name and birthday")
        shift.painted("receive-twin")
        shift.command(
            Command.SOMETHING_DIFFERS, "The NHS number on the tube tells them apart", Answer(("apart:nhs number",))
        )
        shift.scan(number, "Its label is scanned again")


def _marrow(shift: Shift) -> None:
    shift.scan("Q26-119003", "The form of a bone marrow is scanned; its tube has no label at all")
    shift.command(Command.NO_CODE, "No code on this tube")
    number = shift.next_label()
    shift.command(Command.SOMETHING_DIFFERS, "Nothing on the tube can be compared", Answer(_ABSENT))
    shift.painted("receive-marrow")
    shift.scan(number, "Its label is scanned before a decision")
    answer = Answer(("unlabelled",), "Cannot be taken again; Dr Mensah confirms whose it is")
    shift.command(Command.ACCEPT_AT_DISCRETION, "Accepted at discretion", answer)
    shift.scan(number, "Its label is scanned on the tube")


def _nipt(shift: Shift) -> list[GoodTube]:
    first = _received(shift, "Q26-118700-1", "The first NIPT sample, kept back by the ward, is scanned").number
    shift.command(
        Command.NIPT_FORM, "What its form states", _form("09/11/2026", "First sample"), _specimen(shift, first)
    )
    rejected = Answer(("5",), fields=(("repeat_asked", "yes"),), subject=f"{_specimen(shift, first)}|2")
    shift.command(Command.NIPT_JUDGE, "Haemolysed: rejected, a repeat was asked for", rejected)
    good = _received(shift, "Q26-119004-1", "The repeat sample is scanned")
    repeat = good.number
    form = _form("19/11/2026", "Repeat sample", first=first, repeat_reason="1")
    shift.command(Command.NIPT_FORM, "What the form of the repeat states", form, _specimen(shift, repeat))
    shift.command(Command.NIPT_JUDGE, "The repeat is accepted", Answer(("5",)), _specimen(shift, repeat))
    return [good]


def _form(sampled: str, sequence: str, **more: str) -> Answer:
    said = _NIPT | {"sampled": sampled, "sequence": sequence} | more
    return Answer(fields=tuple(said.items()))


def _specimen(shift: Shift, number: str) -> str:
    found = shift.bench.recorder.read(lambda ledger: look_up.specimen_by_accession(ledger.db, number)).result(WAIT_S)
    assert found is not None
    return str(found["id"])


def _cancelled(shift: Shift) -> None:
    [request] = shift.bench.recorder.read(lambda ledger: look_up.requests_by_code(ledger.db, "Q26-119005")).result(
        WAIT_S
    )
    shift.scan("Q26-119005-1", "Another tube is scanned")
    number = shift.next_label()
    fields = (("asked_by", "Dr Whitfield"), ("reason", "Ordered twice"))
    shift.command(
        Command.CANCEL_REQUEST,
        "Its ward rings: the request is cancelled",
        Answer(("telephone",), fields=fields),
        request,
    )
    shift.painted("receive-cancelled")
    shift.scan(number, "Its label is scanned all the same")
    asked = shift.ask(Command.SURPLUS, "It is stored as surplus")
    shift.command(Command.SURPLUS, "Reason chosen", Answer((asked.choices[0].code,), subject=asked.subject))
    shift.scan(number, "Its label is scanned on the tube")


def _counted(shift: Shift) -> None:
    shift.ask(Command.NOT_FOR_US, "A pot of another laboratory lies at the bottom")
    fields = (("what", "Pot marked histology"), ("to", "Histology, level 2"))
    shift.command(Command.NOT_FOR_US, "It is passed on unopened", Answer(("other-laboratory",), fields=fields))
    shift.command(Command.CLOSE_DELIVERY, "Eleven were stated, eleven were found")
    shift.painted("today")
