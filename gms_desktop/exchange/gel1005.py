"""GEL1005: the acknowledgement of what was sent with GEL1004, row by row whether a sample was received.

Source: column names as the national plating hub's own public software writes them, dated 2024-11-13 (nhs-domain section
4.6): Yes or No, times in ISO 8601 with Z. The file is not signed: whoever takes it in answers for where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gms_desktop.exchange.text_table import TableRow, read_table

COLUMNS = (
    "Participant ID", "Laboratory ID", "Sample Received", "Sample Received DateTime", "DateTime Report Generated",
    "Laboratory Sample ID",
)  # fmt: skip
_MUST = ("Participant ID", "Sample Received", "Sample Received DateTime", "Laboratory Sample ID")
_RECEIVED = {"yes": True, "no": False}


@dataclass(frozen=True)
class Line:
    """One sample.

    Attributes:
        row: of the file, the headings being 1.
        sample: the tube's code.
        participant: whose it is, as the receiver read it.
        laboratory: short code of the sending laboratory; empty where it is not said.
        received: whether it was.
        at: when, aware; None for a sample that was not received.
        generated: when the report was made, as it is written.
    """

    row: int
    sample: str
    participant: str
    laboratory: str
    received: bool
    at: datetime | None
    generated: str


class NotReadable(ValueError):
    """The file is no acknowledgement that can be read whole.

    Attributes:
        code: ``table``, ``cell``, ``received``, ``time`` or ``empty``.
        row: of the file; 0 for the whole.
        value: the cell.
    """

    def __init__(self, code: str, row: int = 0, value: str = "") -> None:
        super().__init__(code)
        self.code, self.row, self.value = code, row, value


def is_one(content: bytes) -> bool:
    """Whether the headings are those of an acknowledgement."""
    return set(map(_plain, _MUST)) <= set(map(_plain, read_table(content).header))


def read(content: bytes) -> tuple[Line, ...]:
    """Every row, or nothing: an acknowledgement that is half read would call things missing.

    Raises:
        NotReadable: a row cannot be read; the first that cannot.
    """
    table = read_table(content)
    if not table.rows and table.header:
        raise NotReadable("empty")
    if not table.readable:
        raise NotReadable("table")
    places = {_plain(heading): at for at, heading in enumerate(table.header)}
    return tuple(_line(row, places) for row in table.rows)


def _line(row: TableRow, places: dict[str, int]) -> Line:
    def said(column: str) -> str:
        at = places.get(_plain(column), -1)
        return row.cells[at].strip() if 0 <= at < len(row.cells) else ""

    if row.fault or not said("Laboratory Sample ID") or not said("Participant ID"):
        raise NotReadable("cell", row.number)
    received = _RECEIVED.get(said("Sample Received").casefold())
    if received is None:
        raise NotReadable("received", row.number, said("Sample Received"))
    return Line(
        row=row.number,
        sample=said("Laboratory Sample ID"),
        participant=said("Participant ID"),
        laboratory=said("Laboratory ID"),
        received=received,
        at=_moment(row.number, said("Sample Received DateTime")) if received else None,
        generated=said("DateTime Report Generated"),
    )


def _moment(row: int, said: str) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError as fault:
        raise NotReadable("time", row, said) from fault
    if at.tzinfo is None:
        raise NotReadable("time", row, said)
    return at


def _plain(heading: str) -> str:
    return "".join(heading.split()).casefold()
