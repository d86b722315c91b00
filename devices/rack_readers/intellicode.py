"""An IntelliCode reader by its scripted remote: commands over a socket, and the rack in a file that it leaves.

The script that starts it holds ``sys.Remote(winsock)``; its port is local to the computer of the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.clock import Clock, utc_now
from devices.files.given import GivenFile
from devices.files.watched_folder import WatchedFolder
from devices.rack_readers.conversation import Conversation, Ended, Turns
from devices.rack_readers.folder_reader import FileProfile, awaited, marked
from devices.transports.line import Line
from devices.transports.tcp import TcpLine
from devices.values import DeviceReport, RackReaderState, RackReading, RackScan


@dataclass(frozen=True)
class IntelliCodeTimes:
    """How long each step may take, in seconds, as the maker's clients have it."""

    connect_s: float = 5.0
    instrument_s: float = 30.0
    profile_s: float = 5.0
    scan_s: float = 60.0
    file_s: float = 20.0


@dataclass(frozen=True)
class IntelliCodeProfile:
    """How one reader is set up.

    Attributes:
        instrument: the instrument's name in IntelliCode.
        profile: the profile's name there.
        file: how its result file is to be understood.
        line_end: what ends a command.
    """

    instrument: str
    profile: str
    file: FileProfile = field(default_factory=FileProfile)
    line_end: bytes = b"\r\n"


class IntelliCodeReader:
    """One reader.

    Args:
        name: its name at this bench.
        host: host name or address.
        port: as set in its profile.
        folder: the profile's output folder.
        profile: how it is set up.
        clock: the time of day.
        times: how long each step may take.
        open_line: opens the line instead of a TCP connection, for a recording or a replay.
    """

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        folder: WatchedFolder,
        profile: IntelliCodeProfile,
        clock: Clock = utc_now,
        times: IntelliCodeTimes | None = None,
        open_line: Callable[[], Line] | None = None,
    ) -> None:
        self._name = name
        self._folder = folder
        self._profile = profile
        self._times = times or IntelliCodeTimes()
        self._open_line = open_line or (lambda: TcpLine.connect(host, port, self._times.connect_s))
        self._turns = Turns(name, clock)

    @property
    def name(self) -> str:
        """Its name at this bench."""
        return self._name

    def read(self) -> RackReading:
        """Choose instrument and profile, scan, and wait for the file."""
        return self._turns.over(self._open_line, self._talk)

    def cancel(self) -> None:
        """End the reading under way."""
        self._turns.cancel()

    def status(self) -> DeviceReport:
        """Whether it has the instrument."""
        return self._turns.asked(self._open_line, self._state)

    def committed(self, scan: RackScan) -> bool:
        """Put the file of a rack away whose content has been committed; false when it holds something else by now.

        Raises:
            OSError: when it cannot be moved.
        """
        return self._folder.move_away(GivenFile(scan.reader, scan.raw, scan.at))

    def _state(self, call: Conversation) -> str:
        marked(self._folder)
        self._use(call)
        return self._profile.instrument

    def _use(self, call: Conversation) -> None:
        use = f"Intellicode.Instrument.use({self._profile.instrument})"
        self._do(call, use, ("success",), ("fail",), self._times.instrument_s, RackReaderState.SCANNER_AWAY)

    def _talk(self, call: Conversation) -> RackScan:
        self._use(call)
        load = f"Intellicode.Instrument.Profile.load({self._profile.profile})"
        self._do(
            call, load, ("was loaded",), ("failed to load",), self._times.profile_s, RackReaderState.NO_SUCH_PROFILE
        )
        since = marked(self._folder)
        scan = "Intellicode.Instrument.Profile.scan"
        self._do(call, scan, ("success", "warning"), ("fail",), self._times.scan_s, RackReaderState.FAULT)
        return awaited(self._folder, since, self._times.file_s, call.stopped, self._profile.file)

    def _do(
        self,
        call: Conversation,
        command: str,
        good: tuple[str, ...],
        refused: tuple[str, ...],
        seconds: float,
        otherwise: RackReaderState,
    ) -> None:
        """Give a command, whose answer holds a word of success or of refusal."""
        call.say(command.encode("ascii") + self._profile.line_end)

        def said(raw: bytes) -> str:
            # What it repeats of the command is no answer: a profile may be called "success".
            return raw.decode("latin-1").replace(command, "").casefold()

        raw = call.hear_until(lambda raw: any(word in said(raw) for word in (*good, *refused)), seconds)
        if any(word in said(raw) for word in refused):
            raise Ended(otherwise, said(raw).strip())
        if not any(word in said(raw) for word in good):
            raise Ended(RackReaderState.STOPPED_HALF_WAY if raw else RackReaderState.SILENT, command)
