"""``carry-out`` and ``hub take-in``: the journal by hand, when the network is gone for days."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop import settings
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import key_for, look_at, reading
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import tables
from gms_desktop.files.store import FileStore
from gms_desktop.journal import secret_store
from gms_desktop.journal.database import Database
from gms_desktop.sync import carried_files, carrying, journal_file, replica
from gms_desktop.sync.carried_files import Gathered
from gms_desktop.sync.journal_file import Carried, NotAJournalFile, WrongPassphrase
from gms_desktop.sync.transport import Hub, HubUnavailable

Say = Callable[[str], None]
Agree = Callable[[str], bool]


def carry_out(out: Path, passphrase: str, data: Path, say: Say) -> int:
    """Write what the hub has not acknowledged into one file, signed and encrypted; the application may be open.

    Args:
        out: the file; it must not be there yet.
        passphrase: what opens it, at least 12 characters.
        data: the bench's data folder.
        say: prints a line.

    Returns:
        0; also when nothing waits: then no file is written.

    Raises:
        Refused: when ``out`` is there already, or the passphrase is too short.
        Unavailable: when the file cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if out.exists():
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.")
    if len(passphrase) < journal_file.SHORTEST_PASSPHRASE:
        raise Refused(f"Choose at least {journal_file.SHORTEST_PASSPHRASE} characters: three or four words do well.")
    carried, files = _gathered(data)
    if not carried.pushes and not carried.files:
        say("Nothing waits: the hub has everything.")
        return 0
    signer = Ed25519PrivateKey.from_private_bytes(carrying.signing_key(secret_store.secrets_of(data)))
    salt, nonce = os.urandom(journal_file.SALT_BYTES), os.urandom(journal_file.NONCE_BYTES)
    _written(out, journal_file.encode(carried, passphrase, signer, salt, nonce))
    carrying.note(data, carried)
    say(f"{carried.entries} entries{_of_files(len(carried.files))} carried out: {out} ({out.stat().st_size:,} bytes)")
    if files.too_large:
        most = carried_files.MOST_BYTES // 1024**2
        say(f"{files.too_large} files stay here: a journal file holds {most} MB of them. They travel with the network.")
    if files.damaged:
        say(f"{files.damaged} files are damaged here and were left out. Run: gms-desktop verify.")
    say(f"Fingerprint of this bench: {journal_file.fingerprint(signer.public_key().public_bytes_raw())}")
    say("Give the file to the hub's administrator; tell the passphrase and the fingerprint by telephone, not on the")
    say("stick. The entries stay here until the hub confirms them. There: gms-desktop hub take-in FILE.")
    return 0


def _of_files(count: int) -> str:
    return "" if not count else " and 1 file" if count == 1 else f" and {count} files"


def _gathered(data: Path) -> tuple[Carried, Gathered]:
    said = settings.read(data) or settings.Settings()
    with reading(data / DATABASE, data) as db:
        ledger = look_at(db)
        scope = ledger.head.scope
        # One moment: the application may be recording.
        db.raw.execute("BEGIN")
        try:
            pushes = tuple(carrying.pushes(db, scope))
            files = _files(db, data, scope)
        finally:
            db.raw.execute("ROLLBACK")
    return Carried(scope, said.bench, said.hub.login, instant(datetime.now(UTC)), pushes, files.files), files


def _files(db: Database, data: Path, scope: str) -> Gathered:
    if not (data / tables.NAME).is_file():
        return Gathered(())
    kept = FileStore(data / tables.NAME, key_for(data / DATABASE, data), read_only=True)
    try:
        return carried_files.gather(db, kept, replica.standing(db, scope).epoch)
    finally:
        kept.close()


def _written(out: Path, content: bytes) -> None:
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # What the stick says it holds is what was meant: some say so and hold something else.
        if part.read_bytes() != content:
            raise Unavailable(f"{out.parent} does not keep what is written to it. Use another stick.")
        part.replace(out)
    except BaseException as fault:
        part.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise Unavailable(
                f"{out} could not be written ({of_folder(fault)}). Look for room on the stick, or use another.",
                still_works="Nothing was changed here.",
            ) from fault
        raise


def take_in(file: Path, passphrase: str, dsn: str, login: str, fingerprint: str, agree: Agree, say: Say) -> int:
    """Give a bench's journal file to the hub, as the hub's administrator.

    Args:
        file: the file that ``carry-out`` wrote.
        passphrase: what opens it.
        dsn: the administrator's way to the hub's database.
        login: of the bench, for a writer that the hub has not met; else the one in the file.
        fingerprint: the bench's own, as it was told; ``""`` to be asked.
        agree: asks a person whether a fingerprint is the bench's.
        say: prints a line.

    Returns:
        0 when the hub has all of it, 1 when the person did not agree: then nothing was taken in.

    Raises:
        Refused: when the file is not as it was written, or the hub does not take it.
        Unavailable: when the hub cannot be reached.
    """
    import psycopg

    from gms_desktop.sync.hub.on_behalf import OnBehalf, login_of

    carried, public = _opened(file, passphrase)
    shown = journal_file.fingerprint(public)
    made = dates.display_minute(dates.to_local(datetime.fromisoformat(carried.made_at), "Europe/London"))
    count = f"{carried.entries} entries{_of_files(len(carried.files))}"
    say(f"{count} of {carried.bench}, carried out on {made}, signed by {shown}")
    if fingerprint and not journal_file.same_fingerprint(fingerprint, shown):
        raise Refused(f"The file was signed by {shown}, not by {fingerprint}. Do not take it in; ask the bench.")
    if not fingerprint and not agree(shown):
        say("Nothing was taken in.")
        return 1
    with ExitStack() as opened:

        def hub_for(writer: str) -> Hub:
            known = login_of(dsn, carried.scope, writer, login or carried.login)
            hub = OnBehalf(dsn, known, carried.scope)
            opened.callback(hub.close)
            return hub

        try:
            done = carrying.take_in(carried, hub_for)
        except (HubUnavailable, psycopg.OperationalError) as fault:
            raise Unavailable(f"The hub gives no answer ({fault}).", still_works="Take it in again later.") from fault
    had = "" if done.new else "; it had them already, nothing was changed"
    say(f"The hub has all {carried.entries} entries of the file, its order ends at {done.head}{had}.")
    if carried.files:
        erased = f", {done.files.erased} were erased before" if done.files.erased else ""
        say(f"The hub has {done.files.here} of the {len(carried.files)} files{erased}.")
    for why in done.files.refused:
        say(f"A file was not taken: {why} It stays at the bench and travels when the network is back.")
    say("The bench is told at its next contact with the hub. Wipe the stick.")
    return 0


def _opened(file: Path, passphrase: str) -> tuple[Carried, bytes]:
    try:
        return journal_file.decode(file.read_bytes(), passphrase)
    except (NotAJournalFile, WrongPassphrase) as told:
        raise Refused(f"{file.name}: {told}") from told
