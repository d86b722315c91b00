"""A rack reader of whatever make whose program leaves a file: the person reads the rack there, the file is awaited."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from devices.clock import Clock, utc_now
from devices.files.given import GivenFile
from devices.files.watched_folder import FileInUse, Mark, WatchedFolder
from devices.folder_reasons import of_folder
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.conversation import Ended, Turns
from devices.rack_readers.rack_files import racks_in
from devices.values import DeviceReport, DeviceState, RackReaderState, RackReading, RackScan, RackShape, Well


@dataclass(frozen=True)
class FileProfile:
    """How a reader's files are to be understood.

    Attributes:
        rack: what its words mean.
        turned: whether its stage holds the rack the other way round, so that H12 stands in its A1.
    """

    rack: RackProfile = field(default_factory=RackProfile)
    turned: bool = False


class FolderRackReader:
    """One reader.

    Args:
        name: its name at this bench.
        folder: the folder that its program leaves its files in.
        profile: how they are to be understood.
        wait_s: seconds within which the person reads the rack and the file comes.
        clock: the time of day.
    """

    def __init__(
        self,
        name: str,
        folder: WatchedFolder,
        profile: FileProfile | None = None,
        wait_s: float = 120.0,
        clock: Clock = utc_now,
    ) -> None:
        self._name = name
        self._folder = folder
        self._profile = profile or FileProfile()
        self._wait_s = wait_s
        self._clock = clock
        self._turns = Turns(name, clock)

    @property
    def name(self) -> str:
        """Its name at this bench."""
        return self._name

    def read(self) -> RackReading:
        """Wait for the next file. One that lay there before is never taken."""
        return self._turns.without_line(self._read)

    def cancel(self) -> None:
        """End the reading under way."""
        self._turns.cancel()

    def status(self) -> DeviceReport:
        """Whether its folder can be seen; of the reader itself nothing is known."""
        try:
            marked(self._folder)
        except Ended as ended:
            return self._turns.report(ended)
        return DeviceReport(self._name, DeviceState.READY, str(self._folder.path), self._clock())

    def committed(self, scan: RackScan) -> bool:
        """Put the file of a rack away whose content has been committed; false when it holds something else by now.

        Raises:
            OSError: when it cannot be moved.
        """
        return self._folder.move_away(GivenFile(scan.reader, scan.raw, scan.at))

    def _read(self, stopped: threading.Event) -> RackScan:
        since = marked(self._folder)
        return awaited(self._folder, since, self._wait_s, stopped, self._profile)


def marked(folder: WatchedFolder) -> Mark:
    """What lies in the folder now; raises ``Ended`` when it cannot be seen."""
    try:
        return folder.mark()
    except OSError as why:
        raise Ended(RackReaderState.UNREACHABLE, of_folder(why)) from why


def awaited(
    folder: WatchedFolder, since: Mark, seconds: float, stopped: threading.Event, profile: FileProfile
) -> RackScan:
    """The rack in the one file that came since a mark; raises ``Ended`` in every other case."""
    file = _one_file(lambda: folder.wait_for_new(since, seconds, stopped), stopped)
    scans = racks_in(file, profile.rack)
    if len(scans) != 1:
        raise Ended(RackReaderState.NOT_A_RACK_FILE, file.name)
    return turned(scans[0]) if profile.turned else scans[0]


def _one_file(wait: Callable[[], tuple[GivenFile, ...]], stopped: threading.Event) -> GivenFile:
    try:
        files = wait()
    except FileInUse as held:
        raise Ended(RackReaderState.FILE_IN_USE, str(held)) from held
    except OSError as why:
        raise Ended(RackReaderState.UNREACHABLE, of_folder(why)) from why
    if stopped.is_set():
        raise Ended(RackReaderState.CANCELLED)
    if len(files) > 1:
        raise Ended(RackReaderState.SEVERAL_FILES, ", ".join(file.name for file in files))
    if not files:
        raise Ended(RackReaderState.NO_FILE)
    return files[0]


def turned(scan: RackScan) -> RackScan:
    """The rack as it stands when taken off a stage that holds it the other way round."""
    new = dict(zip(scan.shape.positions, reversed(scan.shape.positions), strict=True))
    wells = tuple(_moved(well, scan.shape) for well in reversed(scan.wells))
    findings = tuple(
        replace(finding, positions=tuple(new.get(position, position) for position in finding.positions))
        for finding in scan.findings
    )
    return replace(scan, wells=wells, findings=findings)


def _moved(well: Well, shape: RackShape) -> Well:
    positions = shape.positions
    return replace(well, position=positions[len(positions) - 1 - positions.index(well.position)])
