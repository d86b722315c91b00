"""Every screen in light and dark, at 100 % and 150 %, in processes of their own: Qt scales only from the start.

Colours and scale do not meet in any code of ours, so each theme is drawn at one scale.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from painted import SCREENS
from pictures import colours
from PySide6.QtGui import QImage

from ui.theme.contrast import luminance

HERE = Path(__file__).parent


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("theme", "scale", "width", "height"), [("light", "1.5", 1280, 720), ("dark", "1", 1440, 900)])
def test_every_screen_is_drawn_whole(tmp_path, theme, scale, width, height):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    order = [sys.executable, str(HERE / "render_screens.py"), str(tmp_path), theme, str(width), str(height)]
    subprocess.run(order, env=environment, check=True, capture_output=True, timeout=280)
    for name in SCREENS:
        image = QImage(str(tmp_path / f"{name}-{theme}.png"))
        assert (image.width(), image.height()) == (round(width * float(scale)), round(height * float(scale)))
        assert len(colours(image)) > 12, f"{name} is blank"
        corner = luminance(image.pixelColor(image.width() - 4, image.height() // 2).name())
        assert (corner > 0.5) == (theme == "light")
