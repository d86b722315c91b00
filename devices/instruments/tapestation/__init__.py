"""Agilent TapeStation: the analysis software's XML, and its table of regions as CSV.

A sample whose tape is none of those that the file says were run is refused with the whole file: such a file was put
together from two. Source: device-protocols.md section 5.2; files of allotropy and bioanalyzeR (MIT).
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.files.given import GivenFile
from devices.instruments.headed import NOTHING_KNOWN, Known
from devices.instruments.tapestation.regions import regions_in
from devices.instruments.tapestation.xml_file import run_in_xml
from devices.measured import InstrumentRun, RefusedRun


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun | RefusedRun]:
    """The run in a TapeStation's file; nothing for any other file."""
    run = run_in_xml(file, known)
    return [run] if run is not None else regions_in(file, known)
