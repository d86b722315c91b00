"""``doctor``: looks at everything a bench stands on, and says what is well and what to do about the rest."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from gms_desktop import paper_words, protection_words, settings
from gms_desktop.bench_file import DATABASE, PEPPER
from gms_desktop.cli.doctor_backups import backup_lines
from gms_desktop.cli.doctor_devices import devices
from gms_desktop.cli.doctor_file import file_lines
from gms_desktop.cli.doctor_hub import hub_lines
from gms_desktop.cli.doctor_lines import Line, to_do, well
from gms_desktop.cli.doctor_protection import protection_lines
from gms_desktop.documents import fonts
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import ballast, sqlite_file
from gms_desktop.journal.lock import BenchLock
from gms_desktop.settings import Settings

Say = Callable[[str], None]
QtCheck = Callable[[], str]

# Letters of British, Irish, Polish, Turkish, Greek and Cyrillic names: a label must be able to bear them.
_NAMES = "ÀÉŵŷŁŻĞİŠΑΩЖя"
_SECRETS_OPEN = 0o077


@dataclass(frozen=True)
class _Bench:
    folder: Path
    settings: Settings | None
    in_use: str


def examine(data: Path, say: Say, qt: QtCheck | None = None, papers: QtCheck | None = None) -> int:
    """Look at a bench and print a line for each thing looked at.

    Args:
        data: the bench's data folder.
        say: prints a line.
        qt: says which Qt works here; left out when None.
        papers: tries whether papers can be made, shown and printed here; left out when None.

    Returns:
        0 when all is well, 1 when something needs doing.
    """
    lines = list(lines_of(data, qt, papers))
    for line in lines:
        say(f"{'OK ' if line.ok else 'DO '} {line.what:<15} {line.words}")
    waiting = sum(not line.ok for line in lines)
    say("All is well." if not waiting else f"{waiting} {'thing needs' if waiting == 1 else 'things need'} doing.")
    return 1 if waiting else 0


def lines_of(data: Path, qt: QtCheck | None, papers: QtCheck | None = None) -> Iterator[Line]:
    """A line for each thing looked at."""
    yield _python()
    yield _sqlite()
    if qt is not None:
        yield _qt(qt)
    yield _fonts()
    if papers is not None:
        yield _papers(papers)
    folder = _folder(data)
    yield folder
    said, line = _settings(data)
    yield line
    if not folder.ok:
        return
    yield _disk(data)
    yield from _secrets(data)
    yield from protection_lines(data)
    bench = _Bench(data, said, _in_use(data))
    yield well("Lock", bench.in_use or "no window has the bench open")
    yield from file_lines(data)
    if said is not None:
        yield from backup_lines(data, said)
        yield from hub_lines(data, said)
        yield from devices(said, data, in_use=bool(bench.in_use))


def _python() -> Line:
    return well("Python", f"{platform.python_version()} on {platform.system()} {platform.release()}")


def _sqlite() -> Line:
    version = driver.sqlite_version
    try:
        sqlite_file.check_version(version)
    except Refused as told:
        return to_do("SQLite", str(told))
    return well("SQLite", version)


def _qt(check: QtCheck) -> Line:
    try:
        return well("Qt", check())
    except (ImportError, OSError) as fault:
        return to_do("Qt", f"no window can be opened ({fault}). Install the shared libraries named: python3 dev.py run")


def _fonts() -> Line:
    try:
        runs = fonts.platform_fonts().runs(_NAMES)
    except fonts.NoFontError as fault:
        return to_do("Fonts", f"no font here draws {fault.characters}. Install DejaVu Sans or Liberation Sans.")
    return well("Fonts", f"names can be drawn with {', '.join(dict.fromkeys(path.name for _, path in runs))}")


def _papers(tried: QtCheck) -> Line:
    try:
        return well("Papers", tried())
    except OSError as fault:
        return to_do("Papers", paper_words.not_made(str(fault)))


def _folder(data: Path) -> Line:
    if not data.exists():
        return to_do("Data folder", f"{data} is not there: this bench is not set up yet. Start gms-desktop run.")
    if not data.is_dir() or not os.access(data, os.W_OK | os.X_OK):
        return to_do("Data folder", f"{data} cannot be written. Give this account write access to it.")
    return well("Data folder", str(data))


def _settings(data: Path) -> tuple[Settings | None, Line]:
    try:
        said = settings.read(data)
    except Refused as told:
        return None, to_do("Settings", str(told))
    if said is None:
        return None, to_do("Settings", "there are none: this bench is not set up yet. Start gms-desktop run.")
    return said, well("Settings", f"{said.bench}, format {said.format}")


def _disk(data: Path) -> Line:
    free = ballast.room(data)
    said = f"{free / 1024**3:.1f} GB free"
    if free < ballast.WARN_BELOW:
        return to_do("Disk", f"only {said}. Free some space before the next patient.")
    reserve = data / "ballast"
    if not reserve.exists():
        return well("Disk", f"{said}; the reserve against a full disk is laid at the next start")
    return well("Disk", f"{said}, and a reserve of {reserve.stat().st_size // 1024**2} MB")


def _secrets(data: Path) -> Iterator[Line]:
    folder = data / "secrets"
    if not folder.is_dir() or sys.platform == "win32":
        return
    kept = sorted(folder.glob("*.secret"))
    open_to_others = [path.name for path in kept if path.stat().st_mode & _SECRETS_OPEN]
    if (data / DATABASE).exists() and not (folder / f"{PEPPER}.secret").exists():
        yield to_do("Secrets", protection_words.NO_PEPPER)
    elif open_to_others:
        yield to_do("Secrets", f"others may read {', '.join(open_to_others)}. Run: chmod 600 {folder}/*.secret")
    else:
        yield well("Secrets", f"{len(kept)}, for this account only")


def _in_use(data: Path) -> str:
    if not (data / "bench.lock").exists():
        return ""
    try:
        BenchLock(data, "gms-desktop doctor").release()
    except (Refused, Unavailable) as told:
        return str(told)
    return ""
