"""Commands at reception: hold, reject, put off, print again, another tube … Each asks what it must know, then acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gms_desktop import queue_words, review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_queue import QUEUED
from gms_desktop.domain.label_sorts import LabelSort, stuck_on
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Row
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    arrive,
    case_list,
    consent_check,
    decide,
    hold_terms,
    identity,
    identity_check,
    receive,
    reject_twice,
    site_rules,
    unannounced,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Match, Resolved
from gms_desktop.services.site_rules import Reason
from gms_desktop.services.situation import Situation, Tube, open_situation, situation
from gms_desktop.services.views import Answer, Choice, Question

Handler = Callable[[Ledger, Desk, Situation | None, Answer | None, str], Outcome]


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str = "") -> Outcome:
    """Carry out a command, or ask what must be said first."""
    desk.told = {"by": "hand", "device": "screen"}
    # A code scanned again after a command is meant: only the scanner's own repeat is passed over.
    desk.last_code = ""
    if given is Command.CANCEL:
        if desk.question is None:
            desk.downtime = None
        desk.question = None
        return Outcome(words.cancelled())
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    outcome = _carried_out(ledger, desk, given, answer, argument)
    desk.question = outcome.question
    return outcome


def _asked_of(tube: Tube, question: Question) -> Question:
    """The question with the tube that it is about: another may lie in the hand when it is answered."""
    return replace(question, subject=str(tube.specimen["id"] if tube.specimen else ""))


def _carried_out(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    if given in _OF_REVIEW:
        from gms_desktop.services import review_commands

        return review_commands.command(ledger, desk, given, answer, argument)
    if given not in _HANDLERS:
        from gms_desktop.services import downtime_commands

        return downtime_commands.command(ledger, desk, given, answer, argument)
    return _HANDLERS[given](ledger, desk, open_situation(ledger.db, desk.place.bench), answer, argument)


_OF_REVIEW = frozenset(
    {
        Command.KEEP_LEFT,
        Command.KEEP_RIGHT,
        Command.KEEP_BOTH,
        Command.CASE_TASK,
        Command.CASE_LABEL,
        Command.CASE_DESTROYED,
        Command.REOPEN_CASE,
        Command.LINK_PATIENTS,
    }
)


def _decide(given: Command) -> Handler:
    def handler(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, argument: str) -> Outcome:
        tube = _chosen(here, argument, answer)
        if here is None or tube is None or tube.specimen is None:
            return Outcome(words.nothing_in_hand() if here else words.nothing_open())
        if tube.held:
            return Outcome(_in_dispute(ledger, tube))
        outcome = decide.OUTCOMES[given]
        found = identity.of_tube(ledger.db, here, tube, by_eye=outcome.startswith("accepted"))
        values = hold_terms.prefilled(ledger, tube.request)
        if outcome.startswith("accepted") and (refusal := consent_check.refused(ledger.db, tube)) is not None:
            return Outcome(refusal)
        if given is Command.ACCEPT_WITH_COMMENT and (why := identity_check.problem(found)):
            return Outcome(words.refused("Not with a comment", f"Tube {tube.number}: {why}"))
        if answer is None:
            asked = _asked_of(tube, decide.question(ledger.db, given, tube.number, values=values))
            return Outcome(words.choose(asked.confirm, "Choose the reasons, then confirm."), question=asked)
        missing = () if reject_twice.is_second(answer) else decide.problems(ledger.db, given, answer)
        if missing:
            asked = _asked_of(tube, decide.question(ledger.db, given, tube.number, missing, values))
            return Outcome(words.choose("There is a problem", " ".join(missing)), question=asked)
        name, specimen = f"tube {tube.number}", str(tube.specimen["id"])
        again = reject_twice.asked(ledger, desk, given, name, tube.type, answer, specimen)
        if isinstance(again, Outcome):
            return again
        answer = again
        draft = decide.decision(
            ledger, tube.specimen["id"], outcome, found.lines, answer, told=desk.told, identity=found
        )
        said = words.decided(tube.number, tube.specimen["accession"], outcome, label_waits=tube.label_waits)
        return Outcome(said, (draft,))

    return handler


def _in_dispute(ledger: Ledger, tube: Tube) -> Verdict:
    assert tube.specimen is not None
    row = case_list.held(ledger.db, f"specimen:{tube.specimen['id']}")
    what = case_list.row_title(row) if row else "Review lists it"
    return review_words.in_dispute(str(tube.specimen["accession"]), what)


def _chosen(here: Situation | None, argument: str, answer: Answer | None) -> Tube | None:
    if here is None:
        return None
    if answer is not None and answer.subject:
        return next((tube for tube in here.tubes if tube.specimen and tube.specimen["id"] == answer.subject), None)
    if argument:
        return next((tube for tube in here.tubes if tube.key == argument), None)
    received = [(tube.specimen["received_at"], place, tube) for place, tube in enumerate(here.here) if tube.specimen]
    return here.in_hand or (max(received)[2] if received else None)


def _something_differs(
    ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, _argument: str
) -> Outcome:
    tube = here.in_hand if here else None
    outcome = identity_check.something_differs(ledger, desk.told, here, tube, _of_it(tube, answer))
    if tube is None or outcome.question is None:
        return outcome
    return replace(outcome, question=_asked_of(tube, outcome.question))


def _of_it(tube: Tube | None, answer: Answer | None) -> Answer | None:
    """An answer about the tube in hand; one about another tube is none, so that the question is asked of this one."""
    if answer is None or not answer.subject or (tube and tube.specimen and tube.specimen["id"] == answer.subject):
        return answer
    return None


def _no_code(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, _argument: str) -> Outcome:
    if here is None:
        return Outcome(words.nothing_open())
    if here.in_hand:
        return Outcome(_blocked(here.in_hand))
    if not here.may_come:
        return Outcome(words.attention("No tube awaited", "Every expected tube is here. Is this an unannounced one?"))
    if len(here.may_come) == 1:
        return receive.receive_tube(ledger, desk, here, here.may_come[0], "eye", None)
    chosen = next((tube for tube in here.may_come if answer and tube.key in answer.choices), None)
    if chosen:
        return receive.receive_tube(ledger, desk, here, chosen, "eye", None)
    choices = tuple(Choice(tube.key, _in_the_hand(here, tube)) for tube in here.may_come)
    asked = Question(Command.NO_CODE, "Which tube is in your hand?", choices, many=False, confirm="Receive this tube")
    return Outcome(words.choose("No code", "Choose the tube in your hand, then confirm."), question=asked)


def _in_the_hand(here: Situation, tube: Tube) -> str:
    said = f"Tube {tube.number}  {here.who(tube).name}  {tube.type}"
    return f"{said}  (request cancelled)" if tube.cancelled else said


def _blocked(tube: Tube) -> Verdict:
    assert tube.specimen is not None
    return words.label_waits(tube.specimen["accession"], tube.number)


def _another_tube(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, _argument: str) -> Outcome:
    if here is None or not desk.asked or not desk.question:
        return Outcome(words.nothing_in_hand())
    if answer is not None and not answer.choices:
        return Outcome(words.same_again(desk.asked.code), question=desk.question)
    code, desk.asked = desk.asked, None
    # The command alone, by its key, says the same as its choice.
    if answer is not None and "another" not in answer.choices:
        return Outcome(words.same_tube())
    fits = receive.fitting(here, code)
    if not fits:
        return Outcome(words.nothing_in_hand())
    awaited = next((tube for tube in fits if tube.specimen is None and receive.may_carry(tube, code)), None)
    if awaited:
        return receive.receive_tube(ledger, desk, here, awaited, "code", code)
    like = fits[0]
    extra = Tube(len(here.tubes) + 1, like.request, None, like.type, "", None, None)
    return receive.receive_tube(ledger, desk, here, extra, "code", code)


def _open_request(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, argument: str) -> Outcome:
    chosen = argument or next(iter(answer.choices if answer else ()), "")
    around = situation(ledger.db, chosen) if chosen else None
    if around is None:
        return Outcome(words.choose("Which request?", "Choose a request, then confirm."), question=desk.question)
    if here and here.in_hand:
        return Outcome(_blocked(here.in_hand))
    code = Resolved(around.name, (), private=False, matches=(Match(chosen),))
    return receive.open_request(ledger, desk, here, around, code)


def _put_off(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, _argument: str) -> Outcome:
    return _end_label(ledger, desk, here, answer, Command.PUT_LABEL_OFF)


def _spoiled(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, _argument: str) -> Outcome:
    return _end_label(ledger, desk, here, answer, Command.LABEL_SPOILED)


_ENDS = {
    Command.PUT_LABEL_OFF: ("put off", "label.put_off", "Why is the label of tube {n} put off?", "Put label {n} off"),
    Command.LABEL_SPOILED: ("spoil", "label.spoiled", "What is wrong with the label of tube {n}?", "Spoil label {n}"),
}


def _end_label(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, given: Command) -> Outcome:
    tube = here.in_hand if here else None
    if tube is None or tube.label is None or tube.specimen is None or not tube.label_waits:
        return Outcome(words.nothing_in_hand())
    answer = _of_it(tube, answer)
    used_for, kind, title, confirm = _ENDS[given]
    offered = site_rules.reasons(ledger.db, used_for)
    chosen = next((reason for reason in offered if answer and reason.code in answer.choices), None)
    if chosen is None:
        choices = tuple(Choice(reason.code, reason.words) for reason in offered)
        n = tube.number
        asked = Question(given, title.format(n=n), choices, many=False, confirm=confirm.format(n=n))
        asked = _asked_of(tube, asked)
        return Outcome(words.choose(confirm.format(n=n), "Choose the reason, then confirm."), question=asked)
    draft = Draft(kind, {"label": tube.label["id"], "reason": chosen.code}, input=desk.told)
    number = str(tube.specimen["accession"])
    said = words.put_off(number, tube.number) if used_for == "put off" else words.spoiled(number, tube.number)
    return Outcome(said, (draft,))


def _print_again(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, argument: str) -> Outcome:
    tube = _label_wanted(here, argument, answer)
    if tube is None or tube.label is None or tube.specimen is None:
        return Outcome(words.nothing_in_hand())
    if here and here.in_hand and here.in_hand.key != tube.key:
        return Outcome(_blocked(here.in_hand))
    if tube.held:
        return Outcome(_in_dispute(ledger, tube))
    if tube.label["state"] in QUEUED:
        return Outcome(queue_words.in_queue(str(tube.label["accession"])))
    offered = site_rules.reasons(ledger.db, "reprint")
    chosen = next((reason for reason in offered if answer and reason.code in answer.choices), None)
    if chosen is None:
        choices = tuple(Choice(reason.code, reason.words) for reason in offered)
        title = f"Why is the label of tube {tube.number} printed again?"
        asked = Question(Command.PRINT_AGAIN, title, choices, many=False, confirm=f"Print label {tube.number} again")
        asked = _asked_of(tube, asked)
        return Outcome(words.choose("Print again", "Choose the reason, then confirm."), question=asked)
    drafts, label = reprint(desk, tube.label, chosen)
    copy = int(tube.label["copy"]) + 1
    said = words.printing_again(tube.label["accession"], copy, tube.number, destroy=len(drafts) > 1)
    return Outcome(said, drafts, print_labels=(label,))


def reprint(desk: Desk, label: Row, reason: Reason) -> tuple[tuple[Draft, ...], str]:
    """A further copy with its reason. It takes the former one's place, unless that one stays on its container."""
    copy = int(label["copy"]) + 1
    made = _next_copy(desk, label, copy, reason.code)
    stays = reason.former_stays and label["state"] == "verified"
    if stays or label["state"] == "spoiled":
        return (made,), str(made.body["label"])
    spoil = Draft("label.spoiled", {"label": label["id"], "reason": reason.code}, input=desk.told)
    return (spoil, made), str(made.body["label"])


def _next_copy(desk: Desk, label: Row, copy: int, reason: str) -> Draft:
    if label["specimen"] is None:
        stuck = stuck_on(label["id"], label["subject"])
        return arrive.thing_draft(desk.place, label["sort"], stuck, label["accession"], copy, reason)
    draft = arrive.label_draft(desk.place, label["specimen"], label["accession"], copy, reason)
    # A slide's further label is one of slides, an eluate's one of its tube.
    sort, about = LabelSort(label["sort"] or LabelSort.TUBE), label["subject"] or draft.body["subject"]
    at = arrive.printed_at(desk.place, sort, str(label["accession"]), copy, reason)
    return replace(draft, body=draft.body | {"sort": sort.value, "subject": about} | at)


def _label_wanted(here: Situation | None, argument: str, answer: Answer | None) -> Tube | None:
    if here is None:
        return None
    if argument or (answer and answer.subject):
        return _chosen(here, argument, answer)
    return here.in_hand or next(iter(here.put_aside), None)


def _finish(_ledger: Ledger, desk: Desk, here: Situation | None, _answer: Answer | None, _argument: str) -> Outcome:
    if here is None:
        return Outcome(words.nothing_open())
    if here.in_hand:
        return Outcome(_blocked(here.in_hand))
    if here.keeps_patient:
        numbers = words.names(tuple(str(tube.specimen["accession"]) for tube in here.keeps_patient if tube.specimen))
        return Outcome(words.patient_change(numbers))
    body = {"bench": desk.place.bench, "request": here.request["id"], "awaited": len(here.awaited)}
    return Outcome(words.finished(here.name, len(here.awaited)), (Draft("reception.closed", body, input=desk.told),))


def _unannounced(ledger: Ledger, desk: Desk, here: Situation | None, answer: Answer | None, _argument: str) -> Outcome:
    if here and here.in_hand:
        return Outcome(_blocked(here.in_hand))
    if here and here.keeps_patient:
        return _finish(ledger, desk, here, None, "")
    if answer is None:
        return Outcome(
            words.choose("Unannounced", "Enter what the tube says, then confirm."),
            question=unannounced.asked(code=desk.unknown),
        )
    return unannounced.book(ledger, desk, answer)


_HANDLERS: dict[Command, Handler] = {
    **{given: _decide(given) for given in decide.OUTCOMES},
    Command.SOMETHING_DIFFERS: _something_differs,
    Command.NO_CODE: _no_code,
    Command.ANOTHER_TUBE: _another_tube,
    Command.OPEN_REQUEST: _open_request,
    Command.PUT_LABEL_OFF: _put_off,
    Command.LABEL_SPOILED: _spoiled,
    Command.PRINT_AGAIN: _print_again,
    Command.TAKE_UP_LABEL: _print_again,
    Command.FINISH: _finish,
    Command.UNANNOUNCED: _unannounced,
}
