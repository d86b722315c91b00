"""Sheets for the scanner: the self-test sheet and the command cards, saved where a person says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gms_desktop import card_words, self_test_words
from ui.exports_folder import proposed
from ui.payloads import SheetWanted
from ui.report_file import cannot_save

SELF_TEST, CARDS = "self-test", "cards"


def sheet_job(parent: QWidget, wanted: SheetWanted, *, rehearsal: bool) -> Callable[[], str] | None:
    """Ask where; what makes the sheet there and says so, or None when the person thought better of it."""
    cards = wanted.sheet == CARDS
    title = card_words.SAVE_SHEET if cards else self_test_words.SAVE_SHEET
    name = "command-cards.pdf" if cards else "self-test-sheet.pdf"
    path, _ = QFileDialog.getSaveFileName(parent, title, proposed(name))
    return partial(write_sheet, wanted.sheet, Path(path), rehearsal=rehearsal) if path else None


def write_sheet(sheet: str, path: Path, *, rehearsal: bool) -> str:
    """Make and save a sheet; where it is, in words.

    Raises:
        Unavailable: it cannot be saved there.
    """
    from gms_desktop.documents.card_sheet import card_sheet
    from gms_desktop.documents.self_test_sheet import self_test_sheet
    from ui.cards import keys

    cards = sheet == CARDS
    made = card_sheet(keys(), rehearsal=rehearsal) if cards else self_test_sheet()
    try:
        path.write_bytes(made)
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return (card_words.sheet_saved if cards else self_test_words.sheet_saved)(str(path))
