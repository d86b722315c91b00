"""Label layouts on printers: which label of one was last tried where, and for which model it is released."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Statement, text_statement
from gms_desktop.journal.database import Row as Found
from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

_SAME = ("layout", "version", "sha256", "model", "dpi", "serial", "printer", "bench")
table(
    "label_trial",
    "label_trial",
    "layout version sha256 model dpi# serial former printer bench label code at",
    "label",
    "code",
)
table(
    "label_release",
    "label_release",
    "layout version sha256 model dpi# serial printer bench label code symbology operator at",
)

_release = text_statement("SELECT * FROM label_release WHERE id = :id")
_trial = text_statement("SELECT * FROM label_trial WHERE id = :id")
_trial_of_label = text_statement("SELECT * FROM label_trial WHERE label = :label ORDER BY id LIMIT 1")
_trial_of_code = text_statement("SELECT * FROM label_trial WHERE code = :code AND bench = :bench ORDER BY id LIMIT 1")


def reads(entry: Entry) -> list[RowKey]:
    """The trial or the release itself."""
    if entry.kind == "label_layout.tried":
        return [("label_trial", entry.body["trial"])]
    return [("label_release", entry.body["release"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Keep the last label and the last test label that were tried; of releases the first, on which all rests."""
    body = entry.body
    if entry.kind == "label_layout.released":
        key = ("label_release", body["release"])
        if rows.get(key) is not None:
            return {}
        row = new_row("label_release", key[1], at=entry.occurred_at, operator=entry.operator)
        return {key: row | {name: body[name] for name in (*_SAME, "label", "code", "symbology")}}
    key = ("label_trial", body["trial"])
    row = rows.get(key) or new_row("label_trial", key[1], **{name: body[name] for name in _SAME})
    said = {name: body[name] for name in ("label", "code") if body[name]}
    if row["serial"] != body["serial"]:
        # What the printer before it took says nothing of this one.
        said = {name: body[name] for name in ("label", "code")}
    which = {name: body[name] for name in ("serial", "former", "printer")}
    return {key: changed(row, at=entry.occurred_at, **which, **said)}


def release(db: Database, release: str) -> Found | None:
    """A layout's release for a model, by its identity."""
    return db.one(_release, {"id": release})


def trial(db: Database, trial: str) -> Found | None:
    """What was last tried of a layout at a bench's printer."""
    return db.one(_trial, {"id": trial})


def trial_of_label(db: Database, label: str) -> Found | None:
    """The trial that a label was printed for."""
    return db.one(_trial_of_label, {"label": label})


def trial_of_code(db: Database, code: str, bench: str) -> Found | None:
    """The trial that a test label of this bench was printed for."""
    return db.one(_trial_of_code, {"code": code, "bench": bench})


STATEMENTS: tuple[Statement, ...] = (_release, _trial, _trial_of_label, _trial_of_code)
GROUP = Group(frozenset({"label_layout.tried", "label_layout.released"}), reads, fold)
