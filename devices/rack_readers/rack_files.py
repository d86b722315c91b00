"""Rack files of every dialect, known by what stands in them: neither name nor order of columns and rows counts."""

from __future__ import annotations

import re

from devices.files.given import GivenFile
from devices.files.table import Table, tables_of
from devices.rack_readers import headed_table, headless_table, trakmate
from devices.rack_readers.assembling import Source, rack_id_of, rack_scan
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.told import Told
from devices.values import RackId, RackScan

_ANY_SIZE = RackProfile(shape=None)
_NAMED_AS_A_RACK = re.compile(r"[A-Za-z]{1,3}[0-9]{8,12}|[0-9]{10}", re.ASCII)
"""A file's name that is like a rack's code; a date of eight digits is not."""
_DIALECTS = (trakmate.told_by, headed_table.told_by, headless_table.told_by)


def racks_in(file: GivenFile, profile: RackProfile = _ANY_SIZE) -> tuple[RackScan, ...]:
    """The rack that a file tells of; several for a workbook with a rack on more than one sheet; none if it is no such.

    Args:
        file: the file.
        profile: what is known of the reader that wrote it; nothing, for a file from anywhere.
    """
    found = [(table, told) for table in tables_of(file.content) if (told := _told(table, profile))]
    return tuple(_scan(file, table, told, profile) for table, told in found)


def _told(table: Table, profile: RackProfile) -> Told | None:
    return next((told for by in _DIALECTS if (told := by(table, profile)) is not None), None)


def _scan(file: GivenFile, table: Table, told: Told, profile: RackProfile) -> RackScan:
    dialect = f"D9 {told.dialect}" if table.is_sheet else told.dialect
    source = Source(file.name, dialect, file.written, file.content, told.tells_empty, told.own_time)
    return rack_scan(told.said, _rack_id(file, told, profile), source, profile, told.findings)


def _rack_id(file: GivenFile, told: Told, profile: RackProfile) -> RackId:
    """The rack's code in column, heading and file name, which must agree; a name that is no code says nothing."""
    given = list(told.racks)
    if _NAMED_AS_A_RACK.fullmatch(file.stem):
        given.append(("file name", file.stem))
    sources = dict.fromkeys(source for source, text in given if text.strip())
    return rack_id_of([text for _, text in given], ", ".join(sources), profile)
