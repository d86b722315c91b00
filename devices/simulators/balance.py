"""A balance on a serial line that speaks MT-SICS or SBI: its pan is laid upon, moves, is overloaded; its line fails."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from devices.simulators.scanner import Over, port_for

Speaks = Literal["mt-sics", "sbi"]
_LOOK_S = 0.02
_SERIAL = "B021002593"


@dataclass(frozen=True)
class Pan:
    """How it stands with the balance.

    Attributes:
        weight: what its display shows, with its decimals.
        unit: as it is set.
        moving: whether the pan has not come to rest.
        overload, underload, busy: as the names say.
        error: the code that it answers with: ``ES``, ``ET``, ``EL``; ``APP.ERR`` and the like for SBI.
        silent: it answers nothing.
        half: it sends half of each line, and no end.
        coded: SBI alone: six characters of a code stand before each line.
        rests_after: how many answers it moves for; 0 for ever.
        tared: what its display leaves out: what lay on it when it was tared.
        deaf: it does not tare when it is asked to.
    """

    weight: Decimal = Decimal("0.0000")
    unit: str = "g"
    moving: bool = False
    overload: bool = False
    underload: bool = False
    busy: bool = False
    error: str = ""
    silent: bool = False
    half: bool = False
    coded: bool = False
    rests_after: int = 0
    tared: Decimal = Decimal(0)
    deaf: bool = False

    @property
    def shown(self) -> Decimal:
        """What its display shows."""
        return self.weight - self.tared


class SimulatedBalance:
    """Plugged in from the moment it is made until closed.

    Args:
        folder: where the pty's stable name is put, as ``/dev/serial/by-id`` would; not used over a socket.
        speaks: ``mt-sics`` or ``sbi``.
        over: ``pty``, ``socket`` or ``rfc2217``; by default the pty where the system has them.
    """

    def __init__(self, folder: Path, speaks: Speaks = "mt-sics", over: Over | None = None) -> None:
        self.speaks = speaks
        self._answer = _mt_sics if speaks == "mt-sics" else _sbi
        self._port = port_for(folder, over, 9600, "balance")
        self._guard, self._closed = threading.Lock(), threading.Event()
        self.pan = Pan()
        self.asked: list[str] = []
        self._port.open()
        self._thread = threading.Thread(target=self._attend, name="balance", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def url(self) -> str:
        """What the bench's settings name."""
        return self._port.url

    def lay(self, weight: str) -> None:
        """Lay something on the pan: what its display shows once it is at rest. All else is well again."""
        self.pan = Pan(Decimal(weight))

    def fill(self, weight: str) -> None:
        """Put so much more on the pan; a tare stands."""
        self.pan = replace(self.pan, weight=self.pan.weight + Decimal(weight))

    def suffer(self, **changes: Any) -> None:
        """Change how it stands with the balance."""
        self.pan = replace(self.pan, **changes)

    def print_unasked(self, line: str) -> None:
        """Somebody presses its print key."""
        with self._guard:
            self._port.send(f"{line}\r\n".encode("latin-1"))

    def unplug(self) -> None:
        """Pull the cable out."""
        with self._guard:
            self._port.close()

    def replug(self) -> None:
        """Put the cable back in."""
        with self._guard:
            self._port.open()

    def close(self) -> None:
        """Put the balance away."""
        self._closed.set()
        self._thread.join()
        self._port.close()

    def _attend(self) -> None:
        heard = b""
        while not self._closed.wait(0):
            with self._guard:
                try:
                    heard += self._port.receive(_LOOK_S)
                    while b"\n" in heard:
                        line, _, heard = heard.partition(b"\n")
                        self._tell(line.rstrip(b"\r").decode("latin-1"))
                except OSError:
                    heard = b""
            if not heard:
                self._closed.wait(_LOOK_S)

    def _tell(self, command: str) -> None:
        self.asked.append(command)
        pan = self.pan
        lines = self._answer(command, pan) if not pan.silent else ()
        if command in {"T", "TI", "\x1bT"} and not (pan.deaf or pan.error or pan.silent or pan.busy or pan.moving):
            self.pan = pan = replace(pan, tared=pan.weight)
        if pan.rests_after:
            self.pan = replace(pan, rests_after=pan.rests_after - 1, moving=pan.rests_after > 1)
        for line in lines:
            whole = f"{line}\r\n".encode("latin-1")
            self._port.send(whole[: len(whole) // 2] if pan.half else whole)


def _mt_sics(command: str, pan: Pan) -> tuple[str, ...]:
    if pan.error:
        return (pan.error,)
    if command in {"I4", "@"}:
        return (f'I4 A "{_SERIAL}"',)
    if command not in {"S", "SI", "T", "TI"}:
        return ("ES",)
    tares = command in {"T", "TI"}
    name = command if tares else "S"
    if pan.overload or pan.underload or pan.busy:
        return (f"{name} +" if pan.overload else f"{name} -" if pan.underload else f"{name} I",)
    if pan.deaf and tares:
        return (f"{name} I",)
    if pan.moving and command in {"S", "T"}:
        return (f"{name} I",)
    unit = f" {pan.unit}" if pan.unit else ""
    weight = pan.weight if tares else pan.shown
    return (f"{name} {'D' if pan.moving else 'S'} {weight:>10f}{unit}",)


def _sbi(command: str, pan: Pan) -> tuple[str, ...]:
    asked = command.removeprefix("\x1b")
    if asked == "x2_":
        return (f"{_SERIAL:>14}",)
    if asked != "P":
        return ()
    code = "N     " if pan.coded else ""
    if pan.error:
        return (f"{code}{'Stat':<9}{pan.error:<{11 - len(code)}}"[:20].ljust(20 if code else 14),)
    if pan.overload or pan.underload or pan.busy:
        word = "High" if pan.overload else "Low" if pan.underload else "Cal. Ext."
        return (f"Stat {word}".ljust(20 if pan.coded else 14),)
    sign, number = "-" if pan.shown < 0 else "+", re.sub("^-", "", f"{pan.shown:f}")
    unit = "" if pan.moving else pan.unit
    return (f"{code}{sign}{number:>9} {unit:<3}",)
