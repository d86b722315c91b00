"""Makes the icon of the programs and of the installer of Windows from the application's one drawing.

Run by ``build_folder.py``: the file is made anew each time, and is the same bytes each time.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "resources" / "application" / "gms-desktop.svg"
# Pixels of a side: list, title bar, taskbar and menu at 100 to 200 %, large tiles.
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def picture(side: int) -> Image.Image:
    """The drawing as so many pixels square."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    # A QImage names its format as text here, whatever the stubs say.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")


def write(target: Path) -> Path:
    """Write the ``.ico`` with every size drawn by itself."""
    target.parent.mkdir(parents=True, exist_ok=True)
    drawn = [picture(side) for side in reversed(SIZES)]
    drawn[0].save(target, format="ICO", sizes=[(side, side) for side in SIZES], append_images=drawn[1:])
    return target


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
