"""Checkpoints: how far this bench's own writers had come, signed with its key and kept beside its backups.

A chain shows that nothing in a file was changed, as long as nobody writes the whole chain anew. A checkpoint stands
outside the file: whoever rewrites that contradicts every checkpoint since, and cannot sign others without the bench's
Ed25519 key (RFC 8032). Each names the one before it, so that none can be taken out of their midst. What a hub has
acknowledged is signed there besides (decision 21).
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from gms_desktop import checkpoint_words as say
from gms_desktop.journal import store
from gms_desktop.journal.canonical import canonical
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.register import base

NAME = "checkpoints.jsonl"
_SIGNED = b"gms_desktop checkpoint 1\n"
_MOST_FINDINGS = 20

_withdrawn = text_statement("SELECT hash FROM withdrawn WHERE writer = :writer AND seq = :seq")
_followed = text_statement("SELECT id, cause, former, at FROM incarnation WHERE former = :writer ORDER BY at")

_came_from_elsewhere = text_statement(
    "SELECT id FROM incarnation WHERE cause IN ('no lease', 'restored backup', 'other machine') LIMIT 1"
)

Heads = tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A line of the file: when, of which writers, how far each had come with which hash, and who signed it."""

    at: str
    heads: Heads
    before: str
    public: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """What a bench knows of its checkpoints where they are not.

    Attributes:
        newest: by :func:`name_of`, the newest that it made; empty where none is noted.
        at: when.
        key: the bench's own public key; empty where its secret store has none.
    """

    newest: str = ""
    at: str = ""
    key: bytes = b""


@dataclass
class Checked:
    """What checkpoints say of a file.

    Attributes:
        count: how many were read.
        newest: when the newest was made, ``""`` when there is none.
        keys: the public keys that signed them, in the order of their first line.
        findings: what contradicts the file, or the checkpoints themselves.
        notes: what is missing from the file and why, where the file itself says so.
    """

    count: int = 0
    newest: str = ""
    keys: list[bytes] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def keep(folder: Path, db: Database, secret: bytes, at: datetime, former: str = "") -> bytes | None:
    """Add a checkpoint, unless nothing was recorded since the last one.

    Args:
        folder: where the backups are.
        db: the bench's file, read at one moment.
        secret: the bench's signing key, 32 bytes.
        at: now, aware UTC.
        former: by :func:`name_of`, the newest one that was ever made. Where it is gone from the folder, the next one
            follows it still, and thereby says under its signature that one is gone.

    Returns:
        The line that was added, or None.

    Raises:
        OSError: when the folder is away, full, or may not be written.
    """
    heads = tuple((one.writer, one.last_seq, one.last_hash.hex()) for one in store.writers(db))
    path = folder / NAME
    _drop_torn(path)
    last = _last_line(path)
    if last and [list(head) for head in heads] == _said(last).get("heads"):
        return None
    there = not former or (path.exists() and any(name_of(one) == former for one in _lines(path)))
    before = (name_of(last) if last else "") if there else former
    line = _signed(heads, before, at, secret)
    with path.open("ab") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return line


def name_of(line: bytes) -> str:
    """By what the next checkpoint names a line: its SHA-256 in hex."""
    return sha256(line).hexdigest()


def check(folder: Path, db: Database, *, whole: bool, made: Made = Made()) -> Checked:
    """Compare a bench's file with every checkpoint.

    Args:
        folder: where the backups are.
        db: the bench's own file, or an older copy of it.
        whole: whether it must have all that was ever signed, as the bench's own file must and a backup cannot.
        made: what the bench knows beside the checkpoints of those that it made.

    Raises:
        OSError: when the checkpoints are there and cannot be read.
    """
    found, path = Checked(), folder / NAME
    journal, before, named = _Journal(db), "", set[str]()
    for number, line in enumerate(_lines(path) if path.exists() else (), start=1):
        one = _read(line)
        if one is None:
            _tell(found, say.not_readable(number))
        else:
            found.count, found.newest = found.count + 1, one.at
            _check_line(found, one, before, number)
            _compare(found, journal, one)
            named.add(one.before)
        before = name_of(line)
        named.add(before)
    if made.newest and made.newest not in named:
        _tell(found, say.newest_gone(made.at, str(folder)))
    _check_keys(found, db, made, whole=whole)
    _explain(found, db, journal.ends, whole=whole)
    return found


# --- one line ---


def _signed(heads: Heads, before: str, at: datetime, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(secret)
    said = _body(at.isoformat(timespec="seconds"), heads, before, key.public_key().public_bytes_raw())
    return canonical({**said, "signature": key.sign(_SIGNED + canonical(said)).hex()})


def _body(at: str, heads: Heads, before: str, public: bytes) -> dict[str, Any]:
    return {"at": at, "before": before, "heads": [list(one) for one in heads], "public": public.hex()}


def _read(line: bytes) -> Checkpoint | None:
    said = _said(line)
    try:
        heads = tuple((str(writer), int(seq), str(digest)) for writer, seq, digest in said["heads"])
        keys = bytes.fromhex(said["public"]), bytes.fromhex(said["signature"])
        return Checkpoint(str(said["at"]), heads, str(said["before"]), *keys)
    except (LookupError, ValueError, TypeError):
        return None


def _said(line: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _holds(one: Checkpoint) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(one.public)
        key.verify(one.signature, _SIGNED + canonical(_body(one.at, one.heads, one.before, one.public)))
    except (InvalidSignature, ValueError):
        return False
    return True


# --- the file ---


def _lines(path: Path) -> Iterator[bytes]:
    """Every whole line; one that the power failed in the middle of was never a checkpoint."""
    with path.open("rb") as file:
        yield from (line[:-1] for line in file if line.endswith(b"\n"))


def _last_line(path: Path) -> bytes:
    return next(iter(deque(_lines(path), maxlen=1)), b"") if path.exists() else b""


def _drop_torn(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as file:
        content = file.read()
        if content and not content.endswith(b"\n"):
            file.truncate(content.rfind(b"\n") + 1)


# --- what they say of a journal ---


def _check_line(found: Checked, one: Checkpoint, before: str, number: int) -> None:
    if one.public not in found.keys:
        found.keys.append(one.public)
    if not _holds(one):
        _tell(found, say.not_its_key(number, one.at))
    if number == 1 and one.before:
        # A disk that was replaced is no fault of the records: it is told, and what the first one signed counts.
        found.notes.append(say.begins_later(one.at))
    elif one.before != before:
        _tell(found, say.one_gone(number, one.at))


def _check_keys(found: Checked, db: Database, made: Made, *, whole: bool) -> None:
    """Whose key it is: another than the bench's has its place only where the file says that it came from elsewhere."""
    others = [key for key in found.keys if key != made.key]
    if not whole or not others:
        return
    if not made.key:
        found.notes.append(say.NO_KEY)
    elif db.all(_came_from_elsewhere, {}):
        found.notes.append(say.former_keys(len(others)))
    else:
        _tell(found, say.anothers_key(len(others)))


class _Journal:
    """The file that checkpoints are compared with; ``ends``: how much was signed of writers that have less."""

    def __init__(self, db: Database) -> None:
        self._db = db
        known = base.known(db)
        self._below = {writer: seq for writer, (seq, _) in known.heads.items()} if known else {}
        self._hashes: dict[tuple[str, int], frozenset[str]] = {}
        self.ends: dict[str, int] = {}

    def may_be_taken_away(self, writer: str, seq: int) -> bool:
        """Whether the entry may stand in a base of the hub alone, or was never one."""
        return seq <= self._below.get(writer, 0)

    def hashes(self, writer: str, seq: int) -> frozenset[str]:
        """The hashes of a writer's entry of that number, those that were recorded again under another included."""
        found = self._hashes.get((writer, seq))
        if found is None:
            there = store.by_identity(self._db, f"{writer}/{seq}")
            rows = self._db.tuples(_withdrawn, {"writer": writer, "seq": seq})
            found = frozenset([*[bytes(row[0]).hex() for row in rows], *([there.hash.hex()] if there else [])])
            self._hashes[writer, seq] = found
        return found


def _compare(found: Checked, journal: _Journal, one: Checkpoint) -> None:
    for writer, seq, digest in one.heads:
        hashes = journal.hashes(writer, seq)
        if hashes and digest not in hashes:
            _tell(found, say.rewritten(writer, seq, one.at))
        elif not hashes and seq and not journal.may_be_taken_away(writer, seq):
            # How much is missing is said once, by the newest checkpoint.
            journal.ends[writer] = max(journal.ends.get(writer, 0), seq)


def _explain(found: Checked, db: Database, ends: Mapping[str, int], *, whole: bool) -> None:
    """Entries that were signed and are not there: a backup that was put back says so itself, in its next writer."""
    there = {one.writer: one.last_seq for one in store.writers(db)}
    for writer, seq in sorted(ends.items()):
        last = there.get(writer, 0)
        followed: Sequence[Mapping[str, Any]] = db.all(_followed, {"writer": writer})
        if followed:
            found.notes.append(say.explained(writer, last, seq, followed[0]["cause"], followed[0]["at"]))
        elif whole:
            _tell(found, say.missing(writer, last, seq))
        else:
            found.notes.append(say.later(writer, last, seq))


def _tell(found: Checked, finding: str) -> None:
    if len(found.findings) < _MOST_FINDINGS:
        found.findings.append(finding)
