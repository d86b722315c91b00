"""``encrypt``: what protects a bench's data at rest, from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from gms_desktop import protection_words as words
from gms_desktop import settings
from gms_desktop.backups import OWN_FOLDER
from gms_desktop.bench_file import DATABASE, LEASE
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import tables
from gms_desktop.journal import encrypting, secret_store, sqlite_file
from gms_desktop.journal.lock import BenchLock

Say = Callable[[str], None]


def encrypt(file: Path | None, data: Path, say: Say) -> int:
    """Encrypt what lies open of a bench: its own files and the backups in its folder, or the one file named.

    Args:
        file: a bench's file or a backup from elsewhere; None for all of this bench's.
        data: the bench's data folder, for the key.
        say: prints a line.

    Raises:
        Refused: the file is not there or no bench's, the key is not there, or a window has the bench open.
        Unavailable: one could not be encrypted; it lies there as it was.
    """
    if file is not None:
        _see_whose(file, data)
    lock = BenchLock(data, "gms-desktop encrypt")
    try:
        paths = [file] if file is not None else [path for path in _own(data) if encrypting.unfinished(path)]
        key = _key(data, paths) if paths else b""
        done = [path for path in paths if _encrypted(path, key, data)]
    finally:
        lock.release()
    for path in done:
        say(words.encrypted(str(path)))
    if not done:
        say(words.NOTHING_OPEN)
    return 0


def _see_whose(file: Path, data: Path) -> None:
    """Refuse what is no bench's, before anything of it is moved."""
    if not file.exists():
        raise Refused(words.not_there(str(file)))
    if not file.is_file() or (sqlite_file.lies_open(file) and not encrypting.is_of_a_bench(file)):
        raise Refused(words.of_no_bench(str(file)))
    if not encrypting.unfinished(file):
        try:
            sqlite_file.open_for_reading(file, _key(data, [])).close()
        except Unavailable as fault:
            raise Refused(words.of_no_bench(str(file))) from fault


def _key(data: Path, paths: list[Path]) -> bytes:
    """The bench's key. One is made only for a bench that never had any: what another sealed would be lost with it."""
    store = secret_store.secrets_of(data)
    known = secret_store.key_of(store)
    if known is not None:
        return known
    if data / DATABASE in paths:
        return secret_store.make_key(store)
    raise Refused(words.no_key(str(data)))


def _encrypted(path: Path, key: bytes, data: Path) -> bool:
    if path.absolute() == (data / DATABASE).absolute():
        return encrypting.encrypt_bench(path, key, data / LEASE)
    return encrypting.encrypt(path, key)


def _own(data: Path) -> Iterator[Path]:
    """The bench's files and its backups, those that were begun and not finished among them."""
    yield data / DATABASE
    yield data / tables.NAME
    wanted = (settings.read(data) or settings.Settings()).backup.folder
    for folder in {data / OWN_FOLDER, Path(wanted) if wanted else data / OWN_FOLDER}:
        yield from sorted(folder.glob("*.db")) if folder.is_dir() else ()


def open_ones(data: Path) -> list[str]:
    """The names of the bench's files that lie open."""
    return [path.name for path in _own(data) if encrypting.unfinished(path)]
