"""Commands about a lot: enter one that has no code, release it for use, say that it is used up or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import lot_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.lots import ENDS, Standing, by_hand
from gms_desktop.journal.database import Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import lots as register
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import lots, rights
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}
_WORDS, _NUMBER, _EXPIRY = "words", "number", "expiry"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given is Command.ENTER_LOT or given in _OF_A_LOT


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command about a lot out, or ask what must be said first."""
    desk.told = dict(_BY_SCREEN)
    if given is Command.ENTER_LOT:
        return _enter(ledger, desk, answer)
    row = register.lot(ledger.db, (answer.subject if answer else "") or argument)
    if row is None:
        return Outcome(lot_words.no_such(), place="find")
    return replace(_OF_A_LOT[given](ledger, desk, row, answer), place="find")


def _enter(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """A lot without a code: what it is, its number and its last day, as its label says."""
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    expiry = dates.read_day(said.get(_EXPIRY, ""))
    odd = [name for name in (_WORDS, _NUMBER) if not said.get(name)] + ([] if expiry else [_EXPIRY])
    if odd or expiry is None:
        question = Question(
            Command.ENTER_LOT,
            lot_words.ENTER,
            fields=((_WORDS, lot_words.WHAT_IT_IS), (_NUMBER, lot_words.NUMBER), (_EXPIRY, lot_words.EXPIRY)),
            confirm="Enter this lot",
            problems=tuple(lot_words.NEEDS[one] for one in odd) if answer else (),
            values=answer.fields if answer else (),
        )
        desk.question = question
        return Outcome(lot_words.asks_entry(), question=question, place="extract")
    desk.question = None
    lot = replace(by_hand(said[_WORDS], said[_NUMBER]), expiry=expiry)
    until = dates.display(expiry)
    known = register.lot(ledger.db, lot.id)
    if known is not None:
        return Outcome(lot_words.known(lot.number, said[_WORDS], until), place="extract")
    body: Body = {"lot": lot.id, "gtin": lot.gtin, "number": lot.number, "expiry": expiry.isoformat(), "serial": None}
    body |= {"count": None, "additional": None, "elements": [], "unread": [], "words": said[_WORDS]}
    draft = Draft("lot.entered", body | {"bench": desk.place.bench}, input=desk.told)
    return Outcome(lot_words.entered(lot.number, said[_WORDS], until), (draft,), place="extract")


def _release(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """A lot may be used once a person states its acceptance test; one that is past its last day never."""
    number, stands = row["number"], lots.standing(row, rights.today(ledger, desk.time_zone))
    if stands in {Standing.RELEASED, Standing.EXPIRED}:
        return Outcome(lot_words.cannot_be_released(number, stands))
    words = dict(answer.fields).get(_WORDS, "").strip() if answer else ""
    test = answer.comment.strip() if answer else ""
    if not (words and test):
        before = words or row["words"] or register.words_of_article(ledger.db, row["gtin"])
        question = Question(
            Command.RELEASE_LOT,
            f"Release lot {number} for use?",
            comment_label=lot_words.ACCEPTANCE,
            fields=((_WORDS, lot_words.WHAT_IT_IS),),
            confirm="Release this lot",
            problems=(lot_words.needs_test(),) if answer else (),
            subject=row["id"],
            values=((_WORDS, before),) if before else (),
        )
        return Outcome(lot_words.asks_release(number), question=question)
    last, pen = f"last:lot:{row['id']}", ledger.pen()
    rests = ledger.driver.holders([last])[last]
    body = {"lot": row["id"], "words": words, "note": pen.write(test, f"lot:{row['id']}"), "rests_on": rests}
    draft = Draft("lot.released", body | {"bench": desk.place.bench}, pen.values, input=desk.told)
    return Outcome(lot_words.released(number, words), (draft,))


def _end(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    number, how = row["number"], next((one for one in ENDS if answer and one.value in answer.choices), None)
    why = answer.comment.strip() if answer else ""
    if how is None or (how is Standing.WITHDRAWN and not why):
        question = Question(
            Command.END_LOT,
            f"Is lot {number} used no more?",
            tuple(Choice(code, said) for code, said in lot_words.ENDS.items()),
            many=False,
            comment_label=lot_words.WHY_ENDED,
            confirm="Record it",
            problems=(lot_words.needs_why(),) if answer else (),
            subject=row["id"],
            chosen=answer.choices if answer else (),
        )
        return Outcome(lot_words.asks_end(number), question=question)
    pen = ledger.pen()
    note = pen.write(why, f"lot:{row['id']}") if why else None
    body = {"lot": row["id"], "how": how.value, "note": note, "bench": desk.place.bench}
    return Outcome(lot_words.ended(number, how), (Draft("lot.ended", body, pen.values, input=desk.told),))


_OF_A_LOT: Mapping[Command, Callable[[Ledger, Desk, Row, Answer | None], Outcome]] = {
    Command.RELEASE_LOT: _release,
    Command.END_LOT: _end,
}
