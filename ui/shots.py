"""Pictures of the screens while a scripted shift runs: what a person would have seen at each step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.app import make_application, make_window
from ui.theme.tokens import ThemeName
from ui.theme.wear import wear

if TYPE_CHECKING:
    from gms_desktop.bench import Bench

_SIZE = (1440, 900)


class Shots:
    """Paints a bench's screens without a display and keeps each as a PNG, light and dark."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and a window that nobody sees."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._app = make_application(["gms-desktop"])
        self._window = make_window(motion=False)
        self._window.resize(*_SIZE)

    def paint(self, name: str, bench: Bench) -> list[Path]:
        """Keep the screen that ``name`` begins with (``receive-compare`` is Receive); nothing when there is none."""
        from ui.actions import Place

        window = self._window
        if name.partition("-")[0] not in {place.value for place in Place}:
            return []
        place = Place(name.partition("-")[0])
        window.paint_strip(bench.strip())
        window.go(place)
        made = []
        for theme in ThemeName:
            wear(self._app, theme)
            self._fill(place, bench)
            window.show()
            self._app.processEvents()
            path = self._folder / f"{name}-{theme.value}.png"
            window.grab().save(str(path))
            made.append(path)
        window.hide()
        return made

    def _fill(self, place: object, bench: Bench) -> None:
        from gms_desktop.handover_desk import HandoverDesk
        from gms_desktop.services.label_queue_view import view
        from ui.actions import Place

        window = self._window
        if place is Place.TODAY:
            window.today.paint(bench.today().result())
        elif place is Place.FIND:
            window.find_screen.paint(bench.find(*bench.last_find).result())
        elif place is Place.EXPECTED:
            window.expected.paint(bench.expected().result())
        elif place is Place.REPORTS:
            window.reports.paint(bench.report().result())
        elif place is Place.REVIEW:
            window.review.paint(bench.review().result())
        elif place is Place.DOWNTIME:
            window.downtime.paint(bench.downtime().result())
        elif place is Place.PEOPLE:
            window.people.paint(bench.people.view().result())
        elif place is Place.CONFIRM:
            window.confirm.paint(bench.people.confirm_view().result())
        elif place is Place.HANDOVER:
            window.handover.paint(HandoverDesk(bench).view().result())
        elif place is Place.DEVICES:
            window.devices.paint(bench.devices())
            queue = bench.recorder.read(lambda ledger: view(ledger, bench.desk.lanes(), bench.time_zone))
            window.devices.paint_queue(queue.result())
        elif not self._fill_dna(place, bench):
            window.receive.paint(bench.receive_view().result())

    def _fill_dna(self, place: object, bench: Bench) -> bool:
        """Extraction, racks, plates and storage; whether it was one of these."""
        from gms_desktop.extract_desk import ExtractDesk
        from gms_desktop.plate_desk import PlateDesk
        from gms_desktop.rack_desk import RackDesk
        from gms_desktop.send_desk import SendDesk
        from gms_desktop.storage_desk import StorageDesk
        from gms_desktop.tissue_desk import TissueDesk
        from ui.actions import Place

        window = self._window
        if place is Place.EXTRACT:
            window.extract.paint(ExtractDesk(bench).view().result())
        elif place is Place.RACKS:
            window.racks.paint(RackDesk(bench).view().result())
        elif place is Place.PLATES:
            window.plates.paint(PlateDesk(bench).view().result())
        elif place is Place.STORAGE:
            window.storage.paint(StorageDesk(bench).view().result())
        elif place is Place.SEND_AWAY:
            window.send_away.paint(SendDesk(bench).view().result())
        elif place is Place.TISSUE:
            window.tissue.paint(TissueDesk(bench).view().result())
        else:
            return False
        return True

    def close(self) -> None:
        """Let the window go."""
        self._window.close()
        self._window.deleteLater()
        self._app.processEvents()
