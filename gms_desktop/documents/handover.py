"""The shift handover sheet: what it holds, and its text, which is what two people sign and from which it is read back.

The text has a line for each value, after a mark that says which: what was signed at one bench is printed at another
exactly as it was on screen there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

TITLE = "Shift handover"
REHEARSAL = "REHEARSAL: made-up patients, not for use"
NOTES = "Notes for the next shift"
HANDED_OVER = "Handed over by"
TAKEN_OVER = "Taken over by"
NO_NOTES = "No note waits to be acknowledged."


@dataclass(frozen=True)
class Line:
    """One thing that is open.

    Attributes:
        what: its number, code or name.
        stands: how it stands: where, since when, why.
        action: what to do next.
        urgent: whether it is urgent work.
    """

    what: str
    stands: str = ""
    action: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    """Things of one sort.

    Attributes:
        title: what they are.
        lines: each of them.
        empty: what is said where there are none.
        note: what is to be known about all of them; may be empty.
    """

    title: str
    lines: tuple[Line, ...]
    empty: str
    note: str = ""


@dataclass(frozen=True)
class Note:
    """What somebody wrote for the next shift; it stands here until it is acknowledged by name."""

    id: str
    text: str
    by: str
    bench: str
    at: str


@dataclass(frozen=True)
class Sheet:
    """The sheet as it stood when it was made. Times are the laboratory's local time, in words.

    Attributes:
        laboratory: its name.
        bench: where it was made.
        made_at: when.
        made_by: by whom.
        as_of: up to when it knows of other benches' work, and what of this one was not shared yet.
        lead: how much is open, in a sentence: said also where nothing is.
        notes: not acknowledged yet, oldest first.
        sections: in the order in which they are read out.
        rehearsal: whether everybody on it is made up.
    """

    laboratory: str
    bench: str
    made_at: str
    made_by: str
    as_of: str
    lead: str
    notes: tuple[Note, ...] = ()
    sections: tuple[Section, ...] = ()
    rehearsal: bool = False

    def as_text(self) -> str:
        """The text that is signed: every word of the sheet, and nothing else."""
        return "\n".join(f"{mark}{_one_line(value)}" for mark, value in _marked(self))

    @property
    def sha256(self) -> str:
        """The hash of the text."""
        return sha256(self.as_text().encode()).hexdigest()


@dataclass(frozen=True)
class Signature:
    """Who signed, in which role, and when, in words."""

    by: str
    role: str
    at: str


@dataclass(frozen=True)
class Signatures:
    """The two names under a sheet; None: nobody yet."""

    handed_over: Signature | None = None
    taken_over: Signature | None = None


_LABORATORY, _BENCH, _MADE_AT, _MADE_BY, _AS_OF = "Laboratory: ", "Bench: ", "Made at: ", "Made by: ", "As of: "
_LEAD, _NOTE, _SECTION, _REMARK, _EMPTY = "In short: ", "* ", "== ", "   ", "-- "
_PLAIN, _URGENT, _STANDS, _ACTION = "- ", "! ", "    how it stands: ", "    next: "
_WROTE, _AT_BENCH, _AT, _NOTE_ID = "    written by: ", "    at bench: ", "    at: ", "    note: "
_MARKS = (
    *(_LABORATORY, _BENCH, _MADE_AT, _MADE_BY, _AS_OF, _LEAD, _NOTE, _SECTION, _EMPTY, _PLAIN, _URGENT),
    *(_STANDS, _ACTION, _WROTE, _AT_BENCH, _AT, _NOTE_ID, _REMARK),
)


def _one_line(value: str) -> str:
    return " ".join(value.splitlines())


def _marked(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield "", TITLE
    if sheet.rehearsal:
        yield "", REHEARSAL
    yield _LABORATORY, sheet.laboratory
    yield _BENCH, sheet.bench
    yield _MADE_AT, sheet.made_at
    yield _MADE_BY, sheet.made_by
    yield _AS_OF, sheet.as_of
    yield _LEAD, sheet.lead
    for note in sheet.notes:
        yield _NOTE, note.text
        yield from ((_WROTE, note.by), (_AT_BENCH, note.bench), (_AT, note.at), (_NOTE_ID, note.id))
    for section in sheet.sections:
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[tuple[str, str]]:
    yield _SECTION, section.title
    if section.note:
        yield _REMARK, section.note
    yield _EMPTY, section.empty
    for line in section.lines:
        yield _URGENT if line.urgent else _PLAIN, line.what
        if line.stands:
            yield _STANDS, line.stands
        if line.action:
            yield _ACTION, line.action


def read_sheet(text: str) -> Sheet:
    """The sheet that a text was made from.

    Raises:
        ValueError: when it is no such text.
    """
    lines = text.split("\n")
    rehearsal = lines[1:2] == [REHEARSAL]
    if lines[0] != TITLE:
        raise ValueError("no handover sheet")
    marked = [_split(line) for line in lines[2 if rehearsal else 1 :]]
    head, rest = marked[:6], marked[6:]
    if [mark for mark, _ in head] != [_LABORATORY, _BENCH, _MADE_AT, _MADE_BY, _AS_OF, _LEAD]:
        raise ValueError("a handover sheet begins with where, when and by whom it was made")
    begun = next((place for place, (mark, _) in enumerate(rest) if mark == _SECTION), len(rest))
    where, bench, made_at, made_by, as_of, lead = (value for _, value in head)
    notes = tuple(_note(lot) for lot in _lots(rest[:begun], (_NOTE,)))
    sections = tuple(_section(lot) for lot in _lots(rest[begun:], (_SECTION,)))
    return Sheet(where, bench, made_at, made_by, as_of, lead, notes, sections, rehearsal)


_Marked = list[tuple[str, str]]


def _split(line: str) -> tuple[str, str]:
    for mark in _MARKS:
        if line.startswith(mark):
            return mark, line[len(mark) :]
    raise ValueError(f"a line of no handover sheet: {line[:20]!r}")


def _lots(marked: _Marked, begins: tuple[str, ...]) -> list[_Marked]:
    lots: list[_Marked] = []
    for one in marked:
        if one[0] in begins:
            lots.append([])
        if not lots:
            raise ValueError("a line that belongs to nothing")
        lots[-1].append(one)
    return lots


def _note(lot: _Marked) -> Note:
    said = dict(lot)
    try:
        return Note(said[_NOTE_ID], said[_NOTE], said[_WROTE], said[_AT_BENCH], said[_AT])
    except KeyError as fault:
        raise ValueError("a note without its writer") from fault


def _section(lot: _Marked) -> Section:
    begun = next((place for place, (mark, _) in enumerate(lot) if mark in (_PLAIN, _URGENT)), len(lot))
    said = dict(lot[:begun])
    lines = tuple(_line(one) for one in _lots(lot[begun:], (_PLAIN, _URGENT)))
    return Section(said[_SECTION], lines, said.get(_EMPTY, ""), said.get(_REMARK, ""))


def _line(lot: _Marked) -> Line:
    (mark, what), said = lot[0], dict(lot[1:])
    return Line(what, said.get(_STANDS, ""), said.get(_ACTION, ""), mark == _URGENT)
