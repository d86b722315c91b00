"""Tube volume scanners of the VolumeCheck sort: a row a tube, and the rack's code in the name of the file alone.

A volume of 0 is what such a scanner writes for a place without a tube as well as for an empty one: it stays the number
it is. The file names no unit: these scanners measure in microlitres.

Sources: device-protocols.md section 5.2; a file of sequencescape's test set (MIT).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.files.given import GivenFile
from devices.instruments.headed import NOTHING_KNOWN, Form, Known, ValueColumn, structured, tables_in
from devices.instruments.rows import Row, rows_of
from devices.measured import Analyte, InstrumentRun

_NEEDS = ("rackid", "tube", "volavg")
_FORM = Form(
    values=(ValueColumn(Analyte.VOLUME, ("volavg",), unit="uL"),),
    plate=("rackid",),
    well=("tube",),
)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun]:
    """The run in a volume scanner's file; nothing for any other file."""
    return [
        _run(file, heading, body, known, ends_open)
        for rows in rows_of(file)
        for heading, body, ends_open in tables_in(rows, *_NEEDS)
    ]


def _run(file: GivenFile, heading: Row, body: Sequence[Row], known: Known, ends_open: bool) -> InstrumentRun:
    table = structured(heading.cells, body, _FORM, known, ends_open=ends_open)
    return InstrumentRun(
        instrument="Tube volume scanner",
        dialect="RACKID, TUBE, VOLAVG",
        measured=tuple(replace(each, plate=each.plate or file.stem) for each in table.measured),
        unread=table.unread,
        findings=table.findings,
    )
