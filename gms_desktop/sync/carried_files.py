"""Files that the hub has not, carried by hand behind the entries that cite them: from the store, to the hub."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.errors import Unavailable
from gms_desktop.files import chunks
from gms_desktop.files.store import FileStore
from gms_desktop.journal.database import Database
from gms_desktop.register import files_cited
from gms_desktop.sync.journal_file import CarriedFile
from gms_desktop.sync.transport import FileChunk, Given, Hub

MOST_BYTES = 64 * 1024**2
"""Bytes of all files in one journal file: what is above stays at the bench, and travels when the network is back."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that are carried, and how many stay here: too large together, or damaged."""

    files: tuple[CarriedFile, ...]
    too_large: int = 0
    damaged: int = 0


def gather(db: Database, store: FileStore, epoch: str, most_bytes: int = MOST_BYTES) -> Gathered:
    """The files that the hub has not confirmed, smallest first, as many as there is room for. Only reads.

    Args:
        db: the bench's file.
        store: its files.
        epoch: the hub's, as this bench last heard it.
        most_bytes: of all of them together.
    """
    found: list[CarriedFile] = []
    room, too_large, damaged = most_bytes, 0, 0
    for one in sorted(store.to_give(epoch), key=lambda kept: (kept.size, kept.sha256)):
        subjects = store.subjects(one.sha256)
        cited = next(filter(None, (files_cited.citing(db, subject, one.sha256) for subject in subjects)), None)
        if cited is None:
            continue
        if one.size > room:
            too_large += 1
            continue
        try:
            content = b"".join(store.content(one.sha256))
        except Unavailable:
            damaged += 1
            continue
        room -= one.size
        found.append(CarriedFile(one.sha256, one.media_type, cited.writer, cited.seq, content))
    return Gathered(tuple(found), too_large, damaged)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of carried files: how many the hub has now, how many were erased, why others were not taken."""

    here: int = 0
    erased: int = 0
    refused: tuple[str, ...] = ()


def give(file: CarriedFile, hub: Hub) -> tuple[Given, str]:
    """Give the hub one file, chunk by chunk, beginning with the first that it lacks; its last answer and its words.

    Raises:
        HubUnavailable: when it gives no answer; what it took stays taken.
    """
    known = hub.file(file.sha256)
    if known is not None and (known.complete or known.emptied):
        return (Given.COMPLETE if known.complete else Given.EMPTIED), ""
    there = set(known.numbers) if known is not None else set()
    answer, words = Given.OK, ""
    for number, content in enumerate(chunks.split(file.content)):
        if number in there:
            continue
        size = len(file.content)
        chunk = FileChunk(file.sha256, size, file.media_type, file.writer, file.seq, number, content)
        answer, words = hub.give_file_chunk(chunk)
        if answer is not Given.OK:
            break
    return answer, words
