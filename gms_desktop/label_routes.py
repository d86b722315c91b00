"""Which printer of a bench prints which sort of labels, and in which layout, as its settings name them."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.domain.label_sorts import LAYOUTS, OF_TUBES, LabelSort
from gms_desktop.settings import FIRST_PRINTER, LabelSettings, PrinterSettings, Settings

_UNNAMED = LabelSettings()


@dataclass(frozen=True)
class Route:
    """Where a sort of labels goes: a printer by its name, and a layout by its."""

    printer: str
    layout: str


def every_printer(settings: Settings) -> dict[str, PrinterSettings]:
    """The printers of a bench by their names, its first one first."""
    return {FIRST_PRINTER: settings.printer, **settings.printers}


def routes(settings: Settings) -> dict[str, Route]:
    """Where each sort of labels goes that a printer is named for; tubes go to the first printer where none is."""
    made = {sort.value: route for sort in LabelSort if (route := _route(settings, sort)) is not None}
    for sort in OF_TUBES:
        made.setdefault(sort.value, made[LabelSort.TUBE.value])
    return made


def printed_by(settings: Settings, printer: str) -> dict[str, str]:
    """The sorts of labels that come out of a printer, each with its layout."""
    return {sort: route.layout for sort, route in routes(settings).items() if route.printer == printer}


def _route(settings: Settings, sort: LabelSort) -> Route | None:
    said = settings.labels.get(sort.value, _UNNAMED)
    if sort is LabelSort.TUBE:
        # What lies in the first printer is chosen beside it.
        return Route(said.printer or FIRST_PRINTER, said.layout or settings.printer.layout)
    return Route(said.printer, said.layout or LAYOUTS[sort]) if said.printer else None
