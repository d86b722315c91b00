"""Each fault that a person can give a simulated printer or scanner ends in the right words at the bench, with no loss.

The tables name every word that ``gms-desktop device simulate`` knows: one that is added there is missed here at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from bench_top import BenchClock, BenchTop, opened
from test_print_queue import about, intends, is_at, is_out, queue, quick, states

from devices.printers.file_drop import DropProfile, FileDropPrinter
from devices.simulators.file_drop import DropFaults, SimulatedFileDrop
from devices.simulators.host_ack_scanner import SimulatedHostAckScanner
from devices.simulators.scanner import SimulatedScanner
from devices.simulators.ssi_scanner import SimulatedSsiScanner
from devices.simulators.zpl_mind import Faults
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.rehearsal import scanner_console
from gms_desktop.rehearsal.printer_faults import DROP, GARBAGE, NUMBERS, TCP

SINGLE = "Q26-118901-1"
GOES_ON, ASKS = "comes out", "1 label: did it come out?"
OF_A_PRINTER: MappingProxyType[str, tuple[tuple[Any, str], ...]] = MappingProxyType(
    {
        "paper-out": ((True, "the printer has no labels in"),),
        "ribbon-out": ((True, "the printer has no ribbon in"),),
        "head-open": ((True, "the printer's head is open"),),
        "paused": ((True, "the printer is paused"),),
        "buffer-full": ((True, "the printer holds as many as it can"),),
        "settings-lost": ((True, "the printer has lost its settings"),),
        "too-cold": ((True, "the printer is too cold"),),
        "too-hot": ((True, "the printer is too hot"),),
        "diagnostic": ((True, "the printer would print numbers instead of labels"),),
        "silent": ((True, "the printer does not answer"),),
        "answers-when-out": ((False, GOES_ON),),
        "knows-hqes": ((False, GOES_ON),),
        "knows-hqsn": ((False, GOES_ON),),
        "stalled": ((True, "the printer does not answer"),),
        "short": ((True, "the printer's answer broke off"),),
        "half": ((True, "the printer's answer broke off"),),
        "refuses": ((True, "the printer is away"),),
        "garbage": ((GARBAGE, "the printer's answer cannot be read"),),
        "errors": (
            (0x8, "the printer's cutter is stuck"),
            (0x40, "the printer's head has a fault"),
            (0x1000, "something is stuck in the printer"),
        ),
        "warnings": ((0x1, GOES_ON), (0x2, GOES_ON), (0x4, GOES_ON), (0x8, GOES_ON)),
        "slow": ((0.05, GOES_ON),),
        "drops-after": ((200, ASKS),),
        "resets": ((True, ASKS),),
    }
)
NAMES = {word: said[0] for word, said in {**TCP, **NUMBERS}.items()} | {"garbage": "garbage"}
WITH_NEITHER = (("answers-when-out", "paper-out"), ("answers-when-out", "head-open"))


def test_every_fault_of_a_printer_stands_in_the_table() -> None:
    assert set(OF_A_PRINTER) == set(NAMES)
    assert set(NAMES.values()) == {one.name for one in fields(Faults)}


def test_every_fault_of_a_printer_ends_in_its_words_and_no_label_is_lost_or_printed_twice(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    copy = 1
    with quick(bench):
        for word, cases in OF_A_PRINTER.items():
            for value, ends in cases:
                copy += 1
                bench.printer.suffer(**{NAMES[word]: value})
                label = intends(bench, number, copy)
                bench.bench.press.look()
                _ends(bench, label, ends, f"{word} {value}")
                bench.printer.recover()
    assert len(bench.printer.labels) in {copy, copy - 1}, "the one that was cut off came out in part, if at all"


def _ends(bench: BenchTop, label: str, ends: str, what: str) -> None:
    if ends == ASKS:
        is_at(bench, label, "unknown")
        assert queue(bench).heading == ASKS, what
        bench.printer.recover()
        assert about(bench, Command.LABEL_CAME_OUT, label) == "Came out", what
    elif ends == GOES_ON:
        is_out(bench, label)
        assert queue(bench).heading == "", what
    else:
        bench.wait_until(lambda: queue(bench).heading == f"1 label waits: {ends}", f"{what}: {queue(bench).heading}")
        line = bench.bench.devices()[1]
        assert (line.ready, bool(line.detail), states(bench)[label]) == (False, True, "intended"), what
        bench.printer.recover()
        bench.bench.press.look()
        is_out(bench, label)


@pytest.mark.parametrize(("quiet", "out"), WITH_NEITHER)
def test_a_model_that_is_silent_without_labels_or_with_an_open_head_is_named_by_its_second_answer_or_as_silent(
    bench: BenchTop, quiet: str, out: str
) -> None:
    number = bench.receives(SINGLE)
    with quick(bench):
        bench.printer.suffer(**{NAMES[quiet]: False, NAMES[out]: True})
        label = intends(bench, number, 2)
        bench.bench.press.look()
        words = {cause for _, cause in (*OF_A_PRINTER[out], *OF_A_PRINTER["silent"])}
        bench.wait_until(lambda: queue(bench).heading.partition(": ")[2] in words, "its words")
        bench.printer.recover()
        bench.bench.press.look()
        is_out(bench, label)


OF_A_FOLDER = {"never-reads": 0, "reads-half": 0, "keeps-files": 1}
"""How many labels came out of a program that watches a folder and has a fault: whether one did is asked each time."""


@pytest.mark.parametrize("word", OF_A_FOLDER)
def test_every_fault_of_a_program_that_watches_a_folder_is_asked_about_and_printed_once(
    closed_bench: BenchTop, made_benches: dict[str, Path], tmp_path: Path, word: str
) -> None:
    assert set(OF_A_FOLDER) == set(DROP)
    assert {name for name, _ in DROP.values()} == {one.name for one in fields(DropFaults)}
    folder = tmp_path / "watched"
    folder.mkdir()
    with SimulatedFileDrop(folder, "*.zpl", every_s=0.02) as program:
        program.suffer(**{DROP[word][0]: True})
        profile = DropProfile(suffix=".zpl", accept_s=0.3)
        closed_bench.make_printer = lambda: FileDropPrinter("Label printer", folder, profile)
        bench = opened(closed_bench, made_benches["rehearsal"])
        assert bench.scans(SINGLE).title == "Matches"
        bench.label("printed or not: unknown")
        assert queue(bench).heading == ASKS
        assert len(program.printed) == OF_A_FOLDER[word]


NO_CODE = "The scanner sent bytes that are no code ("
OF_A_SCANNER = {
    "!unplug": "away",
    "!replug": "ready",
    "!garbage": NO_CODE,
    "!half": NO_CODE,
    "!damage": "read once",
    "!deaf": "read once",
}
MAKES = {"plain": SimulatedScanner, "ssi": SimulatedSsiScanner, "host-ack": SimulatedHostAckScanner}


@pytest.fixture(params=MAKES)
def scanned(request: pytest.FixtureRequest, tmp_path: Path, made_benches: dict[str, Path]) -> Iterator[BenchTop]:
    """A bench with each sort of scanner."""
    made: Any = MAKES[request.param]
    with made(tmp_path) as scanner, SimulatedZplPrinter() as printer:
        top = BenchTop(tmp_path / "bench", scanner, printer, BenchClock(), protocol=request.param)
        try:
            yield opened(top, made_benches["rehearsal"])
        finally:
            top.close()


def test_every_fault_of_a_scanner_ends_in_its_words_and_the_next_code_is_read_once(scanned: BenchTop) -> None:
    faults = scanner_console._faults(scanned.scanner)
    assert set(faults) <= set(OF_A_SCANNER)
    for word, fault in faults.items():
        fault(SINGLE)
        _ends_at_scanner(scanned, OF_A_SCANNER[word], word)
    assert scanned.rows("SELECT count(*) AS n FROM specimen") == [{"n": 0}]
    scanned.clock.forward(5)
    assert read(scanned, SINGLE).title == "Matches"


def _ends_at_scanner(bench: BenchTop, ends: str, what: str) -> None:
    if ends in {"away", "ready"}:
        bench.wait_until(lambda: bench.bench.devices()[0].ready is (ends == "ready"), what)
        line = bench.bench.devices()[0]
        assert line.state.startswith(ends), (what, line)
        assert ends == "ready" or line.detail, what
    elif ends == "read once":
        before = scans_kept(bench)
        bench.clock.forward(5)
        assert read(bench, "NOT-KNOWN-1").title == "Not expected", what
        assert scans_kept(bench) == before + 1, what
    else:
        said = bench.answered()
        assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not readable"), what
        assert said.sentence.startswith(ends), (what, said)


def scans_kept(bench: BenchTop) -> int:
    [row] = bench.rows("SELECT count(*) AS n FROM scan")
    return int(row["n"])


def read(bench: BenchTop, code: str) -> Verdict:
    """Scan, and wait for the verdict; the scanner hears it."""
    scanner: Any = bench.scanner
    if isinstance(scanner, SimulatedHostAckScanner):
        scanner.scan_and_hear(code)
    else:
        scanner.scan(code)
    return bench.answered()
