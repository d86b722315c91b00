"""The electropherograms in ProSize's zip: signal against time or size, one for each position of the run."""

from __future__ import annotations

import csv
import io
import math
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from devices.files.table import MAX_BYTES, text_of
from devices.instruments.rows import folded, well_of

_MOST_POINTS = 400_000


@dataclass(frozen=True)
class Trace:
    """The electropherogram of one position. ``across`` is the heading of what it is drawn against, as written."""

    well: str
    sample: str
    across: str
    points: tuple[tuple[float, float], ...]


def traces(content: bytes) -> tuple[Trace, ...]:
    """Each position's electropherogram; nothing where the file has none or it cannot be read as one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            named = [
                each
                for each in packed.infolist()
                if folded(each.filename.rpartition("/")[2].removesuffix(".csv")).endswith("electropherogram")
            ]
            if len(named) != 1 or named[0].file_size > MAX_BYTES:
                return ()
            text = text_of(packed.read(named[0]))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return ()
    try:
        return _traces([row for row in csv.reader(io.StringIO(text)) if row])
    except csv.Error:
        return ()


def _traces(rows: Sequence[Sequence[str]]) -> tuple[Trace, ...]:
    if len(rows) < 3 or len(rows) * len(rows[0]) > _MOST_POINTS:
        return ()
    head, body = rows[0], rows[1:]
    found = []
    for column, heading in enumerate(head[1:], start=1):
        place, _, sample = heading.partition(":")
        points = _points(body, column)
        if points and well_of(place.strip()):
            found.append(Trace(well_of(place.strip()), sample.strip(), head[0].strip(), points))
    return tuple(found)


def _points(rows: Sequence[Sequence[str]], column: int) -> tuple[tuple[float, float], ...]:
    """The points of one column; none where one cell of it is no number, so that no half picture is drawn."""
    try:
        found = tuple((float(row[0]), float(row[column])) for row in rows)
    except (ValueError, IndexError):
        return ()
    return found if all(math.isfinite(x) and math.isfinite(y) for x, y in found) else ()


def thinned(points: Sequence[tuple[float, float]], most: int = 900) -> tuple[tuple[float, float], ...]:
    """The points as a picture needs them: of each stretch the lowest and the highest, so that no peak is lost."""
    step = max(1, math.ceil(2 * len(points) / most))
    kept: list[tuple[float, float]] = []
    for start in range(0, len(points), step):
        stretch = points[start : start + step]
        ends = {min(stretch, key=lambda one: one[1]), max(stretch, key=lambda one: one[1])}
        kept += sorted(ends)
    return tuple(kept)
