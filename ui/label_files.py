"""Saves the label of a plate or of a place of storage where a person says, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from gms_desktop import label_file_words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from ui import words
from ui.exports_folder import proposed, save
from ui.fault_words import pass_on, sentence

if TYPE_CHECKING:
    from ui.aside import Aside


def save_label(
    parent: QWidget,
    aside: Aside,
    run: Callable[..., None],
    made: Callable[[], Future[bytes]],
    show: Callable[[Verdict], None],
) -> None:
    """Ask where, make the label, write it, and show what came of it.

    Args:
        parent: the window.
        aside: where files are written.
        run: hands what a future brings to a method on this thread.
        made: asks for the label.
        show: shows a verdict on the screen.
    """
    path, _ = QFileDialog.getSaveFileName(parent, words.LABEL_SAVE, proposed("label.pdf"), words.LABEL_FILES)
    if not path:
        return

    def refused(fault: BaseException) -> None:
        show(Verdict(VerdictKind.REFUSED, words.LABEL_NOT_MADE, sentence(fault)))
        pass_on(fault)

    label = made()
    written = aside.run(lambda: save(Path(path), label.result(), "label"), "writing a label")
    run(written, lambda _size: show(label_file_words.written()), refused)
