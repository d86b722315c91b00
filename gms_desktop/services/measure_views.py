"""What the Measure screen shows: plain values, which a window knows before the register is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.documents.qc_report import ControlPicture, PlatePlot
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Offer, Question


@dataclass(frozen=True)
class ReadingLine:
    """One position of a file beside the tube it is matched to.

    Attributes:
        key: names the line; empty for one that cannot be chosen.
        sample: the file's side: the name as written, the well, what it is.
        tube: the bench's side: the tube and whose it is, or why there is none.
        how: what the match stands on.
        values: what was measured, with units.
        said: what the rules say, in words.
        kind: the shape beside it.
    """

    key: str
    sample: str
    tube: str
    how: str
    values: str
    said: str
    kind: VerdictKind | None = None
    chosen: bool = False
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a table that is pointed at, as they stand: headings, what each column is, cells.

    ``current`` is the column that nobody was asked about yet.
    """

    headings: tuple[str, ...]
    meanings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    current: int = 0


@dataclass(frozen=True)
class MeasureView:
    """The Measure screen. ``lines``: the open file, else the readings that wait; ``notes``: what is odd.

    ``has_balance``: whether this bench has one; ``on_pan``: the code of what was scanned to be weighed.
    ``columns``: what the lines' columns are, of the limits; ``opens``: what choosing a line does; ``side_title``: what
    ``runs`` are where they are no runs.
    ``looks_on``: whom a change affects is still being looked at.
    ``plot``: the open file well by well, where it has wells; ``controls``: the chart of each control in it.
    ``takes_table``: a file that is chosen is pointed at; ``first_rows``: the table that is.
    """

    heading: str
    verdict: Verdict | None = None
    file: str = ""
    lines: tuple[ReadingLine, ...] = ()
    lines_title: str = ""
    lines_empty: str = ""
    notes: tuple[str, ...] = ()
    runs: tuple[ReadingLine, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    has_balance: bool = False
    on_pan: str = ""
    columns: tuple[str, ...] = ()
    opens: Command = Command.NAME_READING
    side_title: str = ""
    looks_on: bool = False
    plot: PlatePlot | None = None
    controls: tuple[ControlPicture, ...] = ()
    takes_table: bool = False
    first_rows: FirstRows | None = None
