"""The scans of a shift as lines that can be played into a rehearsal: what came, and what was answered then.

A scan that may identify a patient, and one that could not be read, are not in the journal's bytes, and a badge is
nowhere: each leaves only a line that says so. Who worked is counted through, never named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from gms_desktop.errors import Refused
from gms_desktop.journal.entry import Entry

FORMAT = 1
_OPENS = frozenset({"signed in", "unlocked"})
_OF_THE_BENCH = ("label.", "session.", "scan.")


class Line(StrEnum):
    """What a line of the record is."""

    SCAN = "scan"
    PRIVATE = "private"
    BADGE = "badge"
    SESSION = "session"
    LABEL = "label"
    DONE = "done"


@dataclass(frozen=True)
class Recorded:
    """One thing that happened at the bench.

    Attributes:
        line: what sort of thing.
        at: when, as in the journal.
        text: the code of a scan; the number on a label; the kind of what was done by key or file.
        symbology: its AIM identifier.
        entered: ``scanned`` or ``typed``.
        verdict: how it was answered.
        title: and in which words.
        who: for a session that opened, the so-manieth person of the record; 0 for one that ended.
    """

    line: Line
    at: str
    text: str = ""
    symbology: str | None = None
    entered: str = ""
    verdict: str = ""
    title: str = ""
    who: int = 0


def recorded(entries: Iterable[Entry]) -> Iterator[Recorded]:
    """Entries of one bench, in their order, as lines: within an act the scan comes before what it led to."""
    people: dict[str, int] = {}
    for _, act in groupby(entries, key=lambda entry: entry.action):
        made = list(act)
        scans = [_scan(entry) for entry in made if entry.kind == "scan.judged"]
        yield from scans
        for entry in made:
            if entry.kind == "session.changed":
                yield _session(entry, people)
            elif entry.kind == "label.intended":
                yield Recorded(Line.LABEL, entry.occurred_at, entry.body["accession"])
        if not scans and (done := [entry for entry in made if _is_done_by_a_person(entry)]):
            yield Recorded(Line.DONE, done[0].occurred_at, done[0].kind)


def _is_done_by_a_person(entry: Entry) -> bool:
    return entry.operator is not None and not entry.kind.startswith(_OF_THE_BENCH)


def _scan(entry: Entry) -> Recorded:
    body = entry.body
    sort = Line.PRIVATE if body["text"] is None else Line.BADGE if body["raw"] is None else Line.SCAN
    said = (body["verdict"], body["title"])
    if sort is not Line.SCAN:
        return Recorded(sort, entry.occurred_at, verdict=said[0], title=said[1])
    return Recorded(sort, entry.occurred_at, body["text"], body["symbology"], body["entered"], *said)


def _session(entry: Entry, people: dict[str, int]) -> Recorded:
    who = entry.body["operator"] if entry.body["how"] in _OPENS else None
    number = people.setdefault(who, len(people) + 1) if who else 0
    return Recorded(Line.SESSION, entry.occurred_at, who=number)


def to_text(lines: Iterable[Recorded]) -> Iterator[str]:
    """The record as lines of JSON, the first saying what it is; what is empty is left out."""
    yield json.dumps({"format": FORMAT, "what": "scans of a gms_desktop bench"}) + "\n"
    for one in lines:
        said = {name: value for name, value in asdict(one).items() if value}
        yield json.dumps(said, ensure_ascii=False) + "\n"


def from_text(text: str) -> tuple[Recorded, ...]:
    """A record read.

    Raises:
        Refused: it is no record of scans, or of a newer version.
    """
    # Not splitlines: a code may hold signs that end a line elsewhere.
    first, *rest = text.split("\n")
    try:
        head = json.loads(first)
        version = head["format"] if head["what"] else 0
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Refused("This is no record of scans. Make one: gms-desktop device record --out FILE.") from fault
    if version != FORMAT:
        raise Refused("This record of scans is of another version. Make it again with this version.")
    return tuple(_line(number, line) for number, line in enumerate(rest, start=2) if line.strip())


_FIELDS = {field.name: str(field.type) for field in fields(Recorded)}
_SORTS = {"int": int}


def _line(number: int, text: str) -> Recorded:
    try:
        said: dict[str, Any] = json.loads(text)
        if datetime.fromisoformat(said["at"]).tzinfo is None:
            raise ValueError
        if any(not isinstance(value, _SORTS.get(_FIELDS[name], str)) for name, value in said.items()):
            raise TypeError
        return Recorded(**{**said, "line": Line(said["line"])})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Refused(f"Line {number} of the record cannot be read. Make the record again.") from fault
