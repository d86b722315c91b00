"""What was said of a consignment is put right with a reason: how it arrived, or that it is reconciled or ended.

Nothing is overwritten: the entry names those in whose place it stands, and they stay in the history.
"""

from __future__ import annotations

from gms_desktop import answer_correct_words as said_of
from gms_desktop import send_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import State, Told
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.kinds_of_consignments import MOST_TOLD
from gms_desktop.register import consignment_look_up, said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import incoming_correcting, send_commands, send_journey
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Offer, Question

ARRIVED, CORRECTED = "consignment.arrived", "consignment.arrival_corrected"
_NOT_ARRIVED = "not arrived"
_STEPS = {State.RECONCILED: "reconciled", State.ENDED: "ended"}


def offers(state: State) -> tuple[Offer, ...]:
    """The button that puts right what was said, where something was."""
    if state is State.ARRIVED:
        return (Offer(Command.SEND_CORRECT, said_of.CORRECT),)
    return (Offer(Command.SEND_CORRECT, said_of.UNDO[_STEPS[state]]),) if state in _STEPS else ()


def correct(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Ask what is right and why, of what is in view."""
    if desk.send.incoming:
        return incoming_correcting.take_back(ledger, desk, answer)
    row = send_commands.in_view(ledger, desk)
    if row is None:
        return Outcome(send_words.nothing_in_view())
    state = State(row["state"])
    if state in _STEPS:
        return _undo(ledger, desk, row, _STEPS[state], answer)
    if state is not State.ARRIVED:
        return Outcome(said_of.not_now(str(row["number"])))
    return _arrival(ledger, desk, row, answer)


def _undo(ledger: Ledger, desk: Desk, row: Row, step: str, answer: Answer | None) -> Outcome:
    number, why = str(row["number"]), answer.comment.strip() if answer else ""
    if not why:
        return _asked(said_of.asks_undo(number, step), answer)
    pen = ledger.pen()
    body = {
        "consignment": row["id"],
        "step": step,
        "replaces": [one.id for one in _entries(ledger.db, row["id"], f"consignment.{step}")[-1:]],
        "reason": pen.write(why, f"consignment:{row['id']}"),
        "rests_on": send_commands.rests_on(ledger, row),
        "bench": desk.place.bench,
    }
    draft = Draft("consignment.step_undone", body, pen.values, input=desk.told)
    return Outcome(said_of.undone(number, step), (draft,))


def _asked(title: str, answer: Answer | None) -> Outcome:
    problems = (said_of.WHY_PROBLEM,) if answer else ()
    question = Question(Command.SEND_CORRECT, title, comment_label=said_of.WHY, confirm=said_of.ACT, problems=problems)
    return Outcome(words.choose(title, said_of.WHY_PROBLEM if answer else ""), question=question)


def _arrival(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    recorded = _recorded(ledger.db, desk, row)
    if answer is None:
        return _asked_arrival(row, Answer(fields=recorded), ())
    said, why = send_journey.fields_of(answer), answer.comment.strip()
    if _NOT_ARRIVED in answer.choices and why:
        return Outcome(said_of.not_arrived(str(row["number"])), withdrawn(ledger, desk, row, why))
    at, problem = send_journey.moment(ledger, desk, said.get(send_words.AT, ""))
    told, wrong = send_journey.told_of(ledger, row, said)
    same = _NOT_ARRIVED not in answer.choices and said == dict(recorded)
    found = (
        problem,
        "" if said.get(send_words.HOW) else send_words.NEEDS_HOW,
        wrong,
        said_of.NOTHING_PROBLEM if same else "",
        "" if why else said_of.WHY_PROBLEM,
    )
    if any(found):
        return _asked_arrival(row, answer, tuple(filter(None, found)))
    return corrected(ledger, desk, row, at, said, told, why)


def _recorded(db: Database, desk: Desk, row: Row) -> tuple[tuple[str, str], ...]:
    """What is recorded of the arrival, as a person would enter it."""
    private = store.private_values(db, [f"consignment:{row['id']}"])
    items = consignment_look_up.items(db, row["id"])
    amiss = {
        one.value: " ".join(str(item["number"]) for item in items if item["told"] == one)
        for one in (Told.MISSING, Told.DAMAGED, Told.REJECTED)
    }
    known = {
        send_words.HOW: private.get(row["how_private"] or "") or "",
        send_words.AT: local_minute(row["arrived_at"], desk.time_zone),
        **amiss,
        send_words.WORDS: private.get(row["words_private"] or "") or "",
    }
    return tuple((name, known[name]) for name, _ in send_words.ARRIVED_FIELDS)


def _asked_arrival(row: Row, answer: Answer, problems: tuple[str, ...]) -> Outcome:
    title = said_of.asks(str(row["number"]))
    question = Question(
        Command.SEND_CORRECT,
        title,
        (Choice(_NOT_ARRIVED, said_of.NOT_ARRIVED),),
        comment_label=said_of.WHY,
        fields=send_words.ARRIVED_FIELDS,
        confirm=said_of.ACT,
        problems=problems,
        values=answer.fields,
        chosen=answer.choices,
    )
    return Outcome(words.choose(title, " ".join(problems)), question=question)


def told(ledger: Ledger, desk: Desk, row: Row, answer: Answer, why: str) -> Outcome:
    """What the receiver's signed answer puts right; a question where it says what a person must look at."""
    said = send_journey.fields_of(answer)
    at, problem = send_journey.moment(ledger, desk, said.get(send_words.AT, ""))
    named, wrong = send_journey.told_of(ledger, row, said)
    if problem or wrong:
        return send_commands.command(ledger, desk, Command.SEND_ARRIVED, answer, "")
    return corrected(ledger, desk, row, at, said, named, why)


def corrected(
    ledger: Ledger, desk: Desk, row: Row, at: str, said: dict[str, str], told: list[list[str]], why: str
) -> Outcome:
    """It arrived, and otherwise than was recorded.

    Args:
        ledger: the bench's.
        desk: its memory.
        row: of the consignment.
        at: when it arrived (UTC text).
        said: how that is known, and what was said besides, by field of :mod:`send_words`.
        told: sort, identity and outcome of each thing that something is said of.
        why: what was recorded before is not right.
    """
    amiss = sum(1 for *_, one in told if one != Told.RECEIVED)
    drafts = _drafts(ledger, desk, row, (at, said.get(send_words.HOW), said.get(send_words.WORDS)), told, why)
    return Outcome(said_of.corrected(str(row["number"]), amiss), drafts)


def withdrawn(ledger: Ledger, desk: Desk, row: Row, why: str) -> tuple[Draft, ...]:
    """It did not arrive: nothing that was said of it, or of a thing in it, holds."""
    items = consignment_look_up.items(ledger.db, row["id"])
    told = [[one["sort"], one["item"], None] for one in items if one["told"]]
    return _drafts(ledger, desk, row, (None, None, None), told, why)


def _drafts(
    ledger: Ledger,
    desk: Desk,
    row: Row,
    said: tuple[str | None, str | None, str | None],
    told: list[list[str]] | list[list[str | None]],
    why: str,
) -> tuple[Draft, ...]:
    pen, subject = ledger.pen(), f"consignment:{row['id']}"
    at, how, note = said
    body = {
        "consignment": row["id"],
        "replaces": list(_standing(ledger.db, row["id"])),
        "at": at,
        "how": pen.write(how, subject),
        "words": pen.write(note, subject),
        "reason": pen.write(why, subject),
        "bench": desk.place.bench,
    }
    lots = [told[start : start + MOST_TOLD] for start in range(0, len(told), MOST_TOLD)] or [[]]
    return tuple(
        Draft(CORRECTED, body | {"items": lot}, pen.values if place == 0 else (), input=desk.told)
        for place, lot in enumerate(lots)
    )


def _standing(db: Database, consignment: str) -> tuple[str, ...]:
    """The entries that say how it arrived, as it stands: those of the act that said so last."""
    every = [*_entries(db, consignment, ARRIVED), *_entries(db, consignment, CORRECTED)]
    last = max(every, key=lambda one: one.occurred_at, default=None)
    return tuple(one.id for one in every if last is not None and one.action == last.action)


def _entries(db: Database, consignment: str, kind: str) -> list[Entry]:
    return said_look_up.of_kind(db, f"consignment:{consignment}", kind)


def facts(db: Database, row: Row) -> tuple[tuple[str, str], ...]:
    """How often what was said of it was corrected, and why the last time."""
    if not row["corrected"]:
        return ()
    return (("Corrected", said_of.fact(row["corrected"], reason(db, row))),)


def reason(db: Database, row: Row) -> str:
    """Why it was corrected the last time; empty where the words are not at this bench."""
    private = store.private_values(db, [f"consignment:{row['id']}"])
    return private.get(row["correction_private"] or "") or ""
