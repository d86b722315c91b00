"""Opens the bench's file for work: lock, key, lease, ballast, versions; and says what a person must be told."""

from __future__ import annotations

import getpass
import os
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from gms_desktop import own_rights, protection_words, words
from gms_desktop.backups import Schedule
from gms_desktop.domain.identifiers import accession
from gms_desktop.domain.minting import Chance, Clock, identity, instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import opening, tables
from gms_desktop.files.kept import Kept
from gms_desktop.files.store import FileStore
from gms_desktop.journal import backup, ballast, encrypting, lease, secret_store, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.lease import Lease
from gms_desktop.journal.lock import BenchLock
from gms_desktop.journal.private import ERASED_IN_LOG
from gms_desktop.register import files_cited, look_up, rebuild, touched, versions
from gms_desktop.register.ledger import Ledger

DATABASE, LEASE, PEPPER = "bench.db", "lease.json", "pepper"
_INDEX_LOT = 50
_ORPHANS_STAY = timedelta(days=1)
_CLOCK_MAY_DIFFER = timedelta(minutes=2)


def tidied(ledger: Ledger) -> bool:
    """Do what waits until no scan does, as much at a time as a scan may wait for. Whether more names wait."""
    with ledger.db.write():
        indexed = store.index_private(ledger.db, _INDEX_LOT)
        if store.index_waits(ledger.db):
            touched.follow(ledger.db)
        ledger.tidy()
    if store.meta(ledger.db, ERASED_IN_LOG) == "1" and sqlite_file.empty_log(ledger.db):
        with ledger.db.write():
            store.put_meta(ledger.db, ERASED_IN_LOG, "0")
    sqlite_file.check_point(ledger.db)
    return indexed == _INDEX_LOT


@dataclass
class BenchFile:
    """A bench's data folder, opened by one application at a time.

    Attributes:
        folder: the bench's data folder.
        notices: what a person must be told once it is open.
        tell: is told, from the recorder's thread, how far an opening has come that takes long.
    """

    folder: Path
    clock: Clock
    chance: Chance
    app: str
    secrets: secret_store.SecretStore = field(init=False)
    notices: list[str] = field(default_factory=list)
    tell: Callable[[str], None] = lambda _words: None
    _lock: BenchLock | None = None
    _token: str = ""
    _schedule: Schedule | None = None
    _files: FileStore | None = None
    _files_turn: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.secrets = secret_store.secrets_of(self.folder)

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    @property
    def pepper(self) -> bytes:
        """The laboratory's pepper for badges and PINs; made for a bench that is about to be set up."""
        return secret_store.make_key(self.secrets, PEPPER)

    @property
    def files(self) -> FileStore:
        """The files beside the journal; opened by whoever asks first, on any thread.

        Raises:
            Refused: when a newer version wrote them.
            Unavailable: when their disk is away.
        """
        with self._files_turn:
            if self._files is None:
                self._files = self._opened_files()
            return self._files

    def kept_file(self, sha256: str) -> Kept | None:
        """What is known of a file; a screen is of use without, so None also when the store cannot be opened."""
        try:
            return self.files.kept(sha256)
        except (Refused, Unavailable):
            return None

    def _opened_files(self) -> FileStore:
        key, at = self._key(), self.clock.now()
        files, aside = opening.open_or_set_aside(self.folder / tables.NAME, key, at)
        if aside is not None:
            self.notices.append(words.files_set_aside(aside.name))
        # Whoever opens it is the first: nothing is being put now, and what no entry cites came to nothing before.
        with closing(sqlite_file.open_for_reading(self.path, key)) as db:
            files.empty(files_cited.erased(db, files.citations()))
            files.drop_orphans(
                lambda subject: files_cited.is_cited(db, subject), instant(at), instant(at - _ORPHANS_STAY)
            )
        return files

    def take(self) -> None:
        """Make the folder and take the lock.

        Raises:
            Refused: when another window has it.
            Unavailable: when the folder cannot be written.
        """
        try:
            self.folder.mkdir(mode=own_rights.FOLDER, parents=True, exist_ok=True)
            probe = self.folder / ".may-write"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as fault:
            raise Unavailable(
                f"{self.folder} cannot be written ({fault.strerror}). Give this account write access to it.",
                still_works="Nothing was changed.",
            ) from fault
        own_rights.keep(self.folder)
        self._lock = BenchLock(self.folder, f"{getpass.getuser()}, process {os.getpid()}")

    def open(self, begin: Callable[[Ledger], None] | None = None) -> Ledger:
        """Open the database, on the recorder's thread.

        Args:
            begin: sets a fresh database up, in the first transaction.

        Raises:
            Refused: when the file is of a newer version, or not set up and ``begin`` is missing.
            Unavailable: when the file is damaged or the disk is away.
        """
        key = self._key()
        fresh = not self.path.exists()
        self._encrypt(key)
        if not ballast.lay(self.folder):
            self.notices.append("The disk is nearly full. Free some space soon: what is scanned is still saved.")
        db = self._open_or_set_aside(key)
        if versions.bring_up(db):
            entries = store.count(db)
            rebuild.rebuild(db, lambda done: self.tell(words.folded_anew(done, entries)))
        ledger = Ledger(db, self.chance, self.clock, self.app)
        if not ledger.has_writer:
            if begin is None:
                db.close()
                raise Refused("This bench is not set up yet. Start gms-desktop run and fill in the first screen.")
            with db.write():
                begin(ledger)
        elif self.secrets.get(PEPPER) is None:
            db.close()
            raise Unavailable(protection_words.no_pepper(str(self.folder)), still_works="Nothing was changed.")
        elif not fresh:
            self._check_clock(ledger)
            self._check_lease(ledger)
        self._renew_lease(ledger)
        return ledger

    def when_idle(self, ledger: Ledger) -> bool:
        """Between jobs: put new names into the search index, and new entries into the indexes of the journal.

        Returns:
            Whether more names wait: each time only so many are indexed as a scan may wait for.
        """
        return tidied(ledger)

    def free_room(self) -> bool:
        """The disk is full: give the ballast up so that the scan in hand can be saved."""
        given = ballast.give_up(self.folder)
        if given:
            self.notices.append("The disk is full. The reserve is in use: free some space before the next patient.")
        return given

    def renew(self, ledger: Ledger) -> None:
        """Write down how far the writer came, inside the caller's transaction."""
        known = lease.read(self._lease_path)
        if known is not None:
            lease.write(self._lease_path, replace(known, seq=ledger.head.last_seq))

    def keep_backups(self, changed: Callable[[], None]) -> None:
        """Make backups on a schedule from now on, until :meth:`end_backups`; ``changed``: notices did."""
        self._schedule = Schedule(
            self.folder, self.path, self._key(), self.notices, changed, signing_key=self._signing_key
        )

    def _signing_key(self) -> bytes:
        from gms_desktop.sync.carrying import signing_key

        return signing_key(self.secrets)

    def end_backups(self) -> None:
        """Make no more backups; before the file is closed, or its log would stay behind."""
        if self._schedule is not None:
            self._schedule.close()
            self._schedule = None

    def release(self) -> None:
        """Let the folder go."""
        self.end_backups()
        with self._files_turn:
            files, self._files = self._files, None
        if files is not None:
            files.close()
        if self._lock is not None:
            own_rights.keep(self.folder)
            self._lock.release()
            self._lock = None

    def _key(self) -> bytes:
        known = secret_store.key_of(self.secrets)
        if known is None and self.path.exists() and not sqlite_file.lies_open(self.path):
            raise Unavailable(
                f"The key to {self.path} is not on this machine. Restore the secrets folder, or restore from a backup.",
                still_works="The file has been left as it is.",
            )
        return known or secret_store.make_key(self.secrets)

    def _encrypt(self, key: bytes) -> None:
        """A bench that lies open is encrypted before anything else is done with it; its files with it."""
        if encrypting.unfinished(self.path):
            self.tell(protection_words.ENCRYPTING)
            encrypting.encrypt_bench(self.path, key, self._lease_path)
            self.notices.append(protection_words.ENCRYPTED)
        encrypting.encrypt(self.folder / tables.NAME, key)

    def _open_or_set_aside(self, key: bytes) -> Database:
        # Whoever closes the file in good order takes its log away. Only what a crash left behind is read through first:
        # that takes 8 seconds a gigabyte.
        ended_well = not sqlite_file.left_open(self.path)
        try:
            db = sqlite_file.open_for_writing(self.path, key)
            if ended_well or not sqlite_file.damage(db):
                return db
            db.close()
        except Unavailable as fault:
            if "damaged" not in fault.sentence:
                raise
            known = lease.read(self._lease_path)
            if sqlite_file.is_of_another_key(self.path, key, known.salt if known else ""):
                raise Refused(protection_words.of_another_key(str(self.path))) from fault
        aside = backup.set_aside(self.path, self.clock.now())
        raise Unavailable(
            f"The bench's file was damaged and is kept as {aside.name}. Put the newest backup in its place, as "
            "the administrator guide says; gms-desktop salvage lists what can be read of it.",
            still_works="Nothing was deleted.",
        )

    def _check_clock(self, ledger: Ledger) -> None:
        newest = next(store.last_of_writer(ledger.db, ledger.head.writer, ledger.head.last_seq, 1), None)
        behind = datetime.fromisoformat(newest.entry.occurred_at) - self.clock.now() if newest else timedelta(0)
        if behind > _CLOCK_MAY_DIFFER:
            self.notices.append(words.clock_behind(int(behind.total_seconds()) // 60))

    def _check_lease(self, ledger: Ledger) -> None:
        known = lease.read(self._lease_path)
        why = lease.difference(
            known,
            store.meta(ledger.db, "lease"),
            lease.machine_identity(),
            lease.file_identity(self.path),
            ledger.head.writer,
            ledger.head.last_seq,
        )
        if why is None:
            return
        head = ledger.head
        with ledger.db.write():
            short_code = accession.short_code_from_bits(self.chance.bits(30))
            ledger.begin_writer(head.scope, short_code, why, self._bench_name(ledger))
        self.notices.append(
            f"This file is not the one that last ran here ({why}). New numbers begin at a new code, so none is given "
            "twice. Compare the last labels on the bench with Find."
        )

    def _bench_name(self, ledger: Ledger) -> str:
        known = look_up.incarnation(ledger.db, ledger.head.writer)
        return str(known["bench"]) if known else "Bench"

    @property
    def _lease_path(self) -> Path:
        return self.folder / LEASE

    def _renew_lease(self, ledger: Ledger) -> None:
        head = ledger.head
        former = self._token or store.meta(ledger.db, "lease") or ""
        self._token = identity(self.chance, self.clock.now())
        made = Lease(
            token=self._token,
            former_token=former,
            machine=lease.machine_identity(),
            file=lease.file_identity(self.path),
            writer=head.writer,
            seq=head.last_seq,
            salt=sqlite_file.salt_of(self.path),
        )
        # The lease first: a crash between the two leaves the former token in the file, which the lease still names.
        lease.write(self._lease_path, made)
        with ledger.db.write():
            store.put_meta(ledger.db, "lease", self._token)
