"""The rehearsal with a hub without a window: plays the shift of two benches and leaves both in a folder.

The folder holds ``screens/*.png`` and, as ``bench-1`` and ``bench-2``, data folders that every command takes:
``gms-desktop verify --data DIR/bench-1/rehearsal``.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from gms_desktop.bench import Bench
from gms_desktop.bench_file import DATABASE
from gms_desktop.rehearsal.headless import Painter, make_ready
from gms_desktop.rehearsal.hub_rehearsal import BENCHES, HubRehearsal
from gms_desktop.rehearsal.hub_shift import open_benches, play
from gms_desktop.rehearsal.made_up import rehearsal_folder
from gms_desktop.rehearsal.shift import Tell


def leave_hub_rehearsal(folder: Path, tell: Tell, painter: Painter | None = None) -> list[Path]:
    """Play the shift of two benches and a hub.

    Args:
        folder: where; a folder of an earlier rehearsal is replaced.
        tell: is told each step.
        painter: paints screens of a bench by name, as the rehearsal of one bench takes it.

    Returns:
        The file of each bench.

    Raises:
        Refused: when the folder holds something that no rehearsal made, or there is no PostgreSQL here.
        Unavailable: when the folder cannot be written or the hub does not start.
    """
    numbers = range(1, BENCHES + 1)
    make_ready(folder, ("screens", *(f"bench-{number}" for number in numbers)), ())
    painting = painter(folder / "screens") if painter else nullcontext(_paint_nothing)
    with painting as paint, HubRehearsal(tell, folder.absolute()) as hub:
        hub.prepare()
        with open_benches(hub, tell) as benches:
            benches.painted = paint
            play(benches)
        return [rehearsal_folder(hub.data(number)) / DATABASE for number in numbers]


def _paint_nothing(_name: str, _bench: Bench) -> None:
    """Where there is no Qt."""
