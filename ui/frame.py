"""How the furnished window is laid out: the rail beside the work, the foot strip under both."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget


def framed(rail: QWidget, work: tuple[QWidget, ...], foot: QWidget) -> QWidget:
    """The page that holds them; of the work the screens take the room that is left."""
    middle = QWidget()
    middle.setObjectName("work")
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in work:
        column.addWidget(part, int(isinstance(part, QStackedWidget)))
    frame = QWidget()
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(rail)
    row.addWidget(middle, 1)
    down = QVBoxLayout(frame)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    down.addLayout(row, 1)
    down.addWidget(foot)
    return frame
