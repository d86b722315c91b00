"""A scanner that waits for its host: its own beep says that the tube is the right one, and its razz that it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench_top import BenchClock, BenchTop, opened

from devices.simulators.host_ack_scanner import SimulatedHostAckScanner, Sound
from devices.simulators.ssi_scanner import SimulatedSsiScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Judged, Scan
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.scanners import judged

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"


@pytest.fixture
def honeywell(tmp_path: Path, made_benches: dict[str, Path]) -> Iterator[BenchTop]:
    with SimulatedHostAckScanner(tmp_path) as scanner, SimulatedZplPrinter() as printer:
        top = BenchTop(tmp_path / "bench", scanner, printer, BenchClock(), protocol="host-ack")
        try:
            yield opened(top, made_benches["rehearsal"])
        finally:
            top.close()


def hears(bench: BenchTop, code: str) -> tuple[Sound, ...]:
    scanner = bench.scanner
    assert isinstance(scanner, SimulatedHostAckScanner)
    bench.clock.forward(5)
    heard = scanner.scan_and_hear(code)
    bench.answered()
    return heard


def test_the_scanner_beeps_for_the_right_tube_and_razzes_for_the_wrong_one(honeywell: BenchTop) -> None:
    assert hears(honeywell, SINGLE) == (Sound.GOOD_READ,)
    number = honeywell.label()
    assert hears(honeywell, ANOTHER) == (Sound.RAZZ, Sound.RAZZ)
    assert hears(honeywell, number) == (Sound.GOOD_READ,)
    assert hears(honeywell, number) == (Sound.LOW, Sound.HIGH)
    assert hears(honeywell, "NOT-KNOWN-1") == (Sound.RAZZ, Sound.RAZZ)


def test_a_scan_that_could_not_be_saved_is_no_good_read(honeywell: BenchTop) -> None:
    scanner = honeywell.scanner
    assert isinstance(scanner, SimulatedHostAckScanner)

    def fails(_ledger: object) -> object:
        raise RuntimeError("made to fail")

    bench = honeywell.bench
    bench._scan = lambda ledger, said, screen: fails(ledger)  # type: ignore[method-assign,assignment,return-value]
    assert scanner.scan_and_hear(SINGLE) == (Sound.RAZZ, Sound.RAZZ)


def test_a_zebra_at_the_bench_says_who_it_is_and_beeps_with_the_verdict(
    tmp_path: Path, made_benches: dict[str, Path]
) -> None:
    with SimulatedSsiScanner(tmp_path) as scanner, SimulatedZplPrinter() as printer:
        top = BenchTop(tmp_path / "bench", scanner, printer, BenchClock(), protocol="ssi")  # type: ignore[arg-type]
        try:
            opened(top, made_benches["rehearsal"])
            top.wait_until(lambda: "SIMULATED SSI" in top.bench.devices()[0].detail, "its name")
            assert scanner.hear() == 0x00, "the badge"
            for code, beep in ((SINGLE, 0x00), ("NOT-KNOWN-1", 0x08)):
                top.clock.forward(5)
                assert scanner.scan(code)
                assert scanner.hear() == beep
        finally:
            top.close()


@pytest.mark.parametrize("kind", VerdictKind)
def test_only_what_went_well_is_a_good_read(kind: VerdictKind) -> None:
    good = {VerdictKind.FOUND, VerdictKind.MATCHES, VerdictKind.ACCEPTED, VerdictKind.FINISHED}
    assert (judged(Verdict(kind, "x", "y")) is Judged.RIGHT) == (kind in good)


def test_a_scan_of_no_listening_scanner_is_told_to_nobody(bench: BenchTop) -> None:
    said = Scan(b"x", "x", None, bench.clock.now(), "keyboard")
    bench.bench.scanners.tell(said, Judged.RIGHT)


def test_coming_and_going_is_logged_once_for_each_change(bench: BenchTop, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="gms_desktop.scanners"):
        bench.scanner.unplug()
        bench.wait_until(lambda: not bench.bench.devices()[0].ready, "unplugged")
        bench.scanner.replug()
        bench.wait_until(lambda: bench.bench.devices()[0].ready, "plugged in")
    assert [record.getMessage() for record in caplog.records] == ["scanner away", "scanner ready"]
