"""A session with a real device is recorded and played back."""

import json
import queue
from pathlib import Path

import pytest

from devices.faults import DeviceAway
from devices.printers.zpl_printer import ZplPrinter
from devices.scanners.dialogue import Plain
from devices.scanners.framing import Framing
from devices.scanners.serial_scanner import SerialScanner
from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.transports.recording import RecordingLine, ReplayingLine, read_recording
from devices.transports.serial_line import SerialSettings, open_serial
from devices.transports.tcp import TcpLine
from devices.values import PrinterCondition, Scan, Sent


def recorded_scans(tmp_path: Path, codes: list[str]) -> tuple[Path, list[Scan]]:
    """Scans of a real session, which ends with the cable pulled out."""
    scans: queue.Queue[Scan] = queue.Queue()
    states: queue.Queue[object] = queue.Queue()
    path = tmp_path / "session.jsonl"
    with SimulatedScanner(tmp_path, Framing(), "socket") as simulated:
        lines = iter([RecordingLine(open_serial(SerialSettings(simulated.url)), path)])

        def opening() -> RecordingLine:
            line = next(lines, None)
            if line is None:
                raise DeviceAway(simulated.url, "pulled out")
            return line

        with SerialScanner("front scanner", opening, Plain(Framing(), "front scanner"), scans.put, states.put):
            states.get(timeout=10)
            got = []
            for code in codes:
                simulated.scan(code)
                got.append(scans.get(timeout=10))
            simulated.unplug()
            states.get(timeout=10)
    return path, got


def test_a_scanners_session_played_back_gives_the_same_scans(tmp_path: Path) -> None:
    path, then = recorded_scans(tmp_path, ["FD20024619", "FD20024620"])
    again: queue.Queue[Scan] = queue.Queue()
    replay = ReplayingLine(path)
    with SerialScanner(
        "front scanner", lambda: replay, Plain(Framing(), "front scanner"), again.put, lambda _report: None
    ):
        got = [again.get(timeout=10) for _ in then]
    assert [(scan.raw, scan.text) for scan in got] == [(scan.raw, scan.text) for scan in then]


def test_the_loss_of_the_line_is_part_of_the_recording(tmp_path: Path) -> None:
    path, _ = recorded_scans(tmp_path, ["FD20024619"])
    _, moments = read_recording(path)
    assert b"".join(moment.data for moment in moments) == b"FD20024619\r"
    assert moments[-1].way == "away"
    replay = ReplayingLine(path)
    came = b""
    while len(came) < len(b"FD20024619\r"):
        came += replay.read(10)
    with pytest.raises(DeviceAway):
        replay.read(10)
    assert replay.ended
    assert replay.read(0) == b""


def recorded_status(path: Path) -> None:
    with SimulatedZplPrinter() as simulated:

        def opening() -> RecordingLine:
            return RecordingLine(TcpLine.connect(simulated.host, simulated.port, 5), path)

        simulated.suffer(head_open=True)
        printer = ZplPrinter("label printer", "", open_line=opening)
        assert printer.status().condition is PrinterCondition.HEAD_OPEN


def test_a_printers_session_played_back_answers_as_it_did(tmp_path: Path) -> None:
    path = tmp_path / "status.jsonl"
    recorded_status(path)
    printer = ZplPrinter("label printer", "", open_line=lambda: ReplayingLine(path))
    assert printer.status().condition is PrinterCondition.HEAD_OPEN


def test_what_came_in_after_a_question_waits_for_the_question(tmp_path: Path) -> None:
    path = tmp_path / "status.jsonl"
    recorded_status(path)
    replay = ReplayingLine(path)
    assert replay.read(0) == b""
    with pytest.raises(ValueError):
        replay.write(b"~HI")
    replay.write(b"~HS")
    assert replay.read(1).startswith(b"\x02")


def test_a_label_sent_over_a_recorded_line_is_sent_and_written_down(tmp_path: Path) -> None:
    path = tmp_path / "label.jsonl"
    with SimulatedZplPrinter() as simulated:
        opening = lambda: RecordingLine(TcpLine.connect(simulated.host, simulated.port, 5), path)  # noqa: E731
        assert ZplPrinter("label printer", "", open_line=opening).send(b"^XA^XZ") is Sent.SENT
    assert ZplPrinter("label printer", "", open_line=lambda: ReplayingLine(path)).send(b"^XA^XZ") is Sent.SENT


def test_a_recording_cut_short_by_a_crash_is_read_up_to_there(tmp_path: Path) -> None:
    path, _ = recorded_scans(tmp_path, ["FD20024619"])
    whole = len(read_recording(path)[1])
    with path.open("a") as file:
        file.write('{"ms": 12, "way": "i')
    assert len(read_recording(path)[1]) == whole


@pytest.mark.parametrize("text", ["", '{"format": 99}\n'])
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(text)
    with pytest.raises(ValueError, match="not a recording"):
        read_recording(path)


def test_a_replay_at_the_pace_of_the_day_gives_nothing_before_its_time(tmp_path: Path) -> None:
    path = tmp_path / "slow.jsonl"
    lines = [
        {"format": 1, "address": "COM3", "began": "2026-11-03T09:30:00+00:00"},
        {"ms": 40, "way": "in", "hex": b"FD20024619\r".hex()},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    replay = ReplayingLine(path, pace=1)
    assert replay.address == "COM3"
    assert replay.read(0.01) == b""
    assert replay.read(1) == b"FD20024619\r"
    replay.close()
