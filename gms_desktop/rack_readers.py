"""A rack reader by what it speaks: for the bench from its settings, for the command line from what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from devices.files.watched_folder import WatchedFolder
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.conversation import RackReader
from devices.rack_readers.fluidx_remote import FluidxProfile, FluidxReader
from devices.rack_readers.folder_reader import FileProfile, FolderRackReader
from devices.rack_readers.intellicode import IntelliCodeProfile, IntelliCodeReader
from devices.rack_readers.visionmate import VisionMateReader
from devices.rack_readers.visionmate_answer import VisionMateProfile
from devices.rack_readers.ziath import ZiathProfile, datapaq3_reader, dp5_reader
from devices.transports.line import Line
from devices.transports.tcp import TcpLine
from gms_desktop import port_words, rack_reader_options
from gms_desktop.errors import Refused
from gms_desktop.settings import RackReaderSettings

NAME = "Rack reader"
_CONNECT_S = 5.0


def address(said: str) -> tuple[str, int]:
    """Host and port of ``host:port``.

    Raises:
        Refused: for anything else.
    """
    host, _, port = said.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal():
        raise Refused(f"{said or 'Nothing'} is no address of a rack reader. Give its host and port: 10.1.1.9:201.")
    if wrong := port_words.port_wrong(int(port), port_words.OF_RACK_READERS):
        raise Refused(wrong)
    return host, int(port)


def reader_of(said: RackReaderSettings) -> RackReader | None:
    """The rack reader of a bench; None where it has none.

    Raises:
        Refused: when its address or its folder is missing.
    """
    if said.protocol == "none":
        return None
    ways = rack_reader_options.read(said.ways, said.protocol)
    if said.protocol == "folder":
        if not said.folder:
            raise Refused("Give the folder that the rack reader's program writes its files to.")
        return FolderRackReader(NAME, WatchedFolder(Path(said.folder)), FileProfile(turned="turned" in ways))
    host, port = address(said.at)
    folder = Path(said.folder) if said.folder else None
    opened = partial(TcpLine.connect, host, port, _CONNECT_S)
    return reader(said.protocol, (host, port), RackProfile(shape=None), said.profile, folder, opened, ways)


def reader(
    protocol: str,
    at: tuple[str, int],
    rack: RackProfile,
    profile: str,
    folder: Path | None,
    open_line: Callable[[], Line],
    ways: frozenset[str] = frozenset(),
) -> RackReader:
    """A reader on the network.

    Args:
        protocol: ``fluidx``, ``intellicode``, ``dp5``, ``datapaq3`` or ``visionmate``.
        at: its host and port.
        rack: what is known of the rack.
        profile: what the reader is to be set to.
        folder: where IntelliCode leaves its files.
        open_line: opens the line.
        ways: in what it is otherwise than most of its make.

    Raises:
        Refused: when IntelliCode's folder is missing.
    """
    match protocol:
        case "fluidx":
            return FluidxReader(NAME, *at, _fluidx(rack, profile, ways), open_line=open_line)
        case "visionmate":
            return VisionMateReader(NAME, *at, _visionmate(rack, ways), open_line=open_line)
        case "dp5":
            return dp5_reader(NAME, at[0], ZiathProfile(profile, rack), at[1], open_line=open_line)
        case "datapaq3":
            return datapaq3_reader(NAME, at[0], ZiathProfile(profile, rack), at[1], open_line=open_line)
    if folder is None:
        raise Refused("IntelliCode leaves the rack in a file. Give the folder of its files.")
    instrument, _, name = profile.partition("/")
    chosen = IntelliCodeProfile(instrument, name, FileProfile(rack, "turned" in ways))
    return IntelliCodeReader(NAME, *at, WatchedFolder(folder), chosen, open_line=open_line)


def _fluidx(rack: RackProfile, tube: str, ways: frozenset[str]) -> FluidxProfile:
    return FluidxProfile(
        rack,
        tube,
        line_end=b"" if "no line end" in ways else b"\r\n",
        announces="says no Reading..." not in ways,
        asks=("scan only", "decode") if "two steps" in ways else ("get",),
        checks_orientation="feels orientation" in ways,
    )


def _visionmate(rack: RackProfile, ways: frozenset[str]) -> VisionMateProfile:
    made = VisionMateProfile(rack=rack, by_row="by row" in ways)
    suffix = "\r\n" if "suffix CR LF" in ways else "\r" if "suffix CR" in ways else made.suffix
    return replace(made, suffix=suffix)
