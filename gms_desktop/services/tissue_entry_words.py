"""Entries about tissue, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.domain.tissue.rules import word
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import tissue_look_up
from gms_desktop.services import site_rules


def _case(db: Database, entry: Entry) -> str:
    row = tissue_look_up.case(db, entry.body["case"])
    return f"tissue case {row['number']}" if row and row["number"] else "a tissue case"


def _piece(db: Database, entry: Entry) -> str:
    row = tissue_look_up.piece(db, entry.body["piece"])
    return f"{row['sort']} {row['number']}" if row and row["number"] else "a piece of tissue"


def _cut(db: Database, entry: Entry) -> str:
    numbers = ", ".join(str(one["number"]) for one in entry.body["cut"])
    ended = ": nothing is left" if entry.body["exhausted"] else ""
    return f"cut {numbers} from {_piece(db, entry)}{ended}"


def _timed(db: Database, entry: Entry) -> str:
    names = (("acquired", "taken"), ("into_formalin", "into formalin"), ("out_of_formalin", "out of formalin"))
    said = [f"{words} {entry.body[name]['words']}" for name, words in names if entry.body[name]]
    return f"times of {_piece(db, entry)}: {', '.join(said) or 'none stated'}"


def _stained(db: Database, entry: Entry) -> str:
    return f"{_piece(db, entry)} stained: {word(site_rules.tissue(db).stains, entry.body['stain'])}"


def _ended(db: Database, entry: Entry) -> str:
    ends = {one.code: one.words for one in site_rules.tissue(db).ends}
    return f"{_piece(db, entry)}: {str(ends.get(entry.body['code'], entry.body['code'])).lower()}"


def _compared(db: Database, entry: Entry) -> str:
    said = "agree" if entry.body["agrees"] else "differ"
    return f"numbers of {_piece(db, entry)} and its histology report {said}"


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "tissue.case_opened": lambda _db, entry: f"open tissue case {entry.body['number']}, {entry.body['urgency']}",
    "tissue.case_changed": lambda db, entry: f"{_case(db, entry)} is {entry.body['urgency']}",
    "tissue.blade_changed": lambda db, entry: f"blade and water bath changed for {_case(db, entry)}",
    "tissue.piece_joined": lambda db, entry: f"take {entry.body['number']} into {_case(db, entry)}",
    "tissue.timed": _timed,
    "tissue.assessed": lambda db, entry: f"{_piece(db, entry)}: {entry.body['neoplastic']} % neoplastic nuclei",
    "tissue.left_stated": lambda db, entry: f"about {entry.body['left_um']} µm of {_piece(db, entry)} are left",
    "tissue.cut": _cut,
    "tissue.scraped": lambda db, entry: f"scrape {_piece(db, entry)} into {entry.body['cut'][0]['number']}",
    "tissue.stained": _stained,
    "tissue.imaged": lambda db, entry: f"keep a picture of {_piece(db, entry)}",
    "tissue.report_compared": _compared,
    "tissue.agreed": lambda db, entry: f"agreed for {_piece(db, entry)}: a step that {entry.body['to']}",
    "tissue.ended": _ended,
}
