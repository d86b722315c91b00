"""Commands about a specimen as it is found: condition, volume and type, steps done, what came with it, separation.

None of them decides: what becomes of a specimen is a decision of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gms_desktop import examination_words, review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.time_limits import Standing
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_list,
    examined,
    separate,
    site_rules,
    specimen_lists,
    time_left,
    wgs_answer,
    what_was_found,
)
from gms_desktop.services.examine_view import TOUCH
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.situation import Tube, open_situation
from gms_desktop.services.views import Answer, Choice, Question


@dataclass(frozen=True)
class Target:
    """The specimen that a command is about.

    Attributes:
        row: the specimen.
        what: as the question names it: "tube 1", or its number.
        argument: as a button names it: the tube on Receive, the specimen on Find.
        place: the screen that the work goes on with.
        touched: the condition that one touch says.
    """

    row: Row
    what: str
    argument: str
    place: str
    touched: str = ""

    @property
    def number(self) -> str:
        """Our number."""
        return str(self.row["accession"])


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry out a command about a specimen as it is found, or ask what must be said first."""
    desk.told = {"by": "hand", "device": "screen"}
    desk.last_code = ""
    target = _target(ledger, desk, (answer.subject if answer else "") or argument)
    if target is None:
        return Outcome(examination_words.which_specimen())
    if target.place == "" and desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    if row := case_list.held(ledger.db, f"specimen:{target.row['id']}"):
        return Outcome(review_words.in_dispute(target.number, case_list.row_title(row)), place=target.place)
    outcome = _DO[given](ledger, desk, target, answer, zone)
    if outcome.question is not None:
        outcome = replace(outcome, question=replace(outcome.question, subject=target.argument))
    if not target.place:
        desk.question = outcome.question
    return replace(outcome, place=target.place)


def _target(ledger: Ledger, desk: Desk, argument: str) -> Target | None:
    """A specimen by name is meant on Find, a tube, or none in particular, on Receive."""
    name, _, touched = argument.partition(TOUCH)
    if name and "/" not in name:
        row = look_up.row(ledger.db, "specimen", name)
        return Target(row, str(row["accession"]), name, "find", touched) if row else None
    here = open_situation(ledger.db, desk.place.bench)
    tubes = here.tubes if here else ()
    last = (here.in_hand or _last(here.here)) if here else None
    tube = next((one for one in tubes if one.key == name), None) if name else last
    if tube is None or tube.specimen is None:
        return None
    return Target(tube.specimen, f"tube {tube.number}", tube.key, "", touched)


def _last(tubes: tuple[Tube, ...]) -> Tube | None:
    """The tube received last: it may just have got its label."""
    received = [(tube.specimen["received_at"], place) for place, tube in enumerate(tubes) if tube.specimen]
    return tubes[max(received)[1]] if received else None


def _condition(ledger: Ledger, desk: Desk, target: Target, answer: Answer | None, _zone: str) -> Outcome:
    listed = specimen_lists.types(ledger.db)
    former = examined.examined(ledger.db, target.row["id"]).condition or ()
    if answer is None and not target.touched:
        choices = tuple(Choice(one.code, one.words) for one in listed.conditions)
        title = f"What is seen on {target.what}?"
        asked = Question(Command.CONDITION, title, choices, confirm="Note what is seen")
        said = "Choose all that is seen, then confirm. Nothing chosen: nothing is seen."
        return Outcome(words.choose("Condition", said), question=asked)
    # One touch adds what is seen, and touched again takes it back; an answer says all that is seen.
    chosen = set(former) ^ {target.touched} if answer is None else set(answer.choices)
    seen = [one.code for one in listed.conditions if one.code in chosen]
    said = ", ".join(listed.condition_words(code).lower() for code in seen) or examination_words.NOTHING_SEEN
    draft = examined.draft(target.row["id"], desk.place.bench, desk.told, {"condition": seen})
    return Outcome(examination_words.examined(target.number, said), (draft,))


def _examine(ledger: Ledger, desk: Desk, target: Target, answer: Answer | None, zone: str) -> Outcome:
    kind = examined.type_of(ledger.db, target.row)
    found = what_was_found.read(ledger, target.row, kind, answer, zone) if answer else None
    if found is None or found.problems:
        asked = what_was_found.question(target.what, kind, found.problems if found else ())
        said = " ".join(asked.problems) or "Enter what was found, then confirm."
        return Outcome(words.choose("Volume and type", said), question=asked)
    draft = examined.draft(target.row["id"], desk.place.bench, desk.told, found.seen, found.private)
    differs = found.seen.get("type_found")
    if differs:
        said_so = examination_words.type_differs(target.number, str(differs), str(target.row["type"]))
        return Outcome(said_so, (draft,))
    return Outcome(examination_words.examined(target.number, found.words), (draft,))


def _step_done(ledger: Ledger, desk: Desk, target: Target, answer: Answer | None, zone: str) -> Outcome:
    running = time_left.running(ledger, target.row, zone)
    if not running:
        return Outcome(words.attention("No limit runs", examination_words.NO_LIMIT))
    chosen = next((one.limit.step for one in running if answer and one.limit.step in answer.choices), None)
    if chosen is None:
        asked = Question(
            command=Command.STEP_DONE,
            title=f"Which step was done with {target.what}?",
            choices=tuple(Choice(one.limit.step, f"{one.limit.step}: {one.words(zone)}") for one in running),
            many=False,
            confirm="Say that it is done",
            problems=(examination_words.CHOOSE_STEP,) if answer else (),
        )
        return Outcome(words.choose("Step done", "Choose the step, then confirm."), question=asked)
    body = {"specimen": target.row["id"], "step": chosen, "bench": desk.place.bench}
    return Outcome(
        examination_words.step_done(target.number, chosen), (Draft("specimen.step_done", body, input=desk.told),)
    )


def _wgs(ledger: Ledger, desk: Desk, target: Target, answer: Answer | None, _zone: str) -> Outcome:
    found = wgs_answer.read(ledger.db, target.row, answer) if answer else None
    if found is None or found.problems:
        asked = wgs_answer.question(ledger.db, target.row, target.what, found.problems if found else ())
        absent = words.names(specimen_lists.haemonc(ledger.db).absent)
        said = " ".join(asked.problems) or examination_words.not_looked_for(absent)
        return Outcome(words.choose("What came with it", said), question=asked)
    draft = examined.draft(target.row["id"], desk.place.bench, desk.told, found.seen)
    return Outcome(examination_words.examined(target.number, found.words), (draft,))


def _separate(ledger: Ledger, desk: Desk, target: Target, answer: Answer | None, zone: str) -> Outcome:
    return separate.carried_out(ledger, desk, target.row, target.what, answer, zone)


def with_limits(ledger: Ledger, desk: Desk, outcome: Outcome, zone: str) -> Outcome:
    """The question why a tube is held or rejected, with the reason that a passed limit offers named and first."""
    asked, code = outcome.question, specimen_lists.too_old(ledger.db)
    if asked is None or not code or code not in {choice.code for choice in asked.choices}:
        return outcome
    specimen = look_up.row(ledger.db, "specimen", asked.subject)
    past = [
        one
        for one in (time_left.running(ledger, specimen, zone) if specimen else ())
        if one.left.standing in {Standing.PAST, Standing.MAY_BE_PAST}
    ]
    if not past:
        return outcome
    what = f"{past[0].limit.step}: {past[0].words(zone)}"
    said = examination_words.offered_reason(site_rules.reason_words(ledger.db).get(code, code), what)
    first = tuple(replace(one, label=said) for one in asked.choices if one.code == code)
    asked = replace(asked, choices=(*first, *(one for one in asked.choices if one.code != code)))
    desk.question = asked
    return replace(outcome, question=asked)


_Handler = Callable[[Ledger, Desk, Target, Answer | None, str], Outcome]
_DO: dict[Command, _Handler] = {
    Command.CONDITION: _condition,
    Command.EXAMINE: _examine,
    Command.STEP_DONE: _step_done,
    Command.WGS_CHECK: _wgs,
    Command.SEPARATE: _separate,
    Command.ALIQUOT_LABELS: lambda ledger, desk, target, _answer, _zone: separate.print_again(ledger, desk, target.row),
}
