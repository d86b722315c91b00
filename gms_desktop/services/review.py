"""The Review screen in words: every open case, both stories of the chosen one, what rests on it, and what is to do."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop import review_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.store import Stored
from gms_desktop.judge import keys
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_decisions, case_reopen, case_tasks, rights
from gms_desktop.services.case_list import Case, open_cases, stories
from gms_desktop.services.case_scans import scans
from gms_desktop.services.case_words import bench_name, operator_name, subject_name
from gms_desktop.services.entry_words import entry_words
from gms_desktop.services.find import lines_of, local_minute
from gms_desktop.services.people_words import person
from gms_desktop.services.receive_view import banner
from gms_desktop.services.review_views import CaseLine, ReviewView, StoryView, TaskLine
from gms_desktop.services.views import Banner, Offer, Question
from gms_desktop.words import begun

# Commands that the screen gives, and that are answered on it.
COMMANDS = frozenset(
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
_MOST_LINES = 12


def view(ledger: Ledger, chosen: str, verdict: Verdict | None, question: Question | None, time_zone: str) -> ReviewView:
    """The list, and the case that was chosen; without a choice the oldest."""
    db = ledger.db
    cases, tasks, links = open_cases(db), look_up.case_tasks(db), _links(db)
    lines = (*(_line(db, case, time_zone) for case in cases), *_task_lines(tasks), *_link_lines(db, links))
    known = [line.key for line in lines]
    asked = question if question and question.command in COMMANDS else None
    if asked is not None and asked.command is Command.REOPEN_CASE:
        return _asked_again(db, lines, asked)
    if chosen.startswith(_SETTLED):
        chosen = case_reopen.about(db, chosen)[0]
    chosen = _of_lot(cases, chosen) if chosen not in known else chosen
    if chosen not in known:
        chosen = _next(chosen, known, verdict)
    made = ReviewView(
        heading=asked.title if asked else review_words.cases_wait(len(cases), len(tasks)),
        cases=lines,
        chosen=chosen,
        verdict=verdict,
        question=asked,
    )
    case = next((one for one in cases if one.root == chosen), None)
    if case is not None:
        return _with_case(ledger, made, case, time_zone)
    if chosen.startswith(_TASKS):
        return _with_tasks(ledger, made, [row for row in tasks if row["root"] == chosen.removeprefix(_TASKS)])
    return _with_link(db, made, links, chosen)


_TASKS, _LINK, _SETTLED = "tasks ", "link ", "case:"


def _of_lot(cases: Sequence[Case], chosen: str) -> str:
    return next((case.root for case in cases if chosen in case.entries), chosen)


def _next(chosen: str, known: Sequence[str], verdict: Verdict | None) -> str:
    """What is in view now that the chosen one is gone: what it left to do, never another case under its verdict."""
    left = f"{_TASKS}{chosen}"
    if verdict is not None:
        return left if left in known else ""
    return known[0] if known else ""


def _line(db: Database, case: Case, time_zone: str) -> CaseLine:
    names = dict.fromkeys(subject_name(db, one) for one in case.subjects if one.startswith(("specimen:", "tube:")))
    detail = f"since {local_minute(case.rows[0]['at'], time_zone)}, {bench_name(db, case.head['writer'])}"
    return CaseLine(case.root, case.title, "  ".join((detail, *names)))


def _task_lines(tasks: Sequence[Row]) -> list[CaseLine]:
    roots: dict[str, int] = {}
    for task in tasks:
        roots[task["root"]] = roots.get(task["root"], 0) + 1
    said = {root: review_words.cases_wait(0, many) for root, many in roots.items()}
    return [CaseLine(f"{_TASKS}{root}", f"Settled, {words}", "") for root, words in said.items()]


# The chosen case


def _with_case(ledger: Ledger, made: ReviewView, case: Case, time_zone: str) -> ReviewView:
    db, failed = ledger.db, stories(ledger.db, case)
    may = rights.reviewer_role(db, _operator(ledger)) is not None
    return ReviewView(
        heading=made.heading,
        cases=made.cases,
        chosen=made.chosen,
        title=case.title,
        banner=_banner(db, case.subjects),
        left=_left(db, case, time_zone),
        right=_right(db, case, failed, time_zone),
        resting=review_words.resting(len(failed) - 1),
        tasks_title="What will be to do",
        tasks=_preview(ledger, case, failed),
        verdict=made.verdict,
        offers=() if made.question or not may else offers(db, case, failed),
        question=made.question,
        note="" if may else review_words.reviewer_only(rights.who_may(db, "settle case")),
    )


def _asked_again(db: Database, lines: tuple[CaseLine, ...], asked: Question) -> ReviewView:
    """Why a settled case is opened again is asked: it stands in no list any more."""
    _, title, subjects = case_reopen.about(db, asked.subject)
    return ReviewView(asked.title, lines, asked.subject, title, _banner(db, subjects), question=asked)


def _banner(db: Database, subjects: Sequence[str]) -> Banner | None:
    """The patient whose tube or request is held: two identifiers are in view when a case is settled."""
    requests = [one.partition(":")[2].partition("/")[0] for one in subjects if one.startswith(("request:", "arr"))]
    specimens = [one.partition(":")[2] for one in subjects if one.startswith("specimen:")]
    for table, found in (("specimen", specimens), ("request", requests)):
        for one in found:
            if row := look_up.row(db, table, one):
                return banner(person(db, row["patient"]), None)
    return None


def _operator(ledger: Ledger) -> str | None:
    session = look_up.session(ledger.db, ledger.head.writer)
    return session["operator"] if session else None


def _preview(ledger: Ledger, case: Case, failed: Sequence[Stored]) -> tuple[TaskLine, ...]:
    """What exists because of either story, before it is said which of them is kept."""
    found = dict.fromkeys(
        task.words(ledger.db) for keeps in sides(case) for task in case_tasks.tasks(ledger.db, case, failed, keeps)
    )
    return tuple(TaskLine(begun(said)) for said in found)


def sides(case: Case) -> tuple[str, ...]:
    """The ways in which a case can be settled."""
    head = case.head
    if head["verdict"] == "contested":
        twice = str(head["key"] or "").startswith("last:arrival:") and str(head["other"] or "").startswith("specimen:")
        return ("left", "right", "both") if twice else ("both", "left")
    either = case_tasks.moves(head) or case_decisions.is_about_decisions(head)
    return ("left", "right") if either else ("left",)


def offers(db: Database, case: Case, failed: Sequence[Stored]) -> tuple[Offer, ...]:
    """A button for each way."""
    if case_decisions.is_about_decisions(case.head):
        left, right = case_decisions.outcomes(db, case, failed)
        keep_left = Offer(Command.KEEP_LEFT, review_words.keep_outcome("left", left or "as it was"), argument=case.root)
        # A decision that was taken back by whoever made it is nobody's story any more.
        if not case_decisions.refused(failed):
            return (keep_left,)
        return (keep_left, Offer(Command.KEEP_RIGHT, review_words.keep_outcome("right", right), argument=case.root))
    key, other, mine = case.head["key"] or "", case.head["other"] or "", case_tasks.received(case) or ""
    labels = {
        "left": (Command.KEEP_LEFT, review_words.left_label(key, subject_name(db, other) if other else "")),
        "right": (Command.KEEP_RIGHT, review_words.right_label(key, subject_name(db, f"specimen:{mine}"))),
        "both": (Command.KEEP_BOTH, review_words.both_label(key)),
    }
    return tuple(Offer(labels[side][0], labels[side][1], argument=case.root) for side in sides(case))


def _right(db: Database, case: Case, failed: Sequence[Stored], time_zone: str) -> StoryView:
    entry = next((one.entry for one in failed if one.entry.id == case.root), failed[0].entry if failed else None)
    if entry is None:
        return StoryView(case.title, review_words.NO_OTHER_SIDE)
    return _story(db, list(failed), case.subjects, time_zone, entry_words(db, entry))


def _left(db: Database, case: Case, time_zone: str) -> StoryView:
    found, subjects = _other_side(db, case)
    if not found:
        return StoryView("Nothing", review_words.NO_OTHER_SIDE)
    return _story(db, found, subjects, time_zone, entry_words(db, found[0].entry))


def _other_side(db: Database, case: Case) -> tuple[list[Stored], tuple[str, ...]]:
    """The entries that made what stands, and whom they are about."""
    key, other = str(case.head["key"] or ""), case.head["other"]
    if keys.sort_of(key) == "role":
        subject = str(case.head["stated"])
        return [one for one in store.of_subject(db, subject) if one.entry.kind == "role.withdrawn"], (subject,)
    if keys.sort_of(key) == "case" and other:
        return _resolutions(db, case, str(other)), case.subjects
    if other and ":" in other:
        mine = set(case.entries)
        return [one for one in store.of_subject(db, other) if one.entry.id not in mine], (other,)
    one = store.by_identity(db, other) if other else None
    return ([one], one.entry.premises.touches) if one is not None else ([], ())


def _resolutions(db: Database, case: Case, holder: str) -> list[Stored]:
    every = (one for subject in case.subjects for one in store.of_subject(db, subject))
    found = {one.entry.id: one for one in every if f"resolution:{one.entry.body.get('resolution')}" == holder}
    return list(found.values())


def _story(db: Database, entries: Sequence[Stored], subjects: Sequence[str], time_zone: str, what: str) -> StoryView:
    first = entries[0].entry
    bench, who = bench_name(db, first.writer), operator_name(db, first.operator)
    said = review_words.happened(who, bench, local_minute(first.occurred_at, time_zone), what)
    lines = lines_of(db, entries[:_MOST_LINES], subjects, time_zone)
    return StoryView(f"{bench}, {who}", said, (*scans(db, first, subjects, time_zone), *lines))


# What is left to do


# One key for one meaning: whoever presses a key twice prints twice, and never says that a label is destroyed.
_BY = {
    "relabel": Command.CASE_LABEL,
    "renumber": Command.CASE_LABEL,
    "receive-again": Command.CASE_LABEL,
    "destroy-label": Command.CASE_DESTROYED,
}


def _with_tasks(ledger: Ledger, made: ReviewView, tasks: Sequence[Row]) -> ReviewView:
    if not tasks:
        return made
    db = ledger.db
    said = [(row, case_tasks.of_row(row)) for row in tasks]
    shown = tuple(TaskLine(begun(task.words(db))) for _, task in said)
    buttons: tuple[Offer, ...] = tuple(
        Offer(
            _BY.get(task.thing, Command.CASE_TASK),
            review_words.task_button(task.thing, task.name(db)),
            False,
            row["id"],
        )
        for row, task in said
    )
    return ReviewView(
        heading=made.heading,
        cases=made.cases,
        chosen=made.chosen,
        title="Settled: this is left to do",
        banner=_banner(db, [row["subject"] for row in tasks]),
        tasks_title="To do",
        tasks=shown,
        verdict=made.verdict,
        offers=() if made.question else (*buttons, *case_reopen.offer(ledger, tasks[0]["subject"])),
        question=made.question,
    )


# Possibly the same patient


def _links(db: Database) -> list[Row]:
    """Links that wait for a second person, each once."""
    return [row for row in look_up.links_proposed(db) if row["patient"] < row["other"]]


def _link_lines(db: Database, links: Sequence[Row]) -> list[CaseLine]:
    return [
        CaseLine(f"{_LINK}{row['id']}", _same(db, row), f"proposed by {operator_name(db, row['by'])}") for row in links
    ]


def _same(db: Database, row: Row) -> str:
    names = (subject_name(db, f"patient:{row[one]}") for one in ("patient", "other"))
    return review_words.possibly_same(*names)


def _with_link(db: Database, made: ReviewView, links: Sequence[Row], chosen: str) -> ReviewView:
    row = next((one for one in links if f"{_LINK}{one['id']}" == chosen), None)
    if row is None:
        return made
    sides_of = [_person(db, row[one]) for one in ("patient", "other")]
    offer = Offer(Command.LINK_PATIENTS, "They are one person: link them", argument=f"link:{row['id']}")
    return ReviewView(
        heading=made.heading,
        cases=made.cases,
        chosen=chosen,
        title=_same(db, row),
        left=sides_of[0],
        right=sides_of[1],
        verdict=made.verdict,
        offers=() if made.question else (offer,),
        question=made.question,
        note=review_words.SECOND_PERSON,
    )


def _person(db: Database, patient: str) -> StoryView:
    who = person(db, patient)
    facts = (("Born", who.born_words), ("NHS number", who.nhs_words), ("Hospital number", who.hospital_words))
    said = ".  ".join(f"{name} {value}" for name, value in facts if value)
    return StoryView(who.name, said)
