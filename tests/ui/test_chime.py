import os
import sys
import wave
from importlib import resources
from pathlib import Path

import pytest

from gms_desktop.domain.verdicts import VerdictKind
from ui.chime import TONES, Chime, Tone, player_of_this_machine


def peak(path: Path) -> int:
    with wave.open(str(path), "rb") as sound:
        frames = memoryview(sound.readframes(sound.getnframes())).cast("h")
        return max(abs(sample) for sample in frames)


@pytest.fixture
def played():
    heard: list[tuple[str, int]] = []
    chime = Chime(100, lambda path: heard.append((path.stem, peak(path))))
    yield chime, heard
    chime.close()


def test_each_tone_is_a_small_file_and_the_refusal_is_the_longest_of_the_two():
    folder = resources.files("resources") / "sounds"
    lengths = {}
    for tone in Tone:
        data = (folder / f"{tone.value}.wav").read_bytes()
        assert len(data) < 40_000
        lengths[tone] = len(data)
    assert lengths[Tone.REFUSED] > lengths[Tone.ACCEPTED]


def test_every_verdict_has_its_tone_and_a_repeat_is_no_error_beep(played):
    chime, heard = played
    for kind in VerdictKind:
        chime.play(kind)
    assert [name for name, _ in heard] == [TONES[kind].value for kind in VerdictKind]
    assert TONES[VerdictKind.ALREADY] is not Tone.REFUSED


def test_the_volume_belongs_to_the_bench(played):
    chime, heard = played
    chime.play(VerdictKind.REFUSED)
    chime.set_volume(30)
    chime.play(VerdictKind.REFUSED)
    chime.set_volume(0)
    chime.play(VerdictKind.REFUSED)
    assert len(heard) == 2
    assert heard[1][1] == pytest.approx(heard[0][1] * 0.3, rel=0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="winsound plays by itself there")
def test_the_tone_is_given_to_the_player_of_the_machine(qapp, qtbot, tmp_path, monkeypatch):
    told = tmp_path / "told"
    player = tmp_path / "paplay"
    player.write_text(f'#!/bin/sh\necho "$1" > {told}.part\nmv {told}.part {told}\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    chime = Chime(70, player_of_this_machine())
    chime.play(VerdictKind.ACCEPTED)
    qtbot.waitUntil(told.exists)
    assert Path(told.read_text().strip()).name == "accepted.wav"
    chime.close()
