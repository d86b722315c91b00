"""Entries about tissue, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gms_desktop.domain.tissue.pieces import State
from gms_desktop.domain.tissue.rules import TissueRules, word
from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import tissue_look_up
from gms_desktop.services import site_rules
from gms_desktop.tissue_correct_words import FIELDS, corrected_to, sections
from gms_desktop.tissue_same_words import WHICH
from gms_desktop.tissue_words import NOT_REPRESENTED, of_its_block, step


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
    if entry.body["state"] == State.HERE:
        return f"correct {_piece(db, entry)}: it is here, and not at its end"
    ends = {one.code: one.words for one in site_rules.tissue(db).ends}
    return f"{_piece(db, entry)}: {str(ends.get(entry.body['code'], entry.body['code'])).lower()}"


def _compared(db: Database, entry: Entry) -> str:
    said = "agree" if entry.body["agrees"] else "differ"
    return f"numbers of {_piece(db, entry)} and its histology report {said}"


def _corrected(db: Database, entry: Entry) -> str:
    rules, earlier = site_rules.tissue(db), entry.body["earlier"]
    said = [corrected_to(FIELDS[one], *_values(rules, one, earlier, entry.body)) for one in _named(entry)]
    named = [FIELDS["outside"]] if "outside" in entry.body["corrected"] else []
    return f"correct {_piece(db, entry)}: {', '.join([*said, *named])}"


def _named(entry: Entry) -> list[str]:
    """But for the number on it, whose words are private: the history shows them beside."""
    return [one for one in FIELDS if one in entry.body["corrected"] and one != "outside"]


def _values(rules: TissueRules, name: str, earlier: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[str, str]:
    if name == "sections":
        return str(earlier[name]), sections(body["first_section"], body["last_section"])
    return _value(rules, name, earlier), _value(rules, name, body)


def _value(rules: TissueRules, name: str, said: Mapping[str, Any]) -> str:
    value = said.get(name)
    if not value:
        return ""
    if name == "stain":
        return word(rules.stains, str(value))
    return str(value["words"] if isinstance(value, Mapping) else value)


def _moved(db: Database, entry: Entry) -> str:
    before = tissue_look_up.case(db, entry.body["earlier"])
    return (
        f"{_piece(db, entry)} is of {_case(db, entry)} (recorded in {before['number'] if before else 'another case'})"
    )


def _told_apart(db: Database, entry: Entry) -> str:
    others = [tissue_look_up.case(db, one) for one in entry.body["others"]]
    numbers = ", ".join(str(one["number"]) for one in others if one)
    return f"{_case(db, entry)} and {numbers or 'another'} are two cases with one {WHICH[Numbered(entry.body['of'])]}"


def _reassessed(db: Database, entry: Entry) -> str:
    body, piece = entry.body, _piece(db, entry)
    if body["withdrawn"]:
        return f"assessment of {piece} taken back: {body['earlier']['neoplastic']} % was not of it"
    before, after = body["earlier"]["neoplastic"], body["neoplastic"]
    was = f" (recorded as {before} %)" if before != after else ""
    return f"correct the assessment of {piece}: {after} % neoplastic nuclei{was}{_represents_now(body)}"


def _represents_now(body: Mapping[str, Any]) -> str:
    before, after = bool(body["earlier"].get("representative")), bool(body["representative"])
    return "" if before is after else f", {of_its_block(after) or NOT_REPRESENTED}"


def _assessed(db: Database, entry: Entry) -> str:
    represents = of_its_block(bool(entry.body["representative"]))
    said = f"{_piece(db, entry)}: {entry.body['neoplastic']} % neoplastic nuclei"
    return f"{said}, {represents}" if represents else said


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "tissue.case_opened": lambda _db, entry: f"open tissue case {entry.body['number']}, {entry.body['urgency']}",
    "tissue.case_changed": lambda db, entry: f"{_case(db, entry)} is {entry.body['urgency']}",
    "tissue.blade_changed": lambda db, entry: f"blade and water bath changed for {_case(db, entry)}",
    "tissue.piece_joined": lambda db, entry: f"take {entry.body['number']} into {_case(db, entry)}",
    "tissue.timed": _timed,
    "tissue.assessed": _assessed,
    "tissue.left_stated": lambda db, entry: f"about {entry.body['left_um']} µm of {_piece(db, entry)} are left",
    "tissue.cut": _cut,
    "tissue.scraped": lambda db, entry: f"scrape {_piece(db, entry)} into {entry.body['cut'][0]['number']}",
    "tissue.stained": _stained,
    "tissue.imaged": lambda db, entry: f"keep a picture of {_piece(db, entry)}",
    "tissue.report_compared": _compared,
    "tissue.agreed": lambda db, entry: f"agreed for {_piece(db, entry)}: {step(entry.body['to'])}",
    "tissue.ended": _ended,
    "tissue.case_corrected": lambda db, entry: f"correct where {_case(db, entry)} came from",
    "tissue.piece_corrected": _corrected,
    "tissue.piece_moved": _moved,
    "tissue.told_apart": _told_apart,
    "tissue.assessment_corrected": _reassessed,
}
