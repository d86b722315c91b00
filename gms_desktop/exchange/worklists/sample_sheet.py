"""Illumina sample sheets, version 2: sections of comma-separated lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gms_desktop.domain.index_plates import Orientation
from gms_desktop.exchange.worklists.settings import SheetSettings
from gms_desktop.exchange.worklists.transfers import WorklistError

DATA = "BCLConvert_Data"
_SAMPLE = re.compile(r"[A-Za-z0-9_-]+")
_INDEX = re.compile(r"[ACGT]+")
_ORIENTED = {Orientation.FORWARD: "Forward"}
"""The words of a sheet. Where i5 is not known to be written forward, no sheet is made: nothing is turned round here."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One library in one lane; ``lane`` is empty where the run has one for all."""

    sample: str
    i7: str
    i5: str
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is read: its sections with their lines, and the data lines by heading."""

    sections: Mapping[str, Mapping[str, str]]
    data: tuple[Mapping[str, str], ...] = field(default=())


def write(run: str, rows: Sequence[SheetRow], i5: Orientation, how: SheetSettings) -> bytes:
    """A sheet, read back and compared with the plan.

    Raises:
        WorklistError: when a name or index cannot stand in a sheet, two rows could not be told apart, i5 is not known
            to be written forward, or the text would say something else.
    """
    wrong = _wrong(run, rows, i5)
    if wrong:
        raise WorklistError(wrong)
    header = {"FileFormatVersion": "2", "RunName": run, **how.header, "IndexOrientation": _ORIENTED[i5]}
    sections = {"Header": header, "Reads": dict(how.reads), "BCLConvert_Settings": dict(how.settings)}
    data = tuple(_data(one, how) for one in rows)
    content = _text(sections, data).encode("ascii", "backslashreplace")
    if read(content) != Sheet(sections, data):
        raise WorklistError(["the sheet would not say what is planned: a comma or line end stands in a value"])
    return content


def read(content: bytes) -> Sheet:
    """A sheet.

    Raises:
        WorklistError: when a line stands in no section, or has other cells than its headings.
    """
    sections: dict[str, dict[str, str]] = {}
    rows: list[list[str]] = []
    name = ""
    for line in content.decode("ascii").splitlines():
        cells = line.rstrip(",").split(",") if name != DATA else line.split(",")
        if line.startswith("["):
            name = line.strip(",")[1:-1]
            sections |= {} if name == DATA or name in sections else {name: {}}
        elif name == DATA and line.strip(","):
            rows.append(cells)
        elif line.strip(","):
            _take(sections, name, cells, line)
    return Sheet(sections, tuple(_row(rows[0], one) for one in rows[1:]))


def _take(sections: Mapping[str, dict[str, str]], name: str, cells: Sequence[str], line: str) -> None:
    if name not in sections or len(cells) != 2 or cells[0] in sections[name]:
        raise WorklistError([f"not understood: {line}"])
    sections[name][cells[0]] = cells[1]


def _row(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) != len(headings):
        raise WorklistError([f"{len(cells)} cells under {len(headings)} headings"])
    return dict(zip(headings, cells, strict=True))


def _wrong(run: str, rows: Sequence[SheetRow], i5: Orientation) -> list[str]:
    wrong = [] if rows else ["no library is on the sheet"]
    wrong += [] if _SAMPLE.fullmatch(run) else [f"run name {run!r}: letters, digits, - and _ only"]
    if i5 not in _ORIENTED:
        wrong.append(f"i5 indexes are {i5.value}: a sheet takes them forward")
    seen: set[tuple[str, str, str]] = set()
    for one in rows:
        if not _SAMPLE.fullmatch(one.sample):
            wrong.append(f"{one.sample!r}: letters, digits, - and _ only")
        if not (_INDEX.fullmatch(one.i7) and _INDEX.fullmatch(one.i5)):
            wrong.append(f"{one.sample}: an index is of A, C, G and T")
        if (one.lane, one.i7, one.i5) in seen:
            wrong.append(f"{one.sample}: its indexes stand twice in the lane")
        seen.add((one.lane, one.i7, one.i5))
    return wrong


def _data(one: SheetRow, how: SheetSettings) -> dict[str, str]:
    lane = {"Lane": one.lane} if one.lane else {}
    return {**lane, "Sample_ID": one.sample, "Index": one.i7, "Index2": one.i5, **how.columns}


def _text(sections: Mapping[str, Mapping[str, str]], data: Sequence[Mapping[str, str]]) -> str:
    lines = []
    for name, values in sections.items():
        lines += [f"[{name}]", *(f"{key},{value}" for key, value in values.items()), ""]
    lines += [f"[{DATA}]", ",".join(data[0]), *(",".join(row.values()) for row in data)]
    return "".join(f"{line}\n" for line in lines)
