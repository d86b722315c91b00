"""Scanners that are told how each scan was: Zebra SSI and Honeywell Host ACK on real ptys and sockets, with faults."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from devices.faults import DeviceAway
from devices.scanners.dialogue import Dialogue, HostAck, Plain
from devices.scanners.framing import Framing
from devices.scanners.serial_scanner import Patience, SerialScanner
from devices.scanners.ssi import Ssi
from devices.simulators.host_ack_scanner import SimulatedHostAckScanner, Sound
from devices.simulators.scanner import Over, SimulatedScanner
from devices.simulators.ssi_scanner import SimulatedSsiScanner
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import DeviceReport, DeviceState, Judged, Scan

OVER: list[Over] = ["socket", "rfc2217"] if sys.platform == "win32" else ["pty", "socket", "rfc2217"]
PATIENCE = Patience(first_retry_s=0.01, longest_retry_s=0.05, slice_s=0.02, idle_s=0.05, verdict_s=5)
NAME = "front scanner"


class Judge:
    """A bench that judges each scan on a thread of its own, by its code."""

    def __init__(self) -> None:
        self.scans: Queue[Scan] = Queue()
        self.reports: Queue[DeviceReport] = Queue()
        self.says: dict[str, Judged | None] = {"FD20024619": Judged.RIGHT, "FD20024620": Judged.QUESTION}
        self.opened: list[SerialScanner] = []

    def read(self, url: str, dialogue: Dialogue, patience: Patience = PATIENCE, baud: int = 9600) -> SerialScanner:
        line = SerialSettings(url, baud=baud)
        scanner = SerialScanner(
            NAME, lambda: open_serial(line), dialogue, self.heard, self.reports.put, patience=patience
        )
        self.opened.append(scanner)
        scanner.start()
        return scanner

    def heard(self, scan: Scan) -> None:
        self.scans.put(scan)
        judged = self.says.get(scan.text, Judged.WRONG)
        if judged is not None:
            threading.Thread(target=self.opened[-1].tell, args=(scan, judged)).start()

    def until(self, state: DeviceState) -> DeviceReport:
        while (report := self.reports.get(timeout=10)).state is not state:
            pass
        return report

    def next_scan(self) -> Scan:
        return self.scans.get(timeout=10)

    def texts(self) -> list[str]:
        found = []
        while not self.scans.empty():
            found.append(self.scans.get().text)
        return found


@pytest.fixture
def judge() -> Iterator[Judge]:
    made = Judge()
    yield made
    for scanner in made.opened:
        scanner.close()


@pytest.fixture(params=OVER)
def zebra(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimulatedSsiScanner]:
    with SimulatedSsiScanner(tmp_path, request.param, response_s=0.5) as scanner:
        yield scanner


@pytest.fixture(params=OVER)
def honeywell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimulatedHostAckScanner]:
    with SimulatedHostAckScanner(tmp_path, over=request.param) as scanner:
        yield scanner


def ssi() -> Ssi:
    return Ssi(Framing(), NAME)


def host_ack() -> HostAck:
    return HostAck(Framing(), NAME)


def until(so: Callable[[], object], zebra: SimulatedSsiScanner) -> None:
    for _ in range(500):
        if so():
            return
        zebra.attend(0.01)
    raise AssertionError("waited in vain")


def test_a_zebra_beeps_high_for_the_right_tube_and_low_for_a_wrong_one(zebra, judge) -> None:
    judge.read(zebra.url, ssi())
    judge.until(DeviceState.READY)
    heard = []
    for code in ("FD20024619", "FD20024620", "NOT-OURS"):
        assert zebra.scan(code)
        heard.append(zebra.hear())
        until(lambda: zebra.packets[-1].opcode in {0xE7, 0xE8}, zebra)
        heard.append(zebra.lit)
    assert heard == [0x00, True, 0x17, False, 0x08, False]
    assert judge.texts() == ["FD20024619", "FD20024620", "NOT-OURS"]


def test_a_zebra_says_which_it_is_once_it_is_plugged_in(zebra, judge) -> None:
    judge.read(zebra.url, ssi())
    judge.until(DeviceState.READY)
    until(lambda: not judge.reports.empty(), zebra)
    assert "SIMULATED SSI 1.0" in judge.until(DeviceState.READY).detail


def test_a_scan_whose_acknowledgement_is_lost_is_sent_again_and_counts_once(tmp_path, judge) -> None:
    with SimulatedSsiScanner(tmp_path, "socket", response_s=0.2) as zebra:
        judge.read(zebra.url, ssi())
        judge.until(DeviceState.READY)
        until(lambda: zebra.packets, zebra)
        zebra.deaf = 2  # the acknowledgement and the beep
        assert zebra.scan("FD20024619")
        assert zebra.hear() == 0x00
        assert judge.texts() == ["FD20024619"]


def test_a_scan_damaged_on_the_way_is_asked_for_again(tmp_path, judge) -> None:
    with SimulatedSsiScanner(tmp_path, "socket", response_s=0.5) as zebra:
        judge.read(zebra.url, ssi())
        judge.until(DeviceState.READY)
        until(lambda: zebra.packets, zebra)
        zebra.damages = 2
        assert zebra.scan("FD20024619")
        assert judge.next_scan().text == "FD20024619"
        zebra.damages = 3
        assert not zebra.scan("FD20024619")
        assert judge.next_scan().faults == ("checksum",)


def test_half_a_packet_is_told_as_not_read_and_the_next_is_whole(zebra, judge) -> None:
    judge.read(zebra.url, ssi())
    judge.until(DeviceState.READY)
    until(lambda: zebra.packets, zebra)
    zebra.half("FD20024619")
    assert judge.next_scan().faults == ("checksum",)
    assert zebra.scan("FD20024619")
    assert judge.next_scan().text == "FD20024619"


def test_a_zebra_that_refuses_every_command_still_scans(zebra, judge) -> None:
    judge.read(zebra.url, ssi())
    judge.until(DeviceState.READY)
    zebra.naks = [1] * 40
    for code in ("FD20024619", "FD20024620"):
        assert zebra.scan(code)
        assert judge.next_scan().text == code
    zebra.attend(0.2)
    assert len([packet for packet in zebra.packets if packet.opcode == 0xE6]) <= 6


def test_a_zebra_that_was_not_set_to_ssi_is_told_in_words(tmp_path, judge) -> None:
    with SimulatedScanner(tmp_path, over="socket") as scanner:
        judge.read(scanner.url, ssi())
        assert "SSI" in judge.until(DeviceState.FAULT).detail
        scanner.scan("FD20024619")
        assert judge.next_scan().faults == ("checksum",)


def test_a_zebra_pulled_out_in_the_middle_of_a_packet_is_marked_and_reads_on(zebra, judge) -> None:
    judge.read(zebra.url, ssi())
    judge.until(DeviceState.READY)
    until(lambda: zebra.packets, zebra)
    zebra.half("FD20024619")
    zebra.unplug()
    judge.until(DeviceState.AWAY)
    zebra.replug()
    judge.until(DeviceState.READY)
    assert zebra.scan("FD20024620")
    while (scan := judge.next_scan()).faults:
        pass
    assert scan.text == "FD20024620"


def test_a_honeywell_is_silent_until_the_bench_has_judged(honeywell, judge) -> None:
    judge.read(honeywell.url, host_ack())
    judge.until(DeviceState.READY)
    assert honeywell.scan_and_hear("FD20024619") == (Sound.GOOD_READ,)
    assert honeywell.scan_and_hear("FD20024620") == (Sound.LOW, Sound.HIGH)
    assert honeywell.scan_and_hear("NOT-OURS") == (Sound.RAZZ, Sound.RAZZ)
    assert judge.texts() == ["FD20024619", "FD20024620", "NOT-OURS"]


def test_a_scan_that_is_not_judged_in_time_is_no_good_read_and_a_late_verdict_is_not_said(tmp_path, judge) -> None:
    with SimulatedHostAckScanner(tmp_path, over="socket") as honeywell:
        scanner = judge.read(
            honeywell.url, host_ack(), Patience(first_retry_s=0.01, slice_s=0.02, idle_s=0.05, verdict_s=0.1)
        )
        judge.until(DeviceState.READY)
        judge.says["LATE"] = None
        assert honeywell.scan_and_hear("LATE") == (Sound.RAZZ, Sound.RAZZ)
        scanner.tell(judge.next_scan(), Judged.RIGHT)
        judge.says["NOT-OURS"] = Judged.WRONG
        assert honeywell.scan_and_hear("NOT-OURS") == (Sound.RAZZ, Sound.RAZZ)


def test_a_bench_that_is_not_set_to_host_ack_leaves_the_scanner_to_its_own_time_out(tmp_path, judge) -> None:
    with SimulatedHostAckScanner(tmp_path, over="socket") as honeywell:
        honeywell.time_out_s = 0.1
        judge.read(honeywell.url, Plain(Framing(), NAME))
        judge.until(DeviceState.READY)
        assert honeywell.scan_and_hear("FD20024619") == (Sound.ERROR,)


def test_a_honeywell_pulled_out_while_it_waits_reads_on_when_it_is_back(honeywell, judge) -> None:
    scanner = judge.read(honeywell.url, host_ack())
    judge.until(DeviceState.READY)
    judge.says["FD20024619"] = None
    honeywell.scan("FD20024619")
    scan = judge.next_scan()
    honeywell.unplug()
    scanner.tell(scan, Judged.RIGHT)
    judge.until(DeviceState.AWAY)
    honeywell.replug()
    judge.until(DeviceState.READY)
    assert honeywell.scan_and_hear("FD20024620") == (Sound.LOW, Sound.HIGH)


def test_closing_does_not_wait_for_a_verdict(tmp_path, judge) -> None:
    with SimulatedHostAckScanner(tmp_path, over="socket") as honeywell:
        scanner = judge.read(honeywell.url, host_ack(), Patience(first_retry_s=0.01, slice_s=0.02, verdict_s=3600))
        judge.until(DeviceState.READY)
        judge.says["FD20024619"] = None
        honeywell.scan("FD20024619")
        judge.next_scan()
        scanner.close()


def test_a_serial_server_is_set_to_the_scanners_speed_and_another_speed_is_garbage(tmp_path, judge) -> None:
    with SimulatedScanner(tmp_path, over="rfc2217", baud=115200) as scanner:
        judge.read(scanner.url, Plain(Framing(), NAME), baud=115200)
        judge.until(DeviceState.READY)
        scanner.scan("FD20024619")
        assert judge.next_scan().text == "FD20024619"
    with SimulatedSsiScanner(tmp_path, "rfc2217", response_s=0.2, baud=115200) as zebra:
        judge.read(zebra.url, ssi(), baud=9600)
        judge.until(DeviceState.READY)
        assert not zebra.scan("FD20024619")
        assert judge.next_scan().faults == ("checksum",)


def test_a_server_that_does_not_speak_rfc_2217_is_told_in_words(tmp_path) -> None:
    with SimulatedScanner(tmp_path, over="socket") as scanner, pytest.raises(DeviceAway, match="socket://"):
        open_serial(SerialSettings(scanner.url.replace("socket", "rfc2217")), connect_s=0.2)
