"""The JSON of a Ziath reader: each tube with row, column, code and ``decodeStatus``.

Sources: the collection of requests that the maker publishes for DP5, with the replies recorded there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from devices.rack_readers.assembling import Said, Source, rack_id_of, rack_scan
from devices.rack_readers.cells import NOT_A_CODE, Cell, RackProfile, cell_of
from devices.values import RackDefect, RackId, RackScan, WellState

_STATED = {"SUCCESS": WellState.TUBE, "EMPTY": WellState.EMPTY, "ERROR": WellState.NO_READ}
_DISAGREES = Cell(WellState.NOT_SAID, defect=RackDefect.STATUS_DISAGREES)
_NOTHING = Cell(WellState.NOT_SAID)


class NotUnderstood(ValueError):
    """An answer that is not what a Ziath reader says; the text is what is missing."""


@dataclass(frozen=True)
class ZiathScan:
    """One scan as the reader tells it.

    Attributes:
        said: each well.
        rack: the word for the rack, empty where it gave none.
        scan_id: the reader's number for this scan.
        scanned_ms: when it scanned, in milliseconds since 1970; nought where it does not say.
    """

    said: tuple[Said, ...]
    rack: str
    scan_id: str
    scanned_ms: int


def object_in(body: bytes) -> Mapping[str, Any]:
    """The JSON object in an answer.

    Raises:
        NotUnderstood: when there is none.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as why:
        raise NotUnderstood(str(why)) from why
    if not isinstance(found, dict):
        raise NotUnderstood("no JSON object")
    return found


def scan_in(body: bytes, profile: RackProfile) -> ZiathScan:
    """The scan in an answer.

    Raises:
        NotUnderstood: when a field that it must have is missing or of another kind.
    """
    found = object_in(body)
    tubes = found.get("tubeBarcode")
    if not isinstance(tubes, list) or not all(isinstance(tube, dict) for tube in tubes):
        raise NotUnderstood("no list tubeBarcode")
    scanned = found.get("scanTime", 0)
    return ZiathScan(
        tuple(_said(tube, profile) for tube in tubes),
        _text(found, "containerBarcode"),
        _text(found, "scanId"),
        scanned if isinstance(scanned, int) else 0,
    )


def rack_in(scan: ZiathScan, source: Source, profile: RackProfile, linear: Sequence[str] = ()) -> RackScan:
    """The rack of a scan.

    Args:
        scan: the scan.
        source: where it is from.
        profile: what its words mean.
        linear: what the reader at the side read of the rack, where that was asked by itself.
    """
    given = [text for text in (scan.rack, *linear) if text]
    rack_id = rack_id_of(given, "containerBarcode" if scan.rack else "linear reader", profile) if given else RackId()
    return rack_scan(scan.said, rack_id, source, profile)


def _said(tube: Mapping[str, Any], profile: RackProfile) -> Said:
    row, column = tube.get("row"), tube.get("column")
    if not _is_count(row) or not _is_count(column):
        raise NotUnderstood("a tube without row and column")
    word, status = _text(tube, "barcode"), _text(tube, "decodeStatus")
    place = f"{chr(ord('A') + int(row or 0) - 1)}{column}"
    return Said(place, f"{word} {status}".strip(), _cell(word, status, profile))


def _is_count(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number <= 26


def _cell(word: str, status: str, profile: RackProfile) -> Cell:
    """The two words of a well must agree: a code only where it was decoded, and none anywhere else."""
    cell = cell_of(word, profile, _NOTHING)
    if not status:
        return cell
    stated = _STATED.get(status.upper())
    if stated is None:
        return NOT_A_CODE
    if not word and stated is not WellState.TUBE:
        return Cell(stated)
    return cell if cell.state is stated else _DISAGREES


def _text(found: Mapping[str, Any], name: str) -> str:
    """A field of text, empty for one that is null or missing."""
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} is no text")
    return value
