"""Urgent work: who was told of a specimen, which step has taken it up, and a request that goes first from now on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from gms_desktop import urgent_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.priority_rule import URGENT
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import priorities
from gms_desktop.services.decision_subject import ON_RECEIVE, Subject
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.proceed_commands import request_name
from gms_desktop.services.situation import situation
from gms_desktop.services.views import Answer, Choice, Question

_STEP, _NOBODY, _TOLD = "step:", "nobody-yet", "told"
_MOST = 190


def question(specimen: Row, argument: str, state: str, problems: tuple[str, ...] = ()) -> Question:
    """Who was told; of one that somebody was told of, which step has it."""
    told = state == _TOLD
    steps = tuple(Choice(f"{_STEP}{step}", said) for step, said in urgent_words.STEPS.items())
    how = tuple(Choice(code, said) for code, said in urgent_words.HOW.items())
    nobody = () if told else (Choice(_NOBODY, urgent_words.NOBODY_YET),)
    return Question(
        Command.URGENT,
        urgent_words.question(str(specimen["accession"]), told=told),
        (*steps, *how) if told else (*how, *nobody, *steps),
        many=False,
        fields=(("whom", urgent_words.WHOM),),
        confirm="Record it",
        problems=problems,
        subject=argument,
    )


def asks(db: Database, specimen: Row) -> Question | None:
    """What is asked once the label of an urgent specimen is on it; None where somebody was told already."""
    row = decision_look_up.urgent(db, specimen["id"])
    nobody = row is not None and row["state"] == "nobody told"
    return question(specimen, f"{ON_RECEIVE}{specimen['id']}", "nobody told") if nobody else None


class _Asked(Protocol):
    question: Question | None


def pass_by(desk: _Asked) -> None:
    """Other work goes on while it is asked who was told: what nobody was told of heads Today until somebody is."""
    if desk.question is not None and desk.question.command is Command.URGENT:
        desk.question = None


def urgent(ledger: Ledger, about: Subject, answer: Answer | None) -> Outcome:
    """Record who was told of an urgent specimen, or which step has taken it up."""
    specimen = about.specimen
    if specimen is None:
        return Outcome(words.nothing_in_hand())
    row, number = decision_look_up.urgent(ledger.db, specimen["id"]), str(specimen["accession"])
    if row is None or row["state"] == "taken up":
        return Outcome(urgent_words.not_urgent(number))
    chosen = next(iter(answer.choices), "") if answer else ""
    whom = dict(answer.fields).get("whom", "").strip() if answer else ""
    if chosen.startswith(_STEP):
        step = chosen.removeprefix(_STEP)
        draft = Draft("urgent.acknowledged", {"specimen": specimen["id"], "step": step})
        return Outcome(urgent_words.taken_up(number, step), (draft,))
    if chosen == _NOBODY:
        return Outcome(urgent_words.nobody_yet(number))
    if chosen not in urgent_words.HOW or not whom:
        problems = () if answer is None else (urgent_words.SAY_WHO if chosen else urgent_words.SAY_HOW,)
        asked = question(specimen, about.argument, row["state"], problems)
        return Outcome(words.choose("Urgent", " ".join(problems) or urgent_words.SAY_HOW), question=asked)
    told = tuple(_told(ledger, one, whom, chosen) for one in _told_of(ledger.db, about, specimen))
    return Outcome(urgent_words.told(number, chosen), told)


def _told_of(db: Database, about: Subject, specimen: Row) -> list[str]:
    """Of Find's one specimen; on Receive of every one of the family's that nobody was told of."""
    here = situation(db, about.request["id"]) if about.on_receive and about.request else None
    others = [tube.specimen["id"] for tube in (here.tubes if here else ()) if tube.specimen]
    untold = [one for one in others if (row := decision_look_up.urgent(db, one)) and row["state"] == "nobody told"]
    return list(dict.fromkeys((specimen["id"], *untold)))


def _told(ledger: Ledger, specimen: str, whom: str, how: str) -> Draft:
    pen = ledger.pen()
    body = {"specimen": specimen, "whom": pen.write(whom, f"specimen:{specimen}"), "how": how}
    return Draft("urgent.told", body, pen.values)


def raise_priority(ledger: Ledger, about: Subject, answer: Answer | None) -> Outcome:
    """A request goes first from now on: with who asked for it, and how."""
    if about.request is None:
        return Outcome(words.nothing_open())
    db, request = ledger.db, about.request
    name = request_name(db, request["id"])
    specimens = look_up.specimens_of_request(db, request["id"])[:_MOST]
    if request["priority"] == URGENT and all(row["priority"] == URGENT for row in specimens):
        return Outcome(urgent_words.already_urgent(name))
    how = next((code for code in urgent_words.ASKED_HOW if answer and code in answer.choices), "")
    whom = dict(answer.fields).get("whom", "").strip() if answer else ""
    if answer is None or not how or not whom:
        return _asks_who(about, name, () if answer is None else (urgent_words.SAY_ASKER,))
    draft = _raised(ledger, request, specimens, whom, how, answer.comment.strip())
    return Outcome(urgent_words.raised(name, len(specimens)), (draft,))


def _raised(ledger: Ledger, request: Row, specimens: Sequence[Row], whom: str, how: str | None, why: str) -> Draft:
    pen, subject = ledger.pen(), f"request:{request['id']}"
    body = {
        "request": request["id"],
        "specimens": [row["id"] for row in specimens],
        "priority": URGENT,
        "was": request["priority"],
        "whom": pen.write(whom or None, subject),
        "how": how,
        "comment": pen.write(why or None, subject),
    }
    return Draft("request.priority_raised", body, pen.values)


def raised_by_amendment(
    ledger: Ledger, request: Row, now: Mapping[str, str], whom: str, how: str, why: str
) -> tuple[Draft, ...]:
    """What an amendment to urgent, or to a test of the site's list, means for the specimens that are here.

    Args:
        ledger: the bench's.
        request: as it stood.
        now: its test and priority as amended.
        whom: who asked.
        how: how they asked.
        why: their reason.
    """
    db = ledger.db
    specimens = look_up.specimens_of_request(db, request["id"])[:_MOST]
    types = [row["type"] for row in specimens] or [row["type"] for row in look_up.tubes_of_request(db, request["id"])]
    if priorities.effective(db, now["priority"], now["test"], types) != URGENT:
        return ()
    if request["priority"] == URGENT and all(row["priority"] == URGENT for row in specimens):
        return ()
    return (_raised(ledger, request, specimens, whom, how, why),)


def raised_by_keeping(ledger: Ledger, request: Row, specimen: Row, whom: str, how: str | None) -> tuple[Draft, ...]:
    """What keeping a specimen for an urgent test, or one of the site's list, means for it.

    Args:
        ledger: the bench's.
        request: the test's: its name, test and priority.
        specimen: what is kept, or what it was poured from.
        whom: who asked for the test.
        how: how they asked; None where that was said before.
    """
    wanted = priorities.effective(ledger.db, request["priority"], request["test"], (specimen["type"],))
    if wanted != URGENT or specimen["priority"] == URGENT:
        return ()
    return (_raised(ledger, request, (specimen,), whom, how, ""),)


def _asks_who(about: Subject, name: str, problems: tuple[str, ...]) -> Outcome:
    asked = Question(
        Command.RAISE_PRIORITY,
        urgent_words.raise_title(name),
        tuple(Choice(code, said) for code, said in urgent_words.ASKED_HOW.items()),
        many=False,
        comment_label="Why",
        fields=(("whom", urgent_words.ASKER),),
        confirm="Let it go first",
        problems=problems,
        subject=about.argument,
    )
    return Outcome(words.choose("Raise priority", " ".join(problems) or urgent_words.SAY_ASKER), question=asked)


def told_whom(db: Database, row: Row) -> str:
    """Who was told of an urgent specimen."""
    known = store.private_values(db, [f"specimen:{row['id']}"])
    return known.get(row["told_private"] or "") or "somebody"
