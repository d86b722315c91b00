"""Our own icons, tinted from the palette."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_APPLICATION_SIDES = (16, 32, 64)


@lru_cache(maxsize=128)
def drawing(name: str) -> str:
    """The SVG text of an icon.

    Raises:
        FileNotFoundError: there is no icon of that name.
    """
    return (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def paint_icon(painter: QPainter, name: str, colour: str, where: QRectF) -> None:
    """Draw an icon in one colour."""
    svg = drawing(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, where)


def icon(name: str, colour: str, side: int = 20, ratio: float = 2.0) -> QIcon:
    """An icon as a button takes it: ``side`` pixels square, sharp up to ``ratio`` times that."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, colour, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)


def application_icon() -> QIcon:
    """The application's own picture, in the sizes that windows and bars ask for."""
    svg = (resources.files("resources") / "application" / "gms-desktop.svg").read_bytes()
    renderer, made = QSvgRenderer(QByteArray(svg)), QIcon()
    for side in _APPLICATION_SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(pixmap)
    return made
