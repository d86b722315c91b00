"""How long to leave a printer alone before it is asked again how it is."""

from __future__ import annotations

from devices.values import PrinterCondition

FIRST_S = 15.0
LONGEST_S = 240.0
_NO_ANSWER = frozenset({PrinterCondition.SILENT, PrinterCondition.UNREACHABLE})


class Pace:
    """Doubles the pause each time a printer does not answer: each question keeps its line busy until it is given up.

    Whoever wants to print asks at once, whatever the pause.
    """

    def __init__(self) -> None:
        self._pause_s = FIRST_S

    @property
    def pause_s(self) -> float:
        """Seconds until the next question."""
        return self._pause_s

    def answered(self, condition: PrinterCondition) -> None:
        """Take note of what the last question brought."""
        self._pause_s = min(LONGEST_S, self._pause_s * 2) if condition in _NO_ANSWER else FIRST_S
