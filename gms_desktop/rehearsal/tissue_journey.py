"""A tissue case from its block to the confirmed receipt of its slides at a second laboratory, and a block on loan.

One slide is left behind and follows; the block is not back in time, is chased, and comes back. Nothing but files goes
from one laboratory to the other. A step that does not come out as it should ends the rehearsal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from gms_desktop.bench import Bench
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue.cutting import Why
from gms_desktop.register import incoming_look_up, look_up, tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.second_laboratory import RECEIVER, SENDER, RehearsalClock, compare_keys, open_laboratory
from gms_desktop.rehearsal.shift import WAIT_S, Shift, Tell
from gms_desktop.send_desk import SendDesk
from gms_desktop.services.answers import Answered
from gms_desktop.services.views import Answer

CASE, LENT = "Q26-119101-1", "Q26-119102-1"
_LOGGED = "Time,Temperature (°C)\n{day} 08:00,19.5\n{day} 09:00,20.1\n"


COPIES = ("sender", "receiver")
Paint = Callable[[str, Bench], object]


def _no_screen(_name: str, _bench: Bench) -> None:
    """Where there is no Qt."""


@dataclass
class Between:
    """What the two laboratories have between them: the clock, and a folder for what goes from one to the other."""

    clock: RehearsalClock
    folder: Path

    def later(self, days: int, tell: Tell) -> None:
        """Some days go by."""
        self.clock.later += timedelta(days=days)
        tell("A day later" if days == 1 else f"{days} days later")


def tissue_to_a_second_laboratory(work: Path, papers: Path, tell: Tell, paint: Paint = _no_screen) -> None:
    """Play the journey.

    Args:
        work: where the two copies work, each in a folder of :data:`COPIES`.
        papers: where the files go that travel between them.
        tell: is told each step.
        paint: paints a screen of a bench by its name.
    """
    papers.mkdir(parents=True)
    between = Between(RehearsalClock(), papers)
    with (
        open_laboratory(work / COPIES[0], SENDER, between.clock, tell) as sender,
        open_laboratory(work / COPIES[1], RECEIVER, between.clock, tell) as receiver,
    ):
        for shift in (sender, receiver):
            shift.painted = partial(_painted, paint, shift)
        compare_keys(sender, receiver)
        blocks = _blocks(sender)
        slides = _cut(sender, blocks[0])
        _agreed(sender, between)
        first = _sent(sender, "tissue", slides)
        lent = _sent(sender, "blocks", blocks[1:])
        between.later(1, tell)
        _straggler(sender, receiver, between, first, slides)
        _received(receiver, between, sender, lent, blocks[1:])
        _acknowledged(sender, between, lent, "Arrived")
        _logged(sender, between, first)
        _overdue(sender, between, lent, blocks[1], tell)


def _painted(paint: Paint, shift: Shift, name: str) -> None:
    paint(name, shift.bench)


def _blocks(shift: Shift) -> tuple[str, ...]:
    shift.bench.take_in(*made_up.tissue_file()).result(WAIT_S)
    return tuple(_booked_in(shift, code, "A block is scanned at Receive") for code in (CASE, LENT))


def _booked_in(shift: Shift, code: str, what: str) -> str:
    shift.screen = "receive"
    _went(shift.scan(code, what), "Matches")
    number = shift.next_label()
    _went(shift.scan(number, "Its label is scanned on it"), "Accepted")
    return number


def _cut(shift: Shift, block: str) -> tuple[str, ...]:
    """A case is opened on its block, and three slides are cut from it."""
    shift.screen = "tissue"
    shift.scan(block, "The block is scanned at Tissue")
    opened = Answer(("urgent",), fields=(("histology", "H26/12345"), ("hospital", "R0A")))
    _went(shift.command(Command.TISSUE_CASE, "Its case is opened", opened), "Case opened")
    shift.scan(block, "The block is scanned again")
    shift.command(Command.TISSUE_JOIN, "It joins the case", Answer(("block",), fields=(("outside", "H26/12345 A1"),)))
    shift.command(Command.TISSUE_BLADE, "A new blade")
    said = Answer(("slide",), fields=(("pieces", "3"), ("thickness", "5"), ("sections", "1")))
    shift.command(Command.TISSUE_CUT, "Three slides are cut", said)
    return shift.bench.recorder.read(lambda ledger: _slides_of(ledger, block)).result(WAIT_S)


def _agreed(shift: Shift, between: Between) -> None:
    """The block is assessed; three slides are fewer than their receiver asks for, and may go all the same."""
    today = dates.display(dates.to_local(between.clock.now(), shift.bench.time_zone).date())
    by = (("by", "Dr A. Example"), ("on", today))
    seen = Answer(("method microscope",), fields=(("neoplastic", "40"), *by))
    _went(shift.command(Command.TISSUE_ASSESS, "A pathologist assesses it", seen), "Assessed")
    said = Answer((Why.SHORT.value,), fields=(*by, ("how", "in person")))
    _went(shift.command(Command.TISSUE_AGREED, "Three slides are few, and may go", said), "Agreement recorded")


def _slides_of(ledger: Ledger, block: str) -> tuple[str, ...]:
    specimen = look_up.specimen_by_accession(ledger.db, block)
    piece = tissue_look_up.piece_of_specimen(ledger.db, specimen["id"]) if specimen else None
    if piece is None:
        raise RuntimeError("the block is in no case")
    return tuple(str(row["number"]) for row in tissue_look_up.pieces_of(ledger.db, piece["id"]))


def _sent(shift: Shift, destination: str, things: tuple[str, ...]) -> str:
    """A consignment is packed, closed and handed over; its number."""
    shift.screen = "send_away"
    _went(shift.command(Command.SEND_OPEN, "A consignment is opened", Answer((destination,))), "Consignment open")
    return _packed(shift, things)


def _packed(shift: Shift, things: tuple[str, ...]) -> str:
    shift.screen = "send_away"
    for one in things:
        packed = shift.scan(one, "It is scanned in").verdict
        if not packed.title.startswith("Packed"):
            raise RuntimeError(f"not packed: {packed.sentence}")
    closed = shift.command(Command.SEND_CLOSE, "It is closed")
    if not closed.verdict.title.startswith("Closed"):
        raise RuntimeError(f"not closed: {closed.verdict.sentence}")
    said = Answer(fields=(("courier", "EXAMPLE courier"), ("reference", "C-77"), ("signed", "J. Rider"), ("at", "")))
    shift.command(Command.SEND_HAND_OVER, "The courier has it", said)
    return SendDesk(shift.bench).view().result(WAIT_S).heading.partition(" ")[0]


def _straggler(sender: Shift, receiver: Shift, between: Between, first: str, slides: tuple[str, ...]) -> None:
    """The receiver misses the third slide; the sender finds it on its bench and sends it after."""
    *came, left = slides
    _received(receiver, between, sender, first, tuple(came), "rest")
    _acknowledged(sender, between, first, "Arrived, not as sent")
    _went(sender.command(Command.SEND_RECONCILE, "It is not reconciled while a slide is missing"), "Not reconciled")
    sender.screen = "send_away"
    sender.scan(left, "The missing slide lies on the sender's bench")
    _went(sender.command(Command.SEND_LEFT_BEHIND, "It was left behind"), "Left behind")
    _went(sender.command(Command.SEND_RECONCILE, "The first consignment"), "Reconciled")
    _went(sender.command(Command.SEND_FOLLOW, "A consignment follows it"), "Consignment open")
    following = _packed(sender, (left,))
    between.later(1, sender.tell)
    _received(receiver, between, sender, following, (left,))
    _acknowledged(sender, between, following, "Arrived")
    _went(sender.command(Command.SEND_RECONCILE, "What followed is confirmed"), "Reconciled")


def _received(
    receiver: Shift, between: Between, sender: Shift, number: str, things: tuple[str, ...], *nothing_else: str
) -> None:
    """The signed file is taken in, what came is booked in, and the answer is written."""
    _shows(sender, number)
    SendDesk(sender.bench).save_papers(between.folder)
    manifest = between.folder / f"{number}-manifest.gmsc"
    plan = receiver.bench.take_in(manifest.name, manifest.read_bytes()).result(WAIT_S)
    receiver.tell(f"The signed file {manifest.name} is taken in\n    {len(plan.landed)} newly expected.")
    for one in things:
        _booked_in(receiver, one, "What came in the box is scanned")
    receiver.screen = "send_away"
    act = receiver.bench.recorder.read(lambda ledger: incoming_look_up.signed(ledger.db, 1)[0]["id"]).result(WAIT_S)
    receiver.command(Command.SEND_INCOMING, "The consignment that was sent to it", argument=str(act))
    receiver.painted("send_away-sent-to-us")
    now = dates.display_minute(dates.to_local(between.clock.now(), receiver.bench.time_zone))
    said = Answer(nothing_else, fields=(("at", now),))
    receiver.ask(Command.SEND_ANSWER, "What came of it?")
    _went(receiver.command(Command.SEND_ANSWER, "The answer is written", said), "Answer written")
    SendDesk(receiver.bench).save_papers(between.folder)


def _acknowledged(sender: Shift, between: Between, number: str, title: str) -> None:
    """The answer that came back is taken in."""
    taken = SendDesk(sender.bench).take_file(between.folder / f"{number}-answer-1.gmsc")
    sender.tell(f"The answer to {number} is taken in\n    {taken.title}. {taken.sentence}")
    if taken.title != title:
        raise RuntimeError(f"{taken.title} came where {title} was awaited")


def _logged(sender: Shift, between: Between, number: str) -> None:
    """The logger that came back is attached to its consignment."""
    _shows(sender, number)
    day = dates.to_local(between.clock.now(), sender.bench.time_zone).date().isoformat()
    path = between.folder / f"{number}-logger.csv"
    path.write_text(_LOGGED.format(day=day), "utf-8")
    said = SendDesk(sender.bench).take_file(path)
    sender.tell(f"The temperature logger is read out\n    {said.title}. {said.sentence}")
    SendDesk(sender.bench).save_papers(between.folder)


def _overdue(sender: Shift, between: Between, number: str, block: str, tell: Tell) -> None:
    """The block is not back by its day: its receiver is chased; then it comes."""
    _shows(sender, number)
    _went(sender.command(Command.SEND_RECONCILE, "The loan is confirmed"), "Reconciled")
    between.later(35, tell)
    for waiting in sender.bench.today().result(WAIT_S).lists:
        for item in waiting.items:
            if item.detail.startswith("OVERDUE"):
                sender.tell(f"Today: {waiting.title}\n    {item.title}: {item.detail}")
    sender.ask(Command.SEND_CHASE, "The loan is chased")
    said = Answer(fields=(("who", "The block store, by letter"), ("words", "")))
    _went(sender.command(Command.SEND_CHASE, "Who is asked", said), "Chased")
    sender.painted("send_away-chased")
    sender.scan(block, "The block is back")
    _went(sender.command(Command.SEND_CAME_BACK, "It came back"), "Back")
    _shows(sender, number)
    _went(sender.command(Command.SEND_END, "Nothing more is expected of it"), "Ended")
    SendDesk(sender.bench).save_papers(between.folder)


def _shows(shift: Shift, number: str) -> None:
    shift.screen = "send_away"
    shift.scan(number, "The consignment's number is scanned")


def _went(answered: Answered, title: str) -> None:
    if answered.verdict.title != title:
        raise RuntimeError(f"{answered.verdict.title} came where {title} was awaited: {answered.verdict.sentence}")
