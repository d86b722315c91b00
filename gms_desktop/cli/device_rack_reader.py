"""``device probe rack-reader``: reads a rack, says what came of it, and keeps every byte where wanted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devices.rack_readers.cells import RackProfile
from devices.transports.line import Line
from devices.transports.recording import RecordingLine
from devices.transports.tcp import TcpLine
from devices.values import RACK_24, RACK_48, RACK_96, RackShape
from gms_desktop import rack_reader_options, rack_reader_words, rack_readers
from gms_desktop.cli.reading_files import rack_as_json
from gms_desktop.errors import Refused

Say = Callable[[str], None]
DONE, TO_SEE_TO = 0, 1
PROTOCOLS = ("fluidx", "intellicode", "dp5", "datapaq3", "visionmate")
_SHAPES: dict[str, RackShape | None] = {"24": RACK_24, "48": RACK_48, "96": RACK_96, "any": None}
_CONNECT_S = 5.0
_LONGEST_S = {"fluidx": 90, "intellicode": 60, "dp5": 90, "datapaq3": 90, "visionmate": 120}
"""How long each has to read a rack."""


@dataclass(frozen=True)
class _Address:
    """Where a reader is, and where its bytes are written down."""

    host: str
    port: int
    record: Path | None

    def open(self) -> Line:
        """Open the line; raises ``DeviceAway``."""
        line = TcpLine.connect(self.host, self.port, _CONNECT_S)
        return RecordingLine(line, self.record) if self.record else line


def probe(
    protocol: str,
    at: str,
    rack: str,
    profile: str,
    folder: Path | None,
    record: Path | None,
    say: Say,
    meanwhile: Say = lambda _words: None,
    ways: str = "",
) -> int:
    """Read a rack.

    Args:
        protocol: one of ``PROTOCOLS``.
        at: ``host:port``.
        rack: how many wells it has, or ``any``.
        profile: what the reader is to be set to.
        folder: where IntelliCode leaves its files.
        record: where to write every byte; nowhere when None.
        say: prints a line.
        meanwhile: prints a line that is no part of the answer: what is waited for.
        ways: how it is otherwise than most of its make, with commas between.

    Returns:
        0, or 1 when no rack was read or something about it is odd.

    Raises:
        Refused: an unknown protocol, size or address.
    """
    if protocol not in PROTOCOLS or rack not in _SHAPES:
        raise Refused(f"A rack reader speaks one of {', '.join(PROTOCOLS)}; a rack is one of {', '.join(_SHAPES)}.")
    line = _Address(*rack_readers.address(at), record)
    named = (line.host, line.port)
    meanwhile(rack_reader_words.waiting(at, _LONGEST_S[protocol]))
    other = rack_reader_options.read(ways, protocol)
    shape = RackProfile(_SHAPES[rack])
    reading = rack_readers.reader(protocol, named, shape, profile, folder, line.open, other).read()
    if reading.scan is None:
        say(rack_reader_words.reading(reading))
        return TO_SEE_TO
    say(json.dumps(rack_as_json(reading.scan), ensure_ascii=False, indent=2))
    return TO_SEE_TO if reading.scan.findings else DONE
