"""What stands in the window until it is furnished."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import words


def opening_page() -> QWidget:
    """The page. The namespace ``Qt`` is not used: it is 104 enums to make."""
    page = QWidget()
    column, row = QVBoxLayout(page), QHBoxLayout()
    row.addStretch(1)
    row.addWidget(QLabel(words.OPENING))
    row.addStretch(1)
    column.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return page
