"""Cases that a person settled: their subjects are free again, and what is left to be done stands as tasks."""

from __future__ import annotations

from collections import Counter

from gms_desktop.journal.entry import Entry
from gms_desktop.register.disputes import part
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

# One for each thing to be done because of a case: done by an entry of its own, which says who and when.
table(
    "case_task",
    "any",
    "subject root resolution task thing code state at done_by done_at",
    "state,at",
    ("root", "state = 'open'"),
    ("code", "state = 'open'"),
)

RESOLVED, REOPENED, DONE = "case.resolved", "case.reopened", "case.task_done"
# Documents stand in the journal alone: they are asked for by their sort, or by what they are about.
_DOCUMENTS = frozenset({"document.issued", "document.recalled"})
# What a case holds of an entry that failed: settled with it, and there again when the case is opened again.
KEPT = ("root", "sort", "key", "stated", "other", "code", "sender_code")
OF_THE_ENTRY = ("verdict", "kind", "operator", "writer", "at")


def reads(entry: Entry) -> list[RowKey]:
    """The disputes that are settled or held again with their entries, or the task that was done."""
    body = entry.body
    if entry.kind == DONE:
        return [("case_task", _task_id(body["subject"], body["resolution"], body["task"]))]
    if entry.kind in _DOCUMENTS:
        return []
    settled = [(one["subject"], one["entry"]) for one in body["settled"]]
    if entry.kind == REOPENED:
        held: list[RowKey] = [("specimen", specimen) for specimen in body["led"]]
        held += [("case_task", _task_id(one["subject"], body["resolution"], one["task"])) for one in body["tasks"]]
        return held + [("dispute", subject) for subject in dict.fromkeys(subject for subject, _ in settled)]
    keys: list[RowKey] = [("case_entry", part(subject, failed)) for subject, failed in settled]
    return keys + [("dispute", subject) for subject in dict.fromkeys(subject for subject, _ in settled)]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Settle a case, open it again, or note that one of its tasks was done. A document changes no row."""
    match entry.kind:
        case "case.task_done":
            return _done(entry, rows)
        case "case.resolved":
            return _settled(entry, rows) | _tasks(entry)
        case "case.reopened":
            return _held_again(entry, rows) | _withdrawn(entry, rows)
    return {}


def _settled(entry: Entry, rows: Rows) -> Changes:
    changes: Changes = {}
    closed: Counter[str] = Counter()
    for one in entry.body["settled"]:
        key = ("case_entry", part(one["subject"], one["entry"]))
        if rows.get(key) is not None and key not in changes:
            changes[key] = None
            closed[one["subject"]] += 1
    for subject, count in closed.items():
        held = rows.get(("dispute", subject))
        if held is not None:
            # What failed in the meantime was not known to whoever settled this: it keeps its subjects held.
            left = held["entries"] - count
            changes["dispute", subject] = changed(held, entries=left) if left > 0 else None
    return changes


def _held_again(entry: Entry, rows: Rows) -> Changes:
    """What a resolution settled is unsettled once more, as it was; its subjects are held."""
    changes: Changes = {}
    held: dict[str, Row] = {}
    for one in entry.body["settled"]:
        subject, failed = one["subject"], one["entry"]
        row = new_row("case_entry", part(subject, failed), subject=subject, entry=failed)
        changes["case_entry", row["id"]] = row | {name: one[name] for name in (*KEPT, *OF_THE_ENTRY)}
        known = held.get(subject) or rows.get(("dispute", subject))
        if known is None:
            said = {"verdict": one["verdict"], "failures": "opened again", "root": one["root"]}
            known = new_row("dispute", subject, entry=failed, entries=0) | said
        held[subject] = changed(known, entries=known["entries"] + 1)
    return changes | {("dispute", subject): row for subject, row in held.items()}


def _withdrawn(entry: Entry, rows: Rows) -> Changes:
    """What was left to do is to be done no longer, and neither of two numbers leads."""
    body, changes = entry.body, Changes()
    for one in body["tasks"]:
        key = ("case_task", _task_id(one["subject"], body["resolution"], one["task"]))
        task = rows.get(key)
        if task is not None and task["state"] == "open":
            changes[key] = changed(task, state="withdrawn")
    for specimen in body["led"]:
        led = rows.get(("specimen", specimen))
        if led is not None:
            changes["specimen", specimen] = changed(led, led_by=None)
    return changes


def _tasks(entry: Entry) -> Changes:
    body, changes = entry.body, Changes()
    for task in body["tasks"]:
        row_id = _task_id(task["subject"], body["resolution"], task["task"])
        row = new_row("case_task", row_id, root=body["case"], resolution=body["resolution"], state="open")
        row |= {name: task[name] for name in ("subject", "thing", "code")}
        changes["case_task", row_id] = row | {"task": task["task"], "at": entry.occurred_at}
    return changes


def _done(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    key = ("case_task", _task_id(body["subject"], body["resolution"], body["task"]))
    known = rows.get(key) or new_row("case_task", key[1], subject=body["subject"], task=body["task"], root=body["case"])
    known = changed(known, resolution=body["resolution"])
    return {key: changed(known, state="done", done_by=entry.operator, done_at=entry.occurred_at)}


def _task_id(subject: str, resolution: str, task: str) -> str:
    return part(subject, f"{resolution}.{task}")


GROUP = Group(frozenset({RESOLVED, REOPENED, DONE}) | _DOCUMENTS, reads, fold)
