"""The letter with which a receiver answers a consignment: what came of each thing, and the answer as codes."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Acknowledgement"
COLUMNS = ("No.", "Sort", "Your number", "What came of it")
WIDTHS = (12, 34, 50, 90)
ARRIVED = "It arrived on {at}: {counts}."
SERIES = (
    "Our signed answer, for a sender who works with the same application: scan all {many} codes on its Send away "
    "screen, in any order. The file {name} says the same."
)
SERIES_ONE = (
    "Our signed answer, for a sender who works with the same application: scan this code on its Send away screen. The "
    "file {name} says the same."
)
TOO_LONG = "Our signed answer needs more codes than a letter carries: it travels as the file {name}."
SIGNED = ("Name", "Date and time", "Signature")


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a consignment.

    Attributes:
        things: sort, number and what came of each, in words.
        at: when it arrived, in words.
        counts: the same in numbers.
        words: what the sender is told besides.
        name: of the file that says the same.
        correction: that it stands in place of an earlier one, and why; empty where it does not.
        temperature: what the temperature loggers in the box said, a sentence each.
    """

    things: tuple[tuple[str, str, str], ...]
    at: str
    counts: str
    words: str
    name: str
    correction: str = ""
    temperature: tuple[str, ...] = ()

    def series(self, many: int) -> str:
        """What stands above the codes."""
        said = TOO_LONG if not many else SERIES_ONE if many == 1 else SERIES
        return said.format(many=many, name=self.name)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands above the list."""
        return tuple(filter(None, (self.correction, self._arrived, *self.temperature, self.words)))

    @property
    def _arrived(self) -> str:
        # An answer that takes everything back says of no thing that it came.
        return ARRIVED.format(at=self.at, counts=self.counts) if self.things else ""
