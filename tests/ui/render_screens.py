"""Writes a picture of every screen in one theme. Its own process, since Qt takes its scale factor only at the start.

Arguments: folder, theme, width and height in device-independent pixels.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from painted import SCREENS, paint

from ui.app import make_application, make_window
from ui.theme.tokens import ThemeName

SOON = 90  # Qt's measure of quality: a PNG loses nothing, it is pressed less and written sooner


def main(folder: Path, theme: ThemeName, width: int, height: int) -> None:
    app = make_application(["render"], theme, "DejaVu Sans")
    window = make_window(motion=False)
    window.resize(width, height)
    window.show()
    for name in SCREENS:
        window.end_set_up()
        window.typed_code.hide()
        paint(window, name)
        for _ in range(3):
            app.processEvents()
        window.grab().save(str(folder / f"{name}-{theme.value}.png"), "PNG", SOON)
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), ThemeName(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
