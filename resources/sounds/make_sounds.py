"""Makes the three tones. Run once; the results are kept beside this file.

Accepted is short and rises; refused is lower and longer; finished is a chord broken upwards.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
_FADE = 0.008

TONES: dict[str, tuple[tuple[float, float], ...]] = {
    "accepted": ((880.0, 0.07), (1318.5, 0.11)),
    "refused": ((233.1, 0.2), (0.0, 0.05), (185.0, 0.32)),
    "finished": ((659.3, 0.12), (830.6, 0.12), (987.8, 0.24)),
}


def samples(notes: tuple[tuple[float, float], ...]) -> bytes:
    """Notes of (hertz, seconds) as 16-bit mono samples, with a third harmonic so that small speakers carry them."""
    sound = bytearray()
    for hertz, seconds in notes:
        count = int(seconds * RATE)
        for step in range(count):
            at = step / RATE
            edge = min(1.0, at / _FADE, (seconds - at) / _FADE)
            level = math.sin(math.tau * hertz * at) + 0.3 * math.sin(math.tau * 3 * hertz * at)
            sound += struct.pack("<h", int(20_000 * max(0.0, edge) * level / 1.3))
    return bytes(sound)


def make(folder: Path) -> None:
    """Write the three files."""
    for name, notes in TONES.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(notes))


if __name__ == "__main__":
    make(Path(__file__).parent)
