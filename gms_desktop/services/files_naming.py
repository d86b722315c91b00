"""Files as they came that name a patient: a row of requests, of a run or of a letter that is others' as well.

A file is looked through row by row, so that a surname of one patient and a forename of another are not taken for one
name. What holds no text (a picture, a PDF) or is not here is counted, and nothing is said of what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gms_desktop.exchange import decoding, workbook
from gms_desktop.files.kept import Kept, State
from gms_desktop.files.store import FileStore
from gms_desktop.journal.private import search_terms

Terms = tuple[tuple[str, ...], ...]
_BETWEEN_CELLS = re.compile('[,;\\t|"<>]')


@dataclass
class Named:
    """What the files of a bench were found to hold.

    Attributes:
        subjects: what the files that name the patient were kept for, such as ``import:…``.
        unread: how many hold nothing that can be looked through.
        elsewhere: how many the hub has and this bench has not.
    """

    subjects: set[str] = field(default_factory=set)
    unread: int = 0
    elsewhere: int = 0


def naming(files: FileStore, terms: Terms) -> Named:
    """Look through every file that is kept here.

    Args:
        files: the bench's files.
        terms: by what a text names the patient, as folded words, of which all of one must stand in a row.

    Raises:
        Unavailable: when the file store cannot be read.
    """
    found = Named()
    for kept in files.every():
        if kept.state is State.AWAY:
            found.elsewhere += 1
        elif kept.state is State.HERE:
            _look_through(files, kept, terms, found)
    return found


def _look_through(files: FileStore, kept: Kept, terms: Terms, found: Named) -> None:
    rows = _rows(b"".join(files.content(kept.sha256)))
    if rows is None:
        found.unread += 1
    elif any(_names(row, terms) for row in rows):
        found.subjects.update(files.subjects(kept.sha256))


def _rows(content: bytes) -> Iterator[list[str]] | None:
    """The cells of each row; None where there is no text to be had."""
    if workbook.is_workbook(content):
        try:
            return (list(row) for sheet in workbook.sheets(content) for row in sheet.rows)
        except workbook.NotReadable:
            return None
    text = decoding.decode(content, len(content)).text
    return (_BETWEEN_CELLS.split(line) for line in text.splitlines()) if text else None


def _names(cells: list[str], terms: Terms) -> bool:
    # Most rows are another patient's: one comparison of the whole tells so.
    whole = "".join(search_terms(" ".join(cells))[:1])
    if not any(all(word in whole for word in term) for term in terms):
        return False
    words = {word for cell in cells for word in search_terms(cell)}
    return any(words.issuperset(term) for term in terms)
