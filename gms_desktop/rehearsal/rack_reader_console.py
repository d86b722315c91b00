"""A simulated rack reader in a terminal: the rack is typed, and each fault that it knows is switched on and off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import TextIO

from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.intellicode_reader import INSTRUMENT, PROFILE, SimulatedIntelliCode
from devices.simulators.rack import SimulatedRack
from devices.simulators.visionmate import SimulatedVisionMate
from devices.simulators.ziath import CONTAINER, SimulatedZiath
from gms_desktop.errors import Refused

Say = Callable[[str], None]
Reader = SimulatedFluidxReader | SimulatedIntelliCode | SimulatedVisionMate | SimulatedZiath
PROTOCOLS = ("fluidx", "intellicode", "dp5", "datapaq3", "visionmate")
_FIRST = SimulatedRack({"A01": "FD20024619", "A02": "FD20024698", "A03": "FD20024711"})
_UNREAD = "?"
_HELP = (
    "`A1 FD20024619` puts a tube in, `A1 ?` one that cannot be read, `A1` takes it out; `rack SA00826894` is the code "
    "of the rack; !help lists its faults."
)


def run(protocol: str, port: int, folder: Path | None, typed: TextIO, say: Say) -> int:
    """Be a rack reader until the input ends.

    Args:
        protocol: one of ``PROTOCOLS``.
        port: where to listen; 0 for any free port.
        folder: where IntelliCode leaves its files.
        typed: the input.
        say: prints a line.

    Raises:
        Refused: an unknown protocol, or IntelliCode without a folder.
    """
    with _made(protocol, port, folder) as reader:
        say(f"A {protocol} rack reader at {reader.host}:{reader.port}{_settings(protocol)}. {_HELP}")
        for line in _lines(typed):
            say(_done(reader, line))
    return 0


def _made(protocol: str, port: int, folder: Path | None) -> Reader:
    match protocol:
        case "fluidx":
            return SimulatedFluidxReader(_FIRST, port)
        case "visionmate":
            return SimulatedVisionMate(_FIRST, port)
        case "dp5" | "datapaq3":
            return SimulatedZiath(_FIRST, port)
        case "intellicode" if folder is not None:
            return SimulatedIntelliCode(_FIRST, folder, port)
        case "intellicode":
            raise Refused("IntelliCode leaves the rack in a file. Give the folder of its files with --folder.")
    raise Refused(f"A rack reader speaks one of {', '.join(PROTOCOLS)}.")


def _settings(protocol: str) -> str:
    if protocol == "intellicode":
        return f", --profile {INSTRUMENT}/{PROFILE}"
    return f", --profile {CONTAINER}" if protocol in {"dp5", "datapaq3"} else ""


def _lines(typed: TextIO) -> Iterator[str]:
    for line in typed:
        if line.strip() == "!end":
            return
        if line.strip():
            yield line.strip()


def _done(reader: Reader, line: str) -> str:
    word, _, rest = line.partition(" ")
    if word.startswith("!"):
        return _switched(reader, word[1:].replace("-", "_"))
    if word == "rack":
        reader.rack = replace(reader.rack, rack_id="" if rest == _UNREAD else rest)
        return f"The rack is {rest}."
    return _placed(reader, word.upper(), rest)


def _switched(reader: Reader, name: str) -> str:
    known = [one.name for one in fields(reader.faults) if isinstance(one.default, bool)]
    if name not in known:
        unknown = "" if name == "help" else f"!{name.replace('_', '-')} is no fault of this reader. "
        return (
            f"{unknown}Faults, each switched on and off: "
            + ", ".join(f"!{one.replace('_', '-')}" for one in known)
            + ", !end"
        )
    reader.suffer(**{name: not getattr(reader.faults, name)})
    return f"{name.replace('_', ' ')}: {'on' if getattr(reader.faults, name) else 'off'}"


def _placed(reader: Reader, word: str, code: str) -> str:
    position = f"{word[:1]}{word[1:]:0>2}"
    if position not in reader.rack.shape.positions:
        return f"{word} is no well of this rack."
    tubes = {at: tube for at, tube in reader.rack.tubes.items() if at != position}
    if code:
        tubes[position] = "" if code == _UNREAD else code
    reader.rack = replace(reader.rack, tubes=tubes)
    return f"{position}: {code or 'empty'}"
