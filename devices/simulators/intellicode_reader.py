"""IntelliCode's scripted remote: answers on a socket, and leaves the rack as a file in its profile's folder."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from devices.files.watched_folder import WatchedFolder
from devices.simulators.line_server import Client, LineServer
from devices.simulators.rack import SimulatedRack, turned, unpadded

_COMMAND = re.compile(
    r"Intellicode\.Instrument\.(?:(?P<use>use)|Profile\.(?P<act>load|scan))(?:\((?P<of>[^)\r\n]*)\))?"
)

INSTRUMENT, PROFILE = "Perception", "FluidX96"


@dataclass(frozen=True)
class IntelliCodeFaults:
    """What is wrong with it.

    Attributes:
        warns: its scan ends with a warning.
        fails: its scan fails.
        silent: it does not answer.
        leaves_no_file: the scan is told as done, and no file comes.
        leaves_old_file: a file comes whose time is that of an older scan.
        leaves_two: another program's file comes with it.
        slow_s: seconds between the two halves of the file.
        hangs_up: it ends the connection during the scan.
        rotated: its stage holds the rack the other way round.
    """

    warns: bool = False
    fails: bool = False
    silent: bool = False
    leaves_no_file: bool = False
    leaves_old_file: bool = False
    leaves_two: bool = False
    slow_s: float = 0.0
    hangs_up: bool = False
    rotated: bool = False


class SimulatedIntelliCode(LineServer):
    """Listens from the moment it is made until closed.

    Args:
        rack: what stands in it.
        folder: its profile's output folder.
        port: 0 for any free one.
        instrument: the one it has.
        profile: the one it has.
    """

    def __init__(self, rack: SimulatedRack, folder: Path, port: int = 0) -> None:
        self.rack = rack
        self.faults = IntelliCodeFaults()
        self._folder = folder
        self._count = 0
        super().__init__(port)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``IntelliCodeFaults``."""
        self.faults = replace(self.faults, **faults)

    def serve(self, client: Client) -> None:
        """Answer each line."""
        heard = ""
        while True:
            heard += client.hear().decode("latin-1")
            *lines, heard = re.split(r"\r\n|\r|\n", heard)
            for line in lines:
                self._answer(client, line)

    def _answer(self, client: Client, line: str) -> None:
        if self.faults.silent:
            client.stay_silent()
        found = _COMMAND.fullmatch(line)
        if found is None:
            return
        if found["use"]:
            outcome = "success" if found["of"] == INSTRUMENT else "fail"
            client.say(f"{line}: {outcome}\r\n".encode())
        elif found["act"] == "load":
            outcome = "was loaded" if found["of"] == PROFILE else "failed to load"
            client.say(f"Profile {found['of']} {outcome}\r\n".encode())
        else:
            self._scan(client)

    def _scan(self, client: Client) -> None:
        if self.faults.hangs_up:
            client.hang_up()
        word = "fail" if self.faults.fails else "warning: wells not read" if self.faults.warns else "success"
        client.say(f"scan {word}\r\n".encode())
        if not self.faults.fails and not self.faults.leaves_no_file:
            self._leave_file(client)

    def _leave_file(self, client: Client) -> None:
        self._count += 1
        path = self._folder / f"scan{self._count:04d}.csv"
        data = self._data()
        half = len(data) // 2 if self.faults.slow_s else 0
        with path.open("wb") as file:
            file.write(data[:half])
            file.flush()
            if half:
                client.wait(self.faults.slow_s)
            file.write(data[half:])
        if self.faults.leaves_old_file:
            os.utime(path, (1e9, 1e9))
        if self.faults.leaves_two:
            path.with_name("another.csv").write_bytes(data)

    def _data(self) -> bytes:
        def at(position: str) -> str:
            return turned(position, self.rack.shape) if self.faults.rotated else position

        words = [(each, self.rack.word(at(each), tells_empty=False)) for each in self.rack.shape.positions]
        return "".join(f"{unpadded(each)},{word}\r\n" for each, word in words).encode()


class HeldFolder(WatchedFolder):
    """A folder whose files another program holds, for as many looks as ``held``; for ever when negative."""

    held: int = 0

    def content_of(self, path: Path) -> bytes:
        """The file's bytes, or the error of a file that is locked."""
        if self.held:
            self.held -= 1
            raise PermissionError(13, "Permission denied", str(path))
        return super().content_of(path)
