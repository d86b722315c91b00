"""A FluidX reader's text remote on a TCP port, with its greeting, its glued lines, and its faults.

Source: the maker's manual for the XTR-96, page 23, and the public clients named in the documentation of the protocol.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from devices.simulators.line_server import Client, LineServer
from devices.simulators.rack import SimulatedRack, unpadded

_COMMANDS = re.compile(
    rb"set tube = \w+|set verification = (?:on|off)|tube type|status|summary|read|rack|get|scan only|decode|switch|"
    rb"minimise|terminate"
)
_TUBES = ("abgene", "matrix", "micronic", "nunc", "glass96", "glass24")


@dataclass(frozen=True)
class FluidxFaults:
    """How it speaks, and what is wrong with it.

    Attributes:
        greets: whether it greets.
        glued: the greeting and ``Reading...`` have no line end.
        line_end: what ends its lines.
        last_line_ends: whether the last line has an end.
        padded: ``A01`` in place of ``A1``.
        tells_empty: it says ``NO TUBE`` for an empty well.
        names_rack: whether its lines name the rack.
        by_column: whether its lines go down the columns.
        cuts: where its answer is cut into segments.
        hangs_up_after: bytes of the answer after which it ends the connection.
        stops_after: bytes of the answer after which it says nothing more.
        silent: it takes ``get`` and says nothing.
        answers_old: it answers ``get`` at once, with the rack of before.
        late: data of an aborted reading come as soon as a client connects.
        says: what it says in place of data.
        says_twice: a well whose line it repeats.
        spoils: a well whose line comes garbled.
        reversed_rack: its switch feels that the rack stands the wrong way round.
    """

    greets: bool = True
    glued: bool = False
    line_end: bytes = b"\r\n"
    last_line_ends: bool = True
    padded: bool = False
    tells_empty: bool = False
    names_rack: bool = True
    by_column: bool = False
    cuts: tuple[int, ...] = ()
    hangs_up_after: int | None = None
    stops_after: int | None = None
    silent: bool = False
    answers_old: bool = False
    late: bool = False
    says: bytes = b""
    says_twice: str = ""
    spoils: str = ""
    reversed_rack: bool = False


class SimulatedFluidxReader(LineServer):
    """Listens from the moment it is made until closed.

    Args:
        rack: what stands in it.
        port: 0 for any free one.
        faults: how it speaks.
    """

    def __init__(self, rack: SimulatedRack, port: int = 0, faults: FluidxFaults | None = None) -> None:
        self.rack = rack
        self.faults = faults or FluidxFaults()
        self._tube = "abgene"
        self._old = self.rack
        self._reading = threading.Lock()
        super().__init__(port)

    def suffer(self, **faults: Any) -> None:
        """Change how it speaks, by the names of ``FluidxFaults``."""
        self.faults = replace(self.faults, **faults)

    def put_in(self, rack: SimulatedRack) -> None:
        """Another rack; what was read before is the old one."""
        self._old, self.rack = self.rack, rack

    @contextmanager
    def still_reading(self) -> Iterator[None]:
        """Until this is left it answers no ``get``: its camera is at work."""
        with self._reading:
            yield

    def serve(self, client: Client) -> None:
        """Greet, then answer each command."""
        if self.faults.greets:
            client.say(b"xtr-96 Connected" + self._end())
        if self.faults.late:
            client.say(data_of(self._old, self.faults))
        heard = b""
        while True:
            heard += client.hear()
            for found in _COMMANDS.finditer(heard):
                self._answer(client, found[0].decode())
            heard = b"" if _COMMANDS.search(heard) else heard

    def _end(self) -> bytes:
        return b"" if self.faults.glued else self.faults.line_end

    def _answer(self, client: Client, command: str) -> None:
        self.note(command)
        end = self.faults.line_end
        match command.partition(" = ")[0]:
            case "get":
                with self._reading:
                    self._get(client)
            case "rack":
                client.say(b"Reading..." + self._end() + b"OK" + end)
            case "read":
                client.say(b"Reading..." + end)
            case "decode":
                client.say(data_of(self.rack, self.faults))
            case "status":
                client.say(b"Finished" + end)
            case "tube type":
                client.say(self._tube.encode() + end)
            case "summary":
                unread = sum(not code for code in self.rack.tubes.values())
                client.say(f"OK - {len(self.rack.tubes) - unread}, Failed {unread}".encode() + end)
            case "switch":
                client.say((b"Error" if self.faults.reversed_rack else b"None") + end)
            case "set tube":
                self._set_tube(client, command.partition(" = ")[2].casefold())
            case "terminate":
                client.hang_up()
            case "minimise":
                pass
            case _:
                client.say(b"OK" + end)

    def _set_tube(self, client: Client, tube: str) -> None:
        if tube in _TUBES:
            self._tube = tube
        client.say((b"OK" if tube in _TUBES else b"Error") + self.faults.line_end)

    def _get(self, client: Client) -> None:
        faults = self.faults
        if faults.silent:
            client.stay_silent()
        if faults.answers_old:
            client.say(data_of(self._old, self.faults))
            return
        answer = b"Reading..." + self._end() + (faults.says or data_of(self.rack, self.faults))
        cut = faults.hangs_up_after if faults.hangs_up_after is not None else faults.stops_after
        client.say_in_pieces(answer[:cut], faults.cuts)
        if faults.hangs_up_after is not None:
            client.hang_up()
        if faults.stops_after is not None:
            client.stay_silent()


def data_of(rack: SimulatedRack, faults: FluidxFaults) -> bytes:
    """The data lines for a rack."""
    positions = rack.shape.positions_by_column if faults.by_column else rack.shape.positions
    lines = [_line(rack, position, faults) for position in positions]
    twice = [_line(rack, faults.says_twice, faults)] if faults.says_twice else []
    end = faults.line_end
    return end.join([*twice, *lines]) + (end if faults.last_line_ends else b"")


def _line(rack: SimulatedRack, position: str, faults: FluidxFaults) -> bytes:
    if position == faults.spoils:
        return b"\xff#!"
    place = position if faults.padded else unpadded(position)
    said = f"{place}, {rack.word(position, tells_empty=faults.tells_empty)}"
    if faults.names_rack:
        said += f", 1d_rackid_1, {rack.rack_id or 'NO READ'}"
    return said.encode()
