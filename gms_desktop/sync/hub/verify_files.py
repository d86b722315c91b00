"""Proves what a hub keeps beside its journal: files against their hash and their citations, values against erasures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import psycopg

from gms_desktop.journal.private import PrivateValue, agrees
from gms_desktop.register.files_cited import Citation

if TYPE_CHECKING:
    from gms_desktop.journal.entry import Entry

_FILES = """SELECT f.sha256, f.size, f.complete, f.emptied, EXISTS (SELECT FROM hub.file_citation c
        JOIN hub.private p ON p.scope = c.scope AND p.subject = c.subject AND p.commitment = c.name AND p.value IS NULL
        WHERE c.scope = f.scope AND c.sha256 = f.sha256)
    FROM hub.file f WHERE f.scope = %s"""
_CHUNKS = "SELECT sha256, content FROM hub.file_chunk WHERE scope = %s ORDER BY sha256, number"
_PRIVATE = "SELECT commitment, salt, value, subject FROM hub.private WHERE scope = %s"
_LOT, _CHUNKS_AT_ONCE = 1000, 16


@dataclass
class FilesProof:
    """What was counted of the files.

    Attributes:
        cited: how many files the journal cites.
        whole: how many are here, each as its hash says; ``bytes`` of them together.
        emptied: how many were erased for good.
        under_way: of how many a part is here.
        missing: cited files of which nothing is here: they are still at their bench.
    """

    cited: int = 0
    whole: int = 0
    bytes: int = 0
    emptied: int = 0
    under_way: int = 0
    missing: list[Citation] = field(default_factory=list)


@dataclass
class PrivateProof:
    """What was counted of the private values: all of them, and those that were erased."""

    values: int = 0
    erased: int = 0


def check_files(
    connection: psycopg.Connection, scope: str, cited: Iterable[Citation], found: Callable[[str], None]
) -> FilesProof:
    """Compare every file with its hash, and the files with what the journal cites.

    Args:
        connection: inside a transaction.
        scope: the laboratory.
        cited: what the journal cites.
        found: is told what does not hold.
    """
    proof = FilesProof()
    known = {row[0]: row[1:] for row in connection.execute(_FILES, (scope,)).fetchall()}
    there = _contents(connection, scope)
    for digest, (size, complete, emptied, name_erased) in sorted(known.items()):
        length, content = there.pop(digest, (0, sha256(b"").hexdigest()))
        short = f"file {digest[:12]}…"
        if name_erased and not emptied:
            found(f"{short} was erased and its content is still there")
        if emptied:
            proof.emptied += 1
            if length:
                found(f"{short} was emptied and {length} bytes of it are still there")
        elif not complete:
            proof.under_way += 1
        elif (length, content) != (size, digest):
            found(f"{short} differs from its hash: {length} of {size} bytes are there")
        else:
            proof.whole += 1
            proof.bytes += size
    for digest in sorted(there):
        found(f"chunks of the file {digest[:12]}… are there, and the file is not")
    by_hash = {one.sha256: one for one in cited}
    proof.cited = len(by_hash)
    proof.missing = [one for digest, one in sorted(by_hash.items()) if digest not in known]
    for digest in sorted(known.keys() - by_hash.keys()):
        found(f"file {digest[:12]}… is cited by no entry")
    return proof


def _contents(connection: psycopg.Connection, scope: str) -> dict[str, tuple[int, str]]:
    """Of each file the length of what is there and its SHA-256; a lot of chunks at a time."""
    hashes: dict[str, tuple[int, str]] = {}
    running, length, current = sha256(), 0, ""
    with connection.cursor("files", binary=True) as cursor:
        cursor.itersize = _CHUNKS_AT_ONCE
        cursor.execute(_CHUNKS, (scope,))
        for digest, content in cursor:
            if digest != current:
                running, length, current = sha256(), 0, digest
            running.update(content)
            length += len(content)
            hashes[digest] = (length, running.hexdigest())
    return hashes


def erased_by(entry: Entry, verdict: str) -> set[tuple[str, str]]:
    """The values that an entry erases, as pairs of subject and commitment."""
    named = entry.body.get("commitments")
    if entry.kind != "private.erased" or verdict == "refused" or not isinstance(named, list | tuple):
        return set()
    return {(str(entry.body.get("subject")), str(one)) for one in named}


def check_private(
    connection: psycopg.Connection,
    scope: str,
    committed: set[str],
    erased: set[tuple[str, str]],
    found: Callable[[str], None],
) -> PrivateProof:
    """Compare every private value with its commitment, with the entries that cite it and with those that erase it.

    Args:
        connection: inside a transaction.
        scope: the laboratory.
        committed: every commitment that an entry cites.
        erased: what entries erase.
        found: is told what does not hold.
    """
    proof, missing = PrivateProof(), set(committed)
    with connection.cursor("private", binary=True) as cursor:
        cursor.execute(_PRIVATE, (scope,))
        while lot := cursor.fetchmany(_LOT):
            for value in (PrivateValue(*row) for row in lot):
                proof.values += 1
                proof.erased += value.value is None
                missing.discard(value.commitment)
                if not agrees(value):
                    found(f"a private value of {value.subject} differs from its commitment")
                elif value.value is None and (value.subject, value.commitment) not in erased:
                    found(f"a private value of {value.subject} is empty, and no entry erased it")
                elif value.value is not None and (value.subject, value.commitment) in erased:
                    found(f"a private value of {value.subject} was erased and is still there")
    if missing:
        found(f"{len(missing)} private values that entries cite are not there")
    return proof
