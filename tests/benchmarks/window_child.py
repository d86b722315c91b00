"""Opens a window in a process of its own and says, a line each, when it was painted, when usable, what it held.

``empty``: a bare PySide6 window. ``bench FOLDER``: the application on that folder. ``work FOLDER FILE``: the same, then
200 scans, an import and a search, with the resident memory at the end. Times are on the machine's monotonic clock, but
``worked``, the processor's time until usable.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def surroundings(folder: Path) -> dict[str, str]:
    """What such a process is started with: no display, and compiled modules to be had, as where it was installed."""
    said = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return said | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def tell(what: str, value: float) -> None:
    sys.stdout.write(f"{what} {value}\n")
    sys.stdout.flush()


def noting_paint(window: Any) -> list[float]:
    """Where the time of the window's first paint event will stand."""
    from PySide6.QtCore import QEvent, QObject

    painted: list[float] = []

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Paint:
                watched.removeEventFilter(self)
                painted.append(time.monotonic())
            return False

    window.installEventFilter(FirstPaint(window))
    return painted


def empty() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    painted = noting_paint(window)
    window.show()
    app.processEvents()
    assert painted
    tell("painted", time.monotonic())


def bench(folder: Path, then: Callable[[Any], None] = lambda _application: None) -> None:
    """What ``gms-desktop run`` starts, with a line said when it is painted and when the first screen was answered."""
    import ui.command
    import ui.run

    logs_kept, application = ui.run.logs_kept, ui.run.Application

    painted: list[list[float]] = []

    class WatchedWindow(ui.run.MainWindow):
        def __init__(self) -> None:
            super().__init__()
            painted.append(noting_paint(self))

    def told(folder: Path) -> Any:
        # The window was shown and its events were processed: everything in it has been painted.
        assert painted[0]
        tell("painted", time.monotonic())
        return logs_kept(folder)

    class Watched(application):  # type: ignore[misc, valid-type]
        def __init__(self, *parts: object) -> None:
            super().__init__(*parts)
            self.opened.connect(self._is_open)
            self.failed.connect(self._has_failed)

        def _is_open(self) -> None:
            self.bench.receive_view().result(60)
            tell("usable", time.monotonic())
            tell("worked", time.process_time())
            then(self)
            self.window.close()

        def _has_failed(self, sentence: str) -> None:
            sys.stderr.write(sentence)
            self.window.close()

    ui.run.MainWindow, ui.run.Application, ui.run.logs_kept = WatchedWindow, Watched, told  # type: ignore[assignment, misc]
    sys.exit(ui.command.main(["run", "--data", str(folder)]))


def work(application: Any, file: Path) -> None:
    """200 scans, one import, one search; then what the process holds."""
    import json

    import bench_of_size as size
    from PySide6.QtCore import QCoreApplication, QEvent

    def paint_all() -> None:
        # What is to be deleted later waits for the event loop, which stands still while this function runs.
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    tell("opened", resident())
    bench, window = application.bench, application.window
    size.sign_in(bench)
    for code in json.loads(file.read_text("utf-8"))["codes"][-400:-200]:
        answered = bench.scan(size.scan_of(code)).result(60)
        window.receive.paint(answered.receive)
        paint_all()
        for tube in answered.receive.tubes:
            if tube.current:
                window.receive.paint(bench.scan(size.scan_of(tube.accession)).result(60).receive)
                paint_all()
    tell("scanned", resident())
    name, content, mapping = size.file_of(960, first=90_000)
    bench.take_in(name, content, mapping).result(60)
    tell("imported", resident())
    window.find_screen.paint(bench.find("OYELARAN").result(60))
    paint_all()
    tell("found", resident())


def resident() -> float:
    """VmRSS in MB (10^6 bytes)."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["empty"]:
            empty()
        case ["bench", where]:
            bench(Path(where))
        case ["work", where, codes]:
            sys.path.insert(0, str(Path(__file__).parent))
            bench(Path(where), lambda application: work(application, Path(codes)))
