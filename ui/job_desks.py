"""The screens of jobs that are joined in one way: shown, shown with a verdict, and told that an act was not saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from gms_desktop.domain.verdicts import Verdict
from ui.actions import Place
from ui.aside import Aside
from ui.dropped import DroppedFiles
from ui.extract_desk import ExtractDesk
from ui.measure_desk import MeasureDesk
from ui.plates_desk import PlatesDesk
from ui.racks_desk import RacksDesk
from ui.send_desk import SendDesk
from ui.storage_desk import StorageDesk
from ui.tissue_desk import TissueDesk

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.main_window import MainWindow


class JobDesk(Protocol):
    """One of them."""

    def show(self, *, verdict: Verdict | None = None) -> None:
        """Show what is in view now."""

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""


def job_desks(
    window: MainWindow,
    bench: Bench,
    run: Callable[..., None],
    aside: Aside,
    answered: Callable[[Any], None],
    over: Callable[[Place, Any], Any],
) -> dict[Place, JobDesk]:
    """The desk of each such screen; arguments as for :class:`RacksDesk`.

    Where something is discarded, ``over`` lays the question for a second person over the view of the screen.
    """
    measure = MeasureDesk(window, bench, run, aside, answered)
    DroppedFiles(window, measure, run, aside)
    return {
        Place.RACKS: RacksDesk(window, bench, run, aside, answered),
        Place.EXTRACT: ExtractDesk(window, bench, run, aside, answered),
        Place.PLATES: PlatesDesk(window, bench, run, aside, answered, partial(over, Place.PLATES)),
        Place.MEASURE: measure,
        Place.STORAGE: StorageDesk(window, bench, run, aside, partial(over, Place.STORAGE)),
        Place.SEND_AWAY: SendDesk(window, bench, run, aside),
        Place.TISSUE: TissueDesk(window, bench, run, aside, answered),
    }
