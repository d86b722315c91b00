"""Commands of the Review screen: settle a case for one story with a reason, do what it left to do, link patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gms_desktop import review_words, send_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal import store
from gms_desktop.journal.entry import Body
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.store import Stored
from gms_desktop.register import cases, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    arrive,
    case_decisions,
    case_documents,
    case_reopen,
    case_tasks,
    link_patients,
    review,
    rights,
    send_recalls,
)
from gms_desktop.services.case_list import Case, find_case, stories
from gms_desktop.services.case_tasks import Task
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

PLACE = "review"
_TASKS = frozenset({Command.CASE_TASK, Command.CASE_LABEL, Command.CASE_DESTROYED})
_KEEPS = {Command.KEEP_LEFT: "left", Command.KEEP_RIGHT: "right", Command.KEEP_BOTH: "both"}
# An entry has at most 200 touches: a large case is settled by several entries of one act.
_MOST_SETTLED = 80


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry out a command of the Review screen, or ask what must be said first."""
    if given is Command.LINK_PATIENTS:
        return replace(link_patients.command(ledger, desk, answer, argument), place=PLACE)
    if given is Command.REOPEN_CASE:
        return case_reopen.command(ledger, _operator(ledger, desk), answer, argument)
    if given in _TASKS:
        # Whoever stands at the rack may do what a reviewer left to do: the entry says who did.
        return _task(ledger, desk, argument)
    operator = _operator(ledger, desk)
    role = rights.reviewer_role(ledger.db, operator)
    if operator is None or role is None:
        return Outcome(review_words.not_allowed(rights.who_may(ledger.db, "settle case")), place=PLACE)
    case = find_case(ledger.db, (answer.subject if answer else "") or argument)
    if case is None:
        return Outcome(review_words.case_gone(), place=PLACE)
    if _KEEPS[given] not in review.sides(case):
        return Outcome(review_words.side_not_offered(), place=PLACE)
    return _resolve(ledger, desk, given, case, answer, (operator, role))


def _operator(ledger: Ledger, desk: Desk) -> str | None:
    session = look_up.session(ledger.db, desk.place.bench)
    return session["operator"] if session else None


def _resolve(
    ledger: Ledger, desk: Desk, given: Command, case: Case, answer: Answer | None, by: tuple[str, str]
) -> Outcome:
    reason = next((code for code in review_words.REASONS if answer and code in answer.choices), "")
    comment = answer.comment.strip() if answer else ""
    said = review_words.kept(_KEEPS[given], case.title)
    if not reason or (reason == "other" and not comment):
        missing = ("Enter which reason.",) if reason else ("Choose the reason.",)
        return _asked(given, case, missing if answer else ())
    if untold := send_recalls.untold(ledger.db, case):
        return Outcome(send_words.receiver_first(untold), place=PLACE)
    keeps, failed = _KEEPS[given], stories(ledger.db, case)
    to_do = case_tasks.tasks(ledger.db, case, failed, keeps)
    drafts = _resolutions(ledger, case, keeps, (reason, comment), by, to_do)
    drafts += _joined(case, keeps)
    drafts += _decided(ledger, case, failed, keeps, drafts)
    if keeps == "right" and case_tasks.moves(case.head):
        drafts += _afresh(ledger, case, failed, drafts)
    drafts = [replace(draft, input=desk.told) for draft in drafts]
    return Outcome(review_words.settled(said, len(to_do)), tuple(drafts), place=PLACE)


def _asked(given: Command, case: Case, problems: tuple[str, ...]) -> Outcome:
    question = Question(
        command=given,
        title=f"{review_words.KEPT[_KEEPS[given]]}. Why?",
        choices=tuple(Choice(code, label, code == "other") for code, label in review_words.REASONS.items()),
        many=False,
        comment_label="Comment",
        confirm="Settle this case",
        problems=problems,
        subject=case.root,
    )
    told = " ".join(problems) or "Choose the reason, then confirm."
    return Outcome(words.choose("Settle this case", told), question=question, place=PLACE)


def _resolutions(
    ledger: Ledger, case: Case, keeps: str, why: tuple[str, str], by: tuple[str, str], to_do: Sequence[Task]
) -> list[Draft]:
    """The entries that settle a case: one, or several of one act where it has very many subjects."""
    resolution = ledger.identity()
    # With what a case holds of each: it is there again when the case is opened again.
    pairs = [{name: one[name] for name in ("subject", "entry", *cases.KEPT)} for one in case.rows]
    pen = ledger.pen()
    body: Body = {
        "case": case.root,
        "resolution": resolution,
        "keeps": keeps,
        "reason": why[0],
        "comment": pen.write(why[1] or None, case.subjects[0]),
        "by": by[0],
        "role": by[1],
    }
    first = body | {"settled": pairs[:_MOST_SETTLED], "tasks": case_tasks.as_body(to_do), **_keys(ledger, case, keeps)}
    made = [Draft("case.resolved", first, pen.values, because=(case.root,))]
    for start in range(_MOST_SETTLED, len(pairs), _MOST_SETTLED):
        rest = {
            "settled": pairs[start : start + _MOST_SETTLED],
            "tasks": [],
            "stands": [],
            "releases": [],
            "claims": [],
        }
        made.append(Draft("case.resolved", body | {"comment": None} | rest, because=(case.root,)))
    return made


def _keys(ledger: Ledger, case: Case, keeps: str) -> Body:
    """Who must still hold what was given away twice, and who holds it from now on."""
    head = case.head
    if not case_tasks.moves(head):
        return {"stands": [], "releases": [], "claims": []}
    key, holder = head["key"], ledger.driver.holders([head["key"]])[head["key"]]
    stands = [[key, holder]]
    # On the left it goes back where it was, when the right had it until the case was opened again.
    wanted = head["stated"] if keeps == "right" else head["other"] if holder == head["stated"] else holder
    if wanted == holder or wanted is None:
        return {"stands": stands, "releases": [], "claims": []}
    return {"stands": stands, "releases": [[key, holder]] if holder else [], "claims": [[key, wanted]]}


def _joined(case: Case, keeps: str) -> list[Draft]:
    mine = case_tasks.received(case)
    if not case_tasks.twice_received(case.head) or keeps == "both" or mine is None:
        return []
    other = str(case.head["other"]).partition(":")[2]
    leads, led = (other, mine) if keeps == "left" else (mine, other)
    return [Draft("specimen.joined", {"specimen": led, "leads": leads}, because=(case.root,))]


def _afresh(ledger: Ledger, case: Case, failed: Sequence[Stored], before: Sequence[Draft]) -> list[Draft]:
    """What is still true of a story that was refused and is kept, told again by whoever keeps it, in the same act."""
    touched = _touched(ledger, before)
    made = []
    for one in failed:
        if case_tasks.may_be_told_again(one) and not _is_told(ledger, one):
            place = _place(one)
            follows = touched.get(f"arrival:{place}") or _last_arrival(ledger, one)
            made.append(_again(ledger, one, case.root, {"follows": follows} if place else {}))
    return made


def _touched(ledger: Ledger, before: Sequence[Draft]) -> dict[str, str]:
    """Which of the entries about to be made touches a subject last."""
    return {
        one["subject"]: f"{ledger.head.writer}/{ledger.head.last_seq + place}"
        for place, draft in enumerate(before, start=1)
        for one in (*draft.body.get("settled", ()), *draft.body.get("tasks", ()))
    }


def _decided(ledger: Ledger, case: Case, failed: Sequence[Stored], keeps: str, before: Sequence[Draft]) -> list[Draft]:
    """The decision that is kept, told again by whoever keeps it: it rests on nothing but that."""
    touched = _touched(ledger, before)
    made = []
    for one in case_decisions.told_again(ledger.db, case, failed, keeps):
        subject = f"specimen:{one.entry.body['specimen']}"
        rests_on = touched.get(subject) or ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
        # Only whose decision it is: by this the other story is told from it, when the case is opened again.
        made.append(replace(_again(ledger, one, case.root, {"rests_on": rests_on}), because=(one.entry.id,)))
    return made


def _is_told(ledger: Ledger, one: Stored) -> bool:
    """Whether it was told again before, and the case was opened again since."""
    key, holder = next(iter(one.entry.premises.claims), ("", ""))
    return bool(key) and ledger.driver.holders([key])[key] == holder


def _place(one: Stored) -> str:
    """The place that a request keeps for the tube that was received; empty for anything else."""
    body = one.entry.body
    received = one.entry.kind == "specimen.received" and body["requests"] and body["tube"]
    return f"{body['requests'][0]}/{body['tube']}" if received else ""


def _last_arrival(ledger: Ledger, one: Stored) -> str | None:
    body = one.entry.body
    return arrive.last_arrival(ledger, body["requests"][0], body["tube"]) if body["requests"] else None


def _again(ledger: Ledger, one: Stored, root: str, other: Body) -> Draft:
    entry = one.entry
    return Draft(entry.kind, entry.body | other, _private_of(ledger, one), because=tuple({root, entry.id}))


def _private_of(ledger: Ledger, one: Stored) -> tuple[PrivateValue, ...]:
    known = store.private_records(ledger.db, one.entry.premises.touches) if one.entry.private else ()
    return tuple(value for value in known if value.commitment in one.entry.private)


# What is left to do


def _task(ledger: Ledger, desk: Desk, argument: str) -> Outcome:
    row = next((one for one in look_up.case_tasks(ledger.db) if one["id"] == argument), None)
    if row is None:
        return Outcome(review_words.case_gone(), place=PLACE)
    task = case_tasks.of_row(row)
    if task.thing == "reissue" and (screen := case_documents.made_on(ledger.db, task.about)):
        return Outcome(review_words.make_again(task.name(ledger.db), screen), place=PLACE)
    number = argument.rpartition(".")[2]
    body = {"case": row["root"], "resolution": row["resolution"], "subject": row["subject"], "task": number}
    done = Draft("case.task_done", body, input=desk.told, because=(row["root"],))
    made, label = _carried_out(ledger, desk, task, row["root"])
    said = review_words.task_prints(label.partition(".")[0]) if label else review_words.task_done(_begun(task, ledger))
    return Outcome(said, (*made, done), print_labels=(label,) if label else (), place=PLACE)


def _begun(task: Task, ledger: Ledger) -> str:
    said = task.words(ledger.db)
    return said[:1].upper() + said[1:]


def _carried_out(ledger: Ledger, desk: Desk, task: Task, root: str) -> tuple[list[Draft], str]:
    """What is recorded besides that a task was done, and the label that is printed for it."""
    match task.thing:
        case "receive-again":
            return _received_again(ledger, desk, task, root)
        case "renumber":
            return _renumbered(ledger, desk, task, root)
        case "relabel":
            return _relabelled(ledger, desk, task, root)
        case "destroy-label":
            return _destroyed(ledger, desk, task, root), ""
        case "recall":
            return case_documents.recall(ledger.db, task.about, root), ""
    return [], ""


def _received_again(ledger: Ledger, desk: Desk, task: Task, root: str) -> tuple[list[Draft], str]:
    one = store.by_identity(ledger.db, task.about)
    if one is None or one.entry.kind != "specimen.received":
        return [], ""
    number = ledger.next_number(desk.place.letter)
    draft = _again(ledger, one, root, {"accession": number, "follows": _last_arrival(ledger, one)})
    label = arrive.label_draft(desk.place, one.entry.body["specimen"], number, 1, None)
    return [replace(draft, input=desk.told), label], str(label.body["label"])


def _renumbered(ledger: Ledger, desk: Desk, task: Task, root: str) -> tuple[list[Draft], str]:
    row = look_up.row(ledger.db, "specimen", task.about)
    if row is None:
        return [], ""
    number = ledger.next_number(desk.place.letter)
    body = {"specimen": task.about, "accession": number, "instead_of": row["accession"]}
    label = arrive.label_draft(desk.place, task.about, number, 1, None)
    return [Draft("specimen.renumbered", body, input=desk.told, because=(root,)), label], str(label.body["label"])


def _relabelled(ledger: Ledger, desk: Desk, task: Task, root: str) -> tuple[list[Draft], str]:
    row = look_up.row(ledger.db, "specimen", task.about)
    if row is None:
        return [], ""
    copies = look_up.labels_of_number(ledger.db, row["accession"])
    copy = max((int(label["copy"]) for label in copies), default=0) + 1
    label = arrive.label_draft(desk.place, task.about, row["accession"], copy, None)
    return [replace(label, because=(root,))], str(label.body["label"])


def _destroyed(ledger: Ledger, desk: Desk, task: Task, root: str) -> list[Draft]:
    row = look_up.row(ledger.db, "label", task.about)
    if row is None or row["state"] == "spoiled":
        return []
    body = {"label": task.about, "reason": "case settled"}
    return [Draft("label.spoiled", body, input=desk.told, because=(root,))]
