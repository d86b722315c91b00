"""A Thermo VisionMate's TCP server: its status bits, its silences, its results that never fade, one client only.

Source: the public client's stand-in for the server (miso-lims/visionmate-client), written against the real one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from devices.simulators.line_server import Client, LineServer
from devices.simulators.rack import SimulatedRack
from devices.values import RACK_96

_INITIALISED, _FINISHED, _READY, _SENT, _IS_96, _ERROR = 1, 4, 8, 16, 32, 128
_EMPTY, _UNREAD = "No Tube", "No Read"


@dataclass(frozen=True)
class VisionMateFaults:
    """How it is set up, and what is wrong with it.

    Attributes:
        suffix: what ends its answers; empty as it leaves the factory.
        prefix: what begins them.
        by_row: whether its codes go along the rows.
        starting: it has not started yet.
        error: what is wrong with its hardware, in its words.
        never_resets: its status cannot be reset.
        forgets: ready by its status, it has no data, and then says nothing at all.
        loses: how many codes its data lack.
        stops_after: bytes of its data after which it says nothing more.
        silent: it answers nothing.
    """

    suffix: bytes = b"\x03"
    prefix: bytes = b""
    by_row: bool = False
    starting: bool = False
    error: str = ""
    never_resets: bool = False
    forgets: bool = False
    loses: int = 0
    stops_after: int | None = None
    silent: bool = False


class SimulatedVisionMate(LineServer):
    """Listens from the moment it is made until closed.

    Args:
        rack: what stands in it.
        port: 0 for any free one.
        scans_at: the look at its status at which the person has scanned; None while nobody does.
    """

    def __init__(self, rack: SimulatedRack, port: int = 0, scans_at: int | None = 2) -> None:
        self.rack = rack
        self.faults = VisionMateFaults()
        self.scans_at = scans_at
        self._looks = 0
        self._scanned: SimulatedRack | None = None
        self._flags = 0
        super().__init__(port, one_only=True)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``VisionMateFaults``."""
        self.faults = replace(self.faults, **faults)

    def scan(self) -> None:
        """The person scans the rack at the reader."""
        self._scanned = self.rack
        self._flags = _FINISHED | _READY

    def serve(self, client: Client) -> None:
        """Answer each line."""
        heard = ""
        while True:
            heard += client.hear().decode("latin-1")
            *lines, heard = re.split(r"\r\n", heard)
            for line in lines:
                self.note(line)
                said = None if self.faults.silent else self._answer(line)
                if said is not None:
                    client.say(self.faults.prefix + b"OK" + said.encode() + self.faults.suffix)
                elif self.faults.stops_after is not None:
                    client.say(b"OKD" + data_of(self.rack, self.faults)[: self.faults.stops_after].encode())

    def _answer(self, line: str) -> str | None:
        match line[:1]:
            case "L":
                return f"{line}{self._status()}"
            case "C":
                return f"{line}M{self.rack.shape.rows:02d}{self.rack.shape.columns:02d}"
            case "Q":
                self._flags = self._flags if self.faults.never_resets else 0
                self._looks = 0
                return line
            case "E":
                return f"{line}{self.faults.error}"
            case "D":
                return self._fetched(line)
            case "P":
                return line if re.fullmatch(r"P[AMNO]\d{4}", line) else None
            case "":
                return ""
        return f"?{line}"

    def _status(self) -> int:
        self._looks += 1
        if self.scans_at is not None and self._looks > self.scans_at and not self._flags:
            self.scan()
        started = 0 if self.faults.starting else _INITIALISED
        size = _IS_96 if self.rack.shape == RACK_96 else 0
        return started | size | self._flags | (_ERROR if self.faults.error else 0)

    def _fetched(self, line: str) -> str | None:
        """The data of the last scan, however old; nothing at all where there are none."""
        self._flags = _FINISHED | _READY | _SENT
        if self._scanned is None or self.faults.forgets or self.faults.stops_after is not None:
            return None
        return line + data_of(self._scanned, self.faults)


def data_of(rack: SimulatedRack, faults: VisionMateFaults) -> str:
    """The codes of a rack, each with a comma behind it."""
    positions = rack.shape.positions if faults.by_row else rack.shape.positions_by_column
    words = [(rack.tubes[at] or _UNREAD) if at in rack.tubes else _EMPTY for at in positions]
    return "".join(f"{word}," for word in words[faults.loses :])
