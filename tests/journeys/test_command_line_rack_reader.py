"""A rack reader on the command line: read once, with every byte kept, and a simulated one to try it with."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from devices.rack_readers.fluidx_remote import FluidxReader
from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.intellicode_reader import INSTRUMENT, PROFILE, SimulatedIntelliCode
from devices.simulators.rack import SimulatedRack
from devices.simulators.visionmate import SimulatedVisionMate
from devices.simulators.ziath import CONTAINER, SimulatedZiath
from devices.transports.recording import ReplayingLine
from gms_desktop.errors import Refused
from gms_desktop.rehearsal import rack_reader_console
from ui import command

RACK = SimulatedRack({"A01": "FD20024619"})


def probe(capsys: pytest.CaptureFixture[str], reader: Any, *options: object) -> tuple[int, str]:
    capsys.readouterr()
    at = f"{reader.host}:{reader.port}"
    code = command.main(["device", "probe", "rack-reader", "--at", at, *(str(one) for one in options)])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    # What is waited for is told beside the answer, which other programs read.
    assert "up to" in said.err or not said.out
    return code, said.out or said.err


def test_each_protocol_is_read_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (
        SimulatedFluidxReader(RACK) as fluidx,
        SimulatedZiath(RACK) as ziath,
        SimulatedVisionMate(RACK) as visionmate,
        SimulatedIntelliCode(RACK, tmp_path) as intellicode,
    ):
        for protocol, reader, options in (
            ("fluidx", fluidx, ()),
            ("dp5", ziath, ("--profile", CONTAINER)),
            ("datapaq3", ziath, ("--profile", CONTAINER)),
            ("visionmate", visionmate, ("--rack", "any")),
            ("intellicode", intellicode, ("--profile", f"{INSTRUMENT}/{PROFILE}", "--folder", tmp_path)),
        ):
            code, said = probe(capsys, reader, "--protocol", protocol, *options)
            assert (code, json.loads(said)["wells"][0]["code"]) == (0, "FD20024619"), protocol


def test_a_reader_that_is_otherwise_than_most_of_its_make_is_read_as_it_is_set_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    second = SimulatedRack({"B01": "FD20024619"})
    with SimulatedFluidxReader(second) as fluidx, SimulatedVisionMate(second) as visionmate:
        fluidx.suffer(answers_old=True)
        visionmate.suffer(by_row=True, suffix=b"\r")
        for protocol, reader, ways in (
            ("fluidx", fluidx, "says no Reading..."),
            ("visionmate", visionmate, "by row, suffix CR"),
        ):
            code, said = probe(capsys, reader, "--protocol", protocol, "--ways", ways)
            wells = {one["position"]: one["code"] for one in json.loads(said)["wells"] if one["code"]}
            assert (code, wells) == (0, {"B01": "FD20024619"}), protocol
        code, said = probe(capsys, fluidx, "--ways", "backwards")
        assert code == 2
        assert "“backwards” is nothing that is known of such a reader. Enter says no Reading..., no line end" in said


def test_every_byte_of_a_session_is_kept_and_can_be_played_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "session.jsonl"
    with SimulatedFluidxReader(RACK) as reader:
        assert probe(capsys, reader, "--record", path)[0] == 0
    scan = FluidxReader("rack reader", "", open_line=lambda: ReplayingLine(path)).read().scan
    assert scan is not None
    assert scan.tubes == RACK.tubes


def test_a_rack_that_is_not_read_ends_with_1_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedFluidxReader(RACK) as reader:
        reader.suffer(answers_old=True)
        code, said = probe(capsys, reader)
    assert (code, said.startswith("The rack reader gave an earlier reading in place of this rack.")) == (1, True)


@pytest.mark.parametrize(
    "options",
    [("--at", "somewhere"), ("--at", "h:1", "--protocol", "wink"), ("--at", "h:1", "--protocol", "intellicode")],
)
def test_what_cannot_be_asked_is_refused(options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["device", "probe", "rack-reader", *options]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("protocol", rack_reader_console.PROTOCOLS)
def test_a_simulated_reader_is_given_its_rack_and_its_faults_by_typing(tmp_path: Path, protocol: str) -> None:
    said: list[str] = []
    typed = io.StringIO("B2 FD20024800\na1\nA2 ?\nZ9 x\nrack SA12345678\n!silent\n!wink\n!end\nA5 never\n")
    assert rack_reader_console.run(protocol, 0, tmp_path, typed, said.append) == 0
    assert said[0].startswith(f"A {protocol} rack reader at 127.0.0.1:")
    assert said[1:6] == [
        "B02: FD20024800",
        "A01: empty",
        "A02: ?",
        "Z9 is no well of this rack.",
        "The rack is SA12345678.",
    ]
    assert (said[6], "!silent" in said[7], len(said)) == ("silent: on", True, 8)
    assert said[7].startswith("!wink is no fault of this reader. ")


def test_a_simulated_reader_of_an_unknown_sort_is_refused() -> None:
    for protocol, folder in (("wink", None), ("intellicode", None)):
        with pytest.raises(Refused):
            rack_reader_console.run(protocol, 0, folder, io.StringIO(), print)
