"""Entries about what became of requests, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gms_desktop import afterwards_words, sharing_words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import afterwards_look_up, look_up
from gms_desktop.services.afterwards import name_of
from gms_desktop.services.stored_material import number_of


def _name(db: Database, request: str) -> str:
    row = look_up.row(db, "request", request)
    return name_of(db, row) if row else "a request"


def _asked(db: Database, entry: Entry) -> str:
    body = entry.body
    known = store.private_values(db, [f"request:{body['request']}"])
    who, why = known.get(body["asked_by"] or "") or "", known.get(body["reason"] or "") or ""
    return afterwards_words.asked(who, body["how"] or "", why)


def _cancelled(db: Database, entry: Entry) -> str:
    verb = "cancel" if entry.kind == "request.cancelled" else "take back the cancellation of"
    return f"{verb} {_name(db, entry.body['request'])}, {_asked(db, entry)}"


def _amended(db: Database, entry: Entry) -> str:
    fields = ", ".join(afterwards_words.FIELDS.get(one, one).lower() for one in entry.body["fields"])
    return f"amend {fields} of {_name(db, entry.body['request'])}, {_asked(db, entry)}"


def _shared(db: Database, entry: Entry) -> str:
    return f"share {_name(db, entry.body['request'])} with {entry.body['to']}, {_asked(db, entry)}"


def _told(db: Database, entry: Entry) -> str:
    body = entry.body
    share = afterwards_look_up.share(db, f"{body['request']}/{body['share']}")
    laboratory = str(share["laboratory"] or "") if share else ""
    return sharing_words.in_history(body["what"], laboratory or "another laboratory", _name(db, body["request"]))


def _added(db: Database, entry: Entry) -> str:
    return f"add {entry.body['test']} on to {_name(db, entry.body['of'])}, {_asked(db, entry)}"


def _material(db: Database, entry: Entry) -> str:
    body, name = entry.body, _name(db, entry.body["request"])
    much = f"{body['volume']['value']} {body['volume']['unit']} of " if body["volume"] else ""
    what = f"{much}{number_of(db, body)}"
    return (
        f"keep {what} for {name}"
        if entry.kind == "material.reserved"
        else f"keep {what} no more for {name}: {body['reason']}"
    )


WORDS: Mapping[str, Callable[[Database, Entry], str]] = {
    "request.cancelled": _cancelled,
    "request.revived": _cancelled,
    "request.amended": _amended,
    "request.shared": _shared,
    "request.share_told": _told,
    "request.added_on": _added,
    "material.reserved": _material,
    "material.released": _material,
}
