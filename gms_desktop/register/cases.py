"""Cases that a person settled: their subjects are free again, and what is left to be done stands as tasks."""

from __future__ import annotations

from collections import Counter

from gms_desktop.journal.entry import Entry
from gms_desktop.register.disputes import part
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

# One for each thing to be done because of a case: done by an entry of its own, which says who and when.
table(
    "case_task",
    "any",
    "subject root resolution task thing code state at done_by done_at",
    "state,at",
    ("root", "state = 'open'"),
    ("code", "state = 'open'"),
)

RESOLVED, DONE = "case.resolved", "case.task_done"


def reads(entry: Entry) -> list[RowKey]:
    """The disputes that are settled and their entries, or the task that was done."""
    body = entry.body
    if entry.kind == DONE:
        return [("case_task", _task_id(body["subject"], body["resolution"], body["task"]))]
    settled = [(one["subject"], one["entry"]) for one in body["settled"]]
    keys: list[RowKey] = [("case_entry", part(subject, failed)) for subject, failed in settled]
    return keys + [("dispute", subject) for subject in dict.fromkeys(subject for subject, _ in settled)]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Settle a case, or note that one of its tasks was done."""
    return _done(entry, rows) if entry.kind == DONE else _settled(entry, rows) | _tasks(entry)


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


GROUP = Group(frozenset({RESOLVED, DONE}), reads, fold)
