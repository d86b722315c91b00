"""Commands of the People, Confirm and Handover screens that need no badge or PIN: each asks what must be said first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gms_desktop import people_words, review_words, rights_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.rights import Alone
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up, people_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import lapsing, people, rights, second_person
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.second_person import Shown, Witness
from gms_desktop.services.views import Answer, Choice, Question

PEOPLE, CONFIRM, HANDOVER = "people", "confirm", "handover"
_PLACES = {
    Command.CHANGE_ROLE: PEOPLE,
    Command.GRANT_COMPETENCE: PEOPLE,
    Command.WITHDRAW_COMPETENCE: PEOPLE,
    Command.CONFIRM_SECOND: CONFIRM,
    Command.DECLINE_SECOND: CONFIRM,
    Command.REVIEW_SESSION: CONFIRM,
}


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _PLACES


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str, zone: str) -> Outcome:
    """Carry out a command about people, or ask what must be said first."""
    actor, place = rights.actor(ledger.db, desk.place.bench), _PLACES[given]
    if actor is None:
        return Outcome(words.locked_scan(), place=place)
    subject = (answer.subject if answer else "") or argument
    try:
        outcome = _DO[given](ledger, actor, answer, subject, zone)
    except Refused as fault:
        return Outcome(words.refused("Not done", str(fault)), place=place)
    drafts = tuple(replace(draft, input=desk.told) for draft in outcome.drafts)
    return replace(outcome, drafts=drafts, place=place)


def _role(ledger: Ledger, actor: rights.Actor, _answer: Answer | None, subject: str, _zone: str) -> Outcome:
    operator, _, role = subject.partition("/")
    draft = people.role_changed(ledger, operator, role, actor.operator)
    name, given = people.name_of(ledger.db, operator), draft.kind == "role.granted"
    title = "Role given" if given else "Role withdrawn"
    said = f"{name} is {role} from now on." if given else f"{name} is {role} no more, at every bench that hears of it."
    return Outcome(people_words.done(title, said), (draft,))


def _grant(ledger: Ledger, actor: rights.Actor, answer: Answer | None, operator: str, zone: str) -> Outcome:
    if look_up.row(ledger.db, "operator", operator) is None:
        raise Refused(people_words.NOBODY_CHOSEN)
    name, problems = people.name_of(ledger.db, operator), list[str]()
    said = dict(answer.fields) if answer else {}
    since, until = _day(said.get("since", ""), problems), _day(said.get("until", ""), problems)
    job = next((one for one in answer.choices if one in rights.table(ledger.db)), "") if answer else ""
    if answer and not job:
        problems.append("Choose the job.")
    if answer is None or problems:
        return Outcome(
            words.choose("Competence", f"What may {name} do?"), question=_asked(ledger, name, operator, problems)
        )
    role = _acting(ledger, actor, "competences", zone)
    begins = since or rights.today(ledger, zone)
    draft = people.competence_granted(ledger, operator, job, begins, until, answer.comment, actor.operator, role)
    ends = f" until {dates.display(until)}" if until else ""
    told = f"{name}: {rights.table(ledger.db)[job].words}, from {dates.display(begins)}{ends}."
    return Outcome(people_words.done("Competence recorded", told), (draft,))


def _asked(ledger: Ledger, name: str, operator: str, problems: list[str]) -> Question:
    return Question(
        command=Command.GRANT_COMPETENCE,
        title=f"What was {name} found able to do?",
        choices=tuple(Choice(right.job, right.words) for right in rights.table(ledger.db).values()),
        many=False,
        comment_label="Evidence: where it is kept",
        fields=(("since", "From (empty: today)"), ("until", "Last day (empty: until withdrawn)")),
        confirm="Record the competence",
        problems=tuple(problems),
        subject=operator,
    )


def _day(text: str, problems: list[str]) -> date | None:
    if not text.strip():
        return None
    read = dates.read_day(text)
    if read is None:
        problems.append(f"“{text.strip()}” is no date. Enter it as 31/12/2026.")
    return read


def _acting(ledger: Ledger, actor: rights.Actor, job: str, zone: str) -> str:
    """The role in which somebody does a job.

    Raises:
        NotAllowed: when they may not.
    """
    said = rights.permitted(ledger, actor, job, zone)
    return said.role.value if said.role else ""


def _withdraw(ledger: Ledger, actor: rights.Actor, answer: Answer | None, subject: str, zone: str) -> Outcome:
    operator, _, job = subject.partition("/")
    if not any(one["job"] == job and one["state"] == "held" for one in people_look_up.competences(ledger.db, operator)):
        raise Refused(people_words.NO_COMPETENCE)
    name = people.name_of(ledger.db, operator)
    if answer is None or not answer.comment.strip():
        problems = (people_words.REASON_MISSING,) if answer else ()
        question = Question(
            command=Command.WITHDRAW_COMPETENCE,
            title=f"Why is the competence of {name} withdrawn?",
            comment_label="Reason",
            confirm="Withdraw the competence",
            problems=problems,
            subject=subject,
        )
        return Outcome(
            words.choose("Withdraw a competence", f"Enter why {name} may not do it any more."), question=question
        )
    role = _acting(ledger, actor, "competences", zone)
    draft = people.competence_withdrawn(ledger, operator, job, answer.comment, actor.operator, role)
    return Outcome(people_words.done("Competence withdrawn", f"{name} may not do it from now on."), (draft,))


# What a second person confirms


def _decided(ledger: Ledger, actor: rights.Actor, name: str, zone: str) -> tuple[Row, str]:
    """What was asked, and the role in which somebody answers it.

    Raises:
        Refused: when it is one's own, lapsed, or answered by now.
        NotAllowed: when the person may not confirm it.
    """
    row = people_look_up.second(ledger.db, name)
    if row is None or row["state"] != "asked":
        raise Refused(people_words.second_gone().sentence)
    if row["by"] == actor.operator:
        raise Refused(people_words.same_person().sentence)
    lapsed = lapsing.lapse(ledger, row, lapsing.now(ledger, zone))
    if lapsed is not None:
        raise Refused(lapsed.in_words(zone))
    right, said = second_person.second_permit(ledger, actor, row["job"], zone)
    if said.role is None:
        assert said.missing is not None
        raise rights.NotAllowed(rights_words.not_allowed(right, said.missing))
    return row, said.role.value


def _confirm(ledger: Ledger, actor: rights.Actor, _answer: Answer | None, name: str, zone: str) -> Outcome:
    row, role = _decided(ledger, actor, name, zone)
    text = second_words(ledger, row)
    if text is None:
        raise Refused(
            "What was asked cannot be shown here yet: its words have not reached this bench. Try again later."
        )
    body = {"second": name, "sha256": row["sha256"], "by": actor.operator, "role": role, "asked_by": row["by"]}
    given = Draft(
        "second.given", body, role=role, rights=second_person.competence_of(ledger, actor.operator, row["job"])
    )
    view = Shown(row["job"], row["subject"], text)
    subject = view.subject
    last = ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"] if subject else None
    rests_on = {subject: last} if subject else {}
    signed = second_person.signed(ledger, view, Witness(actor.operator, role), rests_on)
    countersigned = row["alone"] == Alone.COUNTERSIGN
    asker = people.name_of(ledger.db, row["by"])
    return Outcome(people_words.second_given(asker, countersigned=countersigned), (given, signed))


def second_words(ledger: Ledger, row: Row) -> str | None:
    """The words that were on the screen of whoever asked; None when they are not known here."""
    return store.private_values(ledger.db, [f"second:{row['id']}"]).get(row["words_private"])


def _decline(ledger: Ledger, actor: rights.Actor, answer: Answer | None, name: str, zone: str) -> Outcome:
    row, role = _decided(ledger, actor, name, zone)
    if answer is None or not answer.comment.strip():
        question = Question(
            command=Command.DECLINE_SECOND,
            title="Why is it declined?",
            comment_label="Reason",
            confirm="Decline",
            problems=(people_words.REASON_MISSING,) if answer else (),
            subject=name,
        )
        return Outcome(words.choose("Decline", "Enter why."), question=question)
    pen = ledger.pen()
    reason = pen.write(answer.comment.strip(), f"second:{name}")
    body = {"second": name, "reason": reason, "by": actor.operator, "role": role, "asked_by": row["by"]}
    said = people_words.second_declined(people.name_of(ledger.db, row["by"]))
    return Outcome(said, (Draft("second.declined", body, pen.values, role=role),))


def _review(ledger: Ledger, actor: rights.Actor, answer: Answer | None, session: str, zone: str) -> Outcome:
    row = people_look_up.break_glass(ledger.db, session)
    if row is None or row["state"] != "to review":
        raise Refused(review_words.case_gone().sentence)
    if row["operator"] == actor.operator:
        raise Refused("Nobody reviews a session of their own. Ask another senior or the quality manager.")
    role = _acting(ledger, actor, "review break-glass", zone)
    finding = next((code for code in people_words.FINDINGS if answer and code in answer.choices), "")
    comment = answer.comment.strip() if answer else ""
    name = people.name_of(ledger.db, row["operator"])
    if not finding or (finding == "follow-up" and not comment):
        question = Question(
            command=Command.REVIEW_SESSION,
            title=f"What {name} did without PIN: is it in order?",
            choices=tuple(Choice(code, said, code == "follow-up") for code, said in people_words.FINDINGS.items()),
            many=False,
            comment_label="Comment",
            confirm="Record the review",
            problems=("Choose one; say what is to be followed up.",) if answer else (),
            subject=session,
        )
        return Outcome(words.choose("Review a session", "Choose, then confirm."), question=question)
    pen = ledger.pen()
    body = {
        "session": session,
        "operator": row["operator"],
        "finding": finding,
        "comment": pen.write(comment or None, f"break_glass:{session}"),
        "by": actor.operator,
        "role": role,
    }
    draft = Draft("break_glass.reviewed", body, pen.values)
    return Outcome(people_words.done("Reviewed", f"The session of {name} is reviewed."), (draft,))


_DO = {
    Command.CHANGE_ROLE: _role,
    Command.GRANT_COMPETENCE: _grant,
    Command.WITHDRAW_COMPETENCE: _withdraw,
    Command.CONFIRM_SECOND: _confirm,
    Command.DECLINE_SECOND: _decline,
    Command.REVIEW_SESSION: _review,
}
