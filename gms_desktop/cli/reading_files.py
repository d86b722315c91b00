"""``read FILE``: what any adapter understands in a file that a device left, as JSON. Nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from devices.files.adapters import Claim, claims
from devices.files.given import GivenFile, file_at
from devices.files.table import MAX_BYTES
from devices.instruments.run_files import runs_in
from devices.measured import InstrumentRun, RefusedRun, RunRefusal
from devices.values import RackScan, WellState
from gms_desktop import file_words, instrument_words, rack_reader_words
from gms_desktop.cli.run_as_json import run_as_json
from gms_desktop.errors import Refused

Say = Callable[[str], None]
Tables = Callable[[], Sequence[tuple[str, str]]]
OWN_TABLE = "table of the laboratory's own"
CLEAN, WITH_FINDINGS = 0, 1


def read_file(path: Path, say: Say, tables: Tables = tuple) -> int:
    """Say what a file tells.

    Args:
        path: where it is.
        say: prints a line.
        tables: the laboratory's own tables, asked for where nothing else reads the file.

    Returns:
        0, or 1 when a person should see to something in it.

    Raises:
        Refused: when it cannot be read, and when nothing understands it, or more than one thing does.
    """
    file = _given(path)
    what, told = _understood(file, tables)
    head = {"file": file.name, "sha256": hashlib.sha256(file.content).hexdigest(), "adapter": what}
    say(json.dumps({**head, **told}, ensure_ascii=False, indent=2))
    return WITH_FINDINGS if _has_findings(told) else CLEAN


def own_tables(data: Path) -> tuple[tuple[str, str], ...]:
    """The tables that the laboratory of a bench approved; none where no bench is set up.

    Raises:
        Refused, Unavailable: when there is a bench whose file cannot be read.
    """
    from gms_desktop.bench_file import DATABASE

    if not (data / DATABASE).is_file():
        return ()
    from gms_desktop.cli.reading import reading
    from gms_desktop.services import site_tables

    with reading(data / DATABASE, data) as db:
        return site_tables.texts(db)


def _own(file: GivenFile, tables: Tables) -> tuple[Claim, ...]:
    from gms_desktop.instrument_tables import readers_of

    return tuple(Claim(OWN_TABLE, run) for run in runs_in(file, readers_of(tables())))


def _understood(file: GivenFile, tables: Tables) -> tuple[str, dict[str, Any]]:
    found = claims(file) or _own(file, tables)
    if not found:
        raise Refused(rack_reader_words.known_by_nothing(file.name))
    runs = [claim.value for claim in found if isinstance(claim.value, InstrumentRun)]
    for claim in found:
        if isinstance(claim.value, RefusedRun):
            raise Refused(instrument_words.refused_run(file.name, claim.value))
    if len(runs) == len(found) and len({run.dialect for run in runs}) == 1:
        return found[0].adapter, {"runs": [run_as_json(run) for run in runs]}
    if len(found) > 1:
        as_what = ", ".join(f"{claim.adapter} {claim.value.dialect}" for claim in found)
        raise Refused(rack_reader_words.known_twice(file.name, as_what))
    rack = found[0].value
    return found[0].adapter, rack_as_json(rack) if isinstance(rack, RackScan) else {}


def _has_findings(told: dict[str, Any]) -> bool:
    return any(one["findings"] for one in told.get("runs", [told]))


def _given(path: Path) -> GivenFile:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(instrument_words.refused_run(path.name, RefusedRun("", "", RunRefusal.TOO_LARGE)))
        return file_at(path)
    except OSError as fault:
        raise Refused(file_words.not_read(path, fault, str(path))) from fault


def rack_as_json(scan: RackScan) -> dict[str, Any]:
    """A rack: every well, and a sentence for all that is odd."""
    states = [well.state for well in scan.wells]
    return {
        "dialect": scan.dialect,
        "rack": {
            "state": scan.rack_id.state.value,
            "code": scan.rack_id.code,
            "source": scan.rack_id.source,
            "raw": scan.rack_id.raw,
        },
        "rows": scan.shape.rows,
        "columns": scan.shape.columns,
        "tells_empty": scan.tells_empty,
        "written": scan.at.isoformat(),
        "own_time": scan.own_time,
        "counts": {state.value: states.count(state) for state in WellState},
        "wells": [
            {"position": well.position, "state": well.state.value, "code": well.code, "raw": well.raw}
            for well in scan.wells
        ],
        "findings": [
            {
                "finding": found.defect.value,
                "wells": list(found.positions),
                "detail": found.detail,
                "sentence": rack_reader_words.finding(found),
            }
            for found in scan.findings
        ],
    }
