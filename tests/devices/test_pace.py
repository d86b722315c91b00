"""A printer that does not answer is asked less and less often, and as often as ever once it does."""

import pytest

from devices.printers.pace import FIRST_S, LONGEST_S, Pace
from devices.values import PrinterCondition


@pytest.mark.parametrize("nothing", [PrinterCondition.SILENT, PrinterCondition.UNREACHABLE])
def test_the_pause_doubles_while_a_printer_does_not_answer_and_has_a_longest(nothing: PrinterCondition) -> None:
    pace, pauses = Pace(), []
    for _ in range(8):
        pace.answered(nothing)
        pauses.append(pace.pause_s)
    assert pauses[:3] == [2 * FIRST_S, 4 * FIRST_S, 8 * FIRST_S]
    assert pauses[-1] == LONGEST_S


@pytest.mark.parametrize("answer", [PrinterCondition.READY, PrinterCondition.PAPER_OUT, PrinterCondition.GARBLED])
def test_an_answer_of_any_sort_ends_the_long_pauses(answer: PrinterCondition) -> None:
    pace = Pace()
    pace.answered(PrinterCondition.SILENT)
    pace.answered(answer)
    assert pace.pause_s == FIRST_S
