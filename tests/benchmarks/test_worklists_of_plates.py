"""How long do the worklists of 70 plates take, each written, read back and compared with its plan?"""

from __future__ import annotations

import time
from decimal import Decimal
from importlib.resources import files

import pytest
from figures import report

from gms_desktop.domain.plates.contents import PLATE_96, Plate, Tube
from gms_desktop.exchange.worklists import fluidx_plot, hamilton, tecan
from gms_desktop.exchange.worklists.settings import read_worklist_rules
from gms_desktop.exchange.worklists.transfers import transfers_of

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

PLATES, MOST_S = 70, 5.0
RULES = read_worklist_rules(files("resources").joinpath("rules", "worklists.toml").read_text("utf-8"))


def plate(number: int) -> tuple[Plate, dict[str, tuple[str, str]]]:
    tubes = {well: Tube(f"FD{number:03}{place:05}", "", "", "") for place, well in enumerate(PLATE_96.wells)}
    return Plate(number, "", tubes), {tube.code: (f"SA{number:08}", well) for well, tube in tubes.items()}


def test_worklists_of_70_plates() -> None:
    made = [plate(number) for number in range(PLATES)]
    start = time.perf_counter()
    for one, sources in made:
        transfers = transfers_of(one, f"LP{one.number:07}-DNA", sources, Decimal(50), ("96 FluidX", "Twin.Tec"))
        assert hamilton.write(transfers, RULES.hamilton)
        assert tecan.write(transfers, RULES.tecan)
        assert fluidx_plot.write(one, f"SA{one.number:08}")
    took = time.perf_counter() - start
    said = f"{took:.2f} s for Hamilton, Tecan and the four fields of each"
    report(f"Worklists of {PLATES} plates", said, took / MOST_S, f"at most {MOST_S:.0f} s", took <= MOST_S)
    assert took <= MOST_S
