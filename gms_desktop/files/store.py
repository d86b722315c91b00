"""``files.db``: a SQLite file of its own beside the bench's, under the same cipher.

A file is addressed by the SHA-256 of its content. It is durable when :meth:`FileStore.put` returns, and only then is
the entry written that cites it: no entry stands without its file. Any thread may ask; one at a time is answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import chunks, tables
from gms_desktop.files.kept import Kept, State
from gms_desktop.journal import sqlite_file
from gms_desktop.journal.database import Database, Row

T = TypeVar("T")


class FileStore:
    """The bench's files."""

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        """Open the store; made when it is not there.

        Args:
            path: of ``files.db``.
            key: the key of the bench's file.
            read_only: for who only looks.

        Raises:
            Refused: when a newer version wrote it.
            Unavailable: when it is damaged, under another key, or the disk is away.
        """
        self.path = path
        self._turn, self._reading_turn = threading.Lock(), threading.Lock()
        self._db = sqlite_file.open_for_reading(path, key) if read_only else sqlite_file.open_for_writing(path, key)
        try:
            self._bring_up(read_only=read_only)
            # Who asks where a file is does not wait while a large one is written.
            self._reader = sqlite_file.open_for_reading(path, key)
            # An erasure may have been cut off before its log was emptied.
            self._log_holds = True
        except BaseException:
            self._db.close()
            raise

    def _bring_up(self, *, read_only: bool) -> None:
        raw = self._db.raw
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        if version > tables.FORMAT:
            raise Refused(f"{self.path} was written by a newer version. Install that version; it is left as it is.")
        if read_only:
            return
        # What is erased or given up is overwritten in the file, not only taken off its lists.
        raw.execute("PRAGMA secure_delete=ON")
        if version == 0:
            with self._db.write():
                self._db.script((*tables.TABLES, f"PRAGMA user_version={tables.FORMAT}"))

    def close(self, *, alone: bool = False) -> None:
        """Close the store; ``alone``: leave one file that can be read from a disk that is not to be written."""
        with self._turn, self._reading_turn:
            self._reader.close()
            if alone:
                self._db.raw.execute("PRAGMA journal_mode=DELETE")
            self._db.close()

    # --- what comes in ---

    def put(self, content: bytes, media_type: str, subject: str, at: str) -> Kept:
        """Keep a file for the entry that is about to cite it; when this returns, it is on disk.

        Content that was erased is not kept again.

        Args:
            content: all of it.
            media_type: such as ``text/csv``.
            subject: what the citing entry will touch, such as ``import:…``.
            at: now, as entries write time.

        Raises:
            Refused: for more than 200 MB.
            Unavailable: when the disk is full or away.
        """
        if len(content) > chunks.LARGEST:
            raise Refused(
                f"The file has {len(content) / 1_000_000:,.0f} MB; up to {chunks.LARGEST // 1_000_000} MB are kept "
                "as evidence. Split it into smaller files, then take each in."
            )
        digest = sha256(content).hexdigest()
        made = Kept(digest, len(content), media_type, at, State.HERE)
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": digest}))
            if known is None or known.state not in {State.HERE, State.EMPTIED}:
                self._begin(db, made, known)
                pieces = enumerate(chunks.split(content))
                db.run_many(
                    tables.PUT_CHUNK, [{"sha256": digest, "number": n, "content": piece} for n, piece in pieces]
                )
            db.run(tables.CITE, {"subject": subject, "sha256": digest})
            db.run(tables.SET_ORPHAN, {"sha256": digest, "at": None})
            return _kept(db.one(tables.ONE, {"sha256": digest})) or made

    def want(self, digest: str, subject: str, at: str) -> None:
        """Ask for a file that is elsewhere; the sync fetches it. One that is here, or erased, stays as it is."""
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": digest}))
            if known is None or known.state in {State.AWAY, State.DROPPED}:
                size, media_type = (known.size, known.media_type) if known else (0, "")
                self._begin(db, Kept(digest, size, media_type, at, State.WANTED), known)
            db.run(tables.CITE, {"subject": subject, "sha256": digest})

    def expect(self, told: Kept) -> None:
        """Write down size, type and time of a file whose chunks are about to come."""
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": told.sha256}))
            if known is None or known.state not in {State.HERE, State.EMPTIED}:
                self._begin(db, replace(told, state=State.WANTED), known)

    def cite(self, subject: str, digest: str) -> None:
        """Note what a file is kept for; of a file that is not known nothing is noted."""
        with self._writing() as db:
            if db.one(tables.ONE, {"sha256": digest}) is not None:
                db.run(tables.CITE, {"subject": subject, "sha256": digest})

    def leave_as(self, told: Kept) -> None:
        """Have no content of a file that another store erased, gave up or dropped; what is erased here stays so."""
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": told.sha256}))
            if known is None or known.state not in {told.state, State.EMPTIED}:
                self._begin(db, told, known)
                _leave(db, told.sha256, told.state)
                _confirmed(db, told.sha256, told.confirmed_at, told.confirmed_in)

    def put_chunk(self, digest: str, number: int, content: bytes) -> None:
        """Keep one chunk of a wanted file.

        Raises:
            ValueError: when the chunk is not of the length that it must have.
        """
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": digest}))
            if known is None or known.state is not State.WANTED:
                return
            if len(content) != chunks.length(known.size, number):
                raise ValueError(f"chunk {number} of {digest} has {len(content)} bytes")
            db.run(tables.PUT_CHUNK, {"sha256": digest, "number": number, "content": content})

    def finish(self, digest: str, at: str, confirmed_at: str | None, confirmed_in: str | None) -> bool:
        """All chunks of a wanted file are here: check them together. What is not the file is thrown away.

        Args:
            digest: the file's hash.
            at: when its content came here, as entries write time.
            confirmed_at: when the hub said that it has it, if it did.
            confirmed_in: in which epoch of the hub.

        Returns:
            Whether the file is here now.
        """
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": digest}))
            if known is None or known.state is not State.WANTED:
                return known is not None and known.state is State.HERE
            if _digest(db, digest) != digest:
                db.run(tables.DROP_CHUNKS, {"sha256": digest})
                return False
            self._begin(db, replace(known, made_at=at, state=State.HERE), known)
            _confirmed(db, digest, confirmed_at, confirmed_in)
            return True

    @staticmethod
    def _begin(db: Database, made: Kept, known: Kept | None) -> None:
        row = {"sha256": made.sha256, "size": made.size, "media_type": made.media_type, "made_at": made.made_at}
        db.run(tables.BECOME if known else tables.NEW_FILE, row | {"state": made.state})

    # --- what is asked ---

    def kept(self, digest: str) -> Kept | None:
        """What is known of a file."""
        return self._reading(lambda db: _kept(db.one(tables.ONE, {"sha256": digest})))

    def every(self) -> list[Kept]:
        """Every file, oldest first."""
        return self._reading(lambda db: [_of(row) for row in db.all(tables.ALL)])

    def wanted(self) -> list[Kept]:
        """The files that are asked for, oldest first."""
        return self._reading(lambda db: [_of(row) for row in db.all(tables.IN_STATE, {"state": State.WANTED})])

    def to_give(self, epoch: str) -> list[Kept]:
        """The files here that the hub, as it is now, has not confirmed; those that it never did come first."""
        return self._reading(lambda db: [_of(row) for row in db.all(tables.NOT_CONFIRMED_IN, {"epoch": epoch})])

    def chunk(self, digest: str, number: int) -> bytes | None:
        """One chunk, or None when it is not here."""
        found = self._reading(lambda db: db.value(tables.CHUNK, {"sha256": digest, "number": number}))
        return None if found is None else bytes(found)

    def missing(self, digest: str) -> list[int]:
        """The numbers of the chunks that are not here yet."""

        def find(db: Database) -> list[int]:
            known = _kept(db.one(tables.ONE, {"sha256": digest}))
            there = {number for (number,) in db.tuples(tables.NUMBERS, {"sha256": digest})}
            return [n for n in range(chunks.count(known.size) if known else 0) if n not in there]

        return self._reading(find)

    def content(self, digest: str) -> Iterator[bytes]:
        """The chunks of a file that is here, in order.

        Raises:
            Unavailable: when the file is not here, or not what it was any more.
        """
        known = self.kept(digest)
        if known is None or known.state is not State.HERE:
            raise Unavailable("The file is not at this bench.", still_works="What was taken from it is.")
        running = sha256()
        for number in range(chunks.count(known.size)):
            piece = self.chunk(digest, number) or b""
            running.update(piece)
            yield piece
        if running.hexdigest() != digest:
            raise Unavailable("The file is damaged here. Run: gms-desktop verify.", still_works="The bench works on.")

    def citations(self) -> list[tuple[str, str]]:
        """What each file was kept for: a subject and the file's hash."""
        return self._reading(lambda db: [(subject, digest) for subject, digest in db.tuples(tables.CITATIONS)])

    def subjects(self, digest: str) -> list[str]:
        """What one file was kept for."""
        return self._reading(lambda db: [subject for (subject,) in db.tuples(tables.SUBJECTS, {"sha256": digest})])

    def whole(self, digest: str) -> bool:
        """Whether the content that is here has the hash that it is kept under."""
        return self._reading(lambda db: _digest(db, digest)) == digest

    # --- what becomes of it ---

    def confirm(self, digest: str, at: str, epoch: str) -> None:
        """The hub has all of it."""
        with self._writing() as db:
            _confirmed(db, digest, at, epoch)

    def prune(self, before: str, at: str, epoch: str) -> int:
        """Give up the content of files that came before a time and that the hub, as it is now, has confirmed.

        Returns:
            How many.
        """

        def old(one: Kept) -> bool:
            kept_on = one.kept_until is not None and one.kept_until > at
            return one.confirmed_in == epoch and one.confirmed_at is not None and one.made_at < before and not kept_on

        # Under one lock: whoever puts the same file anew meanwhile must find it here or away, nothing between.
        with self._writing() as db:
            found = [one for row in db.all(tables.IN_STATE, {"state": State.HERE}) if old(one := _of(row))]
            for one in found:
                _leave(db, one.sha256, State.AWAY)
        return len(found)

    def doubt(self, digest: str) -> None:
        """The content here is damaged: give it up, so that it is fetched again, or given anew by whoever has it."""
        with self._writing() as db:
            known = _kept(db.one(tables.ONE, {"sha256": digest}))
            if known is not None and known.state is State.HERE and known.confirmed_at is not None:
                _leave(db, digest, State.AWAY)

    def empty(self, digests: Collection[str]) -> int:
        """Erase the content of files for good.

        Returns:
            How many were not empty before.
        """
        with self._writing() as db:
            found = [_kept(db.one(tables.ONE, {"sha256": one})) for one in digests]
            due = [one for one in found if one is not None and one.state is not State.EMPTIED]
            for one in due:
                _leave(db, one.sha256, State.EMPTIED)
                _confirmed(db, one.sha256, None, None)
        self._log_holds = self._log_holds or bool(due)
        with self._turn:
            try:
                # Tried again at the next call while somebody reads.
                self._log_holds = self._log_holds and not sqlite_file.empty_log(self._db)
            except sqlite_file.DriverError as fault:
                raise sqlite_file.in_words(fault, self.path) from fault
        return len(due)

    def drop_orphans(self, is_cited: Callable[[str], bool], at: str, before: str) -> int:
        """Drop the files that no entry cites, once they were seen so for long enough.

        Only while nothing else is being put: at the opening of the bench.

        Args:
            is_cited: whether an entry about a subject stands in the journal.
            at: now, as entries write time.
            before: files that were already seen without an entry before this time are dropped.

        Returns:
            How many.
        """
        dropped = 0
        unseen = self._reading(lambda db: db.tuples(tables.NOT_SEEN_CITED))
        cited = [pair for pair in unseen if is_cited(pair[0])]
        loose = {digest for _, digest in unseen} - {digest for _, digest in cited}
        with self._writing() as db:
            for subject, digest in cited:
                db.run(tables.SEEN_CITED, {"subject": subject, "sha256": digest})
                db.run(tables.SET_ORPHAN, {"sha256": digest, "at": None})
            for one in filter(None, (_kept(db.one(tables.ONE, {"sha256": digest})) for digest in sorted(loose))):
                dropped += self._drop_orphan(db, one, at, before)
        return dropped

    @staticmethod
    def _drop_orphan(db: Database, one: Kept, at: str, before: str) -> bool:
        if one.state is not State.HERE or one.confirmed_at is not None:
            return False
        if one.orphan_since is None:
            db.run(tables.SET_ORPHAN, {"sha256": one.sha256, "at": at})
            return False
        if one.orphan_since >= before:
            return False
        _leave(db, one.sha256, State.DROPPED)
        db.run(tables.UNCITE, {"sha256": one.sha256})
        return True

    # --- one at a time ---

    def _reading(self, job: Callable[[Database], T]) -> T:
        with self._reading_turn:
            try:
                return job(self._reader)
            except sqlite_file.DriverError as fault:
                raise sqlite_file.in_words(fault, self.path) from fault

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with self._turn:
            try:
                with self._db.write():
                    yield self._db
            except sqlite_file.DriverError as fault:
                raise sqlite_file.in_words(fault, self.path) from fault


def _leave(db: Database, digest: str, state: State) -> None:
    db.run(tables.DROP_CHUNKS, {"sha256": digest})
    db.run(tables.SET_STATE, {"sha256": digest, "state": state})


def _confirmed(db: Database, digest: str, at: str | None, epoch: str | None) -> None:
    db.run(tables.CONFIRM, {"sha256": digest, "at": at, "epoch": epoch})


def _digest(db: Database, digest: str) -> str:
    running = sha256()
    for (number,) in db.tuples(tables.NUMBERS, {"sha256": digest}):
        running.update(bytes(db.value(tables.CHUNK, {"sha256": digest, "number": number})))
    return running.hexdigest()


def _kept(row: Row | None) -> Kept | None:
    return None if row is None else _of(row)


def _of(row: Row) -> Kept:
    return Kept(**row | {"state": State(row["state"])})
