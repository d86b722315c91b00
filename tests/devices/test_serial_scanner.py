"""A scanner on a real pty and on a real socket, pulled out and put back."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.faults import DeviceAway
from devices.scanners.dialogue import Plain
from devices.scanners.framing import Framing, Terminator
from devices.scanners.serial_scanner import Patience, SerialScanner
from devices.simulators.scanner import Over, SimulatedScanner
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import DeviceState

OVER: list[Over] = ["socket", "rfc2217"] if sys.platform == "win32" else ["pty", "socket", "rfc2217"]
QUICK = Patience(first_retry_s=0.01, longest_retry_s=0.05, slice_s=0.02, idle_s=0.05)

Read = Callable[..., SerialScanner]


@pytest.fixture(params=OVER)
def simulated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimulatedScanner]:
    with SimulatedScanner(tmp_path, over=request.param) as scanner:
        yield scanner


@pytest.fixture
def read(bench) -> Iterator[Read]:
    opened: list[SerialScanner] = []

    def start(simulated: SimulatedScanner, patience: Patience = QUICK) -> SerialScanner:
        settings = SerialSettings(simulated.url)
        scanner = SerialScanner(
            "front scanner",
            lambda: open_serial(settings),
            Plain(simulated.framing, "front scanner"),
            bench.scans.put,
            bench.reports.put,
            patience=patience,
        )
        opened.append(scanner)
        scanner.start()
        return scanner

    yield start
    for scanner in opened:
        scanner.close()


def test_a_tube_scanned_arrives_with_its_bytes_its_symbology_and_its_time(simulated, read, bench) -> None:
    read(simulated)
    assert bench.next_report().state is DeviceState.READY
    simulated.scan("FD20024619", "]d1")
    scan = bench.next_scan()
    assert (scan.raw, scan.text, scan.symbology, scan.source) == (
        b"]d1FD20024619\r",
        "FD20024619",
        "]d1",
        "front scanner",
    )
    assert scan.at.tzinfo is not None
    assert scan.faults == ()


def test_a_code_sent_byte_by_byte_is_one_scan(simulated, read, bench) -> None:
    read(simulated, Patience(0.01, 0.05, 0.02, idle_s=5))
    bench.next_report()
    simulated.scan("FD20024619", byte_by_byte=True)
    assert bench.next_scan().text == "FD20024619"


def test_two_codes_in_one_write_are_two_scans(simulated, read, bench) -> None:
    read(simulated)
    bench.next_report()
    simulated.glued("FD20024619", "FD20024620")
    assert [bench.next_scan().text, bench.next_scan().text] == ["FD20024619", "FD20024620"]


def test_two_codes_run_together_arrive_as_they_came(simulated, read, bench) -> None:
    read(simulated)
    bench.next_report()
    simulated.glued("FD20024619", "FD20024620", terminated=False)
    assert bench.next_scan().text == "FD20024619FD20024620"


def test_garbage_on_the_line_is_a_scan_with_faults_and_the_next_scan_is_whole(simulated, read, bench) -> None:
    read(simulated)
    bench.next_report()
    simulated.garbage(b"\xff\xfe\0\r")
    assert bench.next_scan().faults == ("not text", "NUL")
    simulated.scan("FD20024619")
    assert bench.next_scan().faults == ()


def test_a_code_cut_short_is_handed_over_once_the_line_is_silent(simulated, read, bench) -> None:
    read(simulated)
    bench.next_report()
    simulated.cut("FD20024619", 6)
    scan = bench.next_scan()
    assert (scan.text, scan.faults) == ("FD2002", ("no terminator",))


def test_a_scanner_pulled_out_and_put_back_reads_on_and_each_change_is_told_once(simulated, read, bench) -> None:
    read(simulated)
    bench.next_report()
    simulated.scan("FD20024619")
    bench.next_scan()
    for _ in range(2):
        simulated.unplug()
        assert bench.next_report().state is DeviceState.AWAY
        simulated.replug()
        assert bench.next_report().state is DeviceState.READY
        simulated.scan("FD20024620")
        assert bench.next_scan().text == "FD20024620"
    assert bench.reports.empty()


def test_a_scanner_that_is_not_there_yet_is_awaited_and_told_away_once(simulated, bench) -> None:
    simulated.unplug()
    tries = threading.Semaphore(0)

    def opening():
        tries.release()
        return open_serial(SerialSettings(simulated.url))

    with SerialScanner(
        "front scanner", opening, Plain(Framing(), "front scanner"), bench.scans.put, bench.reports.put, patience=QUICK
    ):
        assert bench.next_report().state is DeviceState.AWAY
        for _ in range(4):
            assert tries.acquire(timeout=10)
        assert bench.reports.empty()
        simulated.replug()
        assert bench.next_report().state is DeviceState.READY


def test_a_code_half_read_when_the_cable_was_pulled_is_handed_over_and_marked(tmp_path: Path, read, bench) -> None:
    with SimulatedScanner(tmp_path, over="socket") as simulated:
        read(simulated, Patience(0.01, 0.05, 0.02, idle_s=30))
        assert bench.next_report().state is DeviceState.READY
        simulated.cut("FD20024620", 4)
        simulated.unplug()
        assert bench.next_report().state is DeviceState.AWAY
        scan = bench.next_scan()
        assert (scan.text, scan.faults) == ("FD20", ("no terminator",))


def test_closing_while_the_scanner_is_away_does_not_wait_for_the_next_try(simulated, bench) -> None:
    simulated.unplug()
    scanner = SerialScanner(
        "front scanner",
        lambda: open_serial(SerialSettings(simulated.url)),
        Plain(Framing(), "front scanner"),
        bench.scans.put,
        bench.reports.put,
        patience=Patience(first_retry_s=3600),
    )
    scanner.start()
    assert bench.next_report().state is DeviceState.AWAY
    scanner.close()
    scanner.close()


def test_a_scanner_never_started_closes() -> None:
    SerialScanner(
        "front scanner", lambda: open_serial(SerialSettings("COM3")), Plain(Framing(), "x"), print, print
    ).close()


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("terminator", Terminator)
def test_every_terminator_with_prefix_and_suffix_passes_the_real_line(
    tmp_path: Path, bench, read, over: Over, terminator: Terminator
) -> None:
    with SimulatedScanner(tmp_path, Framing(terminator, prefix=b"~", suffix=b"!"), over) as simulated:
        read(simulated)
        bench.next_report()
        simulated.scan("FD20024619", "]d1")
        scan = bench.next_scan()
        assert (scan.text, scan.symbology, scan.faults) == ("FD20024619", "]d1", ())


@pytest.mark.parametrize(
    "url", ["/dev/no-such-scanner", "socket://127.0.0.1", "socket://127.0.0.1:99999", "nonsense://x", ""]
)
def test_an_address_that_leads_nowhere_is_a_device_away_with_the_reason(url: str) -> None:
    with pytest.raises(DeviceAway) as away:
        open_serial(SerialSettings(url))
    assert away.value.what == url
    assert away.value.detail
    assert "rrno" not in away.value.detail
    assert "invalid" not in away.value.detail.lower()


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")
def test_a_scanner_held_by_another_program_is_away(tmp_path: Path) -> None:
    with SimulatedScanner(tmp_path, over="pty") as simulated:
        first = open_serial(SerialSettings(simulated.url))
        with pytest.raises(DeviceAway, match="another program has it"):
            open_serial(SerialSettings(simulated.url))
        first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")
def test_a_scanner_that_is_pulled_out_while_it_is_read_is_away_in_words(tmp_path: Path) -> None:
    with SimulatedScanner(tmp_path, over="pty") as simulated:
        line = open_serial(SerialSettings(simulated.url))
        simulated.unplug()
        with pytest.raises(DeviceAway, match="the port answers no more"):
            line.read(1)
        line.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")
def test_writing_to_a_serial_device_that_was_pulled_out_is_unknown(tmp_path: Path) -> None:
    with SimulatedScanner(tmp_path, over="pty") as simulated:
        line = open_serial(SerialSettings(simulated.url))
        line.write(b"\x1b7,")
        simulated.unplug()
        with pytest.raises(DeviceAway) as away:
            line.write(b"\x1b7,")
        assert away.value.sent == "unknown"
        with pytest.raises(DeviceAway):
            line.finish(1)
        line.close()


def test_a_callback_that_fails_is_told_as_a_fault_of_the_scanner(simulated, bench, monkeypatch) -> None:
    failures: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda failure: failures.append(failure.exc_type))
    settings = SerialSettings(simulated.url)
    with SerialScanner(
        "front scanner",
        lambda: open_serial(settings),
        Plain(Framing(), "x"),
        {}.__getitem__,
        bench.reports.put,
        patience=QUICK,
    ):
        assert bench.next_report().state is DeviceState.READY
        simulated.scan("FD20024619")
        report = bench.next_report()
    assert report.state is DeviceState.FAULT
    assert "KeyError" in report.detail
    assert failures == [KeyError]


def test_an_unplugged_scanner_scans_nothing(simulated) -> None:
    simulated.unplug()
    simulated.unplug()
    with pytest.raises(ConnectionError):
        simulated.scan("FD20024619")
