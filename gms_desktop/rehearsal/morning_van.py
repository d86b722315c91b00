"""The rehearsal's morning van: a family, an urgent baby, twins, a leak, a marrow with no label, NIPT, a cancellation.

Made-up patients. Every step goes through the simulated scanner and the bench's own commands.
"""

from __future__ import annotations

from importlib.resources import files

from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.shift import WAIT_S, Shift
from gms_desktop.services.views import Answer

_NIPT = {
    "due": "30/04/2027",
    "weight": "68.5 kg",
    "fetuses": "1",
    "conditions": "T21/T13/T18",
    "chance": "120",
    "offered": "yes",
}
_ABSENT = ("surname", "forename", "birth date", "nhs number", "hospital number", "=absent")


def receive_the_van(shift: Shift) -> None:
    """Book the van's two bags in, each thing in them as the laboratory's rules say, then count it."""
    expect_the_van(shift)
    _arrives(shift)
    _urgent_baby(shift)
    _rest_of_the_family(shift)
    _leaking_bag(shift)
    _twins(shift)
    _marrow(shift)
    _nipt(shift)
    _cancelled(shift)
    _counted(shift)


def expect_the_van(shift: Shift) -> None:
    """Take in the requests of what the van brings."""
    content = files("resources").joinpath("rehearsal", "morning.csv").read_bytes()
    mapping = made_up.expected_file()[2]
    plan = shift.bench.take_in("morning-van.csv", content, mapping).result(WAIT_S)
    shift.tell(f"{len(plan.landed)} more requests are expected")


def _arrives(shift: Shift) -> None:
    asked = shift.ask(Command.NEW_DELIVERY, "The van is here: a delivery is entered")
    said = dict(asked.values) | {"carrier": "DX van", "bags": "BAG-102", "urgent": "BAG-101", "stated": "10"}
    shift.command(Command.NEW_DELIVERY, "What its list says", Answer(("in-order",), fields=tuple(said.items())))
    shift.painted("receive-delivery")


def _received(shift: Shift, code: str, what: str) -> str:
    shift.scan(code, what)
    number = shift.next_label()
    shift.scan(number, "Its label is scanned on the tube")
    return number


def _urgent_baby(shift: Shift) -> None:
    _received(shift, "Q26-119006-1", "The urgent bag holds a baby's tube: R14 goes first by the laboratory's list")
    _told(shift)


def _told(shift: Shift) -> None:
    """Who was told of the urgent work whose last label is on."""
    question = shift.bench.receive_view().result(WAIT_S).question
    assert question is not None
    told = Answer(("phone",), fields=(("whom", "Priya at extraction"),), subject=question.subject)
    shift.command(Command.URGENT, "Extraction is rung up", told, question.subject)
    shift.painted("receive-urgent")


def _rest_of_the_family(shift: Shift) -> None:
    shift.scan("r30000000001", "The referral of this morning's proband is scanned")
    shift.scan("Q26-118836-1", "The father's tube is scanned, the mother's is awaited")
    shift.painted("receive-another-member")
    _received(shift, "Q26-118835-1", "The mother's tube is scanned")
    _received(shift, "Q26-118836-1", "The father's tube is scanned")
    _told(shift)


def _leaking_bag(shift: Shift) -> None:
    shift.scan("BAG-102", "The second bag is scanned: it is wet")
    asked = shift.ask(Command.BAG_LEAKS, "A bag leaks")
    leak = Answer(("BAG-102",), "A tube broke", subject=asked.subject)
    shift.command(Command.BAG_LEAKS, "Everything in it is marked", leak)


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


def _nipt(shift: Shift) -> None:
    first = _received(shift, "Q26-118700-1", "The first NIPT sample, kept back by the ward, is scanned")
    shift.command(
        Command.NIPT_FORM, "What its form states", _form("09/11/2026", "First sample"), _specimen(shift, first)
    )
    rejected = Answer(("5",), fields=(("repeat_asked", "yes"),), subject=f"{_specimen(shift, first)}|2")
    shift.command(Command.NIPT_JUDGE, "Haemolysed: rejected, a repeat was asked for", rejected)
    repeat = _received(shift, "Q26-119004-1", "The repeat sample is scanned")
    form = _form("19/11/2026", "Repeat sample", first=first, repeat_reason="1")
    shift.command(Command.NIPT_FORM, "What the form of the repeat states", form, _specimen(shift, repeat))
    shift.command(Command.NIPT_JUDGE, "The repeat is accepted", Answer(("5",)), _specimen(shift, repeat))


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
    shift.command(Command.CLOSE_DELIVERY, "Ten were stated, ten were found")
    shift.painted("today")
