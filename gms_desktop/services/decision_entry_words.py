"""Entries about identity, holds, consent and urgent work, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gms_desktop import afterwards_words, consent_words, hold_words, urgent_words
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up
from gms_desktop.words import names


def _said(known: Mapping[str, str], code: str) -> str:
    """A code in words, as they stand within a sentence."""
    return known.get(code, code).lower()


def _asked_how(code: str | None) -> str:
    return _said(afterwards_words.HOW | urgent_words.ASKED_HOW, code) if code else ""


def _number(db: Database, entry: Entry) -> str:
    specimen = look_up.row(db, "specimen", entry.body["specimen"])
    return str(specimen["accession"]) if specimen else "a specimen"


def _compared(db: Database, entry: Entry) -> str:
    marked = [f"{one[0]} {one[1]}" for one in entry.body["compared"] if one[1] not in {"agrees", "not compared"}]
    apart = [one[0] for one in entry.body["compared"] if one[2] == "told apart"]
    said = names(tuple(marked)) or (f"told apart by {names(tuple(apart))}" if apart else "nothing marked as differing")
    return f"compare {_number(db, entry)}: {said}"


def _chased(db: Database, entry: Entry) -> str:
    return f"{_said(hold_words.HOW, entry.body['how'])} for {_number(db, entry)}"


def _assessed(_db: Database, entry: Entry) -> str:
    absent = tuple(item for item, state in entry.body["items"] if state == "absent")
    return f"request {consent_words.request_state(absent, entry.body['proceeds'])}"


def _consent(_db: Database, entry: Entry) -> str:
    body = entry.body
    return f"consent for {consent_words.use(body['use'], body['state'], body['source'], body['stated_on'] or '')}"


def _placed(db: Database, entry: Entry) -> str:
    reasons = ", ".join(_said(hold_words.REASONS, code) for code in entry.body["reasons"])
    return f"hold {_number(db, entry)}: {reasons}; {hold_words.stopped(tuple(entry.body['stops']))}"


WORDS: Mapping[str, Callable[[Database, Entry], str]] = {
    "specimen.compared": _compared,
    "hold.placed": _placed,
    "hold.chased": _chased,
    "hold.answered": lambda db, entry: f"answer to the hold of {_number(db, entry)}",
    "hold.released": lambda db, entry: f"end the hold of {_number(db, entry)}: {entry.body['reason']}",
    "request.assessed": _assessed,
    "consent.stated": _consent,
    "request.priority_raised": lambda _db, entry: ", ".join(
        filter(None, (f"raise to {entry.body['priority']}", _asked_how(entry.body["how"])))
    ),
    "urgent.told": lambda db, entry: f"urgent {_number(db, entry)}: {_said(urgent_words.HOW, entry.body['how'])}",
    "urgent.acknowledged": lambda db, entry: (
        f"urgent {_number(db, entry)}: {_said(urgent_words.STEPS, entry.body['step'])}"
    ),
}
