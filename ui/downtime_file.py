"""Saves a file where a person says: a downtime pack, the account of its numbers, one as it came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.services.views import ImportLine
from ui import people_words, words
from ui.exports_folder import proposed, save
from ui.kept_file import copy_job
from ui.payloads import AccountWanted, PackWanted, SheetWanted
from ui.report_file import cannot_save
from ui.scanner_sheets import sheet_job

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def file_job(parent: QWidget, bench: Bench, wanted: object) -> Callable[[], str] | None:
    """Ask where; what makes the file there and says so, or None when the person thought better of it."""
    if isinstance(wanted, AccountWanted):
        name = f"downtime-numbers.{wanted.form}"
        path, _ = QFileDialog.getSaveFileName(parent, words.DOWNTIME_SAVE_ACCOUNT, proposed(name))
        return partial(write_account, bench, wanted.form, Path(path)) if path else None
    if isinstance(wanted, SheetWanted):
        return sheet_job(parent, wanted, rehearsal=bench.settings.rehearsal)
    if isinstance(wanted, ImportLine):
        return copy_job(parent, bench, wanted)
    if not isinstance(wanted, PackWanted):
        return None
    if not wanted.count.isdecimal():
        return _refuse_count
    path, _ = QFileDialog.getSaveFileName(parent, words.DOWNTIME_SAVE_PACK, proposed("downtime-pack.pdf"))
    return partial(write_pack, bench, int(wanted.count), Path(path)) if path else None


def save_as(parent: QWidget, title: str, name: str, make: Callable[[], bytes]) -> Callable[[], str] | None:
    """Ask where; what makes the file there and says so, or None when the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, title, proposed(name))
    return partial(_save, Path(path), make) if path else None


def _save(path: Path, make: Callable[[], bytes]) -> str:
    content = make()
    try:
        save(path, content, "sheet")
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return people_words.SHEET_SAVED.format(path=path)


def _refuse_count() -> str:
    raise Refused(words.DOWNTIME_COUNT_WANTED)


def write_pack(bench: Bench, count: int, path: Path) -> str:
    """Make, issue and save a pack; what was made, in words.

    Raises:
        Refused: too few numbers are set aside, or the pack does not read back: nothing was issued.
        Unavailable: it cannot be saved there.
    """
    from gms_desktop.services.downtime_files import make_pack
    from gms_desktop.services.rights import NotAllowed

    _open_to_write(path)
    who, entitle = bench.session.operator, partial(bench.sessions.entitled, actor=bench.sessions.actor())
    try:
        made = make_pack(bench.recorder, bench.settings.bench, who, count, bench.file.files, entitle)
    except NotAllowed as fault:
        raise Refused(fault.verdict.sentence) from fault
    try:
        bench.exports.save(path, made.payload, "downtime-pack")
    except OSError as fault:
        raise Unavailable(words.DOWNTIME_PACK_LOST.format(why=cannot_save(path, fault))) from fault
    said = f"{made.verdict.title}. {made.verdict.sentence}"
    return words.DOWNTIME_PACK_SAVED.format(said=said, path=path)


def _open_to_write(path: Path) -> None:
    """A folder that cannot be written shows before numbers are issued, not after."""
    try:
        with path.open("ab"):
            pass
    except OSError as fault:
        raise cannot_save(path, fault) from fault


def write_account(bench: Bench, form: str, path: Path) -> str:
    """Make and save the account of every number; where it is, in words.

    Raises:
        Unavailable: it cannot be saved there.
    """
    from gms_desktop.services import report_files

    report = bench.downtime().result().report
    made = bench.recorder.read(lambda ledger: report_files.imprint(ledger, bench.session.operator)).result()
    content = report_files.downtime(report, made, form)
    try:
        bench.exports.save(path, content, "downtime-account")
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return words.REPORT_SAVED.format(path=path)
