"""What was measured as an entry holds it: whatever a file has in its cells, it is written and read back."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from devices.measured import Analyte, Measured, Quantity, Says
from gms_desktop.journal.canonical import canonical
from gms_desktop.services import measured_runs

_TEXT = st.text(st.characters(codec=None), max_size=300)


@given(_TEXT, _TEXT, _TEXT, st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_any_cell_is_written_in_the_canonical_form_and_read_back(
    raw: str, column: str, part: str, value: Decimal | None
) -> None:
    says = Says.NOT_READABLE if value is None else Says.NUMBER
    one = Measured(2, "x", (Quantity(Analyte.CONCENTRATION, says, value, "ng/uL", raw, "", column, part),))
    written = measured_runs.cells(one)
    content = canonical({"cells": written})
    assert content

    [back] = measured_runs.read_back(json.dumps(written))
    assert (back.says, back.value, back.unit) == (says, value, "ng/uL")


def test_a_sample_with_hundreds_of_peaks_keeps_its_own_values_and_says_how_many_stand_in_the_file_alone() -> None:
    peaks = tuple(
        Quantity(Analyte.PEAK_SIZE, Says.NUMBER, Decimal(place), "bp", f"{place}", "bp", "Size", f"peak {place}")
        for place in range(1_000)
    )
    whole = Quantity(Analyte.DIN, Says.NUMBER, Decimal("7.1"), "", "7.1", "", "DIN")
    one = Measured(2, "x", (*peaks, whole))
    written = measured_runs.cells(one)
    assert written[0]["analyte"] == "DIN"
    assert measured_runs.left_out(one) == 1_001 - len(written) > 0
    assert len(canonical({"cells": written})) < 60_000
