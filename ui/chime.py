"""Three tones: accepted, refused, finished. The volume belongs to the bench.

Players take a file and no volume (``winsound``, ``aplay``), so the files are written once for each volume.
"""

from __future__ import annotations

import array
import shutil
import sys
import tempfile
import wave
from collections.abc import Callable
from enum import StrEnum
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from gms_desktop.domain.verdicts import VerdictKind

Player = Callable[[Path], None]
_LOUDEST = 100


class Tone(StrEnum):
    """A tone, by the name of its file."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    FINISHED = "finished"


#: "Already" is harmless and sounds as such (craft rule 9: not an error beep).
TONES = {
    VerdictKind.FOUND: Tone.ACCEPTED,
    VerdictKind.MATCHES: Tone.ACCEPTED,
    VerdictKind.ACCEPTED: Tone.ACCEPTED,
    VerdictKind.ALREADY: Tone.ACCEPTED,
    VerdictKind.ATTENTION: Tone.REFUSED,
    VerdictKind.REFUSED: Tone.REFUSED,
    VerdictKind.FINISHED: Tone.FINISHED,
}


class Chime:
    """Sounds verdicts, and returns at once.

    Args:
        volume: from 0 (silent) to 100.
        player: plays a wave file; this machine's own when not given.
    """

    def __init__(self, volume: int = 70, player: Player | None = None) -> None:
        self._player = player or player_of_this_machine()
        self._folder = Path(tempfile.mkdtemp(prefix="gms_sounds_"))
        self._volume = 0
        self.set_volume(volume)

    def set_volume(self, volume: int) -> None:
        """Use another volume from now on; values outside 0 to 100 are brought within."""
        self._volume = min(_LOUDEST, max(0, volume))
        for tone in Tone:
            _write_scaled(tone, self._volume, self._folder / f"{tone.value}.wav")

    def play(self, kind: VerdictKind) -> None:
        """Sound a verdict."""
        if self._volume:
            self._player(self._folder / f"{TONES[kind].value}.wav")

    def close(self) -> None:
        """Remove the scaled files."""
        shutil.rmtree(self._folder, ignore_errors=True)


def player_of_this_machine() -> Player:
    """The player there is: ``winsound``, ``paplay``, ``aplay``, else the desktop's beep."""
    if sys.platform == "win32":
        return _windows
    for program, options in (("paplay", ()), ("aplay", ("-q",))):
        found = shutil.which(program)
        if found:
            return _ProgramPlayer(found, options)
    return _beep


class _ProgramPlayer:
    """Plays with a program that runs on its own."""

    def __init__(self, program: str, options: tuple[str, ...]) -> None:
        self._program = program
        self._options = options

    def __call__(self, path: Path) -> None:
        QProcess.startDetached(self._program, [*self._options, str(path)])


def _windows(path: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)


def _beep(_path: Path) -> None:
    QApplication.beep()


def _write_scaled(tone: Tone, volume: int, target: Path) -> None:
    source = resources.files("resources") / "sounds" / f"{tone.value}.wav"
    with source.open("rb") as raw, wave.open(raw, "rb") as sound:
        params, frames = sound.getparams(), sound.readframes(sound.getnframes())
    samples = array.array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    scaled = array.array("h", (sample * volume // _LOUDEST for sample in samples))
    if sys.byteorder == "big":
        scaled.byteswap()
    with wave.open(str(target), "wb") as out:
        out.setparams(params)
        out.writeframes(scaled.tobytes())
